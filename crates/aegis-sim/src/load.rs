//! Puts a server under load and says what it took: for benches. The load shares its machine with the server, so it
//! spends as little as it can: bodies are written once, and only ids and times are patched from post to post.
//! Called by `examples/load.rs` and by `make bench`.
//! Invariant: no external id is sent twice in a run, and runs that begin in different milliseconds share none.

use aegis_domain::Clock;
use std::ops::Range;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// What load to make.
#[derive(Debug, Clone)]
pub struct LoadConfig {
    /// Address and port of the server; plain HTTP.
    pub address: String,
    /// An API token with the scope `ingest`.
    pub token: String,
    /// Connections, each with one post under way.
    pub connections: usize,
    /// Events in a post; with 1, the post is one object, as single callers send it.
    pub batch: usize,
    /// For how long.
    pub duration: Duration,
    /// Bytes of one event, roughly; at least 400.
    pub event_bytes: usize,
}

/// What the server took.
#[derive(Debug, Clone, Copy, Default)]
pub struct LoadReport {
    /// Events it acknowledged.
    pub accepted: u64,
    /// Posts it answered.
    pub posts: u64,
    /// Posts it was too busy for.
    pub busy: u64,
    /// Bytes of bodies that were acknowledged.
    pub bytes: u64,
    /// How long it took in all.
    pub elapsed: Duration,
    /// Half of the posts were answered within this.
    pub p50: Duration,
    /// 99 of 100 posts were answered within this.
    pub p99: Duration,
    /// The slowest.
    pub max: Duration,
}

impl LoadReport {
    /// Acknowledged events per second.
    pub fn events_per_second(&self) -> f64 {
        self.accepted as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }
}

/// Why the load could not go on.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The connection broke.
    #[error("connection to {address} broke: {source}")]
    Io {
        /// The server.
        address: String,
        /// What happened.
        source: std::io::Error,
    },
    /// The server answered something else than 200, 207 or 429.
    #[error("server answered {status}: {body}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// The beginning of the answer.
        body: String,
    },
    /// The answer is no HTTP/1.1 answer with a length.
    #[error("server's answer cannot be read: {0}")]
    Unreadable(&'static str),
}

/// One connection's share.
#[derive(Default)]
struct Share {
    report: LoadReport,
    /// Microseconds of each acknowledged post.
    times: Vec<u32>,
}

/// Puts the server under load.
pub async fn run_load(config: LoadConfig, clock: &dyn Clock) -> Result<LoadReport, LoadError> {
    let began = Instant::now();
    let run = clock.now();
    let mut connections = JoinSet::new();
    for n in 0..config.connections {
        let config = config.clone();
        connections.spawn(async move {
            let mut body = Body::new(&config, n, run.millis().unsigned_abs(), &run.to_string());
            connection(&config, &mut body, began + config.duration).await
        });
    }
    let mut total = Share::default();
    while let Some(share) = connections.join_next().await {
        let share = share.unwrap_or_else(|e| std::panic::resume_unwind(e.into_panic()))?;
        total.report.accepted += share.report.accepted;
        total.report.posts += share.report.posts;
        total.report.busy += share.report.busy;
        total.report.bytes += share.report.bytes;
        total.times.extend(share.times);
    }
    total.times.sort_unstable();
    let at = |share: f64| {
        let index = (total.times.len() as f64 * share) as usize;
        let micros = total.times.get(index.min(total.times.len().saturating_sub(1))).copied().unwrap_or(0);
        Duration::from_micros(u64::from(micros))
    };
    Ok(LoadReport { elapsed: began.elapsed(), p50: at(0.5), p99: at(0.99), max: at(1.0), ..total.report })
}

async fn connection(config: &LoadConfig, body: &mut Body, end: Instant) -> Result<Share, LoadError> {
    let broke = |source| LoadError::Io { address: config.address.clone(), source };
    let stream = TcpStream::connect(&config.address).await.map_err(broke)?;
    stream.set_nodelay(true).map_err(broke)?;
    let mut stream = BufReader::with_capacity(64 * 1024, stream);
    let mut share = Share::default();
    let mut answer = Vec::new();
    while Instant::now() < end {
        body.renew();
        let began = Instant::now();
        stream.get_mut().write_all(&body.bytes).await.map_err(broke)?;
        let head = read_answer(&mut stream, &mut answer, &config.address).await?;
        match head.status {
            200 | 207 => {
                share.report.accepted +=
                    stored(&answer).ok_or(LoadError::Unreadable("it has no count `stored`"))?;
                share.report.posts += 1;
                share.report.bytes += body.payload.len() as u64;
                share.times.push(began.elapsed().as_micros().min(u128::from(u32::MAX)) as u32);
            }
            429 | 503 => {
                share.report.busy += 1;
                tokio::time::sleep(head.retry_after).await;
            }
            status => {
                let body = String::from_utf8_lossy(&answer[..answer.len().min(300)]).into_owned();
                return Err(LoadError::Refused { status, body });
            }
        }
    }
    Ok(share)
}

struct Head {
    status: u16,
    retry_after: Duration,
}

/// Reads one answer with a `content-length`, the only kind the server gives to a post.
async fn read_answer(
    stream: &mut BufReader<TcpStream>,
    answer: &mut Vec<u8>,
    address: &str,
) -> Result<Head, LoadError> {
    let broke = |source| LoadError::Io { address: address.to_owned(), source };
    let head = read_head(stream).await.map_err(broke)?;
    let mut lines = head.lines();
    let status = lines.next().and_then(|l| l.split(' ').nth(1)).and_then(|s| s.parse().ok());
    let status = status.ok_or(LoadError::Unreadable("it has no status line"))?;
    let fields: Vec<(&str, &str)> = lines.filter_map(|l| l.split_once(':')).collect();
    let number = |name: &str| {
        fields
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .and_then(|(_, v)| v.trim().parse::<u64>().ok())
    };
    let length = number("content-length").ok_or(LoadError::Unreadable("it has no content-length"))?;
    answer.resize(length as usize, 0);
    stream.read_exact(answer).await.map_err(broke)?;
    Ok(Head { status, retry_after: Duration::from_secs(number("retry-after").unwrap_or(1)) })
}

/// Reads up to the blank line.
async fn read_head(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut head = Vec::with_capacity(512);
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
        if head.len() > 16 * 1024 {
            return Err(std::io::Error::other("the answer's head has no end"));
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Finds `"stored":N` outside the items; the count stands behind them, so the search goes backwards.
fn stored(answer: &[u8]) -> Option<u64> {
    const KEY: &[u8] = b"\"stored\":";
    let at = answer.windows(KEY.len()).rposition(|w| w == KEY)? + KEY.len();
    let digits: String =
        answer[at..].iter().take_while(|b| b.is_ascii_digit()).map(|b| char::from(*b)).collect();
    digits.parse().ok()
}

/// A whole HTTP request, whose ids are patched in place.
struct Body {
    bytes: Vec<u8>,
    payload: Range<usize>,
    /// Where the running numbers of the external ids stand.
    ids: Vec<Range<usize>>,
    next: u64,
}

/// Hexadecimal digits of a running number.
const ID_DIGITS: usize = 12;

impl Body {
    fn new(config: &LoadConfig, connection: usize, run: u64, now: &str) -> Self {
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
    fn renew(&mut self) {
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

    #[test]
    fn the_count_is_read_from_behind_the_items() {
        let answer =
            br#"{"items":[{"index":0,"status":"stored","id":"x"}],"stored":1,"duplicates":0,"rejected":0}"#;
        assert_eq!(stored(answer), Some(1));
        assert_eq!(stored(b"{}"), None);
    }
}
