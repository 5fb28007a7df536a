//! Counts every call that reached a vendor, and remembers the latest with their times.
//! Called by the layer around the vendors; read by `GET /_sim/calls`, which tests of retries and breakers compare with.

use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

/// Calls remembered one by one: what a test of some minutes makes, with room.
const LATEST: usize = 20_000;
/// Different addresses counted apart; the rest are counted under one.
const ADDRESSES: usize = 5_000;

/// One call.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Call {
    /// Grows by one with each.
    pub number: u64,
    /// By the simulator's clock.
    pub at: String,
    /// Milliseconds since the simulator began, by a clock that nobody moves.
    pub elapsed_ms: u64,
    pub vendor: String,
    pub method: String,
    /// Below the vendor's prefix.
    pub path: String,
    pub query: String,
    /// 0 where the connection was reset before an answer.
    pub status: u16,
    /// What went wrong on purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<&'static str>,
}

/// Counts and the latest calls.
#[derive(Default)]
pub(crate) struct Calls(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    number: u64,
    counts: BTreeMap<(String, String, u16), u64>,
    latest: VecDeque<Call>,
}

impl Calls {
    /// Enters a call, and gives it its number.
    pub fn enter(&self, mut call: Call) {
        let mut inner = self.0.lock();
        inner.number += 1;
        call.number = inner.number;
        let mut key = (call.vendor.clone(), format!("{} {}", call.method, call.path), call.status);
        if inner.counts.len() >= ADDRESSES && !inner.counts.contains_key(&key) {
            key.1 = "other".into();
        }
        *inner.counts.entry(key).or_default() += 1;
        if inner.latest.len() == LATEST {
            inner.latest.pop_front();
        }
        inner.latest.push_back(call);
    }

    /// Forgets everything but the number.
    pub fn clear(&self) {
        let mut inner = self.0.lock();
        inner.counts.clear();
        inner.latest.clear();
    }

    /// Counts, and the calls after `since`, of one vendor and of paths that begin so.
    pub fn show(&self, vendor: Option<&str>, path: &str, since: u64) -> Value {
        let inner = self.0.lock();
        let is = |v: &str| vendor.is_none_or(|wanted| wanted == v);
        let begins = |call: &str| call.split_once(' ').map_or(call, |c| c.1).starts_with(path);
        let counts: Vec<Value> = inner
            .counts
            .iter()
            .filter(|((v, p, _), _)| is(v) && begins(p))
            .map(|((vendor, path, status), n)| json!({"vendor": vendor, "call": path, "status": status, "count": n}))
            .collect();
        let total: u64 = counts.iter().filter_map(|c| c["count"].as_u64()).sum();
        let latest: Vec<&Call> = inner
            .latest
            .iter()
            .filter(|c| c.number > since && is(&c.vendor) && c.path.starts_with(path))
            .collect();
        json!({"total": total, "last_number": inner.number, "counts": counts, "latest": latest})
    }
}
