//! The simulator's own books: the exact rows a ledger is compared with.
//! Called by `GET /_sim/books`. Rows are made day by day, so that a million of them need no more memory than a day's.

use super::{Account, BEGINNING, By, Group, Part, Scale, Seen, Tally};
use crate::admin::money;
use crate::admin::when::{self, DAY};
use serde_json::{Value, json};

/// Which books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// What happened.
    Truth,
    /// What the vendor's usage reports show by now.
    ReportedUsage,
    /// What the vendor's cost reports show by now.
    ReportedCost,
}

impl View {
    /// Reads its name.
    pub fn read(name: &str) -> Option<View> {
        match name {
            "truth" => Some(View::Truth),
            "reported_usage" => Some(View::ReportedUsage),
            "reported_cost" => Some(View::ReportedCost),
            _ => None,
        }
    }

    fn seen(self, now: i64) -> Seen {
        match self {
            View::Truth => Seen::Truth(now),
            View::ReportedUsage => Seen::Usage(now),
            View::ReportedCost => Seen::Cost(now),
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Books {
    pub from: i64,
    pub to: i64,
    pub view: View,
    pub now: i64,
    pub scale: Option<Scale>,
}

impl Books {
    /// The first second of each day.
    pub fn days(&self) -> Vec<i64> {
        let first = when::floor(self.from.max(BEGINNING), DAY);
        let days = (self.to.min(self.now) - first + DAY - 1).div_euclid(DAY);
        (0..days.max(0)).map(|n| first + n * DAY).collect()
    }

    /// The rows of one day, and their sum.
    pub fn day(&self, account: &Account, day: i64) -> (Vec<Value>, Tally) {
        let range = (day.max(self.from), (day + DAY).min(self.to));
        let groups =
            account.sums(range, self.view.seen(self.now), By::ALL, self.scale.as_ref(), &|d| Some(*d));
        let mut total = Tally::default();
        let rows = groups.iter().map(|(group, tally)| {
            total += tally;
            row(account, day, group, tally)
        });
        let rows = rows.collect();
        (rows, total)
    }
}

fn row(account: &Account, day: i64, group: &Group, tally: &Tally) -> Value {
    let directory = &account.directory;
    let mut row = json!({
        "day": when::date(day),
        "vendor": account.vendor.id,
        "model": group.model.map(|m| account.vendor.models[m].id),
        "project_id": group.project.map(|p| directory.project(p)),
        "project": group.project.and_then(|p| directory.projects.get(p)).map(|p| p.name),
        "user_id": group.user.map(|u| directory.member(u)),
        "user_email": group.user.and_then(|u| directory.members.get(u)).map(|m| m.email.as_str()),
        "key_id": group.key.map(|k| directory.key(k)),
        "key": group.key.and_then(|k| directory.keys.get(k)).map(|k| k.name.as_str()),
        "batch": group.batch,
    });
    if let (Value::Object(row), Value::Object(sums)) = (&mut row, sums(account, tally)) {
        row.extend(sums);
    }
    row
}

/// The sums as the books write them.
pub(crate) fn sums(account: &Account, tally: &Tally) -> Value {
    let dollars = account.vendor.currency == "USD";
    let parts: serde_json::Map<String, Value> = Part::ALL
        .into_iter()
        .filter(|p| tally.count(*p) > 0)
        .map(|p| {
            let amount = money::text(tally.cost(p), money::UNITS);
            (part_name(p).to_owned(), json!({"count": tally.count(p), "amount": amount}))
        })
        .collect();
    json!({
        "requests": tally.requests,
        "input_tokens": tally.all_input(),
        "output_tokens": tally.count(Part::Output),
        "reasoning_tokens": tally.reasoning,
        "parts": parts,
        "currency": account.vendor.currency,
        "amount": money::text(tally.total(), money::UNITS),
        "nanos": tally.total(),
        "nano_usd": dollars.then(|| tally.total()),
    })
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Input => "input",
        Part::Cached => "cached",
        Part::Write5m => "cache_write_5m",
        Part::Write1h => "cache_write_1h",
        Part::Output => "output",
        Part::Search => "searches",
    }
}
