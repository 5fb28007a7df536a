//! Finance: help with the monthly close, and a reader of scanned invoices.

use super::{App, Office, Rhythm, Style, Team};

pub(super) static TEAM: Team = Team {
    id: "finance",
    cost_center: "2100",
    people: 9,
    offices: &[Office::NewYork, Office::London],
    apps: &[CLOSE, INVOICES],
};

const CLOSE: App = App {
    id: "close-assistant",
    share: 5.0,
    rhythm: Rhythm::Staff,
    models: &[("gpt-6.1-terra", 4.0), ("gpt-5.4", 2.0), ("claude-sonnet-5", 1.0)],
    streams: true,
    style: Style::Chat,
    turns: 4,
    leak_rate: 0.06,
    attack_rate: 0.001,
    system: "You help accountants close the month: variances, accruals, reconciliations. Show your arithmetic.",
    asks: &[
        "Explain the variance: plan {big_amount}, actual {big_amount}, cost centre {account}, {month}. Main driver <cloud services|contractors|travel>.",
        "Which accrual do we book for {company} if the invoice for {month} arrives in {month}? Estimate {amount}, account {account}.",
        "The bank statement shows {amount} from {company}, the ledger {amount}. Invoice {invoice}. <Where do I look?|List likely causes.>",
        "Write a note to the controller: {quarter} closes {percent} % above budget, mostly timing, {big_amount} moves to next quarter.",
        "Formula for a rolling {n}-month forecast in a spreadsheet, column B holds actuals.",
        "Summarise the travel policy change for {month} in {n} bullets: limit per night {amount}, approval by the manager.",
        "Is a licence of {n} years for {big_amount} an expense or an asset under IFRS?",
        "Draft a payment reminder to {company}: {invoice}, {amount}, due since {date}. Second reminder.",
    ],
    leaks: &[
        "Payroll check, two lines look odd:\n{name}; SSN {ssn}; {big_amount}\n{person2}; SSN {ssn2}; {big_amount}\nWhat's the most likely error?",
        "Refund {amount} to {name}, card {card}, {email}. Which account does it go to?",
        "Corporate card {card} of {colleague} was charged {amount} by {company} on {date}. Is that within the policy?",
        "1099 for {name}, taxpayer id {ssn}, {address}: paid {big_amount}. Which box?",
    ],
    follow_ups: &[
        "Show it as a table.",
        "And in euros at 1.0{n}?",
        "<Who has to approve that?|What would the auditor ask?>",
        "Write the journal entry.",
    ],
};

const INVOICES: App = App {
    id: "invoice-reader",
    share: 4.0,
    rhythm: Rhythm::Jobs,
    models: &[("gpt-5.6-luna", 5.0), ("gpt-4.1-mini", 1.0)],
    streams: false,
    style: Style::Picture,
    turns: 1,
    leak_rate: 0.04,
    attack_rate: 0.004,
    system: "Read the scanned invoice. Give number, date, vendor, net, tax and total, one per line. Say which of them you could not read.",
    asks: &[
        "Scan of {invoice} from {company}, expected total {amount}, purchase order {po}.",
        "Page 1 of {n}, {company}, {month}. Compare the total with {amount}.",
        "Credit note to {invoice}. Is the tax rate the same as on the invoice?",
        "Unknown sender, received on {date}. Which company is it from?",
    ],
    leaks: &[
        "Scan of {invoice}. Handwritten on it: \"paid by card {card}, {first}, {phone}\". Total {amount}.",
        "Medical bill for {name}, DOB {dob}, total {amount}. Which cost centre?",
    ],
    follow_ups: &[],
};
