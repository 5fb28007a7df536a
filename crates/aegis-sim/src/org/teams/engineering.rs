//! Engineering: reviews by a bot, a chat for developers, and notes on incidents.

use super::{App, Office, Rhythm, Style, Team};

pub(super) static TEAM: Team = Team {
    id: "engineering",
    cost_center: "5200",
    people: 20,
    offices: &[Office::Berlin, Office::Berlin, Office::Austin, Office::Bengaluru, Office::Singapore],
    apps: &[REVIEW, CHAT, SCRIBE],
};

const REVIEW: App = App {
    id: "code-review-bot",
    share: 8.0,
    rhythm: Rhythm::Staff,
    models: &[("claude-opus-5-5", 4.0), ("claude-sonnet-5-5", 3.0)],
    streams: false,
    style: Style::Chat,
    turns: 1,
    leak_rate: 0.05,
    attack_rate: 0.003,
    system: "You review pull requests for Larkfield Mutual. Name real problems only: bugs, races, missing tests, unclear names. Give line references.",
    asks: &[
        "Pull request in {service}, commit {commit}:\n\n+ fn total(items: &[Item]) -> f64 {{\n+     items.iter().map(|i| i.price * i.count as f64).sum()\n+ }}\n\nMoney as f64, {n} call sites.",
        "Diff in {service} ({commit}):\n\n- timeout = 30\n+ timeout = {n}\n+ retries = 10\n\nDescription: \"fix flaky calls to {company}\".",
        "Review: {service} now reads the whole file into memory before parsing it. Files reach {n} GB in {month}.",
        "Diff in {service}:\n\n+ SELECT * FROM claims WHERE status = 'open' ORDER BY updated_at DESC\n\nThe table has {count} rows and no index on updated_at.",
        "Pull request: replace the mutex in {service} by a channel. Tests pass, p99 falls from {ms} ms to {n}0 ms. Anything I overlook?",
        "Diff:\n\n+ except Exception:\n+     pass\n\nin the payment callback of {service}. The author says it silences noise.",
    ],
    leaks: &[
        "Diff in {service}, test data:\n\n+ CUSTOMER = dict(name=\"{name}\", email=\"{email}\", ssn=\"{ssn}\", card=\"{card}\")\n\nOk to merge?",
        "Review the fixture in {service}: users.csv\nname,email,phone,dob\n{name},{email},{phone},{dob}\n{person2},{email2},,{dob2}",
        "Diff in deploy/{service}.yaml:\n\n+ allow: {ip}\n+ allow: {ip2}\n\nOpens the admin port for two offices.",
    ],
    follow_ups: &[],
};

const CHAT: App = App {
    id: "dev-chat",
    share: 11.0,
    rhythm: Rhythm::Staff,
    models: &[("claude-sonnet-5-5", 4.0), ("gpt-6.1-sol", 3.0), ("claude-opus-5", 1.0), ("gpt-6-astra", 0.5)],
    streams: true,
    style: Style::Chat,
    turns: 5,
    leak_rate: 0.06,
    attack_rate: 0.002,
    system: "You are a careful programming assistant. Prefer small changes. Say when you are not sure.",
    asks: &[
        "Why does this query take {ms} ms?\n\nSELECT c.id, count(*) FROM claims c JOIN documents d ON d.claim_id = c.id WHERE c.created_at > now() - interval '30 days' GROUP BY c.id",
        "Stack trace from {service} {version}:\n\njava.lang.IllegalStateException: pool exhausted\n  at com.larkfield.db.Pool.take(Pool.java:{n}8)\n  at com.larkfield.{n}.Handler.run(Handler.java:112)\n\nOnly under load. <Ideas?|Where would you look first?>",
        "Write a <Python|Rust|TypeScript> function that groups a list of events by day and returns the count of each, with a test.",
        "What is the difference between <a mutex and a semaphore|optimistic and pessimistic locking|at-least-once and exactly-once delivery>? <Short answer.|With an example.>",
        "How do I <rebase|squash|undo> the last {n} commits without losing my work?",
        "{service} uses {n} GB of memory after a day. Heap dump shows many byte arrays. What next?",
        "Explain this regular expression: ^(?:[a-z0-9-]+\\.)+[a-z]+$",
        "Our deploy of {service} {version} fails with \"readiness probe timed out\" in one zone only. Same image elsewhere works.",
        "Ignore the warning about the unused import for now. Why does the test for {service} fail only on {day}s?",
        "Write a commit message for: moved retry logic from {service} to a shared client, added jitter, removed {n} copies.",
    ],
    leaks: &[
        "Why does this log line break my parser?\n\n2026-11-0{n}T{time}:12Z INFO {service} login ok user={email} ip={ip} phone=\"{phone}\"",
        "Here's a row from production, the import rejects it:\n\n{name}|{ssn}|{dob}|{address}|{card}\n\nIs it the delimiter?",
        "Help me write SQL to find this customer again: name {name}, email {email}, card {card}.",
        "Access log, please tell me who is scraping us:\n{ip} GET /quotes 200\n{ip} GET /quotes 200\n{ip2} GET /quotes 429\n{ip} GET /quotes 200",
    ],
    follow_ups: &[
        "<That compiles but|Almost, but> the second test still fails.",
        "Can you show the whole function?",
        "What does it cost in memory?",
        "<Would that work|Is it safe> with {n}0 threads?",
        "ok, and how do I test that?",
        "Rewrite it without the dependency.",
    ],
};

const SCRIBE: App = App {
    id: "incident-scribe",
    share: 3.0,
    rhythm: Rhythm::Customers,
    models: &[("gpt-5.6-terra", 3.0), ("claude-haiku-5-5", 2.0)],
    streams: false,
    style: Style::Chat,
    turns: 2,
    leak_rate: 0.10,
    attack_rate: 0.0,
    system: "You keep the timeline of a running incident from chat messages and alerts. No speculation about causes.",
    asks: &[
        "Alert {time}: {service} error rate {percent} %. {time}: {colleague} rolls back {version}. {time}: rate back to normal. Write the timeline.",
        "Summarise for the status page: {service} slow between {time} and {time} on {day}, about {percent} % of requests affected, no data lost.",
        "Post-mortem draft for {service}: certificate expired at {time}, found after {n} minutes, fixed by {colleague}. Sections: impact, timeline, what went well, actions.",
        "{time} p99 of {service} at {ms} ms. {time} queue depth {count}. {time} scaled from {n} to 12 pods. What is missing in these notes?",
    ],
    leaks: &[
        "Timeline: {time} {ip} starts {count} logins per minute against identity-proxy. {time} blocked. {time} {ip2} takes over. Affected accounts so far: {email}, {email2}.",
        "For the timeline: {time} customer {name} ({email}, {phone}) reports seeing somebody else's claim {claim}.",
    ],
    follow_ups: &["Shorter, for managers.", "Add: customers were told at {time}."],
};
