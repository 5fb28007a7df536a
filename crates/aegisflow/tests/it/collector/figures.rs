//! What the simulator's books say, and what the ledger of a stopped server has, in the same form.

use super::rig::Sim;
use aegis_collect::{By, Totals, sums};
use aegis_domain::{LedgerKind, Timestamp};
use aegis_store::sqlite::{self, SqliteConfig};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

/// A feed, and which figures of the books it states.
#[derive(Debug, Clone, Copy)]
pub struct Feed {
    pub vendor: &'static str,
    pub key: &'static str,
    pub feed: &'static str,
    /// The books' view that the vendor shows.
    pub view: &'static str,
    pub states: &'static [&'static str],
    /// Days that the vendor looks back.
    pub reach: u64,
    /// Rows of the books that the vendor shows.
    pub shows: fn(&Value) -> bool,
    /// Figures come by the month: those of a month that was begun before the window are left out.
    pub monthly: bool,
    /// What is under way is not shown.
    pub complete: bool,
}

const fn feed(
    vendor: &'static str,
    key: &'static str,
    feed: &'static str,
    view: &'static str,
    states: &'static [&'static str],
) -> Feed {
    Feed { vendor, key, feed, view, states, reach: 400, shows: |_| true, monthly: false, complete: false }
}

/// Batch and embed jobs.
fn jobs(row: &Value) -> bool {
    row["batch"] == true || row["model"] == "embed-v4.0"
}

const USAGE: &str = "reported_usage";
const COST: &str = "reported_cost";

/// Every feed of usage and cost of the credentials that are connected.
pub const FEEDS: &[Feed] = &[
    feed("openai", "admin", "usage", USAGE, &["requests", "input", "cached", "output", "searches"]),
    feed("openai", "admin", "cost", COST, &["nano"]),
    feed("anthropic", "admin", "usage", USAGE, &["input", "cached", "written", "output", "searches"]),
    feed("anthropic", "admin", "cost", COST, &["nano"]),
    Feed { reach: 42, ..feed("gemini", "service_account", "usage", USAGE, &["requests", "input", "output"]) },
    feed("gemini", "service_account", "cost", COST, &["nano"]),
    feed("xai", "management", "cost", COST, &["nano"]),
    feed("azure_openai", "app", "usage", USAGE, &["requests", "input", "output"]),
    feed("azure_openai", "app", "cost", COST, &["nano"]),
    feed("mistral", "admin", "usage", USAGE, &["input", "cached", "output"]),
    feed("mistral", "admin", "cost", USAGE, &["nano"]),
    Feed { monthly: true, ..feed("xai", "management", "usage", COST, &["input", "cached", "output"]) },
    Feed {
        shows: jobs,
        complete: true,
        ..feed("cohere", "production", "usage", USAGE, &["input", "output"])
    },
    feed("huggingface", "admin", "usage", COST, &["requests"]),
    Feed { monthly: true, ..feed("huggingface", "admin", "cost", COST, &["beyond_plan"]) },
    Feed {
        reach: 30,
        ..feed("openrouter", "management", "usage", USAGE, &["requests", "input", "cached", "output"])
    },
    Feed { reach: 30, ..feed("openrouter", "management", "cost", USAGE, &["credits", "elsewhere"]) },
    Feed { complete: true, ..feed("perplexity", "analytics", "usage", USAGE, &["requests", "points"]) },
];

pub type Figures = BTreeMap<String, i128>;

impl Feed {
    /// The days that are compared: the last ninety, or as far back as the vendor looks.
    pub fn span(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        let today = now.floor(DAY);
        let mut from = today.minus(DAY * 90.min(self.reach - 1) as u32);
        while self.monthly && from.date().2 != 1 {
            from = from.plus(DAY);
        }
        (from, today.plus(DAY))
    }

    /// What the books say by now.
    pub async fn expected(&self, sim: &Sim, now: Timestamp) -> Figures {
        let at = |at: Timestamp| at.to_string().replace(".000Z", "Z");
        let (from, to) = self.span(now);
        let to = if self.complete { now.floor(DAY) } else { to };
        let (vendor, view) = (self.vendor, self.view);
        let path = format!("/_sim/books?vendor={vendor}&view={view}&from={}&to={}", at(from), at(to));
        let books = sim.get(&path).await;
        let rows: Vec<&Value> =
            books["rows"].as_array().unwrap().iter().filter(|r| (self.shows)(r)).collect();
        self.states.iter().map(|name| ((*name).to_owned(), all(&rows, name))).collect()
    }

    /// What the ledger of a folder has.
    pub async fn collected(&self, dir: &Path, key: &str, span: (Timestamp, Timestamp)) -> Figures {
        let sqlite = sqlite::open(SqliteConfig::new(dir)).unwrap();
        let kind = if self.feed == "usage" { LedgerKind::Usage } else { LedgerKind::Cost };
        let book = format!("{key}/{}", self.feed);
        let sums = sums(&*sqlite.store().ledger, &book, kind, span, By::default()).await.unwrap();
        sqlite.shutdown().await.unwrap();
        let totals = sums.into_values().next().unwrap_or_default();
        self.states.iter().map(|name| ((*name).to_owned(), figure(&totals, name))).collect()
    }
}

fn all(rows: &[&Value], name: &str) -> i128 {
    if name != "beyond_plan" {
        return rows.iter().map(|row| stated(row, name)).sum();
    }
    // forty dollars a month are in the plan
    let mut months: BTreeMap<&str, i128> = BTreeMap::new();
    for row in rows {
        *months.entry(&row["day"].as_str().unwrap()[..7]).or_default() += stated(row, "nano");
    }
    months.into_values().map(|used| (used - 40_000_000_000).max(0)).sum()
}

fn stated(row: &Value, name: &str) -> i128 {
    // one model runs at another vendor: a twentieth of its price is the fee
    let fee = if row["model"] == "anthropic/claude-sonnet-4" { 20 } else { 1 };
    let part = |part: &str| i128::from(row["parts"][part]["count"].as_i64().unwrap_or(0));
    let plain = |name: &str| i128::from(row[name].as_i64().unwrap());
    match name {
        "requests" | "points" => plain("requests"),
        "input" => plain("input_tokens"),
        "cached" => part("cached"),
        "written" => part("cache_write_5m") + part("cache_write_1h"),
        "output" => plain("output_tokens"),
        "searches" => part("searches"),
        "nano" => plain("nanos"),
        "credits" => plain("nanos") / fee,
        "elsewhere" => plain("nanos") - plain("nanos") / fee,
        _ => panic!("no figure {name}"),
    }
}

fn figure(totals: &Totals, name: &str) -> i128 {
    let all = &totals.quantities;
    let whole = |n: Option<u64>| i128::from(n.unwrap_or(0));
    match name {
        "requests" => whole(all.requests),
        "input" => whole(all.input_tokens),
        "cached" => whole(all.cached_input_tokens),
        "written" => whole(all.cache_write_tokens),
        "output" => whole(all.output_tokens),
        "searches" => all.other.get("searches").map_or(0, |n| i128::try_from(n.0).unwrap()),
        "points" => all.other.get("credits").map_or(0, |n| i128::try_from(n.0).unwrap()),
        "credits" => totals.nano.values().sum(),
        "elsewhere" => totals.estimated_nano.values().sum(),
        "nano" | "beyond_plan" => {
            assert!(totals.nano.len() <= 1 && totals.estimated_nano.is_empty(), "{totals:?}");
            totals.nano.values().sum()
        }
        _ => panic!("no figure {name}"),
    }
}
