//! What the simulator's books say, and what the ledger of a stopped server has, in the same form.

use super::rig::Sim;
use aegis_collect::{By, Totals, sums};
use aegis_domain::{LedgerKind, Timestamp};
use aegis_store::sqlite::{self, SqliteConfig};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// A feed, and which figures of the books it states.
#[derive(Debug, Clone, Copy)]
pub struct Feed {
    pub vendor: &'static str,
    pub key: &'static str,
    pub feed: &'static str,
    /// The books' view that the vendor shows.
    pub view: &'static str,
    pub states: &'static [&'static str],
}

const fn feed(
    vendor: &'static str,
    key: &'static str,
    feed: &'static str,
    view: &'static str,
    states: &'static [&'static str],
) -> Feed {
    Feed { vendor, key, feed, view, states }
}

const USAGE: &str = "reported_usage";
const COST: &str = "reported_cost";

/// Feeds whose vendor shows all use by the day.
pub const FEEDS: &[Feed] = &[
    feed("openai", "admin", "usage", USAGE, &["requests", "input", "cached", "output", "searches"]),
    feed("openai", "admin", "cost", COST, &["nano"]),
    feed("anthropic", "admin", "usage", USAGE, &["input", "cached", "written", "output", "searches"]),
    feed("anthropic", "admin", "cost", COST, &["nano"]),
    feed("gemini", "service_account", "usage", USAGE, &["requests", "input", "output"]),
    feed("gemini", "service_account", "cost", COST, &["nano"]),
    feed("xai", "management", "cost", COST, &["nano"]),
    feed("azure_openai", "app", "usage", USAGE, &["requests", "input", "output"]),
    feed("azure_openai", "app", "cost", COST, &["nano"]),
    feed("mistral", "admin", "usage", USAGE, &["input", "cached", "output"]),
    feed("mistral", "admin", "cost", USAGE, &["nano"]),
];

pub type Figures = BTreeMap<String, i128>;

impl Feed {
    /// What the books say by now.
    pub async fn expected(&self, sim: &Sim, (from, to): (Timestamp, Timestamp)) -> Figures {
        let at = |at: Timestamp| at.to_string().replace(".000Z", "Z");
        let (vendor, view) = (self.vendor, self.view);
        let path = format!("/_sim/books?vendor={vendor}&view={view}&from={}&to={}", at(from), at(to));
        let books = sim.get(&path).await;
        let mut figures = Figures::new();
        for row in books["rows"].as_array().unwrap() {
            for name in self.states {
                *figures.entry((*name).to_owned()).or_default() += stated(row, name);
            }
        }
        figures
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

fn stated(row: &Value, name: &str) -> i128 {
    let part = |part: &str| i128::from(row["parts"][part]["count"].as_i64().unwrap_or(0));
    let plain = |name: &str| i128::from(row[name].as_i64().unwrap());
    match name {
        "requests" => plain("requests"),
        "input" => plain("input_tokens"),
        "cached" => part("cached"),
        "written" => part("cache_write_5m") + part("cache_write_1h"),
        "output" => plain("output_tokens"),
        "searches" => part("searches"),
        "nano" => plain("nanos"),
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
        "nano" => {
            assert!(totals.nano.len() <= 1 && totals.estimated_nano.is_empty(), "{totals:?}");
            totals.nano.values().sum()
        }
        _ => panic!("no figure {name}"),
    }
}
