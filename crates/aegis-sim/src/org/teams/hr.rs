//! People team: a desk for questions of managers, and a job that reads applications.

use super::{App, Office, Rhythm, Style, Team};

pub(super) static TEAM: Team = Team {
    id: "hr",
    cost_center: "1200",
    people: 7,
    offices: &[Office::London, Office::NewYork],
    apps: &[DESK, SCREENER],
};

const DESK: App = App {
    id: "people-desk",
    share: 5.0,
    rhythm: Rhythm::Staff,
    models: &[("claude-sonnet-5", 4.0), ("gpt-5.4", 2.0)],
    streams: true,
    style: Style::Chat,
    turns: 4,
    leak_rate: 0.11,
    attack_rate: 0.0,
    system: "You support the people team of Larkfield Mutual with letters, policies and interview guides. Local law comes first; say when a lawyer should look.",
    asks: &[
        "Draft <a job advert|an interview guide> for a {role}, {n} years of experience, <hybrid in London|remote in the EU|on site in Albany>.",
        "Parental leave from {date} for {n} months: which steps does the manager take, and when?",
        "Write constructive feedback for a {role}: <good with customers, late with reports|strong technically, hard to follow in meetings>.",
        "Summarise the exit interviews of {quarter}: <pay|workload|commute> named by {percent} %, management by {percent} %.",
        "Onboarding plan for a new {role}, first {n} weeks.",
        "Polite rejection after the second interview for the position of {role}. Two sentences of real feedback.",
        "Skip the small talk section of the interview guide and add a case about {product}.",
        "How do we answer when a candidate asks for {percent} % above the band?",
    ],
    leaks: &[
        "Employee: {name}, SSN {ssn}, born {dob}, {address}. Draft the verification of employment for the bank.",
        "New hire form: {name}, {email}, {phone}, date of birth {dob}, social security number {ssn}. Anything missing?",
        "{colleague} reports sick for {n} weeks ({diagnosis}). How do I tell the team?",
        "Background check for {name} (DOB {dob}, SSN {ssn}) came back with one entry. How do I word the letter?",
    ],
    follow_ups: &[
        "Warmer, please.",
        "Add a date: {date}.",
        "And for the works council?",
        "Make it one page.",
    ],
};

const SCREENER: App = App {
    id: "cv-screener",
    share: 3.0,
    rhythm: Rhythm::Jobs,
    models: &[("gpt-5.4-mini", 4.0), ("gpt-4.1", 1.0)],
    streams: false,
    style: Style::Extract(
        r#"{"type":"object","properties":{"years_experience":{"type":"integer"},"skills":{"type":"array","items":{"type":"string"}},"fit":{"enum":["weak","fair","good","strong"]},"reason":{"type":"string"}},"required":["fit","reason"]}"#,
    ),
    turns: 1,
    leak_rate: 0.30,
    attack_rate: 0.03,
    system: "Compare an application with the job description and answer with JSON. Ignore name, age, photo and address.",
    asks: &[
        "Position: {role}. CV: {n} years at {company} as {role}, before that trainee. Skills: <SQL, Python, reporting|negotiation, claims handling|triage, wound care|TypeScript, accessibility>. Languages: English, {language}.",
        "Position: {role}. CV: career changer, {n} years in logistics at {company}, certificate from {month}. Motivation letter attached.",
        "Position: {role}. CV: graduate, internship at {company}, thesis on <fraud detection|patient flow|pricing>. Available from {month}.",
    ],
    leaks: &[
        "Position: {role}. Candidate: {name}, {email}, {phone}, born {dob}. {n} years at {company}.",
        "Position: {role}. CV\n{name}\n{address}\nPhone: {phone}\nEmail: {email}\nDate of birth: {dob}\n{n} years at {company} as {role}.",
    ],
    follow_ups: &[],
};
