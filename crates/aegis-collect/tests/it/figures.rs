//! What the simulator's books say, and what a ledger has, in the same form.

use crate::rig::Rig;
use aegis_collect::{Access, By, Totals, Walk, sums};
use aegis_domain::{Ability, LedgerKind, Timestamp, Window};
use aegis_sim::{form_kind, stated};
use aegis_vendors::admin::admin;
use serde_json::Value;

pub use aegis_sim::stated::{FEEDS, Feed, Figures};

/// What tests ask of a feed.
pub trait Compared {
    /// The last `days` as far as the feed reaches.
    fn window(&self, rig: &Rig, days: u32) -> Window;
    /// What the books say by now.
    async fn expected(&self, rig: &Rig, window: Window) -> Figures;
    /// What the ledger has.
    async fn collected(&self, rig: &Rig, access: &Access, window: Window) -> Figures;
}

impl Compared for Feed {
    fn window(&self, rig: &Rig, days: u32) -> Window {
        let Window { mut from, to, bucket } = rig.days(days);
        if self.monthly {
            let (year, month, _) = from.date();
            from = format!("{year:04}-{month:02}-01T00:00:00Z").parse().unwrap();
        }
        let reach = admin(self.vendor).unwrap().reach(self.feed, form_kind(self.vendor, self.key));
        let oldest = reach.map_or(from, |reach| rig.now().minus(reach).ceil(bucket));
        Window { from: from.max(oldest), to, bucket }
    }

    async fn expected(&self, rig: &Rig, window: Window) -> Figures {
        let to = if self.complete { window.to.min(rig.now().floor(window.bucket)) } else { window.to };
        self.stated(&rows(rig, &self.books(window.from, to)).await)
    }

    async fn collected(&self, rig: &Rig, access: &Access, window: Window) -> Figures {
        let kind = if self.feed == Ability::Cost { LedgerKind::Cost } else { LedgerKind::Usage };
        let book = Walk::book(access, self.feed);
        let span = (window.from, window.to);
        let sums = sums(&*rig.ledger, &book, kind, span, By::default()).await.unwrap();
        let totals = sums.into_values().next().unwrap_or_default();
        self.states.iter().map(|name| (*name, of(&totals, name))).collect()
    }
}

/// Rows of the simulator's own books.
pub async fn books(rig: &Rig, vendor: &str, view: &str, from: Timestamp, to: Timestamp) -> Vec<Value> {
    rows(rig, &stated::books(vendor, view, from, to)).await
}

async fn rows(rig: &Rig, path: &str) -> Vec<Value> {
    rig.sim(path).await["rows"].as_array().unwrap().clone()
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
