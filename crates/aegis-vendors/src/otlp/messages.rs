//! The text of a call, in each of the forms exporters have had for it.

use super::attributes::{Attributes, structured};
use super::proto::{Any, Event};
use crate::openai::chat::CHAT;
use crate::wire::{Collector, Fields};
use aegis_domain::LIMITS;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Reads what a call was given.
pub(super) fn prompt(attributes: &Attributes, events: &[Event], out: &mut Collector) {
    if let Some(system) = attributes.get(&["gen_ai.system_instructions"]) {
        read_parts(&open(system, out), "system", out);
    }
    if let Some(messages) = attributes.get(&["gen_ai.input.messages"]) {
        read_messages(&open(messages, out), "user", out);
    }
    numbered(attributes, "gen_ai.prompt.", "user", out);
    numbered(attributes, "llm.input_messages.", "user", out);
    numbered(attributes, "llm.prompts.", "user", out);
    numbered(attributes, "embedding.embeddings.", "user", out);
    if let Some(prompt) = attributes.get(&["gen_ai.prompt"]) {
        read_messages(&open(prompt, out), "user", out);
    }
    for event in events {
        read_event(&event.name, &Attributes::of(&event.attributes), false, out);
    }
    if let Some(tools) = attributes.get(&["gen_ai.tool.definitions"]) {
        free("tool_definition", tools, out);
    }
    for prefix in ["llm.request.functions.", "llm.tools."] {
        for (_, value) in attributes.below(prefix) {
            free("tool_definition", value, out);
        }
    }
    // The whole input in one, which repeats the messages where there are some.
    if out.is_empty()
        && let Some(input) = attributes.get(&["input.value", "traceloop.entity.input"])
    {
        free("user", input, out);
    }
}

/// Reads what a call answered.
pub(super) fn answer(attributes: &Attributes, events: &[Event], out: &mut Collector) {
    let before = out.len();
    if let Some(messages) = attributes.get(&["gen_ai.output.messages"]) {
        read_messages(&open(messages, out), "assistant", out);
    }
    numbered(attributes, "gen_ai.completion.", "assistant", out);
    numbered(attributes, "llm.output_messages.", "assistant", out);
    if let Some(completion) = attributes.get(&["gen_ai.completion"]) {
        read_messages(&open(completion, out), "assistant", out);
    }
    for event in events {
        read_event(&event.name, &Attributes::of(&event.attributes), true, out);
    }
    if out.len() == before
        && let Some(output) = attributes.get(&["output.value", "traceloop.entity.output"])
    {
        free("assistant", output, out);
    }
}

/// Reads one event of the older conventions, on a span or as a log record's attributes, if it is of this direction.
pub(super) fn read_event(name: &str, attributes: &Attributes, answers: bool, out: &mut Collector) {
    let (role, keys, is_answer): (&str, &[&str], bool) = match name {
        "gen_ai.content.prompt" => ("user", &["gen_ai.prompt"], false),
        "gen_ai.content.completion" => ("assistant", &["gen_ai.completion"], true),
        "gen_ai.choice" => ("assistant", &["message", "content", "tool_calls", "gen_ai.event.content"], true),
        _ => match name.strip_prefix("gen_ai.").and_then(|n| n.strip_suffix(".message")) {
            Some(role) => (role, &["content", "tool_calls", "gen_ai.event.content"], false),
            None => return,
        },
    };
    if is_answer == answers {
        for value in keys.iter().filter_map(|key| attributes.get(&[key])) {
            read_messages(&open(value, out), role, out);
        }
    }
}

/// Reads what has no shape that is known.
fn free(role: &str, value: &Any, out: &mut Collector) {
    let value = open(value, out);
    out.json(role, &value, Fields::All);
}

fn open(value: &Any, out: &mut Collector) -> Value {
    let mut unread = 0;
    let value = structured(value, &mut unread);
    out.unread_bytes(unread);
    value
}

