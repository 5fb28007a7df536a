//! An application that uses OpenAI's chat completions.

use super::{Answered, Dialect, Heard, Trouble, answered, append, refused};
use crate::api::openai;
use crate::org::Style;
use crate::traffic::conversation::{Conversation, Turn};
use serde_json::{Value, json};

pub(super) struct OpenAi;

impl Dialect for OpenAi {
    fn format(&self) -> &'static str {
        "openai.chat"
    }

    fn path(&self) -> &'static str {
        "/openai/v1/chat/completions"
    }

    fn headers(&self) -> &'static [(&'static str, &'static str)] {
        &[("authorization", "Bearer sk-proj-larkfield-simulated-key")]
    }

    fn request(&self, conversation: &Conversation) -> Value {
        let app = conversation.plan.app;
        let mut messages = vec![json!({"role": "system", "content": app.system})];
        messages.extend(conversation.turns.iter().map(message));
        let mut body = json!({"model": conversation.plan.model, "messages": messages});
        match app.style {
            Style::Agent(tool) => {
                let schema: Value = serde_json::from_str(tool.schema).unwrap_or_default();
                let function =
                    json!({"name": tool.name, "description": tool.description, "parameters": schema});
                body["tools"] = json!([{"type": "function", "function": function}]);
            }
            Style::Extract(schema) => {
                let schema: Value = serde_json::from_str(schema).unwrap_or_default();
                let named = json!({"name": "result", "schema": schema, "strict": true});
                body["response_format"] = json!({"type": "json_schema", "json_schema": named});
            }
            Style::Chat | Style::Picture => body["max_completion_tokens"] = json!(900),
        }
        if app.streams {
            body["stream"] = json!(true);
            body["stream_options"] = json!({"include_usage": true});
        }
        body
    }

    fn heard(&self, answer: &Value) -> Heard {
        let Some(message) = answer.pointer("/choices/0/message") else { return Heard::Error };
        if let Some(call) = message.pointer("/tool_calls/0") {
            let text = |pointer: &str| call.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
            let input = serde_json::from_str(text("/function/arguments")).unwrap_or_default();
            return Heard::Call {
                id: text("/id").to_owned(),
                name: text("/function/name").to_owned(),
                input,
            };
        }
        Heard::Text(message["content"].as_str().unwrap_or_default().to_owned())
    }

    fn absorb(&self, event: &Value, whole: &mut Value) -> bool {
        if whole.is_null() {
            *whole = json!({
                "id": event["id"], "object": "chat.completion", "created": event["created"],
                "model": event["model"], "choices": [], "usage": null,
                "service_tier": event["service_tier"], "system_fingerprint": event["system_fingerprint"]
            });
        }
        if let Some(usage) = event.get("usage").filter(|u| u.is_object()) {
            whole["usage"] = usage.clone();
        }
        let Some(piece) = event.pointer("/choices/0") else { return false };
        let Some(choices) = whole["choices"].as_array_mut() else { return false };
        if choices.is_empty() {
            let message = json!({"role": "assistant", "content": null, "refusal": null, "annotations": []});
            choices.push(json!({"index": 0, "message": message, "logprobs": null, "finish_reason": null}));
        }
        let Some(choice) = choices.first_mut() else { return false };
        if piece["finish_reason"].is_string() {
            choice["finish_reason"] = piece["finish_reason"].clone();
        }
        absorb_delta(&piece["delta"], &mut choice["message"])
    }

    fn answer(&self, seed: u64, request: &Value, unix_seconds: i64) -> Answered {
        match openai::answer(seed, request, unix_seconds) {
            Ok(chat) => answered(chat.whole(), chat.timing),
            Err(refusal) => refused(refusal.body),
        }
    }

    fn trouble(&self, trouble: Trouble, model: &str) -> Value {
        match trouble {
            Trouble::RateLimit => openai::Refusal::rate_limit(model).body,
            Trouble::Overloaded => openai::Refusal::overloaded().body,
        }
    }
}

fn absorb_delta(delta: &Value, message: &mut Value) -> bool {
    let mut content = false;
    if let Some(text) = delta["content"].as_str().filter(|t| !t.is_empty()) {
        append(&mut message["content"], text);
        content = true;
    }
    for piece in delta["tool_calls"].as_array().map(Vec::as_slice).unwrap_or_default() {
        content = true;
        let arguments = piece.pointer("/function/arguments").and_then(Value::as_str).unwrap_or_default();
        if piece["id"].is_string() {
            let function = json!({"name": piece["function"]["name"], "arguments": arguments});
            let call = json!({"id": piece["id"], "type": "function", "function": function});
            match message["tool_calls"].as_array_mut() {
                Some(calls) => calls.push(call),
                None => message["tool_calls"] = json!([call]),
            }
        } else if let Some(call) = message["tool_calls"].as_array_mut().and_then(|c| c.last_mut()) {
            append(&mut call["function"]["arguments"], arguments);
        }
    }
    content
}

fn message(turn: &Turn) -> Value {
    match turn {
        Turn::User(text) => json!({"role": "user", "content": text}),
        Turn::Picture { text, base64 } => {
            let url = format!("data:image/png;base64,{base64}");
            json!({"role": "user", "content": [
                {"type": "text", "text": text}, {"type": "image_url", "image_url": {"url": url}}]})
        }
        Turn::Assistant(text) => json!({"role": "assistant", "content": text}),
        Turn::Call { id, name, input } => {
            let function = json!({"name": name, "arguments": input.to_string()});
            json!({"role": "assistant", "content": null,
                   "tool_calls": [{"id": id, "type": "function", "function": function}]})
        }
        Turn::Result { id, text } => json!({"role": "tool", "tool_call_id": id, "content": text}),
    }
}
