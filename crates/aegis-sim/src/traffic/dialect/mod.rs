//! How an application speaks to each vendor: writes requests, reads answers, puts streams together.
//! Written as the vendors' SDKs behave; knows nothing of AegisFlow.

mod anthropic;
mod openai;

use super::conversation::Conversation;
use crate::api;
use serde_json::Value;
use std::time::Duration;

/// What the application makes of an answer.
pub(crate) enum Heard {
    Text(String),
    Call { id: String, name: String, input: Value },
    Error,
}

/// Trouble on the vendor's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    RateLimit,
    Overloaded,
}

/// An answer made in-process, with the times it would have taken.
pub(crate) struct Answered {
    pub body: Value,
    pub ttft: Duration,
    pub latency: Duration,
    /// False for an error.
    pub ok: bool,
}

/// One vendor, from the caller's side.
pub(crate) trait Dialect: Send + Sync {
    /// The ingest format of its pairs.
    fn format(&self) -> &'static str;
    /// Path of the chat endpoint under the simulator's address.
    fn path(&self) -> &'static str;
    /// Headers of a call.
    fn headers(&self) -> &'static [(&'static str, &'static str)];
    /// The body of the next call.
    fn request(&self, conversation: &Conversation) -> Value;
    /// What an answer says.
    fn heard(&self, answer: &Value) -> Heard;
    /// Adds a stream's event to what has come so far. Returns true when it carried content.
    fn absorb(&self, event: &Value, whole: &mut Value) -> bool;
    /// The simulator's answer without a call over the network.
    fn answer(&self, seed: u64, request: &Value, unix_seconds: i64) -> Answered;
    /// The vendor's words for its own trouble.
    fn trouble(&self, trouble: Trouble, model: &str) -> Value;
}

/// The vendor that makes `model`.
pub(crate) fn of(model: &str) -> &'static dyn Dialect {
    if model.starts_with("claude") { &anthropic::Anthropic } else { &openai::OpenAi }
}

/// An error answered at once.
fn refused(body: Value) -> Answered {
    Answered { body, ttft: Duration::ZERO, latency: Duration::from_millis(180), ok: false }
}

fn answered(body: Value, timing: api::Timing) -> Answered {
    Answered { body, ttft: timing.ttft, latency: timing.latency, ok: true }
}

/// Appends to the string at `slot`, which becomes one if it is none.
fn append(slot: &mut Value, piece: &str) {
    match slot {
        Value::String(text) => text.push_str(piece),
        other => *other = Value::String(piece.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::org::Organisation;
    use crate::traffic::plan::Planner;
    use axum::body::Bytes;

    fn put_together(dialect: &dyn Dialect, events: &[Bytes]) -> Value {
        let mut whole = Value::Null;
        for event in events {
            let text = std::str::from_utf8(event).unwrap();
            let data = text.lines().find_map(|l| l.strip_prefix("data: ")).unwrap();
            if data != "[DONE]" {
                dialect.absorb(&serde_json::from_str(data).unwrap(), &mut whole);
            }
        }
        whole
    }

    #[test]
    fn a_stream_put_together_is_the_whole_answer() {
        let org = Organisation::new(4);
        let planner = Planner::new(&org, 4);
        let now = "2026-11-23T15:00:00.000Z".parse().unwrap();
        let (mut texts, mut calls, mut errors) = (0, 0, 0);
        for n in 0..400 {
            let mut talk = Conversation::open(planner.present(n, now), &org, 4, "test");
            for _ in 0..12 {
                let request = talk.request();
                let answer = if talk.dialect.format() == "openai.chat" {
                    api::openai::answer(4, &request, 1).ok().map(|c| (c.whole(), c.stream(true)))
                } else {
                    api::anthropic::answer(4, &request).ok().map(|m| (m.whole(), m.stream()))
                };
                let Some((whole, events)) = answer else {
                    errors += 1;
                    break;
                };
                assert_eq!(put_together(talk.dialect, &events), whole);
                match talk.dialect.heard(&whole) {
                    Heard::Text(_) => texts += 1,
                    Heard::Call { .. } => calls += 1,
                    Heard::Error => panic!("{whole}"),
                }
                if !talk.hear(&whole, &org) {
                    break;
                }
            }
        }
        assert!(texts > 400 && calls > 20, "{texts} texts, {calls} calls");
        assert!(errors < 12, "only retired models are refused: {errors}");
    }
}