/// Reads a list of messages, one message, or plain text.
pub(super) fn read_messages(value: &Value, speaker: &str, out: &mut Collector) {
    // More than a call may have: it is rejected, so that the rest need not be read.
    if out.len() > LIMITS.parts {
        return;
    }
    match value {
        Value::String(text) => out.text(speaker, text.as_str()),
        Value::Array(messages) => messages.iter().for_each(|m| read_messages(m, speaker, out)),
        Value::Object(message) => read_message(message, speaker, out),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Reads a message: of today's conventions, with parts, or in OpenAI's shape.
fn read_message(message: &Map<String, Value>, speaker: &str, out: &mut Collector) {
    let role = message.get("role").and_then(Value::as_str).filter(|r| !r.is_empty() && r.len() <= 64);
    let role = role.unwrap_or(speaker);
    if let Some(parts) = message.get("parts") {
        return read_parts(parts, role, out);
    }
    if let Some(inner) = message.get("message") {
        return read_messages(inner, role, out);
    }
    let mark = out.mark();
    if CHAT.read_message(message, role, out).is_err() || out.mark() == mark {
        // In no shape that is known: whatever it holds.
        out.back_to(mark);
        out.json(role, &Value::Object(message.clone()), Fields::All);
    }
}

fn read_parts(parts: &Value, role: &str, out: &mut Collector) {
    if out.len() > LIMITS.parts {
        return;
    }
    match parts {
        Value::Array(parts) => parts.iter().for_each(|part| read_parts(part, role, out)),
        Value::Object(part) => read_part(part, role, out),
        other => read_messages(other, role, out),
    }
}

fn read_part(part: &Map<String, Value>, role: &str, out: &mut Collector) {
    let text = |key: &str| part.get(key).and_then(Value::as_str);
    let held = |keys: &[&str]| keys.iter().find_map(|key| part.get(*key)).filter(|v| !v.is_null());
    match (text("type"), held(&["content"])) {
        (Some("text"), Some(Value::String(said))) => out.text(role, said.as_str()),
        (Some("reasoning"), Some(Value::String(said))) => out.text("thinking", said.as_str()),
        (Some("blob"), Some(Value::String(content))) => out.binary(role, content),
        (Some("uri"), _) => out.url(role, text("uri").unwrap_or_default()),
        (Some("tool_call" | "server_tool_call"), _) => {
            given("tool_call", held(&["arguments", "server_tool_call"]), out);
        }
        (Some("tool_call_response" | "server_tool_call_response"), _) => {
            given("tool", held(&["response", "result", "server_tool_call_response"]), out);
        }
        _ => out.json(role, &Value::Object(part.clone()), Fields::Vendor),
    }
}

fn given(role: &str, value: Option<&Value>, out: &mut Collector) {
    match value {
        Some(Value::String(text)) => out.embedded_json(role, text),
        Some(value) => out.json(role, value, Fields::All),
        None => {}
    }
}

/// Reads messages that stand in numbered attributes: `gen_ai.prompt.0.content`, `llm.input_messages.0.message.content`.
fn numbered(attributes: &Attributes, prefix: &str, speaker: &str, out: &mut Collector) {
    let mut messages: BTreeMap<u32, Vec<(&str, &Any)>> = BTreeMap::new();
    for (rest, value) in attributes.below(prefix) {
        let (number, field) = rest.split_once('.').unwrap_or((rest, ""));
        if let Ok(number) = number.parse() {
            messages.entry(number).or_default().push((field, value));
        }
    }
    for fields in messages.into_values() {
        let role = fields.iter().find_map(|(field, value)| match value {
            Any::String(role) if last(field) == "role" && !role.is_empty() && role.len() <= 64 => {
                Some(role.as_str())
            }
            _ => None,
        });
        let role = role.unwrap_or(speaker);
        for (field, value) in fields {
            match (last(field), value) {
                // Names of kinds, ids and vectors are of no one's text.
                ("role" | "type" | "id" | "finish_reason" | "vector", _) => {}
                ("name", _) if field.contains("tool") => {}
                ("arguments", Any::String(text)) => out.embedded_json("tool_call", text),
                ("url", Any::String(url)) => out.url(role, url),
                ("reasoning", Any::String(text)) => out.text("thinking", text.as_str()),
                (_, Any::String(_)) => read_messages(&open(value, out), role, out),
                _ => free(role, value, out),
            }
        }
    }
}

fn last(field: &str) -> &str {
    field.rsplit('.').next().unwrap_or_default()
}
