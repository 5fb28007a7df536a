//! The organisation at work: calls the simulator's APIs over HTTP as its applications would, waits as long as they do,
//! and posts each pair to ingest.
//! Invariant: at most `MAX_CALLS` calls are under way; cancelled, every one of them is ended before `run_live` returns.

use super::conversation::Conversation;
use super::event::{Call, event};
use super::ingest::{Ingest, Poster, client};
use super::plan::{Content, Planner};
use super::{Report, TrafficError};
use crate::dice::Dice;
use crate::org::Organisation;
use aegis_domain::Clock;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::bytes::Bytes;
use tokio_util::sync::CancellationToken;
use tracing::debug;

/// How to be at work.
#[derive(Clone)]
pub struct LiveConfig {
    /// Where events go.
    pub ingest: Ingest,
    /// Address of the simulator: `http://127.0.0.1:9400`.
    pub vendors: String,
    /// Equal seeds say equal things, though not at equal times.
    pub seed: u64,
    /// Events per second, on average.
    pub rate: f64,
    /// What `occurred_at` goes by.
    pub clock: Arc<dyn Clock>,
}

/// More calls than this are never under way: a slow server must not pile up work here.
const MAX_CALLS: usize = 128;
/// A vendor that has not answered for so long will not.
const PATIENCE: Duration = Duration::from_secs(60);

/// Everything a call needs, shared by all.
struct Office {
    org: Organisation,
    config: LiveConfig,
    client: reqwest::Client,
    poster: Poster,
    prefix: String,
    cancel: CancellationToken,
}

/// What a call ends with: the counts, and the conversation if it goes on.
type Ended = Result<(Report, Option<Conversation>), TrafficError>;

/// Is at work until cancelled.
pub async fn run_live(config: LiveConfig, cancel: CancellationToken) -> Result<Report, TrafficError> {
    let poster = Poster::new(&config.ingest)?;
    // Each run has external ids of its own: yesterday's demo must not make today's events duplicates.
    let prefix = format!("sim-{:x}-l", config.clock.now().millis());
    let office = Arc::new(Office {
        org: Organisation::new(config.seed),
        client: client()?,
        poster,
        prefix,
        cancel: cancel.child_token(),
        config,
    });
    let mut shift = Shift::new(office);
    let outcome = shift.work(&cancel).await;
    shift.office.cancel.cancel();
    while let Some(ended) = shift.calls.join_next().await {
        shift.take(ended.unwrap_or_else(|e| std::panic::resume_unwind(e.into_panic()))).ok();
    }
    outcome.map(|()| shift.report)
}

/// The state of a run.
struct Shift {
    office: Arc<Office>,
    calls: JoinSet<Ended>,
    /// Conversations whose next question is being thought up, by when it will be asked.
    thinking: BTreeMap<(Instant, u64), Conversation>,
    dice: Dice,
    opened: u64,
    began: Instant,
    failing_since: Option<Instant>,
    report: Report,
}

impl Shift {
    fn new(office: Arc<Office>) -> Self {
        Shift {
            calls: JoinSet::new(),
            thinking: BTreeMap::new(),
            dice: Dice::new(office.config.seed, "live", b""),
            opened: 0,
            began: Instant::now(),
            failing_since: None,
            report: Report::default(),
            office,
        }
    }

    async fn work(&mut self, cancel: &CancellationToken) -> Result<(), TrafficError> {
        let mut next = Instant::now();
        loop {
            tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                () = tokio::time::sleep_until(next) => {
                    self.call();
                    next += self.gap();
                    // After a stall (a machine asleep), go on from now instead of catching up.
                    next = next.max(Instant::now() - Duration::from_secs(1));
                }
                Some(ended) = self.calls.join_next() => {
                    self.take(ended.unwrap_or_else(|e| std::panic::resume_unwind(e.into_panic())))?;
                }
            }
        }
    }

    /// Starts the next call: of a conversation whose time has come, else of a new one.
    fn call(&mut self) {
        if self.calls.len() >= MAX_CALLS {
            debug!("calls are slow; leaving one out");
            return;
        }
        let due = self.thinking.first_entry().filter(|e| e.key().0 <= Instant::now());
        let conversation = match due {
            Some(entry) => entry.remove(),
            None => self.open(),
        };
        self.calls.spawn(self.office.clone().call(conversation));
    }

    fn open(&mut self) -> Conversation {
        let office = &self.office;
        let planner = Planner::new(&office.org, office.config.seed);
        let plan = planner.present(self.opened, office.config.clock.now());
        self.opened += 1;
        self.report.conversations += 1;
        self.report.leaks += u64::from(plan.content == Content::Leak);
        self.report.attacks += u64::from(plan.content == Content::Attack);
        Conversation::open(plan, &office.org, office.config.seed, "live")
    }

    /// Takes a finished call in. A vendor out of reach is forgiven for as long as one would wait.
    fn take(&mut self, ended: Ended) -> Result<(), TrafficError> {
        match ended {
            Ok((report, conversation)) => {
                self.failing_since = None;
                self.report.add(report);
                if let Some(conversation) = conversation {
                    let pause = Duration::from_secs_f64(self.dice.log_normal(7.0, 0.6).min(40.0));
                    self.thinking.insert((Instant::now() + pause, conversation.plan.number), conversation);
                }
                Ok(())
            }
            Err(e @ TrafficError::Unreachable { .. }) => {
                let since = *self.failing_since.get_or_insert_with(Instant::now);
                if since.elapsed() >= PATIENCE { Err(e) } else { Ok(()) }
            }
            Err(e) => Err(e),
        }
    }

    /// Until the next call. Now and then there is a rush.
    fn gap(&mut self) -> Duration {
        let minute = self.began.elapsed().as_secs() / 60;
        let mut rush = Dice::numbered(self.office.config.seed, "rush", minute);
        let (begins, lasts) = (rush.between(5, 50), rush.between(4, 9));
        let second = (self.began.elapsed().as_secs() % 60) as i64;
        let factor = if (begins..begins + lasts).contains(&second) { 3.5 } else { 0.8 };
        let rate = (self.office.config.rate * factor).max(0.001);
        Duration::from_secs_f64(self.dice.gap(rate).min(5.0 / rate))
    }
}

