//! All breakers: one per vendor, key and host, so that one broken key or host stops nobody else.
//! Called by `client` around each attempt; listed by whoever shows state (readiness, metrics, the live stream).
//! Invariant: every permit comes back, with an outcome or by being dropped.

pub mod machine;

use crate::call::Party;
use crate::time::Time;
use aegis_domain::Timestamp;
use machine::{Held, Machine, Outcome, State, Ticket};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;

/// Breakers kept; far above vendors × keys × hosts of a large installation, and some 200 bytes each.
const MAX: usize = 16_384;
/// Changes a slow listener may be behind before it has to read the whole list again.
const BACKLOG: usize = 256;

/// What one breaker guards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BreakerKey {
    /// On whose account.
    pub party: Party,
    /// The host called.
    pub host: Arc<str>,
}

/// A breaker as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakerStatus {
    /// What it guards.
    pub key: BreakerKey,
    /// Whether calls pass.
    pub state: BreakerState,
    /// When it last began or ceased to let calls pass; none when it always did.
    pub since: Option<Timestamp>,
}

/// Whether calls pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerState {
    /// They do.
    Closed {
        /// Failures in a row so far.
        failures: u32,
    },
    /// They do not.
    Open {
        /// How long until one may try; zero when the next call may.
        retry_in: Duration,
    },
    /// One at a time may try.
    HalfOpen,
}

impl BreakerState {
    /// A word for metrics and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            BreakerState::Closed { .. } => "closed",
            BreakerState::Open { .. } => "open",
            BreakerState::HalfOpen => "half_open",
        }
    }
}

struct Entry {
    machine: Machine,
    since: Option<Timestamp>,
    used: Duration,
}

/// All breakers of one client. Clones share them.
#[derive(Clone)]
pub struct Breakers(Arc<Inner>);

struct Inner {
    time: Arc<dyn Time>,
    entries: Mutex<HashMap<BreakerKey, Entry>>,
    changes: broadcast::Sender<BreakerStatus>,
}

impl Breakers {
    pub(crate) fn new(time: Arc<dyn Time>) -> Self {
        let (changes, _) = broadcast::channel(BACKLOG);
        Breakers(Arc::new(Inner { time, entries: Mutex::default(), changes }))
    }

    /// Returns every breaker in use, by vendor, key and host.
    pub fn list(&self) -> Vec<BreakerStatus> {
        let now = self.0.time.monotonic();
        let entries = self.0.entries.lock();
        let mut list: Vec<_> = entries.iter().map(|(key, entry)| status(key, entry, now)).collect();
        list.sort_by(|a, b| a.key.cmp(&b.key));
        list
    }

    /// Returns the changes from now on: a breaker's status after each. A listener that lags reads `list` again.
    pub fn subscribe(&self) -> broadcast::Receiver<BreakerStatus> {
        self.0.changes.subscribe()
    }

    /// Says whether a call would be let through.
    pub(crate) fn check(&self, key: &BreakerKey) -> Result<(), Held> {
        let now = self.0.time.monotonic();
        self.0.entries.lock().get(key).map_or(Ok(()), |entry| entry.machine.check(now))
    }

    /// Lets a call through, or says why not.
    pub(crate) fn permit(&self, key: &BreakerKey) -> Result<Permit, Held> {
        let ticket = self.0.with(key, |machine, now| machine.admit(now))?;
        Ok(Permit { breakers: self.0.clone(), key: key.clone(), ticket: Some(ticket) })
    }

    /// The state of one breaker.
    pub fn state(&self, key: &BreakerKey) -> BreakerState {
        let now = self.0.time.monotonic();
        let entries = self.0.entries.lock();
        entries.get(key).map_or(BreakerState::Closed { failures: 0 }, |entry| shown(&entry.machine, now))
    }
}

