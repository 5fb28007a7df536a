//! Fills a JSON Schema with plausible values, taking what it can from the prompt: for structured output and tool input.
//! Invariant: bounded by the schema's own size; a schema's depth is bounded by the JSON parser's.

use crate::dice::Dice;
use serde_json::{Map, Value, json};

/// A value the schema describes.
pub(super) fn fill(schema: &Value, prompt: &str, dice: &mut Dice) -> Value {
    value("", schema, prompt, dice)
}

/// True when the prompt names what a tool's input asks for: the number or the page it is to look up.
pub(super) fn fits(schema: &Value, prompt: &str) -> bool {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return true };
    properties.keys().all(|name| match name.as_str() {
        n if n.contains("id") || n.contains("number") => reference(prompt).is_some(),
        n if n.contains("url") => named(prompt).next().is_some(),
        _ => true,
    })
}

fn value(name: &str, schema: &Value, prompt: &str, dice: &mut Dice) -> Value {
    if let Some(options) = schema.get("enum").and_then(Value::as_array).filter(|o| !o.is_empty()) {
        return options[dice.below(options.len())].clone();
    }
    if let Some(value) = schema.get("const") {
        return value.clone();
    }
    match kind(schema) {
        "object" => object(schema, prompt, dice),
        "array" => {
            let items = schema.get("items").unwrap_or(&Value::Null);
            (0..dice.between(1, 3)).map(|_| value(name, items, prompt, dice)).collect()
        }
        "integer" => json!(dice.between(1, if name.contains("years") { 15 } else { 90 })),
        "number" => json!(dice.between(5, 99) as f64 / 100.0),
        "boolean" => json!(dice.chance(0.3)),
        "null" => Value::Null,
        _ => Value::String(text(name, prompt, dice)),
    }
}

/// The schema's type; of several, the first. Without one it is what its other keywords make it.
fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str).unwrap_or("string"),
        _ if schema.get("properties").is_some() => "object",
        _ => "string",
    }
}

fn object(schema: &Value, prompt: &str, dice: &mut Dice) -> Value {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return json!({"summary": text("summary", prompt, dice)});
    };
    let filled: Map<String, Value> =
        properties.iter().map(|(name, inner)| (name.clone(), value(name, inner, prompt, dice))).collect();
    Value::Object(filled)
}

/// A string that suits a field of that name.
fn text(name: &str, prompt: &str, dice: &mut Dice) -> String {
    let found = match name {
        n if n.contains("email") || n == "to" => words(prompt).find(|w| w.contains('@')).map(str::to_owned),
        n if n.contains("id") || n.contains("number") || n.contains("reference") => {
            reference(prompt).or_else(|| words(prompt).find(|w| digits(w) >= 4)).map(str::to_owned)
        }
        n if n.contains("url") => Some(url(prompt)),
        _ => None,
    };
    found.unwrap_or_else(|| phrase(name, prompt, dice))
}

fn words(prompt: &str) -> impl Iterator<Item = &str> {
    prompt.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
}

fn digits(word: &str) -> usize {
    word.bytes().filter(u8::is_ascii_digit).count()
}

/// A number as businesses give them: `CLM-204881`.
fn reference(prompt: &str) -> Option<&str> {
    words(prompt)
        .find(|w| w.starts_with(|c: char| c.is_ascii_uppercase()) && w.contains('-') && digits(w) >= 4)
}

/// Whom the prompt names: the first capitalised words after its first one.
fn named(prompt: &str) -> impl Iterator<Item = &str> {
    words(prompt)
        .skip(1)
        .map(|w| w.trim_end_matches("'s"))
        .skip_while(|w| !w.starts_with(char::is_uppercase))
        .take_while(|w| w.starts_with(char::is_uppercase))
}

/// A page of whoever the prompt names.
fn url(prompt: &str) -> String {
    let host = named(prompt).collect::<Vec<_>>().join("-").to_lowercase();
    let host = if host.is_empty() { "www" } else { &host };
    let page = ["pricing", "news", "report"].into_iter().find(|p| prompt.contains(p)).unwrap_or("about");
    format!("https://{host}.example/{page}")
}

fn phrase(name: &str, prompt: &str, dice: &mut Dice) -> String {
    if name.contains("reason") || name.contains("note") || name.contains("next") {
        return dice
            .pick(&[
                "documents complete, amounts agree",
                "one attachment is missing, ask for it",
                "needs a second look by a specialist",
                "matches the policy terms in force",
                "below the threshold, may be settled directly",
            ])
            .to_owned();
    }
    if name.contains("skill") {
        return dice
            .pick(&["reporting", "SQL", "customer care", "negotiation", "triage", "TypeScript"])
            .to_owned();
    }
    let words: Vec<&str> = prompt.split_whitespace().skip(dice.below(4)).take(9).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_gets_a_value_of_its_type() {
        let schema = json!({"type": "object", "properties": {
            "claim_id": {"type": "string"}, "priority": {"enum": ["low", "high"]}, "fraud": {"type": "boolean"},
            "score": {"type": "number"}, "flags": {"type": "array", "items": {"type": "string"}},
            "who": {"type": "object", "properties": {"email": {"type": ["string", "null"]}}}}});
        let v = fill(&schema, "Claim CLM-204881 by jo@x.net, please triage", &mut Dice::new(1, "t", b""));
        assert_eq!(v["claim_id"], "CLM-204881");
        assert_eq!(v["who"]["email"], "jo@x.net");
        assert!(v["priority"].is_string() && v["fraud"].is_boolean() && v["score"].is_f64());
        assert!(v["flags"].as_array().is_some_and(|f| !f.is_empty()));
    }
}
