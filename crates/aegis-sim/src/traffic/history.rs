//! The past of the organisation: plans a month of conversations, holds them in-process with the simulator, and posts
//! what came of them in batches, oldest first.
//! Invariant: nothing lies in the future; equal seeds and equal `now` give equal bodies.

use super::conversation::Conversation;
use super::dialect::{Answered, Trouble};
use super::event::{Call, event};
use super::ingest::{Ingest, Poster};
use super::plan::{Content, Plan, Planner};
use super::{Report, TrafficError};
use crate::dice::Dice;
use crate::org::Organisation;
use aegis_domain::Timestamp;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::bytes::Bytes;
use tokio_util::sync::CancellationToken;

/// How much history to make.
#[derive(Debug, Clone)]
pub struct HistoryConfig {
    /// Where it goes.
    pub ingest: Ingest,
    /// Equal seeds give equal histories.
    pub seed: u64,
    /// The instant at which it ends.
    pub now: Timestamp,
    /// How far it goes back.
    pub days: u32,
    /// How many events, roughly.
    pub events: usize,
    /// Events in a post.
    pub batch: usize,
    /// Posts under way at once.
    pub connections: usize,
}

impl HistoryConfig {
    /// Thirty days, 28,000 events.
    pub fn new(ingest: Ingest, seed: u64, now: Timestamp) -> Self {
        HistoryConfig { ingest, seed, now, days: 30, events: 28_000, batch: 250, connections: 2 }
    }
}

/// A body to post, and what is in it.
struct Batch {
    body: Bytes,
    counts: Report,
}

/// Makes the history and posts it. Cancelled, it returns what was done by then.
pub async fn run_history(config: HistoryConfig, cancel: CancellationToken) -> Result<Report, TrafficError> {
    let poster = Poster::new(&config.ingest)?;
    // A few batches ahead: making them and storing them take turns on two cores.
    let (send, receive) = mpsc::channel::<Batch>(4);
    let connections = config.connections.max(1);
    let writer =
        tokio::task::spawn_blocking(move || write(&config, |batch| send.blocking_send(batch).is_ok()));
    let receive = std::sync::Arc::new(tokio::sync::Mutex::new(receive));
    let mut posters = tokio::task::JoinSet::new();
    for _ in 0..connections {
        posters.spawn(post_all(poster.clone(), receive.clone(), cancel.clone()));
    }
    // Only the posters hold the receiving end: when they stop, the writer does.
    drop(receive);
    let mut report = Report::default();
    let mut outcome = Ok(());
    while let Some(done) = posters.join_next().await {
        match done.unwrap_or_else(|e| std::panic::resume_unwind(e.into_panic())) {
            Ok(part) => report.add(part),
            Err(e) => {
                cancel.cancel();
                outcome = Err(e);
            }
        }
    }
    if let Err(e) = writer.await {
        std::panic::resume_unwind(e.into_panic());
    }
    outcome.map(|()| report)
}

async fn post_all(
    poster: Poster,
    batches: std::sync::Arc<tokio::sync::Mutex<mpsc::Receiver<Batch>>>,
    cancel: CancellationToken,
) -> Result<Report, TrafficError> {
    let mut report = Report::default();
    while !cancel.is_cancelled() {
        let Some(batch) = batches.lock().await.recv().await else { break };
        report.add(batch.counts);
        report.add(poster.post(batch.body, &cancel).await?);
    }
    Ok(report)
}

/// Writes all batches, until `send` says that nobody takes them any more.
fn write(config: &HistoryConfig, mut send: impl FnMut(Batch) -> bool) {
    let org = Organisation::new(config.seed);
    let prefix = format!("sim-{:x}-h", config.seed);
    let mut body = Vec::new();
    let mut in_body = 0;
    let mut counts = Report::default();
    for plan in plans(&org, config) {
        counts.conversations += 1;
        counts.leaks += u64::from(plan.content == Content::Leak);
        counts.attacks += u64::from(plan.content == Content::Attack);
        for (event, ok) in hold(plan, &org, config, &prefix) {
            body.extend_from_slice(if body.is_empty() { b"[" } else { b"," });
            body.extend_from_slice(event.to_string().as_bytes());
            in_body += 1;
            counts.vendor_errors += u64::from(!ok);
        }
        if in_body >= config.batch {
            in_body = 0;
            body.push(b']');
            let batch = Batch { body: std::mem::take(&mut body).into(), counts: std::mem::take(&mut counts) };
            if !send(batch) {
                return;
            }
        }
    }
    if !body.is_empty() {
        body.push(b']');
        send(Batch { body: body.into(), counts });
    }
}

/// Calls a conversation makes on average; only sizes the plan.
const CALLS_PER_CONVERSATION: f64 = 1.77;

/// The conversations of the whole time, oldest first.
fn plans(org: &Organisation, config: &HistoryConfig) -> Vec<Plan> {
    let planner = Planner::new(org, config.seed);
    let from = config.now.minus(Duration::from_secs(86_400) * config.days);
    let count = (config.events as f64 / CALLS_PER_CONVERSATION) as u64;
    let mut plans: Vec<Plan> = (0..count).map(|n| planner.past(n, from, config.now)).collect();
    plans.sort_by_key(|p| (p.at, p.number));
    plans
}

