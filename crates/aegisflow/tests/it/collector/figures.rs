//! What the simulator's books say, and what the ledger of a stopped server has, in the same form.

use super::rig::Sim;
use aegis_collect::{By, Totals, sums};
use aegis_domain::{Ability, LedgerKind, Timestamp};
use aegis_sim::stated;
use aegis_store::sqlite::{self, SqliteConfig};
use std::path::Path;
use std::time::Duration;

pub use aegis_sim::stated::{Feed, Figures};

const DAY: Duration = Duration::from_secs(86_400);

/// Every feed of usage and cost that such a credential reads.
pub fn feeds(vendor: &str, key: &str) -> impl Iterator<Item = Feed> {
    stated::FEEDS.iter().copied().filter(move |feed| (feed.vendor, feed.key) == (vendor, key))
}

/// What tests ask of a feed.
pub trait Compared {
    /// The days that are compared: the last ninety, or as far back as the vendor looks.
    fn span(&self, now: Timestamp) -> (Timestamp, Timestamp);
    /// What the books say by now.
    async fn expected(&self, sim: &Sim, now: Timestamp) -> Figures;
    /// What the ledger of a folder has.
    async fn collected(&self, dir: &Path, key: &str, span: (Timestamp, Timestamp)) -> Figures;
}

impl Compared for Feed {
    fn span(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        let today = now.floor(DAY);
        let mut from = today.minus(DAY * 90.min(self.days - 1));
        while self.monthly && from.date().2 != 1 {
            from = from.plus(DAY);
        }
        (from, today.plus(DAY))
    }

    async fn expected(&self, sim: &Sim, now: Timestamp) -> Figures {
        let (from, to) = self.span(now);
        let to = if self.complete { now.floor(DAY) } else { to };
        let books = sim.get(&self.books(from, to)).await;
        self.stated(books["rows"].as_array().unwrap())
    }

    async fn collected(&self, dir: &Path, key: &str, span: (Timestamp, Timestamp)) -> Figures {
        let sqlite = sqlite::open(SqliteConfig::new(dir)).unwrap();
        let kind = if self.feed == Ability::Usage { LedgerKind::Usage } else { LedgerKind::Cost };
        let book = format!("{key}/{}", self.feed.as_str());
        let sums = sums(&*sqlite.store().ledger, &book, kind, span, By::default()).await.unwrap();
        sqlite.shutdown().await.unwrap();
        let totals = sums.into_values().next().unwrap_or_default();
        self.states.iter().map(|name| (*name, figure(&totals, name))).collect()
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
