//! Usage of a calendar month: a tree of categories, models and directions whose leaves are daily entries.
//! There is no cost in it: an entry costs its paid quantity times the price of the same event, metric and group. An
//! entry without one such price has an unknown cost, which is no row and a note, never a zero.

use super::get;
use crate::admin::read::{Number, Time, json};
use crate::admin::{Page, Request, Row, Unreadable};
use aegis_domain::{Dimensions, Exact, LedgerKind, LedgerRow, Money, Quantities, Timestamp, Window};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

/// Deepest nesting that is followed.
const DEPTH: usize = 8;

/// What is read of a month.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    Quantities,
    Money,
}

/// The months that a window touches.
pub fn months(window: Window) -> impl Iterator<Item = (i16, u8)> {
    let (first, last) = (window.from.date(), window.to.minus(Duration::from_millis(1)).date());
    let next =
        |(year, month): &(i16, u8)| if *month == 12 { Some((year + 1, 1)) } else { Some((*year, month + 1)) };
    std::iter::successors(Some((first.0, first.1)), next).take_while(move |m| *m <= (last.0, last.1))
}

/// A month.
pub fn request(year: i16, month: u8) -> Request {
    get("/usage").with("month", month).with("year", year)
}

#[derive(Deserialize)]
struct Entry {
    event_type: Option<String>,
    billing_metric: Option<String>,
    billing_group: Option<String>,
    api_zone: Option<String>,
    service_tier: Option<String>,
    usage_type: Option<String>,
    timestamp: Time,
    value: Option<Number>,
    value_paid: Option<Number>,
}

#[derive(Deserialize)]
struct Price {
    event_type: Option<String>,
    billing_metric: Option<String>,
    billing_group: Option<String>,
    api_zone: Option<String>,
    service_tier: Option<String>,
    price: Option<Number>,
}

/// An entry, and the names of the branches that lead to it.
struct Leaf {
    path: Vec<String>,
    entry: Entry,
}

/// The rows of a month. Entries that nothing tells apart are one row.
pub fn read(body: &[u8], of: Of) -> Result<Page, Unreadable> {
    let mut tree: BTreeMap<String, Box<RawValue>> = json(body)?;
    let prices: Vec<Price> = match tree.remove("prices") {
        Some(raw) => json::<Option<_>>(raw.get().as_bytes())?.unwrap_or_default(),
        None => Vec::new(),
    };
    let currency: Option<String> = tree.remove("currency").and_then(|raw| json(raw.get().as_bytes()).ok());
    let mut leaves = Vec::new();
    for (name, raw) in &tree {
        walk(&mut vec![name.clone()], raw.get(), &mut leaves)?;
    }
    match of {
        Of::Quantities => quantities(&leaves),
        Of::Money => money(&leaves, &prices, currency.as_deref().unwrap_or_default()),
    }
}

/// Follows maps; a list of objects with a time is a list of entries; everything else is of no matter here.
fn walk(path: &mut Vec<String>, raw: &str, leaves: &mut Vec<Leaf>) -> Result<(), Unreadable> {
    if raw.starts_with('{') && path.len() < DEPTH {
        for (name, raw) in json::<BTreeMap<String, Box<RawValue>>>(raw.as_bytes())? {
            path.push(name);
            walk(path, raw.get(), leaves)?;
            path.pop();
        }
    } else if raw.starts_with('[') && raw.contains("\"timestamp\"") {
        for entry in json::<Vec<Entry>>(raw.as_bytes())? {
            leaves.push(Leaf { path: path.clone(), entry });
        }
    }
    Ok(())
}

impl Leaf {
    /// `input`, `output` or `cached`, where the tree says so.
    fn direction(&self) -> Option<&str> {
        self.path.last().map(String::as_str).filter(|d| ["input", "output", "cached"].contains(d))
    }

    /// Category, and what else leads to the entry but its model.
    fn item(&self) -> String {
        let named = self.path.iter().filter(|p| *p != "models" && !p.contains("::"));
        named.map(String::as_str).collect::<Vec<_>>().join(".")
    }

    fn dimensions(&self) -> Dimensions {
        let model = self.path.iter().find_map(|p| p.split_once("::")).map(|(_, model)| model.to_owned());
        let own = [("usage_type", &self.entry.usage_type), ("event_type", &self.entry.event_type)];
        Dimensions {
            model: model.or_else(|| self.entry.billing_metric.clone()),
            item: Some(self.item()),
            tier: self.entry.service_tier.clone(),
            region: self.entry.api_zone.clone(),
            other: own.into_iter().filter_map(|(n, v)| Some((n.to_owned(), v.clone()?))).collect(),
            ..Dimensions::default()
        }
    }

