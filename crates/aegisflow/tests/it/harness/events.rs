//! Events to post, in our own shape.

use super::Random;
use serde_json::{Value, json};

/// A plain event.
pub fn event(external_id: &str) -> Value {
    json!({
        "external_id": external_id, "vendor": "openai", "model": "gpt-5", "team": "claims", "app": "triage",
        "user": "maria", "prompt": [{ "role": "user", "text": "Summarise the claim in two sentences." }],
        "response": [{ "role": "assistant", "text": "The roof leaks. The policy covers it." }],
        "usage": { "input_tokens": 30, "output_tokens": 12 }, "latency_ms": 812, "status": "ok"
    })
}

/// An event with a text of one's choice.
pub fn saying(external_id: &str, text: &str) -> Value {
    let mut event = event(external_id);
    event["prompt"][0]["text"] = text.into();
    event
}

/// An event as traffic has them: several vendors, people and ends; something to find in one of four.
pub fn varied(external_id: &str, chance: &mut Random) -> Value {
    let (vendor, model) =
        *chance.one_of(&[("openai", "gpt-5"), ("anthropic", "claude-sonnet-5-5"), ("mistral", "large")]);
    let text = *chance.one_of(&[
        "Translate the letter into French.",
        "List the open invoices by customer.",
        "My SSN is 536-22-8145, please fill in the form.",
        "Write a haiku about the sea.",
    ]);
    let mut event = saying(external_id, text);
    event["vendor"] = vendor.into();
    event["model"] = model.into();
    event["team"] = (*chance.one_of(&["claims", "sales", "legal"])).into();
    event["user"] = (*chance.one_of(&["maria", "jonas", "li"])).into();
    event["status"] = (*chance.one_of(&["ok", "ok", "ok", "error"])).into();
    event["latency_ms"] = chance.between(20, 9_000).into();
    event
}