impl Office {
    /// Makes one call and posts the pair.
    async fn call(self: Arc<Self>, mut conversation: Conversation) -> Ended {
        let request = conversation.request();
        let at = self.config.clock.now();
        let answer = tokio::select! {
            answer = self.ask(&conversation, &request) => answer?,
            () = self.cancel.cancelled() => return Ok((Report::default(), None)),
        };
        let goes_on = conversation.hear(&answer.body, &self.org);
        let Answer { body: response, ttft, latency, ok } = answer;
        let call = Call { at, request, response, ttft, latency };
        let body = Bytes::from(event(&conversation, call, &self.prefix).to_string());
        let mut report = self.poster.post(body, &self.cancel).await?;
        report.vendor_errors = u64::from(!ok);
        Ok((report, goes_on.then_some(conversation)))
    }

    async fn ask(&self, conversation: &Conversation, request: &Value) -> Result<Answer, TrafficError> {
        let dialect = conversation.dialect;
        let url = format!("{}{}", self.config.vendors.trim_end_matches('/'), dialect.path());
        let unreachable =
            |e: reqwest::Error| TrafficError::Unreachable { url: url.clone(), reason: e.to_string() };
        let mut call =
            self.client.post(&url).header("content-type", "application/json").body(request.to_string());
        for (name, value) in dialect.headers() {
            call = call.header(*name, *value);
        }
        let began = Instant::now();
        let mut response = call.send().await.map_err(unreachable)?;
        let ok = response.status().is_success();
        if !(ok && conversation.plan.app.streams) {
            let bytes = response.bytes().await.map_err(unreachable)?;
            let body = serde_json::from_slice(&bytes).unwrap_or_default();
            return Ok(Answer { body, ttft: None, latency: began.elapsed(), ok });
        }
        let mut stream = Stream::default();
        let mut ttft = None;
        while let Some(bytes) = response.chunk().await.map_err(unreachable)? {
            for data in stream.take(&bytes) {
                if dialect.absorb(&data, &mut stream.whole) {
                    ttft.get_or_insert_with(|| began.elapsed());
                }
            }
        }
        Ok(Answer { body: stream.whole, ttft, latency: began.elapsed(), ok })
    }
}

struct Answer {
    body: Value,
    ttft: Option<Duration>,
    latency: Duration,
    ok: bool,
}

/// Cuts a stream into events, wherever the network cuts it.
#[derive(Default)]
struct Stream {
    pending: Vec<u8>,
    whole: Value,
}

impl Stream {
    /// The data of the events that are complete now.
    fn take(&mut self, bytes: &[u8]) -> Vec<Value> {
        self.pending.extend_from_slice(bytes);
        let mut out = Vec::new();
        while let Some(end) = self.pending.windows(2).position(|w| w == b"\n\n") {
            let event: Vec<u8> = self.pending.drain(..end + 2).collect();
            let text = String::from_utf8_lossy(&event);
            let data = text.lines().find_map(|l| l.strip_prefix("data: "));
            out.extend(data.and_then(|d| serde_json::from_str(d).ok()));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_cut_anywhere_gives_the_same_events() {
        let text = "event: a\ndata: {\"n\":1}\n\ndata: {\"t\":\"Grüße\"}\n\ndata: [DONE]\n\n".as_bytes();
        let whole = Stream::default().take(text);
        assert_eq!(whole.len(), 2);
        for cut in 0..text.len() {
            let mut stream = Stream::default();
            let mut got = stream.take(&text[..cut]);
            got.extend(stream.take(&text[cut..]));
            assert_eq!(got, whole, "cut at {cut}");
        }
    }

    #[test]
    fn the_first_leak_takes_less_than_two_seconds() {
        let now: aegis_domain::Timestamp = "2026-11-23T03:00:00.000Z".parse().unwrap();
        for seed in 0..60 {
            let org = Organisation::new(seed);
            let plan = Planner::new(&org, seed).present(0, now);
            assert_eq!(plan.content, Content::Leak);
            let mut opening = Conversation::open(plan, &org, seed, "live");
            let request = opening.request();
            let answer = opening.dialect.answer(seed, &request, 0);
            assert!(
                answer.ok && answer.latency < Duration::from_millis(1_900),
                "{seed}: {:?}",
                answer.latency
            );
        }
    }
}
