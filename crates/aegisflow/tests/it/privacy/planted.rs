//! The values that are planted, and the ways in they are planted through.

use serde_json::{Value, json};

/// Values of people, each with the words that make it what it is. None is a documented test value.
const PEOPLE: [(&str, &str); 8] = [
    ("my SSN is", "541-38-6027"),
    ("the card number is", "4539 5787 6362 1486"),
    ("write to", "erika.musterfrau@kunde-sued.de"),
    ("call me at", "+1 415-867-2042"),
    ("patient with MRN", "48291734"),
    ("born on, date of birth", "1981-03-14"),
    ("her IP address is", "84.132.17.9"),
    // Disguised: full-width digits.
    ("my SSN is", "５４１-３８-６０２８"),
];

/// Secrets as people and machines present them to log in, right and wrong.
pub const SECRETS: [&str; 7] = [
    "Kettle-Sunflower-7719",
    "Wrong-Guess-Harbour-3391",
    "Weak2291",
    "Umbrella-Lantern-5520",
    "agf_PlantedPlantedPlantedPlantedPlantedPlanted1",
    "planted-ticket-8842",
    "eyJhbGciOiJQTEFOVEVEIn0.planted.planted",
];

/// The right password, before it is changed.
pub const PASSWORD: &str = SECRETS[0];
/// A wrong one.
pub const WRONG: &str = SECRETS[1];
/// One that the rule refuses.
pub const WEAK: &str = SECRETS[2];
/// The one it is changed to.
pub const CHANGED: &str = SECRETS[3];
/// A token that nobody made.
pub const TOKEN: &str = SECRETS[4];
/// A ticket that nobody made.
pub const TICKET: &str = SECRETS[5];
/// A cookie that nobody made.
pub const COOKIE: &str = SECRETS[6];

/// Everything that must not be found, in the spellings it may have taken on the way.
pub fn forbidden() -> Vec<String> {
    let mut all: Vec<String> = SECRETS.iter().map(|s| s.to_string()).collect();
    for (_, value) in PEOPLE {
        all.push(value.to_string());
        all.push(value.to_uppercase());
        let digits: String = value.chars().filter(|c| c.is_numeric()).collect();
        // Shorter runs of digits stand in times and ids by chance.
        if digits.chars().count() >= 9 {
            all.push(digits);
        }
        all.push(value.replace(['-', ' '], ""));
    }
    all.push("541-38-6028".into());
    all.retain(|v| v.chars().count() >= 8);
    all.sort();
    all.dedup();
    all
}

/// A sentence with every value in it.
pub fn sentence() -> String {
    let parts: Vec<String> = PEOPLE.iter().map(|(words, value)| format!("{words} {value}")).collect();
    format!("Hello, {}. Thank you.", parts.join("; "))
}

/// One value with its words, short enough for a name.
fn named(n: usize) -> String {
    let (words, value) = PEOPLE[n % PEOPLE.len()];
    format!("{words} {value}")
}

/// What a program calls itself, and the id it gives its request: of these, only what a value is by itself.
pub fn program(n: usize) -> (String, String) {
    let alone = [PEOPLE[0].1, PEOPLE[1].1, PEOPLE[6].1][n % 3];
    (format!("Tool/1.{n} ({})", named(n % 6)), alone.replace(' ', ""))
}

/// Events in our own shape: each member that takes text carries a value.
pub fn own_shape() -> Vec<Value> {
    let mut events = vec![json!({
        "vendor": "openai", "model": "gpt-5",
        "prompt": [
            { "role": "system", "text": sentence() },
            { "role": "user", "text": sentence() },
            { "role": "tool", "text": format!("{{\"note\":\"{}\"}}", sentence()) }
        ],
        "response": [{ "role": "assistant", "text": sentence() }],
        "labels": { "note": named(0), "contact": named(2), "card": named(1) }
    })];
    for (n, field) in ["external_id", "team", "app", "conversation_id", "region", "model"].iter().enumerate()
    {
        for value in 0..3 {
            let mut event = json!({
                "vendor": "openai", "model": "gpt-5", "prompt": [{ "role": "user", "text": "hello" }],
                "labels": { named(n + value): "a key can hold a value, too", "plain": named(n) }
            });
            event[*field] = named(n + value).into();
            events.push(event);
        }
    }
    events
}

/// Raw pairs in both vendors' shapes: messages, names, tools, arguments, results, metadata, documents, errors.
pub fn raw_pairs() -> Vec<Value> {
    let text = sentence();
    let arguments = json!({ "to": named(2), "body": text }).to_string();
    vec![
        json!({ "format": "openai.chat",
            "request": { "model": "gpt-5", "messages": [
                { "role": "system", "content": text },
                { "role": "user", "content": [{ "type": "text", "text": text }] },
                { "role": "assistant", "content": null, "tool_calls": [
                    { "id": "call_1", "type": "function", "function": { "name": "send", "arguments": arguments } }] },
                { "role": "tool", "tool_call_id": "call_1", "content": text } ],
                "tools": [{ "type": "function", "function": { "name": "send", "description": text,
                    "parameters": { "type": "object", "properties": { "to": { "type": "string", "description": text } } } } }],
                "stop": [named(0)], "metadata": { "customer": named(1) }, "unknown_member": text },
            "response": { "id": named(0), "object": "chat.completion", "model": "gpt-5", "system_fingerprint": named(1),
                "choices": [{ "index": 0, "finish_reason": "stop",
                    "message": { "role": "assistant", "content": text, "refusal": text } }] } }),
        json!({ "format": "anthropic.messages",
            "request": { "model": "claude-sonnet-5-5", "max_tokens": 9, "system": text, "messages": [
                { "role": "user", "content": text },
                { "role": "assistant", "content": [
                    { "type": "thinking", "thinking": text, "signature": "c2ln" },
                    { "type": "tool_use", "id": "t1", "name": "send", "input": { "to": named(2), "body": text } }] },
                { "role": "user", "content": [{ "type": "tool_result", "tool_use_id": "t1", "content": text }] } ],
                "stop_sequences": [named(0)] },
            "response": { "id": named(0), "type": "message", "role": "assistant", "model": "claude-sonnet-5-5",
                "content": [{ "type": "text", "text": text }], "stop_reason": "end_turn" } }),
        json!({ "format": "openai.chat",
            "request": { "model": "gpt-5", "messages": [{ "role": "user", "content": "hello" }] },
            "response": { "error": { "message": text, "type": named(0), "code": named(1) } } }),
    ]
}

/// Items that are refused, with a value in the very member that is wrong.
pub fn refused() -> Vec<Value> {
    let text = format!("expected {}", sentence());
    vec![
        json!({ "vendor": text, "model": "m", "prompt": [{ "role": "user", "text": text }] }),
        json!({ "vendor": "openai", "model": "m", "status": text, "prompt": [] }),
        json!({ "vendor": "openai", "model": "m", "occurred_at": text, "prompt": [] }),
        json!({ "vendor": "openai", "model": "m", "prompt": text }),
        json!({ "vendor": "openai", "model": "m", "latency_ms": text, "prompt": [] }),
        json!({ "format": text, "request": {} }),
        json!({ "format": "openai.chat", "request": { "messages": text } }),
        json!({ "format": "anthropic.messages", "request": { "messages": [{ "role": text, "content": 7 }] } }),
    ]
}
