//! Attributes by name, and their values as what is asked for.

use super::proto::{Any, AnyValue, KeyValue};
use aegis_domain::LIMITS;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Bound;

/// The attributes of a span, a record or a resource. Of one name the last counts.
#[derive(Default)]
pub(super) struct Attributes<'a>(BTreeMap<&'a str, &'a AnyValue>);

impl<'a> Attributes<'a> {
    pub fn of(pairs: impl IntoIterator<Item = &'a KeyValue>) -> Self {
        let named = pairs.into_iter().filter_map(|pair| Some((pair.key.as_str(), pair.value.as_ref()?)));
        Attributes(named.collect())
    }

    /// The value of the first of these names that has one.
    pub fn get(&self, names: &[&str]) -> Option<&'a Any> {
        names.iter().find_map(|name| self.0.get(name)?.value.as_ref())
    }

    /// A text that is not empty.
    pub fn text(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| match self.0.get(name)?.value.as_ref()? {
            Any::String(text) if !text.is_empty() => Some(text.as_str()),
            _ => None,
        })
    }

    /// A text short enough for a name.
    pub fn name(&self, names: &[&str]) -> Option<String> {
        self.text(names).filter(|text| text.len() <= LIMITS.name).map(str::to_owned)
    }

    /// A whole number of 0 or more; text that is one, too.
    pub fn count(&self, names: &[&str]) -> Option<u64> {
        match self.get(names)? {
            Any::Int(n) => u64::try_from(*n).ok(),
            Any::Double(n) if *n >= 0.0 && n.fract() == 0.0 && *n <= 9_007_199_254_740_992.0 => {
                Some(*n as u64)
            }
            Any::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Milliseconds of a time in seconds.
    pub fn millis(&self, names: &[&str]) -> Option<u32> {
        let seconds = match self.get(names)? {
            Any::Double(n) => *n,
            Any::Int(n) => *n as f64,
            _ => return None,
        };
        (0.0..=4_294_967.0).contains(&seconds).then_some((seconds * 1000.0) as u32)
    }

    /// True where a name begins with `prefix`.
    pub fn any(&self, prefix: &str) -> bool {
        self.below(prefix).next().is_some()
    }

    /// What is named below `prefix`: the rest of the name, and the value.
    pub fn below<'b>(&'b self, prefix: &'b str) -> impl Iterator<Item = (&'a str, &'a Any)> + 'b {
        let from = self.0.range::<str, _>((Bound::Included(prefix), Bound::Unbounded));
        let named =
            from.map_while(move |(name, value)| Some((name.strip_prefix(prefix)?, value.value.as_ref())));
        named.filter_map(|(rest, value)| value.map(|v| (rest, v)))
    }
}

/// Longest text that is opened as JSON, which takes many times as much memory; a longer one is text.
const OPENED: usize = 4 << 20;

/// A value as JSON; text that holds JSON is opened, bytes are counted and left out.
pub(super) fn structured(value: &Any, unread: &mut u64) -> Value {
    match value {
        Any::String(text) if text.len() <= OPENED => match serde_json::from_str::<Value>(text) {
            Ok(inner @ (Value::Array(_) | Value::Object(_))) => inner,
            _ => Value::from(text.as_str()),
        },
        other => plain(other, unread),
    }
}

fn plain(value: &Any, unread: &mut u64) -> Value {
    match value {
        Any::String(text) => Value::from(text.as_str()),
        Any::Bool(b) => Value::from(*b),
        Any::Int(n) => Value::from(*n),
        Any::Double(n) => Value::from(*n),
        Any::Bytes(bytes) => {
            *unread += bytes.len() as u64;
            Value::Null
        }
        Any::Array(array) => {
            let values = array.values.iter().filter_map(|v| v.value.as_ref());
            values.map(|v| plain(v, unread)).collect()
        }
        Any::Map(map) => {
            let pairs =
                map.values.iter().filter_map(|p| Some((p.key.clone(), p.value.as_ref()?.value.as_ref()?)));
            pairs.map(|(key, v)| (key, plain(v, unread))).collect()
        }
    }
}