/// Holds one conversation, in the time it would have taken. Returns its events and whether each went well.
fn hold(
    plan: Plan,
    org: &Organisation,
    config: &HistoryConfig,
    prefix: &str,
) -> Vec<(serde_json::Value, bool)> {
    let mut dice = Dice::numbered(config.seed, "pauses", plan.number);
    let mut at = plan.at;
    let streams = plan.app.streams;
    let mut conversation = Conversation::open(plan, org, config.seed, "history");
    let mut events = Vec::new();
    loop {
        let request = conversation.request();
        let model = conversation.plan.model;
        let answered = match trouble(config, model, at, &mut dice) {
            Some(trouble) => Answered {
                body: conversation.dialect.trouble(trouble, model),
                ttft: Duration::ZERO,
                latency: Duration::from_millis(dice.log_normal(240.0, 0.5) as u64),
                ok: false,
            },
            None => conversation.dialect.answer(config.seed, &request, at.millis() / 1000),
        };
        let goes_on = conversation.hear(&answered.body, org);
        let ttft = (streams && answered.ok).then_some(answered.ttft);
        let call = Call { at, request, response: answered.body, ttft, latency: answered.latency };
        events.push((event(&conversation, call, prefix), answered.ok));
        // Reading and thinking; a look-up is answered at once.
        let pause = Duration::from_secs_f64(dice.log_normal(38.0, 0.7));
        at = at.plus(answered.latency).plus(pause);
        if !goes_on || at >= config.now {
            return events;
        }
    }
}

/// Vendors have bad hours: three in a month, and a rare refusal at any time.
fn trouble(config: &HistoryConfig, model: &str, at: Timestamp, dice: &mut Dice) -> Option<Trouble> {
    let anthropic = model.starts_with("claude");
    let mut incidents = Dice::new(config.seed, "incidents", b"");
    let bad_hour = (0..3).any(|i| {
        let days_ago = incidents.between(1, i64::from(config.days.max(2)) - 1) as f64 + incidents.unit();
        let minutes = incidents.between(25, 80);
        let begin = config.now.minus(Duration::from_secs_f64(days_ago * 86_400.0));
        let theirs = (i % 2 == 0) == anthropic;
        theirs && begin <= at && at < begin.plus(Duration::from_secs(60 * minutes.unsigned_abs()))
    });
    let rate = if bad_hour { 0.35 } else { 0.004 };
    dice.chance(rate).then(|| if dice.chance(0.5) { Trouble::RateLimit } else { Trouble::Overloaded })
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_domain::LIMITS;
    use serde_json::Value;

    fn config(seed: u64, events: usize) -> HistoryConfig {
        let ingest = Ingest { base: String::new(), token: String::new() };
        let now = "2026-11-23T15:00:00.000Z".parse().unwrap();
        HistoryConfig { events, ..HistoryConfig::new(ingest, seed, now) }
    }

    fn bodies(seed: u64, events: usize) -> Vec<Bytes> {
        let mut out = Vec::new();
        write(&config(seed, events), |batch| {
            out.push(batch.body);
            true
        });
        out
    }

    #[test]
    fn equal_seeds_give_equal_bytes() {
        assert_eq!(bodies(5, 900), bodies(5, 900));
        assert_ne!(bodies(5, 900), bodies(6, 900));
    }

    #[test]
    fn history_has_about_the_size_asked_for() {
        let events: usize =
            bodies(5, 4_000).iter().map(|b| serde_json::from_slice::<Vec<Value>>(b).unwrap().len()).sum();
        assert!((3_200..4_800).contains(&events), "{events}");
    }

    #[test]
    fn every_event_is_within_the_limits_of_ingest() {
        let config = config(9, 2_500);
        let oldest = config.now.minus(Duration::from_secs(86_400 * 31));
        let mut ids = std::collections::HashSet::new();
        for body in bodies(9, 2_500) {
            assert!(body.len() < 16 * 1024 * 1024);
            let events: Vec<Value> = serde_json::from_slice(&body).unwrap();
            assert!(events.len() <= 10_000);
            for event in events {
                let text = |key: &str| event[key].as_str().unwrap_or_default();
                assert!(!text("external_id").is_empty() && text("external_id").len() <= LIMITS.external_id);
                assert!(ids.insert(text("external_id").to_owned()), "{}", text("external_id"));
                for key in ["team", "app", "user", "conversation_id"] {
                    assert!(text(key).len() <= LIMITS.name);
                }
                let at: Timestamp = text("occurred_at").parse().unwrap();
                assert!(oldest < at && at <= config.now, "{at}");
                assert!(["openai.chat", "anthropic.messages"].contains(&text("format")));
                let labels = event["labels"].as_object().unwrap();
                assert!(labels.len() <= LIMITS.labels);
                assert!(labels.values().all(|v| v.as_str().unwrap().len() <= LIMITS.label));
                assert!(event["request"]["messages"].is_array() && event["response"].is_object());
                assert!(event["latency_ms"].is_u64());
            }
        }
        assert!(ids.len() > 1_500);
    }
}
