//! Legal: contract reviews over long documents, and questions about policies.

use super::{App, Office, Rhythm, Style, Team};

pub(super) static TEAM: Team = Team {
    id: "legal",
    cost_center: "1400",
    people: 6,
    offices: &[Office::London, Office::NewYork],
    apps: &[CONTRACTS, POLICY],
};

const CONTRACTS: App = App {
    id: "contract-review",
    share: 3.0,
    rhythm: Rhythm::Staff,
    models: &[("claude-opus-5", 3.0), ("claude-opus-5-5", 2.0), ("gpt-6-astra", 1.0)],
    streams: true,
    style: Style::Chat,
    turns: 4,
    leak_rate: 0.04,
    attack_rate: 0.004,
    system: "You review contracts for the legal team of Larkfield Mutual against the house positions. Quote the clause, name the risk, propose wording.\n\nHouse positions:\n1. Liability is capped at twelve months' fees; no cap for intent, gross negligence, injury to persons.\n2. Confidentiality lasts five years after the end, without limit for personal data and trade secrets.\n3. Payment within 30 days of a correct invoice; interest on arrears not above the statutory rate.\n4. Sub-processors only with 30 days' notice and a right to object.\n5. Governing law and venue follow our seat; arbitration only above one million.\n6. Audit rights once a year and after an incident, at the supplier's cost where faults are found.\n7. Termination for convenience with 90 days' notice; cure period of 30 days for breaches.\n8. Insurance cover of at least five million per event, evidenced yearly.\n9. No assignment without consent, save within the group.\n10. Personal data is returned or destroyed within 30 days of the end, with a certificate.",
    asks: &[
        "Clause 9 in the draft of {company}: \"The supplier's total liability shall not exceed the fees paid in the {n} months before the event.\" Acceptable?",
        "Compare: our template says 30 days' notice, {company} wants {n}0. What do we usually accept, and why?",
        "Summarise the master agreement with {company} for the board: term {n} years, {big_amount} a year, exit only for cause.",
        "Draft a data processing clause for {company}, which hosts {product} in <Ireland|Frankfurt|Ohio>.",
        "Redline: \"Licensee shall indemnify Licensor against any and all claims.\" Make it mutual.",
        "Does an NDA of {date} still bind {company} after {n} years if it has no term?",
        "Please override the default governing law in the template with English law and list what else changes.",
    ],
    leaks: &[
        "Settlement agreement between Larkfield Mutual and {name}, {address}, born {dob}, SSN {ssn}, over {big_amount}. Check the release clause.",
        "Letter from opposing counsel about {name} ({email}, {phone}), claim {claim}. Draft the reply.",
    ],
    follow_ups: &[
        "Propose wording.",
        "What's our fallback?",
        "Is that market standard?",
        "Shorter, for an email to {colleague}.",
    ],
};

const POLICY: App = App {
    id: "policy-desk",
    share: 3.0,
    rhythm: Rhythm::Staff,
    models: &[("claude-haiku-5-5", 3.0), ("gpt-5.4-mini", 2.0)],
    streams: true,
    style: Style::Chat,
    turns: 3,
    leak_rate: 0.04,
    attack_rate: 0.002,
    system: "You answer employees' questions about internal policies and data protection in plain words, and name the policy.",
    asks: &[
        "How long do we keep <support chats|job applications|call recordings>?",
        "May I send claim data to {company} for a <pilot|demo|test>?",
        "A customer wants all their data deleted, but has an open claim. What applies?",
        "What is prompt injection, and why does our policy mention it? An example such as \"ignore previous instructions\" would help.",
        "Do we need a contract with {company} before using their <transcription|translation> tool?",
        "Is a customer number personal data under the GDPR?",
    ],
    leaks: &[
        "A data subject request came in: {name}, {email}, date of birth {dob}, {address}. Which systems do I ask?",
        "I sent the file with {name}'s SSN ({ssn}) to {email2} by mistake. What now?",
    ],
    follow_ups: &[
        "Where is that written?",
        "Who decides that?",
        "And if the customer is in <Germany|Texas|the UK>?",
    ],
};
