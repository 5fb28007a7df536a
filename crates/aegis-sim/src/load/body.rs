//! Writes a post of many events once, so that only ids change from one to the next.

use super::LoadConfig;
use std::ops::Range;

/// A whole HTTP request, whose ids are patched in place.
pub(super) struct Body {
    pub bytes: Vec<u8>,
    /// Where in `bytes` the events stand.
    pub payload: Range<usize>,
    /// Where the running numbers of the external ids stand.
    ids: Vec<Range<usize>>,
    next: u64,
}

/// Hexadecimal digits of a running number.
const ID_DIGITS: usize = 12;

impl Body {
    /// The request that `connection` of the run that began at `run` will send, with `now` for `occurred_at`.
    pub fn new(config: &LoadConfig, connection: usize, run: u64, now: &str) -> Self {
        let mut payload = Vec::new();
        let mut ids = Vec::with_capacity(config.batch);
        for i in 0..config.batch.max(1) {
            payload.extend_from_slice(if config.batch > 1 && i == 0 { b"[" } else { b"" });
            payload.extend_from_slice(if i > 0 { b"," } else { b"" });
            let (event, id) = event(config.event_bytes, connection, i, run, now);
            let start = payload.len() + id;
            payload.extend_from_slice(event.as_bytes());
            ids.push(start..start + ID_DIGITS);
        }
        payload.extend_from_slice(if config.batch > 1 { b"]" } else { b"" });
        let head = format!(
            "POST /api/pipeline/ingest HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            config.address,
            config.token,
            payload.len()
        );
        let shift = head.len();
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(&payload);
        for id in &mut ids {
            *id = id.start + shift..id.end + shift;
        }
        Body { payload: shift..bytes.len(), bytes, ids, next: 0 }
    }

    /// Gives every event an id that was not sent yet.
    pub fn renew(&mut self) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        for id in &self.ids {
            let mut n = self.next;
            self.next += 1;
            for slot in self.bytes[id.clone()].iter_mut().rev() {
                *slot = HEX[(n & 15) as usize];
                n >>= 4;
            }
        }
    }
}

/// An event of about `size` bytes in our own shape, and where its running number begins. One in twenty holds a finding.
fn event(size: usize, connection: usize, i: usize, run: u64, now: &str) -> (String, usize) {
    const MODELS: &[(&str, &str)] =
        &[("openai", "gpt-5.4-mini"), ("anthropic", "claude-sonnet-5-5"), ("openai", "gpt-6-luna")];
    const TEAMS: &[(&str, &str)] =
        &[("support", "portal-chat"), ("claims", "claims-triage"), ("legal", "policy-desk")];
    const FILLER: &str = "please summarise the open points of the meeting and send them to the team before noon, with the figures of last week where they matter; ";
    let (vendor, model) = MODELS[i % MODELS.len()];
    let (team, app) = TEAMS[(i + connection) % TEAMS.len()];
    let mark = "\u{0}";
    let mut event = format!(
        "{{\"external_id\":\"load-{run:x}-{connection:x}-{mark}\",\"occurred_at\":\"{now}\",\"vendor\":\"{vendor}\",\"model\":\"{model}\",\"source\":\"app\",\"user\":\"user{}@larkfield.example\",\"team\":\"{team}\",\"app\":\"{app}\",\"usage\":{{\"input_tokens\":{},\"output_tokens\":{}}},\"latency_ms\":{},\"prompt\":[{{\"role\":\"user\",\"text\":\"",
        i % 90,
        40 + i % 900,
        10 + i % 300,
        300 + (i * 37) % 4_000,
    );
    let id = event.find(mark).unwrap_or_default();
    event.replace_range(id..=id, &"0".repeat(ID_DIGITS));
    if i % 20 == 7 {
        event.push_str("the card of the customer is 4539 1488 0343 6467, ");
    }
    let end = "\"}],\"response\":[{\"role\":\"assistant\",\"text\":\"Done; three points are open.\"}]}";
    let room = size.saturating_sub(event.len() + end.len());
    event.extend(FILLER.chars().cycle().take(room));
    event.push_str(end);
    (event, id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::HashSet;
    use std::time::Duration;

    fn config(batch: usize) -> LoadConfig {
        LoadConfig {
            address: "127.0.0.1:1".into(),
            token: "t".into(),
            connections: 1,
            batch,
            duration: Duration::from_secs(1),
            event_bytes: 500,
        }
    }

    #[test]
    fn bodies_are_events_of_the_size_asked_for_and_ids_never_repeat() {
        let mut seen = HashSet::new();
        for batch in [1, 500] {
            let mut body = Body::new(&config(batch), batch, 1, "2026-11-23T09:00:00.000Z");
            for _ in 0..3 {
                body.renew();
                let json: Value = serde_json::from_slice(&body.bytes[body.payload.clone()]).unwrap();
                let events = if batch == 1 { vec![json] } else { json.as_array().unwrap().clone() };
                assert_eq!(events.len(), batch);
                for event in events {
                    assert!(seen.insert(event["external_id"].as_str().unwrap().to_owned()));
                }
            }
            let mean = body.payload.len() / batch;
            assert!((498..=502).contains(&mean), "{mean}");
        }
    }
}
