//! What the simulator's books say, and what a ledger has, in the same form.

use crate::rig::Rig;
use aegis_collect::{Access, By, Totals, Walk, sums};
use aegis_domain::{Ability, LedgerKind, Window};
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
    /// The vendor shows the people's use alone.
    pub keyless: bool,
    /// The vendor shows calendar months.
    pub monthly: bool,
}

const fn feed(
    vendor: &'static str,
    key: &'static str,
    feed: Ability,
    view: &'static str,
    states: &'static [&'static str],
) -> Feed {
    Feed { vendor, key, feed, view, states, keyless: false, monthly: false }
}

const USAGE: &str = "reported_usage";
const COST: &str = "reported_cost";

/// Every feed of usage and cost there is.
pub const FEEDS: &[Feed] = &[
    feed("openai", "admin", Ability::Usage, USAGE, &["requests", "input", "cached", "output", "searches"]),
    feed("openai", "admin", Ability::Cost, COST, &["nano"]),
    feed("anthropic", "admin", Ability::Usage, USAGE, &["input", "cached", "written", "output", "searches"]),
    feed("anthropic", "admin", Ability::Cost, COST, &["nano"]),
    Feed {
        keyless: true,
        ..feed(
            "anthropic",
            "enterprise",
            Ability::Usage,
            USAGE,
            &["requests", "input", "cached", "written", "output"],
        )
    },
    Feed { keyless: true, ..feed("anthropic", "enterprise", Ability::Cost, COST, &["list"]) },
    feed("gemini", "service_account", Ability::Usage, USAGE, &["requests", "input", "output"]),
    feed("gemini", "service_account", Ability::Cost, COST, &["nano"]),
    feed("xai", "management", Ability::Cost, COST, &["nano"]),
    Feed { monthly: true, ..feed("xai", "management", Ability::Usage, COST, &["input", "cached", "output"]) },
    feed("azure_openai", "app", Ability::Usage, USAGE, &["requests", "input", "output"]),
    feed("azure_openai", "app", Ability::Cost, COST, &["nano"]),
    feed("mistral", "admin", Ability::Usage, USAGE, &["input", "cached", "output"]),
    // there is no cost but that of the quantities
    feed("mistral", "admin", Ability::Cost, USAGE, &["nano"]),
];

pub type Figures = BTreeMap<String, i128>;

impl Feed {
    /// The window it is read over.
    pub fn window(&self, rig: &Rig) -> Window {
        let window = rig.window();
        if !self.monthly {
            return window;
        }
        let (year, month, _) = window.from.date();
        Window { from: format!("{year:04}-{month:02}-01T00:00:00Z").parse().unwrap(), ..window }
    }

    /// What the books say by now.
    pub async fn expected(&self, rig: &Rig, window: Window) -> Figures {
        let path = format!(
            "/_sim/books?vendor={}&view={}&from={}&to={}",
            self.vendor,
            self.view,
            window.from.to_string().replace(".000Z", "Z"),
            window.to.to_string().replace(".000Z", "Z")
        );
        let books = rig.sim(&path).await;
        let mut figures = Figures::new();
        let rows = books["rows"].as_array().unwrap();
        for row in rows.iter().filter(|r| !self.keyless || r["key_id"].is_null()) {
            for name in self.states {
                *figures.entry((*name).to_owned()).or_default() += figure(row, name);
            }
        }
        figures
    }

    /// What the ledger has.
    pub async fn collected(&self, rig: &Rig, access: &Access, window: Window) -> Figures {
        let kind = if self.feed == Ability::Cost { LedgerKind::Cost } else { LedgerKind::Usage };
        let book = Walk::book(access, self.feed);
        let span = (window.from, window.to);
        let sums = sums(&*rig.ledger, &book, kind, span, By::default()).await.unwrap();
        let totals = sums.into_values().next().unwrap_or_default();
        self.states.iter().map(|name| ((*name).to_owned(), of(&totals, name))).collect()
    }
}

fn figure(row: &Value, name: &str) -> i128 {
    let part = |part: &str| i128::from(row["parts"][part]["count"].as_i64().unwrap_or(0));
    let plain = |name: &str| i128::from(row[name].as_i64().unwrap());
    match name {
        "requests" => plain("requests"),
        "input" => plain("input_tokens"),
        "cached" => part("cached"),
        "written" => part("cache_write_5m") + part("cache_write_1h"),
        "output" => plain("output_tokens"),
        "searches" => part("searches"),
        "nano" | "list" => plain("nanos"),
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
        "list" => i128::try_from(other("list_price") * rust_decimal::Decimal::from(1_000_000_000)).unwrap(),
        "nano" => {
            assert!(totals.nano.len() <= 1 && totals.estimated_nano.is_empty(), "{totals:?}");
            totals.nano.values().sum()
        }
        _ => panic!("{name}"),
    }
}
