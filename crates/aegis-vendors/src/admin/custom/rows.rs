//! Answers by their mapping. Figures are taken from the text of the answer, never through a float.

use super::mapping::{FIGURES, Feed};
use super::{DAY, HOUR};
use crate::admin::read::{Count, Number, Time, json};
use crate::admin::{AuditEntry, Row, Unreadable};
use aegis_domain::{Ability, Dimensions, LedgerKind, LedgerRow, Quantities};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// Rows of a page at most.
const MOST: usize = 100_000;

/// A page as it stands.
pub(super) struct Read {
    pub rows: Vec<Row>,
    pub more: Option<bool>,
    pub next: Option<String>,
}

/// One row: what stands where the mapping says.
struct Item<'a> {
    fields: &'a BTreeMap<String, String>,
    raw: &'a RawValue,
}

pub(super) fn read(body: &[u8], ability: Ability, feed: &Feed, hourly: bool) -> Result<Read, Unreadable> {
    let whole: Box<RawValue> = json(body)?;
    let list = below(&whole, &feed.rows).ok_or_else(|| Unreadable::shape(&feed.rows, "a list of rows"))?;
    let list: Vec<&RawValue> =
        serde_json::from_str(list.get()).map_err(|_| Unreadable::shape(&feed.rows, "a list of rows"))?;
    if list.len() > MOST {
        return Err(Unreadable::shape(&feed.rows, "of at most 100,000 rows"));
    }
    let mut rows = Vec::with_capacity(list.len());
    for (number, raw) in list.iter().enumerate() {
        let item = Item { fields: &feed.fields, raw };
        let row = match ability {
            Ability::Audit => item.act(),
            Ability::Cost => item.ledger(LedgerKind::Cost, hourly),
            _ => item.ledger(LedgerKind::Usage, hourly),
        };
        rows.push(row.map_err(|e| at_row(e, &feed.rows, number))?);
    }
    let more = (!feed.has_more.is_empty()).then(|| below(&whole, &feed.has_more)).flatten();
    let next = (!feed.next.is_empty()).then(|| below(&whole, &feed.next)).flatten();
    Ok(Read {
        rows,
        more: more.and_then(|raw| serde_json::from_str(raw.get()).ok()),
        next: next.and_then(|raw| serde_json::from_str::<Value>(raw.get()).ok()).and_then(word),
    })
}

fn at_row(error: Unreadable, rows: &str, number: usize) -> Unreadable {
    match error {
        Unreadable::Shape { field, expected } => {
            Unreadable::shape(format!("{rows}/{number}: {field}"), expected)
        }
        other => other,
    }
}

/// Text, or a number as text.
fn word(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What stands at the end of a pointer; none where the way ends early, or in `null`.
fn below<'a>(raw: &'a RawValue, pointer: &str) -> Option<&'a RawValue> {
    let mut at = raw;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        at = if at.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(at.get()).ok()?;
            items.get(step.parse::<usize>().ok()?).copied()?
        } else {
            let fields: HashMap<Cow<str>, &RawValue> = serde_json::from_str(at.get()).ok()?;
            fields.get(step.as_str()).copied()?
        };
    }
    (at.get() != "null").then_some(at)
}

impl Item<'_> {
    /// A field of the row, or the text that all rows have.
    fn field<T: DeserializeOwned>(
        &self,
        name: &str,
        expected: &'static str,
    ) -> Result<Option<T>, Unreadable> {
        let Some(place) = self.fields.get(name) else { return Ok(None) };
        let wrong = || Unreadable::shape(name, expected);
        if let Some(text) = place.strip_prefix('=') {
            return serde_json::from_value(Value::from(text)).map(Some).map_err(|_| wrong());
        }
        let Some(raw) = below(self.raw, place) else { return Ok(None) };
        serde_json::from_str(raw.get()).map(Some).map_err(|_| wrong())
    }

    fn needed<T: DeserializeOwned>(&self, name: &str, expected: &'static str) -> Result<T, Unreadable> {
        self.field(name, expected)?.ok_or_else(|| Unreadable::shape(name, expected))
    }

    fn name(&self, name: &str) -> Result<Option<String>, Unreadable> {
        let value: Option<Value> = self.field(name, "a text")?;
        Ok(value.and_then(word).filter(|text| !text.is_empty()))
    }

    /// Fields that we have no name for: `other.site` is `site`.
    fn free<'b>(&'b self, prefix: &'b str) -> impl Iterator<Item = (&'b str, &'b str)> {
        self.fields.keys().filter_map(move |field| Some((field.as_str(), field.strip_prefix(prefix)?)))
    }

    fn ledger(&self, kind: LedgerKind, hourly: bool) -> Result<Row, Unreadable> {
        let from: Time = self.needed("from", "a time")?;
        let to: Option<Time> = self.field("to", "a time")?;
        let width = if hourly { HOUR } else { DAY };
        let mut row = LedgerRow {
            kind,
            from: from.0,
            to: to.map_or(from.0.plus(width), |t| t.0),
            dimensions: self.dimensions()?,
            quantities: self.quantities()?,
            money: None,
            estimate: false,
        };
        if row.to <= row.from {
            return Err(Unreadable::shape("to", "after from"));
        }
        if kind == LedgerKind::Cost {
            let amount: Number = self.needed("amount", "an amount")?;
            let currency = self.name("currency")?.unwrap_or_else(|| "USD".to_owned());
            row.money = Some(amount.money(&currency)?);
        }
        Ok(Row::Ledger(row))
    }

    fn dimensions(&self) -> Result<Dimensions, Unreadable> {
        let mut other = BTreeMap::new();
        for (field, name) in self.free("other.") {
            other.extend(self.name(field)?.map(|value| (name.to_owned(), value)));
        }
        Ok(Dimensions {
            model: self.name("model")?,
            project: self.name("project")?,
            user: self.name("user")?,
            api_key: self.name("api_key")?,
            item: self.name("item")?,
            tier: self.name("tier")?,
            region: self.name("region")?,
            other,
        })
    }

    fn quantities(&self) -> Result<Quantities, Unreadable> {
        let mut figures = [None; FIGURES.len()];
        for (figure, name) in figures.iter_mut().zip(FIGURES) {
            *figure = self.field::<Count>(name, "a whole number of 0 or more")?.map(|n| n.0);
        }
        let [requests, input, cached, written, output, reasoning] = figures;
        let mut other = BTreeMap::new();
        for (field, name) in self.free("quantity.") {
            other.extend(self.field::<Number>(field, "a number")?.map(|n| (name.to_owned(), n.0)));
        }
        Ok(Quantities {
            requests,
            input_tokens: input,
            cached_input_tokens: cached,
            cache_write_tokens: written,
            output_tokens: output,
            reasoning_tokens: reasoning,
            other,
        })
    }

    fn act(&self) -> Result<Row, Unreadable> {
        let at: Time = self.needed("at", "a time")?;
        let lacking = |name: &'static str| Unreadable::shape(name, "a text");
        Ok(Row::Audit(AuditEntry {
            id: self.name("id")?.ok_or_else(|| lacking("id"))?,
            at: at.0,
            kind: self.name("kind")?.ok_or_else(|| lacking("kind"))?,
            actor: self.name("actor")?,
            address: self.name("address")?,
            object: self.name("object")?,
            raw: serde_json::from_str(self.raw.get()).map_err(|_| Unreadable::NotJson)?,
        }))
    }
}
