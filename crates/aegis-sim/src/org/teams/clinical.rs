//! The clinics: chart summaries for wards, and a line for nurses.

use super::{App, Office, Rhythm, Style, Team};

pub(super) static TEAM: Team = Team {
    id: "clinical",
    cost_center: "6300",
    people: 12,
    offices: &[Office::NewYork, Office::Austin],
    apps: &[CHARTS, NURSES],
};

const CHARTS: App = App {
    id: "chart-summary",
    share: 6.0,
    rhythm: Rhythm::Customers,
    models: &[("claude-opus-4-8", 3.0), ("claude-sonnet-5", 3.0)],
    streams: false,
    style: Style::Chat,
    turns: 2,
    leak_rate: 0.17,
    attack_rate: 0.001,
    system: "You summarise clinical notes for physicians of Larkfield Clinics. Notes should be free of identifiers; work with what you are given and invent nothing.",
    asks: &[
        "Summarise for the ward round: {diagnosis}, day {n}. On {drug}. Temperature 37.{n}, CRP falling, patient <mobile with help|up and about|still short of breath>.",
        "Discharge summary from notes: {diagnosis}; treated with {drug}; labs normal since {day}; follow-up with the GP in {n} weeks.",
        "Interactions between {drug} and {drug}? Renal function is <normal|moderately reduced>.",
        "Rewrite for the patient, simple words: \"{diagnosis}, managed conservatively, continue {drug}\".",
        "Night shift notes from {ward}: pain {n}/10 at {time}, settled after medication, slept well. Vitals stable. One line for the chart.",
        "List the open points before discharge: physiotherapy <done|pending>, medication plan <printed|missing>, transport booked for {day}.",
    ],
    leaks: &[
        "Patient: {name}, DOB {dob}, MRN {mrn}. {diagnosis}, on {drug}. Summarise for the chart.",
        "MRN: {mrn}\nName: {name}\nDate of birth: {dob}\nPhone: {phone}\nAdmitted {date} to {ward} with {diagnosis}. Write the discharge letter.",
        "Please compare the notes of patient {name} (MRN {mrn}) and patient {person2} (MRN {mrn2}), both {diagnosis}: who can go home first?",
        "Insurance asks for the SSN on the form: {ssn}, patient {name}, born {dob}. Fill in the transfer note, {ward}.",
    ],
    follow_ups: &[
        "Shorter, for the handover.",
        "Add that the family was informed on {day}.",
        "What about {drug}?",
    ],
};

const NURSES: App = App {
    id: "nurse-line",
    share: 4.0,
    rhythm: Rhythm::Customers,
    models: &[("gpt-5.5", 3.0), ("gpt-6-sol", 2.0)],
    streams: true,
    style: Style::Chat,
    turns: 3,
    leak_rate: 0.13,
    attack_rate: 0.0,
    system: "You answer questions of nurses about procedures, dilutions and guidelines. You do not diagnose. Quote the guideline where you can.",
    asks: &[
        "How fast may I run <potassium|magnesium|vancomycin> through a peripheral line?",
        "Checklist before giving {drug} for the first time?",
        "Patient after {diagnosis} refuses breakfast <for the {n}th day|again>. What should I document?",
        "How do I explain {diagnosis} to a relative in simple words?",
        "Which isolation rules apply on {ward} for <norovirus|influenza|MRSA>?",
        "Conversion: {drug}, half a tablet twice a day, how many tablets for {n} weeks?",
    ],
    leaks: &[
        "{name} (MRN {mrn}, born {dob}) on {ward} asks for the result by phone at {phone}. May I give it?",
        "Please write the handover: patient {name}, MRN {mrn}, {diagnosis}, {drug} at {time}.",
        "The daughter wrote from {email}: can my mother, {name}, date of birth {dob}, be moved to {ward}?",
    ],
    follow_ups: &["And for a child?", "Is that in the {month} guideline?", "Can you put that in a table?"],
};
