//! Server-sent events (WHATWG HTML, section 9.2) with the pauses between them.
//! Called by both vendors' streams.
//! Invariant: every event ends with a blank line, the last one too; the OpenAI SDK drops one that does not.

use super::Timing;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use futures::stream;
use serde_json::Value;
use std::time::Duration;

/// One event and how long to wait before it.
pub(crate) struct Frame {
    pub wait: Duration,
    pub bytes: Bytes,
}

/// `data: …`, as OpenAI sends.
pub(crate) fn data(json: &Value) -> Bytes {
    Bytes::from(format!("data: {json}\n\n"))
}

/// `event: …` and `data: …`, as Anthropic sends.
pub(crate) fn event(json: &Value) -> Bytes {
    let name = json.get("type").and_then(Value::as_str).unwrap_or("message");
    Bytes::from(format!("event: {name}\ndata: {json}\n\n"))
}

/// Cuts text as a model does: a few characters at a time, at word ends.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        // Three words make an event: vendors bundle tokens when the network is slower than the model.
        let end = rest.match_indices(' ').nth(2).map_or(rest.len(), |(i, _)| i.max(1));
        let (piece, after) = rest.split_at(end);
        out.push(piece);
        rest = after;
    }
    out
}

/// Puts a wait before each event: the first token's, then equal shares of what is left.
pub(crate) fn paced(events: Vec<Bytes>, timing: Timing) -> Vec<Frame> {
    let rest = timing.latency.saturating_sub(timing.ttft);
    let share = rest.checked_div(events.len().saturating_sub(1) as u32).unwrap_or_default();
    let waits = std::iter::once(timing.ttft).chain(std::iter::repeat(share));
    events.into_iter().zip(waits).map(|(bytes, wait)| Frame { wait, bytes }).collect()
}

/// The streaming answer.
pub(crate) fn response(frames: Vec<Frame>, headers: HeaderMap) -> Response {
    let frames = stream::unfold(frames.into_iter(), |mut left| async move {
        let frame = left.next()?;
        tokio::time::sleep(frame.wait).await;
        Some((Ok::<_, std::convert::Infallible>(frame.bytes), left))
    });
    let mut response = Response::new(Body::from_stream(frames));
    *response.headers_mut() = headers;
    let own = response.headers_mut();
    own.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    own.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_to_the_whole() {
        for text in ["", " ", "one", "a b c d e f g", "  lead and trail  ", "één – twee drie vier"] {
            assert_eq!(pieces(text).concat(), text);
            assert!(pieces(text).iter().all(|p| !p.is_empty()));
        }
    }
}
