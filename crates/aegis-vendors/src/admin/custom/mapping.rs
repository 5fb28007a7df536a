//! How answers of another shape are read: for each feed a path, names of parameters, and JSON pointers (RFC 6901) to the
//! list, to the next page, and in a row to each field. Data, checked before it is kept. Without one, our own shape holds.

use crate::admin::FieldFault;
use aegis_domain::Ability;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Longest mapping, path, name and pointer, in bytes; most fields of a feed.
const LONGEST: usize = 16 * 1024;
const PATH: usize = 512;
const NAME: usize = 64;
const POINTER: usize = 256;
const FIELDS: usize = 64;

/// A mapping as it is entered.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Mapping {
    usage: Feed,
    cost: Feed,
    audit: Feed,
}

/// How one feed is asked and read.
#[derive(Deserialize, Debug, Clone, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Feed {
    /// Path below the collector's address.
    pub path: String,
    /// Names of the parameters.
    pub from: String,
    pub to: String,
    pub cursor: String,
    /// Where the list of rows stands.
    pub rows: String,
    /// Where it says that there is more; empty where the next page alone says so.
    pub has_more: String,
    /// Where the next page's cursor stands.
    pub next: String,
    /// Field of ours to its place in a row; `=text` is the same in every row.
    pub fields: BTreeMap<String, String>,
}

impl Default for Feed {
    fn default() -> Self {
        Feed {
            path: String::new(),
            from: "from".to_owned(),
            to: "to".to_owned(),
            cursor: "cursor".to_owned(),
            rows: "/data".to_owned(),
            has_more: "/has_more".to_owned(),
            next: "/next".to_owned(),
            fields: BTreeMap::new(),
        }
    }
}

/// Fields of ours that a row may have.
pub(super) const FIGURES: [&str; 6] = [
    "requests",
    "input_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
];
const NAMES: [&str; 7] = ["model", "project", "user", "api_key", "item", "tier", "region"];
const REST: [&str; 4] = ["from", "to", "amount", "currency"];
const ACTS: [&str; 6] = ["id", "at", "kind", "actor", "address", "object"];

impl Default for Mapping {
    fn default() -> Self {
        let own = |path: &str, names: &[&[&str]]| Feed {
            path: path.to_owned(),
            fields: names.concat().iter().map(|name| ((*name).to_owned(), format!("/{name}"))).collect(),
            ..Feed::default()
        };
        Mapping {
            usage: own("/usage", &[&NAMES, &FIGURES, &REST[..2]]),
            cost: own("/cost", &[&NAMES, &REST]),
            audit: own("/audit", &[&ACTS]),
        }
    }
}

impl Mapping {
    /// Reads and checks a mapping; the default where it is empty.
    pub fn of(text: &str) -> Result<Mapping, FieldFault> {
        if text.trim().is_empty() {
            return Ok(Mapping::default());
        }
        if text.len() > LONGEST {
            return Err(FieldFault::new("mapping", "of at most 16 KiB"));
        }
        let whole: Mapping = serde_json::from_str(text).map_err(|_| {
            FieldFault::new("mapping", "JSON as documented: usage, cost and audit, each a feed")
        })?;
        let default = Mapping::default();
        let usage = whole.usage.checked("usage", default.usage, &["from"])?;
        let cost = whole.cost.checked("cost", default.cost, &["from", "amount"])?;
        let audit = whole.audit.checked("audit", default.audit, &["id", "at", "kind"])?;
        Ok(Mapping { usage, cost, audit })
    }

    /// The feed of an ability.
    pub fn feed(&self, ability: Ability) -> Option<&Feed> {
        match ability {
            Ability::Usage => Some(&self.usage),
            Ability::Cost => Some(&self.cost),
            Ability::Audit => Some(&self.audit),
            _ => None,
        }
    }
}

impl Feed {
    /// The feed, if it keeps the bounds; what is left out is that of our shape.
    fn checked(mut self, name: &str, own: Feed, needed: &[&str]) -> Result<Feed, FieldFault> {
        let fault = |field: &str, expected| Err(FieldFault::new(format!("mapping.{name}.{field}"), expected));
        if self.path.is_empty() {
            self.path = own.path;
        }
        if self.fields.is_empty() {
            self.fields = own.fields;
        }
        if !is_path(&self.path) {
            return fault("path", "a path such as /v1/usage, without a query");
        }
        for (field, parameter) in [("from", &self.from), ("to", &self.to), ("cursor", &self.cursor)] {
            if parameter.is_empty() || parameter.len() > NAME {
                return fault(field, "the name of a parameter");
            }
        }
        for (field, place) in [("rows", &self.rows), ("has_more", &self.has_more), ("next", &self.next)] {
            if !is_pointer(place) {
                return fault(field, "a JSON pointer such as /data");
            }
        }
        if self.fields.len() > FIELDS {
            return fault("fields", "of at most 64 fields");
        }
        for (field, place) in &self.fields {
            let fixed = place.strip_prefix('=').is_some_and(|text| text.len() <= POINTER);
            if !fixed && (place.is_empty() || !is_pointer(place)) {
                return fault(&format!("fields.{field}"), "a JSON pointer such as /model, or = and a text");
            }
            if !is_known(field) {
                return fault("fields", "of fields that are documented");
            }
        }
        match needed.iter().find(|field| !self.fields.contains_key(**field)) {
            Some(field) => fault(&format!("fields.{field}"), "there"),
            None => Ok(self),
        }
    }
}

/// Names of ours, and `quantity.…` and `other.…` for what we have no name for.
fn is_known(field: &str) -> bool {
    let free = ["quantity.", "other."].iter().find_map(|prefix| field.strip_prefix(prefix));
    let known = [&FIGURES[..], &NAMES, &REST, &ACTS].iter().any(|names| names.contains(&field));
    known || free.is_some_and(|name| !name.is_empty() && name.len() <= NAME)
}

/// A path that stays below the collector's address.
fn is_path(path: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~/".contains(&b);
    let stays = !path.split('/').any(|word| word == "." || word == "..") && !path.contains("//");
    path.starts_with('/') && path.len() <= PATH && path.bytes().all(plain) && stays
}

/// Empty (the whole), or steps that begin with a slash.
fn is_pointer(place: &str) -> bool {
    place.len() <= POINTER && (place.is_empty() || place.starts_with('/'))
}