    /// What is counted: tokens by direction, everything else by the category's own unit.
    fn unit(&self) -> &str {
        let tokens = self.entry.event_type.as_deref().is_some_and(|e| e.contains("token"));
        match self.path.iter().rev().map(String::as_str).find(|p| !p.contains("::") && *p != "models") {
            _ if tokens => "tokens",
            Some("ocr" | "pages") => "pages",
            Some("audio" | "audio_seconds") => "seconds",
            Some("audio_characters") => "characters",
            Some("tokens") => "tokens",
            Some("connectors") => "calls",
            Some(unit) if self.direction().is_none() => unit,
            _ => "units",
        }
    }
}

/// Rows by day and dimensions, each with a sum.
type Sums<T> = BTreeMap<(Timestamp, Dimensions), T>;

fn quantities(leaves: &[Leaf]) -> Result<Page, Unreadable> {
    let mut sums: Sums<(&Leaf, Number)> = BTreeMap::new();
    for leaf in leaves {
        let Some(value) = leaf.entry.value else { continue };
        let sum =
            sums.entry((leaf.entry.timestamp.0, leaf.dimensions())).or_insert((leaf, Number::default()));
        sum.1 = sum.1.plus(value)?;
    }
    let mut page = Page::default();
    for ((from, dimensions), (leaf, value)) in sums {
        page.rows.push(row(LedgerKind::Usage, from, dimensions, figures(leaf, value)?, None));
    }
    Ok(page)
}

/// Cached tokens are billed apart from input: they are input, too.
fn figures(leaf: &Leaf, value: Number) -> Result<Quantities, Unreadable> {
    let nothing = Quantities::default();
    let (unit, direction) = (leaf.unit(), leaf.direction());
    if unit == "tokens" && direction.is_some() {
        let count = Some(value.whole().ok_or(Unreadable::shape("value", "a whole number of tokens"))?);
        return Ok(match direction {
            Some("output") => Quantities { output_tokens: count, ..nothing },
            Some("cached") => Quantities { input_tokens: count, cached_input_tokens: count, ..nothing },
            _ => Quantities { input_tokens: count, ..nothing },
        });
    }
    Ok(Quantities { other: BTreeMap::from([(unit.to_owned(), value.0)]), ..nothing })
}

fn money(leaves: &[Leaf], prices: &[Price], currency: &str) -> Result<Page, Unreadable> {
    let mut sums: Sums<(Exact, Money)> = BTreeMap::new();
    let mut unpriced = 0;
    for leaf in leaves {
        let Some(paid) = leaf.entry.value_paid else { continue };
        let Some(price) = price(&leaf.entry, prices) else {
            unpriced += u32::from(!paid.is_zero());
            continue;
        };
        let cost = paid.times(price)?;
        let zero = (Exact::default(), Number::default().money(currency)?);
        let sum = sums.entry((leaf.entry.timestamp.0, leaf.dimensions())).or_insert(zero);
        sum.0 = Number(sum.0).plus(paid)?.0;
        sum.1.amount = Number(sum.1.amount).plus(cost)?.0;
    }
    let mut page = Page::default();
    for ((from, dimensions), (paid, cost)) in sums {
        let quantities =
            Quantities { other: BTreeMap::from([("paid".to_owned(), paid)]), ..Quantities::default() };
        page.rows.push(row(LedgerKind::Cost, from, dimensions, quantities, Some(cost)));
    }
    if unpriced > 0 {
        page.notes.push(format!("{unpriced} entries have no price of the vendor's: their cost is not known"));
    }
    Ok(page)
}

fn row(
    kind: LedgerKind,
    from: Timestamp,
    dimensions: Dimensions,
    quantities: Quantities,
    money: Option<Money>,
) -> Row {
    Row::Ledger(LedgerRow { kind, from, to: from.plus(DAY), dimensions, quantities, money, estimate: false })
}

/// The one price of an entry: of the same event, metric and group, of its zone and tier where it names them, else of
/// the world and the standard tier. None where that leaves more than one.
fn price(entry: &Entry, prices: &[Price]) -> Option<Number> {
    let near = |said: &Option<String>, of: &Option<String>| said.is_none() || said == of;
    let fits: Vec<&Price> = prices
        .iter()
        .filter(|p| p.event_type == entry.event_type && p.billing_metric == entry.billing_metric)
        .filter(|p| p.billing_group == entry.billing_group)
        .filter(|p| near(&entry.api_zone, &p.api_zone) && near(&entry.service_tier, &p.service_tier))
        .collect();
    let usual = |said: &Option<String>, usual: &str| said.as_deref().is_none_or(|s| s == usual);
    let standard: Vec<&Price> = fits
        .iter()
        .copied()
        .filter(|p| entry.api_zone.is_some() || usual(&p.api_zone, "global"))
        .filter(|p| entry.service_tier.is_some() || usual(&p.service_tier, "standard"))
        .collect();
    let one = |prices: &[&Price]| {
        let first = prices.first()?.price?;
        prices.iter().all(|p| p.price == Some(first)).then_some(first)
    };
    one(&fits).or_else(|| one(&standard))
}
