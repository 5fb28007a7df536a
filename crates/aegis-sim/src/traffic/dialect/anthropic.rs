//! An application that uses Anthropic's messages.

use super::{Answered, Dialect, Heard, Trouble, answered, append, refused};
use crate::api::anthropic;
use crate::org::Style;
use crate::traffic::conversation::{Conversation, Turn};
use serde_json::{Value, json};

pub(super) struct Anthropic;

/// System prompts from this length on are worth caching; the vendor's least is 1,024 tokens.
const CACHED_FROM: usize = 1_000;

impl Dialect for Anthropic {
    fn format(&self) -> &'static str {
        "anthropic.messages"
    }

    fn path(&self) -> &'static str {
        "/anthropic/v1/messages"
    }

    fn headers(&self) -> &'static [(&'static str, &'static str)] {
        &[("x-api-key", "sk-ant-api03-larkfield-simulated-key"), ("anthropic-version", "2026-10-21")]
    }

    fn request(&self, conversation: &Conversation) -> Value {
        let app = conversation.plan.app;
        let messages: Vec<Value> = conversation.turns.iter().map(message).collect();
        let mut body = json!({
            "model": conversation.plan.model, "max_tokens": 1024, "system": app.system, "messages": messages
        });
        if app.system.len() >= CACHED_FROM {
            let cache = json!({"type": "ephemeral"});
            body["system"] = json!([{"type": "text", "text": app.system, "cache_control": cache}]);
        }
        match app.style {
            Style::Agent(tool) => {
                let schema: Value = serde_json::from_str(tool.schema).unwrap_or_default();
                body["tools"] =
                    json!([{"name": tool.name, "description": tool.description, "input_schema": schema}]);
            }
            Style::Extract(schema) => {
                let schema: Value = serde_json::from_str(schema).unwrap_or_default();
                body["output_config"] = json!({"format": {"type": "json_schema", "schema": schema}});
            }
            Style::Chat | Style::Picture => {}
        }
        if app.streams {
            body["stream"] = json!(true);
        }
        body
    }

    fn heard(&self, answer: &Value) -> Heard {
        let Some(content) = answer["content"].as_array() else { return Heard::Error };
        if let Some(call) = content.iter().find(|b| b["type"] == "tool_use") {
            let text = |key: &str| call[key].as_str().unwrap_or_default().to_owned();
            return Heard::Call { id: text("id"), name: text("name"), input: call["input"].clone() };
        }
        let texts: Vec<&str> = content.iter().filter_map(|b| b["text"].as_str()).collect();
        Heard::Text(texts.join("\n"))
    }

    fn absorb(&self, event: &Value, whole: &mut Value) -> bool {
        let index = event["index"].as_u64().unwrap_or(0) as usize;
        match event["type"].as_str().unwrap_or_default() {
            "message_start" => *whole = event["message"].clone(),
            "content_block_start" => {
                if let Some(content) = whole["content"].as_array_mut() {
                    let mut block = event["content_block"].clone();
                    if block["type"] == "tool_use" {
                        block["input"] = json!("");
                    }
                    content.push(block);
                }
            }
            "content_block_delta" => {
                let Some(block) = whole["content"].get_mut(index) else { return false };
                let delta = &event["delta"];
                if let Some(text) = delta["text"].as_str() {
                    append(&mut block["text"], text);
                } else if let Some(json) = delta["partial_json"].as_str() {
                    append(&mut block["input"], json);
                }
                return true;
            }
            "content_block_stop" => close_block(whole["content"].get_mut(index)),
            "message_delta" => absorb_end(event, whole),
            _ => {}
        }
        false
    }

    fn answer(&self, seed: u64, request: &Value, _unix_seconds: i64) -> Answered {
        match anthropic::answer(seed, request) {
            Ok(message) => answered(message.whole(), message.timing),
            Err(refusal) => refused(refusal.body),
        }
    }

    fn trouble(&self, trouble: Trouble, _model: &str) -> Value {
        match trouble {
            Trouble::RateLimit => anthropic::Refusal::rate_limit().body,
            Trouble::Overloaded => anthropic::Refusal::overloaded().body,
        }
    }
}

/// A tool's input travels as pieces of JSON; whole, it is an object.
fn close_block(block: Option<&mut Value>) {
    if let Some(block) = block
        && block["type"] == "tool_use"
    {
        block["input"] =
            block["input"].as_str().and_then(|s| serde_json::from_str(s).ok()).unwrap_or(json!({}));
    }
}

/// The last figures replace the first ones.
fn absorb_end(event: &Value, whole: &mut Value) {
    for part in ["delta", "usage"] {
        for (key, value) in event[part].as_object().into_iter().flatten() {
            let target = if part == "usage" { &mut whole["usage"][key] } else { &mut whole[key] };
            *target = value.clone();
        }
    }
}

fn message(turn: &Turn) -> Value {
    match turn {
        Turn::User(text) => json!({"role": "user", "content": text}),
        Turn::Picture { text, base64 } => {
            let source = json!({"type": "base64", "media_type": "image/png", "data": base64});
            json!({"role": "user", "content": [
                {"type": "image", "source": source}, {"type": "text", "text": text}]})
        }
        Turn::Assistant(text) => json!({"role": "assistant", "content": text}),
        Turn::Call { id, name, input } => {
            json!({"role": "assistant", "content": [{"type": "tool_use", "id": id, "name": name, "input": input}]})
        }
        Turn::Result { id, text } => {
            json!({"role": "user", "content": [{"type": "tool_result", "tool_use_id": id, "content": text}]})
        }
    }
}
