//! Puts a completed message on the wire, whole or as a stream.

use crate::api::answer::{Answer, Finish, Timing};
use crate::api::sse;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

/// A completed message, before it is put on the wire.
pub(crate) struct Message {
    pub(super) id: String,
    pub(super) model: &'static str,
    pub(super) answer: Answer,
    pub(super) tool_id: String,
    pub(super) usage: Value,
    pub timing: Timing,
}

fn stop_reason(finish: Finish) -> &'static str {
    match finish {
        Finish::Done => "end_turn",
        Finish::Length => "max_tokens",
        Finish::ToolCall => "tool_use",
    }
}

impl Message {
    /// The answer to a call that does not stream.
    pub fn whole(&self) -> Value {
        let mut content = Vec::new();
        if !self.answer.text.is_empty() {
            content.push(json!({"type": "text", "text": self.answer.text}));
        }
        if let Some((name, input)) = &self.answer.call {
            content.push(json!({"type": "tool_use", "id": self.tool_id, "name": name, "input": input}));
        }
        let mut message = self.head();
        message["content"] = Value::Array(content);
        message["stop_reason"] = json!(stop_reason(self.answer.finish));
        message["usage"] = self.usage.clone();
        message
    }

    /// A message that has not begun.
    fn head(&self) -> Value {
        let mut usage = self.usage.clone();
        usage["output_tokens"] = json!(1);
        if let Some(usage) = usage.as_object_mut() {
            usage.remove("output_tokens_details");
        }
        json!({
            "id": self.id, "type": "message", "role": "assistant", "model": self.model, "content": [],
            "stop_reason": null, "stop_sequence": null, "stop_details": null, "usage": usage
        })
    }

    /// The events of a call that streams.
    pub fn stream(&self) -> Vec<Bytes> {
        let mut out = vec![json!({"type": "message_start", "message": self.head()})];
        let mut index = 0;
        let mut block = |start: Value, deltas: Vec<Value>| {
            out.push(json!({"type": "content_block_start", "index": index, "content_block": start}));
            if index == 0 {
                out.push(json!({"type": "ping"}));
            }
            for delta in deltas {
                out.push(json!({"type": "content_block_delta", "index": index, "delta": delta}));
            }
            out.push(json!({"type": "content_block_stop", "index": index}));
            index += 1;
        };
        if !self.answer.text.is_empty() {
            let deltas = sse::pieces(&self.answer.text).into_iter();
            let deltas = deltas.map(|p| json!({"type": "text_delta", "text": p})).collect();
            block(json!({"type": "text", "text": ""}), deltas);
        }
        if let Some((name, input)) = &self.answer.call {
            let input = input.to_string();
            let pieces = std::iter::once("").chain(sse::pieces(&input));
            let deltas = pieces.map(|p| json!({"type": "input_json_delta", "partial_json": p})).collect();
            block(json!({"type": "tool_use", "id": self.tool_id, "name": name, "input": {}}), deltas);
        }
        let delta = json!({
            "stop_reason": stop_reason(self.answer.finish), "stop_sequence": null, "stop_details": null
        });
        out.push(json!({"type": "message_delta", "delta": delta, "usage": self.final_usage()}));
        out.push(json!({"type": "message_stop"}));
        out.iter().map(sse::event).collect()
    }

    /// The figures as they stand at the end of a stream.
    fn final_usage(&self) -> Value {
        let mut usage = self.usage.clone();
        if let Some(usage) = usage.as_object_mut() {
            for key in ["cache_creation", "service_tier", "inference_geo"] {
                usage.remove(key);
            }
        }
        usage
    }

    /// Headers of the answer.
    pub(super) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("request-id", format!("req_011C{}", &self.id["msg_01".len()..])),
            ("anthropic-ratelimit-requests-limit", "4000".into()),
            ("anthropic-ratelimit-requests-remaining", "3999".into()),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        headers
    }
}
