//! The keys that vendors of the simulator know, and what each opens.
//! Called by every handler that needs a key, and by the list of credentials. Invariant: the same seed has the same
//! keys, so that what was stored against one run works against the next.

use super::{ALL, Admin, Vendor};
use crate::dice::Dice;
use axum::http::HeaderMap;
use serde_json::{Value, json};

/// A kind of key of a vendor.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct KeyKind {
    /// Its name in the list of credentials, one for each vendor.
    pub kind: &'static str,
    pub prefix: &'static str,
    /// Characters after the prefix.
    pub length: usize,
    /// The words that handlers ask for.
    pub opens: &'static [&'static str],
    /// Whether the vendor knows it at all.
    pub known: bool,
    pub about: &'static str,
}

impl KeyKind {
    /// Whether it opens something.
    pub fn opens(&self, what: &str) -> bool {
        self.opens.contains(&what)
    }
}

/// The word in every key that the vendors do not know: the chat APIs refuse it by that, too.
pub(crate) const UNKNOWN: &str = "unknownkey";

/// Every key that is known.
pub(crate) struct Keys(Vec<(&'static Vendor, &'static KeyKind, String)>);

impl Keys {
    /// Cuts the keys.
    pub fn new(seed: u64) -> Self {
        let all = ALL.iter().flat_map(|v| v.keys.iter().map(move |k| (*v, k, secret(seed, v, k))));
        Keys(all.filter(|(_, kind, _)| kind.known).collect())
    }
}

/// The secret of a kind of key.
pub(crate) fn secret(seed: u64, vendor: &Vendor, kind: &KeyKind) -> String {
    let mut dice = Dice::new(seed, "secret", format!("{}/{}", vendor.id, kind.kind).as_bytes());
    let word = match kind.prefix {
        "" => dice.word(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", kind.length),
        prefix => dice.id(prefix, kind.length),
    };
    if kind.known { word } else { format!("{}{UNKNOWN}{}", kind.prefix, &word[word.len() - 12..]) }
}

impl Admin {
    /// The kind of a key that the vendor knows.
    pub fn known(&self, vendor: &Vendor, presented: &str) -> Option<&'static KeyKind> {
        self.keys.0.iter().find(|(v, _, s)| v.id == vendor.id && s == presented).map(|(_, kind, _)| *kind)
    }
}

/// The value of a header.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim).filter(|v| !v.is_empty())
}

/// The word after `Bearer`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    header(headers, "authorization")?.strip_prefix("Bearer ").map(str::trim).filter(|k| !k.is_empty())
}

/// The fields of a credential that is a key alone.
pub(crate) fn api_key(vendor: &Vendor, admin: &Admin, kind: &KeyKind) -> Value {
    json!({"api_key": secret(admin.seed, vendor, kind)})
}
