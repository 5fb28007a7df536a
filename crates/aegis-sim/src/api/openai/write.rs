//! Puts a completed chat on the wire, whole or as a stream.

use crate::api::answer::{Answer, Finish, Timing};
use crate::api::sse;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};

/// A completed chat, before it is put on the wire.
pub(crate) struct Chat {
    pub(super) id: String,
    pub(super) created: i64,
    pub(super) model: &'static str,
    pub(super) choices: Vec<(Answer, String)>,
    pub(super) usage: Value,
    pub timing: Timing,
}

fn finish_reason(finish: Finish) -> &'static str {
    match finish {
        Finish::Done => "stop",
        Finish::Length => "length",
        Finish::ToolCall => "tool_calls",
    }
}

impl Chat {
    /// The answer to a call that does not stream.
    pub fn whole(&self) -> Value {
        let choices: Vec<Value> = self
            .choices
            .iter()
            .enumerate()
            .map(|(index, (answer, call_id))| {
                let mut message = json!({
                    "role": "assistant", "content": answer.text, "refusal": null, "annotations": []
                });
                if let Some((name, input)) = &answer.call {
                    let function = json!({"name": name, "arguments": input.to_string()});
                    message["content"] = Value::Null;
                    message["tool_calls"] =
                        json!([{"id": call_id, "type": "function", "function": function}]);
                }
                let reason = finish_reason(answer.finish);
                json!({"index": index, "message": message, "logprobs": null, "finish_reason": reason})
            })
            .collect();
        json!({
            "id": self.id, "object": "chat.completion", "created": self.created, "model": self.model,
            "choices": choices, "usage": self.usage,
            "service_tier": "default", "system_fingerprint": null
        })
    }

    /// The events of a call that streams; usage only for who asked for it.
    pub fn stream(&self, with_usage: bool) -> Vec<Bytes> {
        let mut out = Vec::new();
        for (index, (answer, call_id)) in self.choices.iter().enumerate() {
            let mut delta = |delta: Value, finish: Option<&str>| {
                let choice =
                    json!({"index": index, "delta": delta, "logprobs": null, "finish_reason": finish});
                out.push(self.chunk(vec![choice], with_usage.then_some(Value::Null)));
            };
            delta(json!({"role": "assistant", "content": "", "refusal": null}), None);
            for piece in sse::pieces(&answer.text) {
                delta(json!({"content": piece}), None);
            }
            if let Some((name, input)) = &answer.call {
                let call = json!({"index": 0, "id": call_id, "type": "function", "function": {"name": name, "arguments": ""}});
                delta(json!({"tool_calls": [call]}), None);
                for piece in sse::pieces(&input.to_string()) {
                    delta(json!({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}), None);
                }
            }
            delta(json!({}), Some(finish_reason(answer.finish)));
        }
        if with_usage {
            out.push(self.chunk(Vec::new(), Some(self.usage.clone())));
        }
        out.push(Bytes::from_static(b"data: [DONE]\n\n"));
        out
    }

    fn chunk(&self, choices: Vec<Value>, usage: Option<Value>) -> Bytes {
        let mut chunk = Map::new();
        chunk.insert("id".into(), json!(self.id));
        chunk.insert("object".into(), json!("chat.completion.chunk"));
        chunk.insert("created".into(), json!(self.created));
        chunk.insert("model".into(), json!(self.model));
        chunk.insert("service_tier".into(), json!("default"));
        chunk.insert("system_fingerprint".into(), Value::Null);
        chunk.insert("choices".into(), Value::Array(choices));
        if let Some(usage) = usage {
            chunk.insert("usage".into(), usage);
        }
        sse::data(&Value::Object(chunk))
    }

    /// Headers of the answer.
    pub(super) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut set = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        set("x-request-id", format!("req_{}", &self.id["chatcmpl-".len()..]));
        set("openai-version", "2020-10-01".into());
        set("openai-processing-ms", self.timing.latency.as_millis().to_string());
        set("x-ratelimit-limit-requests", "10000".into());
        set("x-ratelimit-remaining-requests", "9999".into());
        headers
    }
}
