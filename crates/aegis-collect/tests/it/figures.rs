//! What the simulator's books say, and what a ledger has, in the same form.

use crate::rig::Rig;
use aegis_collect::{Access, By, Totals, Walk, sums};
use aegis_domain::{Ability, LedgerKind, Timestamp, Window};
use aegis_sim::form_kind;
use aegis_vendors::admin::admin;
use serde_json::Value;
use std::collections::BTreeMap;

/// A feed and which figures of the books it states.
#[derive(Debug, Clone, Copy)]
pub struct Feed {
    pub vendor: &'static str,
    pub key: &'static str,
    pub feed: Ability,
    /// The books' view that the vendor shows.
    pub view: &'static str,
    pub states: &'static [&'static str],
    /// Rows of the books that the vendor shows.
    pub shows: fn(&Value) -> bool,
    /// Figures come by the hour, too.
    pub hourly: bool,
    /// Some figures come by the month: the window begins with one, and runs on to now.
    pub monthly: bool,
    /// What is under way is not shown.
    pub complete: bool,
    /// Figures are as good as final when they appear.
    pub settled: bool,
}

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
    hourly(feed("gemini", "service_account", Usage, USAGE, &["requests", "input", "output"])),
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
    hourly(feed("openrouter", "management", Usage, USAGE, &["requests", "input", "cached", "output"])),
    feed("openrouter", "management", Cost, USAGE, &["credits", "elsewhere"]),
    Feed {
        complete: true,
        settled: true,
        hourly: true,
        ..feed("perplexity", "analytics", Usage, USAGE, &["requests", "points"])
    },
];

pub type Figures = BTreeMap<String, i128>;

impl Feed {
    /// The last `days` as far as the feed reaches.
    pub fn window(&self, rig: &Rig, days: u32) -> Window {
        let Window { mut from, to, bucket } = rig.days(days);
        if self.monthly {
            let (year, month, _) = from.date();
            from = format!("{year:04}-{month:02}-01T00:00:00Z").parse().unwrap();
        }
        let reach = admin(self.vendor).unwrap().reach(self.feed, form_kind(self.vendor, self.key));
        let oldest = reach.map_or(from, |reach| rig.now().minus(reach).ceil(bucket));
        Window { from: from.max(oldest), to, bucket }
    }

    /// What the books say by now.
    pub async fn expected(&self, rig: &Rig, window: Window) -> Figures {
        let to = if self.complete { window.to.min(rig.now().floor(window.bucket)) } else { window.to };
        let rows = books(rig, self.vendor, self.view, window.from, to).await;
        let rows: Vec<&Value> = rows.iter().filter(|r| (self.shows)(r)).collect();
        self.states.iter().map(|name| ((*name).to_owned(), stated(&rows, name))).collect()
    }

    /// What the ledger has.
    pub async fn collected(&self, rig: &Rig, access: &Access, window: Window) -> Figures {
        let kind = if self.feed == Cost { LedgerKind::Cost } else { LedgerKind::Usage };
        let book = Walk::book(access, self.feed);
        let span = (window.from, window.to);
        let sums = sums(&*rig.ledger, &book, kind, span, By::default()).await.unwrap();
        let totals = sums.into_values().next().unwrap_or_default();
        self.states.iter().map(|name| ((*name).to_owned(), of(&totals, name))).collect()
    }
}

/// Rows of the simulator's own books.
pub async fn books(rig: &Rig, vendor: &str, view: &str, from: Timestamp, to: Timestamp) -> Vec<Value> {
    let text = |at: Timestamp| at.to_string().replace(".000Z", "Z");
    let path = format!("/_sim/books?vendor={vendor}&view={view}&from={}&to={}", text(from), text(to));
    rig.sim(&path).await["rows"].as_array().unwrap().clone()
}

fn stated(rows: &[&Value], name: &str) -> i128 {
    if name != "beyond_plan" {
        return rows.iter().map(|row| figure(row, name)).sum();
    }
    // forty dollars a month are in the plan
    let mut months: BTreeMap<&str, i128> = BTreeMap::new();
    for row in rows {
        *months.entry(&row["day"].as_str().unwrap()[..7]).or_default() += figure(row, "nano");
    }
    months.into_values().map(|used| (used - 40_000_000_000).max(0)).sum()
}

fn figure(row: &Value, name: &str) -> i128 {
    let part = |part: &str| i128::from(row["parts"][part]["count"].as_i64().unwrap_or(0));
    let plain = |name: &str| i128::from(row[name].as_i64().unwrap());
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
        _ => panic!("{name}"),
    }
}

fn of(totals: &Totals, name: &str) -> i128 {
    let quantities = &totals.quantities;
    let some = |figure: Option<u64>| i128::from(figure.unwrap_or_else(|| panic!("no {name} is stated")));
    let other = |unit: &str| quantities.other.get(unit).map_or(0.into(), |n| n.0);
    match name {
        "requests" => some(quantities.requests),
        "input" => some(quantities.input_tokens),
        "cached" => some(quantities.cached_input_tokens),
        "written" => some(quantities.cache_write_tokens),
        "output" => some(quantities.output_tokens),
        "searches" => i128::try_from(other("searches")).unwrap(),
        "points" => i128::try_from(other("credits")).unwrap(),
        "list" => i128::try_from(other("list_price") * rust_decimal::Decimal::from(1_000_000_000)).unwrap(),
        "nano" | "beyond_plan" => {
            assert!(totals.nano.len() <= 1 && totals.estimated_nano.is_empty(), "{totals:?}");
            totals.nano.values().sum()
        }
        "credits" => totals.nano.values().sum(),
        "elsewhere" => totals.estimated_nano.values().sum(),
        _ => panic!("{name}"),
    }
}
