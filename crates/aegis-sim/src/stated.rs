//! Which figures of the books each feed of usage and cost states, and what they come to: what tests hold a ledger to.
//! Read by the tests of the collector and of the program. Made from the vendors' documents, like the simulator.
//! Invariant: adapters have no say in what is expected of them.

use aegis_domain::{Ability, Timestamp};
use serde_json::Value;
use std::collections::BTreeMap;

/// A feed, and which figures of the books it states.
#[derive(Debug, Clone, Copy)]
pub struct Feed {
    /// The vendor.
    pub vendor: &'static str,
    /// The kind of credential that reads it.
    pub key: &'static str,
    /// Usage or cost.
    pub feed: Ability,
    /// The books' view that the vendor shows.
    view: &'static str,
    /// Names of figures.
    pub states: &'static [&'static str],
    /// Rows of the books that the vendor shows.
    shows: fn(&Value) -> bool,
    /// Days that the vendor looks back.
    pub days: u32,
    /// Figures come by the hour, too.
    pub hourly: bool,
    /// Some figures come by the month: a month that was begun before the window is not known.
    pub monthly: bool,
    /// What is under way is not shown.
    pub complete: bool,
    /// Figures are as good as final when they appear.
    pub settled: bool,
}

/// Figures by name: tokens and calls as they are, money in nano-dollars.
pub type Figures = BTreeMap<&'static str, i128>;

const fn feed(
    vendor: &'static str,
    key: &'static str,
    feed: Ability,
    view: &'static str,
    states: &'static [&'static str],
) -> Feed {
    Feed {
        vendor,
        key,
        feed,
        view,
        states,
        shows: |_| true,
        days: 400,
        hourly: false,
        monthly: false,
        complete: false,
        settled: false,
    }
}

const fn hourly(feed: Feed) -> Feed {
    Feed { hourly: true, ..feed }
}

/// The people's use alone.
fn keyless(row: &Value) -> bool {
    row["key_id"].is_null()
}

/// Batch and embed jobs.
fn jobs(row: &Value) -> bool {
    row["batch"] == true || row["model"] == "embed-v4.0"
}

const USAGE: &str = "reported_usage";
const COST: &str = "reported_cost";
use Ability::{Cost, Usage};

/// Every feed of usage and cost there is.
pub const FEEDS: &[Feed] = &[
    hourly(feed("openai", "admin", Usage, USAGE, &["requests", "input", "cached", "output", "searches"])),
    feed("openai", "admin", Cost, COST, &["nano"]),
    hourly(feed("anthropic", "admin", Usage, USAGE, &["input", "cached", "written", "output", "searches"])),
    feed("anthropic", "admin", Cost, COST, &["nano"]),
    Feed {
        shows: keyless,
        hourly: true,
        ..feed("anthropic", "enterprise", Usage, USAGE, &["requests", "input", "cached", "written", "output"])
    },
    Feed { shows: keyless, ..feed("anthropic", "enterprise", Cost, COST, &["list"]) },
    Feed {
        days: 42,
        hourly: true,
        ..feed("gemini", "service_account", Usage, USAGE, &["requests", "input", "output"])
    },
    feed("gemini", "service_account", Cost, COST, &["nano"]),
    hourly(feed("xai", "management", Cost, COST, &["nano"])),
    Feed { monthly: true, ..feed("xai", "management", Usage, COST, &["input", "cached", "output"]) },
    hourly(feed("azure_openai", "app", Usage, USAGE, &["requests", "input", "output"])),
    feed("azure_openai", "app", Cost, COST, &["nano"]),
    feed("mistral", "admin", Usage, USAGE, &["input", "cached", "output"]),
    // there is no cost but that of the quantities
    feed("mistral", "admin", Cost, USAGE, &["nano"]),
    Feed {
        shows: jobs,
        complete: true,
        settled: true,
        ..feed("cohere", "production", Usage, USAGE, &["input", "output"])
    },
    feed("huggingface", "admin", Usage, COST, &["requests"]),
    Feed { monthly: true, ..feed("huggingface", "admin", Cost, COST, &["beyond_plan"]) },
    Feed {
        days: 30,
        hourly: true,
        ..feed("openrouter", "management", Usage, USAGE, &["requests", "input", "cached", "output"])
    },
    Feed { days: 30, ..feed("openrouter", "management", Cost, USAGE, &["credits", "elsewhere"]) },
    Feed {
        complete: true,
        settled: true,
        hourly: true,
        ..feed("perplexity", "analytics", Usage, USAGE, &["requests", "points"])
    },
];

impl Feed {
    /// Where the simulator shows the rows of its books that the figures are made of.
    pub fn books(&self, from: Timestamp, to: Timestamp) -> String {
        books(self.vendor, self.view, from, to)
    }

    /// What such rows come to.
    ///
    /// # Panics
    ///
    /// If they are no rows of the books.
    pub fn stated(&self, rows: &[Value]) -> Figures {
        let rows: Vec<&Value> = rows.iter().filter(|row| (self.shows)(row)).collect();
        self.states.iter().map(|name| (*name, stated(&rows, name))).collect()
    }
}

/// Where the simulator shows its books.
pub fn books(vendor: &str, view: &str, from: Timestamp, to: Timestamp) -> String {
    let text = |at: Timestamp| at.to_string().replace(".000Z", "Z");
    format!("/_sim/books?vendor={vendor}&view={view}&from={}&to={}", text(from), text(to))
}

/// What is in the plan each month.
const PLAN: i128 = 40_000_000_000;

fn stated(rows: &[&Value], name: &str) -> i128 {
    if name != "beyond_plan" {
        return rows.iter().map(|row| figure(row, name)).sum();
    }
    let mut months: BTreeMap<&str, i128> = BTreeMap::new();
    for row in rows {
        let month =
            row["day"].as_str().and_then(|day| day.get(..7)).unwrap_or_else(|| panic!("no day: {row}"));
        *months.entry(month).or_default() += figure(row, "nano");
    }
    months.into_values().map(|used| (used - PLAN).max(0)).sum()
}

fn figure(row: &Value, name: &str) -> i128 {
    let part = |part: &str| i128::from(row["parts"][part]["count"].as_i64().unwrap_or(0));
    let plain = |name: &str| i128::from(row[name].as_i64().unwrap_or_else(|| panic!("no {name}: {row}")));
    // one model runs at another vendor: a twentieth of its price is the fee
    let fee = if row["model"] == "anthropic/claude-sonnet-4" { 20 } else { 1 };
    match name {
        "requests" | "points" => plain("requests"),
        "input" => plain("input_tokens"),
        "cached" => part("cached"),
        "written" => part("cache_write_5m") + part("cache_write_1h"),
        "output" => plain("output_tokens"),
        "searches" => part("searches"),
        "nano" | "list" => plain("nanos"),
        "credits" => plain("nanos") / fee,
        "elsewhere" => plain("nanos") - plain("nanos") / fee,
        _ => panic!("no figure {name}"),
    }
}