impl Inner {
    /// Does something with a breaker, and tells the listeners when that changed whether calls pass.
    fn with<T>(&self, key: &BreakerKey, act: impl FnOnce(&mut Machine, Duration) -> T) -> T {
        let now = self.time.monotonic();
        let mut entries = self.entries.lock();
        if entries.len() >= MAX && !entries.contains_key(key) {
            forget_one(&mut entries);
        }
        let entry = entries.entry(key.clone()).or_insert_with(|| Entry {
            machine: Machine::default(),
            since: None,
            used: now,
        });
        entry.used = now;
        let before = shown(&entry.machine, now).word();
        let result = act(&mut entry.machine, now);
        if shown(&entry.machine, now).word() != before {
            entry.since = Some(self.time.now());
            // an error means that nobody listens
            let _ = self.changes.send(status(key, entry, now));
        }
        result
    }
}

/// Makes room: the breaker that was used longest ago goes, closed ones first.
fn forget_one(entries: &mut HashMap<BreakerKey, Entry>) {
    let oldest = entries
        .iter()
        .min_by_key(|(_, entry)| (!matches!(entry.machine.state(), State::Closed { .. }), entry.used))
        .map(|(key, _)| key.clone());
    if let Some(key) = oldest {
        entries.remove(&key);
    }
}

fn status(key: &BreakerKey, entry: &Entry, now: Duration) -> BreakerStatus {
    BreakerStatus { key: key.clone(), state: shown(&entry.machine, now), since: entry.since }
}

fn shown(machine: &Machine, now: Duration) -> BreakerState {
    match machine.state() {
        State::Closed { failures } => BreakerState::Closed { failures },
        State::Open { until } => BreakerState::Open { retry_in: until.saturating_sub(now) },
        State::HalfOpen { .. } => BreakerState::HalfOpen,
    }
}

/// Leave for one attempt. Dropped without a report, it is given back and counts for nothing.
pub(crate) struct Permit {
    breakers: Arc<Inner>,
    key: BreakerKey,
    ticket: Option<Ticket>,
}

impl Permit {
    /// Says how the attempt went.
    pub fn report(mut self, outcome: Outcome) {
        if let Some(ticket) = self.ticket.take() {
            self.breakers.with(&self.key, |machine, now| machine.report(ticket, outcome, now));
        }
    }

    /// Says that the host has begun to answer, while its body is yet to come.
    pub fn answered(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.ticket = Some(self.breakers.with(&self.key, |machine, _| machine.answered(ticket)));
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.breakers.with(&self.key, |machine, _| machine.give_back(ticket));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::ManualTime;

    fn key(host: &str) -> BreakerKey {
        BreakerKey { party: Party::new("openai", "key-1"), host: host.into() }
    }

    fn fail(breakers: &Breakers, key: &BreakerKey, times: u32) {
        for _ in 0..times {
            breakers.permit(key).map_err(|_| "held").unwrap().report(Outcome::Failure);
        }
    }

    #[test]
    fn changes_are_told_once_each() {
        let time = Arc::new(ManualTime::default());
        let breakers = Breakers::new(time.clone());
        let mut changes = breakers.subscribe();
        fail(&breakers, &key("a"), 5);
        time.advance(machine::REST);
        let probe = breakers.permit(&key("a")).map_err(|_| "held").unwrap();
        drop(probe);
        breakers.permit(&key("a")).map_err(|_| "held").unwrap().report(Outcome::Success);
        let told: Vec<_> =
            std::iter::from_fn(|| changes.try_recv().ok()).map(|change| change.state.word()).collect();
        assert_eq!(told, ["open", "half_open", "closed"]);
        assert_eq!(breakers.list().len(), 1);
    }

    #[test]
    fn the_number_of_breakers_is_bounded_and_open_ones_stay() {
        let time = Arc::new(ManualTime::default());
        let breakers = Breakers::new(time.clone());
        fail(&breakers, &key("broken"), 5);
        for i in 0..MAX + 10 {
            time.advance(Duration::from_millis(1));
            fail(&breakers, &key(&format!("host-{i}")), 1);
        }
        assert_eq!(breakers.list().len(), MAX);
        assert_eq!(breakers.state(&key("broken")).word(), "open");
        assert_eq!(breakers.state(&key("host-0")), BreakerState::Closed { failures: 0 });
    }
}
