//! Claims: a job that triages what comes in, and adjusters with an assistant.

use super::{App, Office, Rhythm, Style, Team, Tool};

pub(super) static TEAM: Team = Team {
    id: "claims",
    cost_center: "4200",
    people: 16,
    offices: &[Office::NewYork, Office::NewYork, Office::Berlin],
    apps: &[TRIAGE, ADJUSTER],
};

const TRIAGE: App = App {
    id: "claims-triage",
    share: 12.0,
    rhythm: Rhythm::Customers,
    models: &[("gpt-5.4-mini", 7.0), ("gpt-6.1-terra", 2.0)],
    streams: false,
    style: Style::Extract(
        r#"{"type":"object","properties":{"claim_id":{"type":"string"},"line":{"enum":["motor","home","travel","liability"]},"priority":{"enum":["low","normal","high"]},"documents_complete":{"type":"boolean"},"fraud_score":{"type":"number"},"reason":{"type":"string"}},"required":["claim_id","line","priority"],"additionalProperties":false}"#,
    ),
    turns: 1,
    leak_rate: 0.14,
    attack_rate: 0.003,
    system: "Classify an incoming insurance claim. Answer with JSON only. Base the priority on injury, amount and age of the claim.",
    asks: &[
        "Claim {claim}, policy {policy}. Water damage in the <kitchen|cellar|bathroom> on {date}. Estimate {amount}. Photos attached: {n}.",
        "Claim {claim}: rear-end collision on {date}, nobody hurt. Repair shop quotes {amount}. Other driver insured with {company}.",
        "Claim {claim}: <laptop|camera|suitcase> stolen <from the car|on a train> near <Lyon|Porto|Graz> on {date}. Police report <attached|missing>. Value {amount}.",
        "Policy {policy}, claim {claim}. Hail damage to the <roof|greenhouse|car>. Contractor can come on {day}. Estimate {amount}, deductible $500.",
        "Claim {claim}: guest slipped on the stairs and broke a wrist. Hospital bill {amount}. Lawyer's letter of {date} attached.",
        "Claim {claim}: trip cancelled {n} days before departure because of illness. Invoice {invoice}, {amount}. Certificate <enclosed|to follow>.",
    ],
    leaks: &[
        "Claim {claim}, policy {policy}. Claimant: {name}, DOB {dob}, SSN {ssn}, {phone}. Rear-end collision on {date}, estimate {amount}.",
        "Claim {claim}. Contact {name}, {email}, {phone}, {address}. Burglary on {date}, value {amount}. Pay out to card {card}.",
        "Claimant: {name} ({email}). Claim {claim}: injured at work, treated at Brightwater Clinics, MRN: {mrn}. Bill {amount}.",
        "Claim {claim} filed online from {ip} by {name}, {email}. Two more claims from the same address this month.",
    ],
    follow_ups: &[],
};

const ADJUSTER: App = App {
    id: "adjuster-assist",
    share: 8.0,
    rhythm: Rhythm::Staff,
    models: &[("claude-sonnet-5-5", 6.0), ("claude-opus-5-5", 1.0), ("gpt-6-sol", 1.0)],
    streams: true,
    style: Style::Agent(&GET_CLAIM),
    turns: 5,
    leak_rate: 0.11,
    attack_rate: 0.003,
    system: "You support claims adjusters. Compare statements with policy wording, point out what is missing, and suggest next steps. Decisions are made by people.",
    asks: &[
        "Compare the statement with the policy wording: the policyholder left a candle burning and the <curtain|sofa> caught fire. Loss {amount}. <Gross negligence?|Covered?>",
        "Claim {claim}: the repair estimate rose from {amount} to {amount} within {n} weeks. <Plausible?|What should I ask the shop?>",
        "Get claim {claim} and list which documents are still missing.",
        "Write to the policyholder of {policy}: we accept the claim less the deductible, payment within {n} days.",
        "How do I reserve for a <broken wrist|whiplash|concussion> with a sick note of {n} weeks?",
        "Summarise the history of claim {claim} for the committee on {day}, half a page.",
        "Is hail of {date} in <Stuttgart|Dayton|Reno> plausible for claim {claim}? What would you check?",
        "Draft a recourse letter to {company} over {amount}. Facts: their driver ran a red light on {date}; two witnesses.",
    ],
    leaks: &[
        "Claimant: {name}\nSSN: {ssn}\nDate of birth: {dob}\nPhone: {phone}\nThe claimant says the injury of {date} keeps them from work. <Draft the medical release form.|What should I ask the doctor?>",
        "Please draft a settlement letter to {name}, {address}, {email}. Amount {amount}, claim {claim}.",
        "Possible duplicate: {name} born {dob} and {person2} born {dob2}, both SSN {ssn}. How do I write this up for the special unit?",
        "Hospital sent this: \"{name}, MRN {mrn}, admitted {date}, {diagnosis}\". Does it fit a fall from a ladder?",
    ],
    follow_ups: &[
        "And if the deductible is {amount}?",
        "Which clause is that?",
        "Put it in a letter, please.",
        "<Make the tone firmer.|Less legal language, please.>",
        "What would the other side argue?",
    ],
};

static GET_CLAIM: Tool = Tool {
    name: "get_claim",
    about: "{claim}",
    description: "Returns a claim with its documents and payments by claim number.",
    schema: r#"{"type":"object","properties":{"claim_id":{"type":"string","description":"number such as CLM-204881"}},"required":["claim_id"]}"#,
    results: &[
        "{{\"claim\":\"{claim}\",\"policy\":\"{policy}\",\"status\":\"open\",\"estimate\":\"{amount}\",\"documents\":[\"photos\",\"estimate\"],\"missing\":[\"<police report|invoice|medical certificate>\"]}}",
        "{{\"claim\":\"{claim}\",\"status\":\"<in review|waiting for customer>\",\"paid\":\"{amount}\",\"handler\":\"{colleague}\"}}",
    ],
    leaks: &[
        "{{\"claim\":\"{claim}\",\"claimant\":{{\"name\":\"{name}\",\"ssn\":\"{ssn}\",\"dob\":\"{dob}\",\"phone\":\"{phone}\",\"email\":\"{email}\"}},\"estimate\":\"{amount}\"}}",
        "{{\"claim\":\"{claim}\",\"claimant\":\"{name}\",\"hospital\":{{\"mrn\":\"{mrn}\",\"diagnosis\":\"{diagnosis}\"}},\"bill\":\"{amount}\"}}",
    ],
};
