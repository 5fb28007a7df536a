//! What all vendors' parsers share: typed look-ups in JSON with errors that name the place, the collector of
//! parts, and the flattening of free-form JSON into lines.
//! Invariant: an error names a field and what belongs there, never what stood there.

mod collect;
mod exact;
mod flatten;
mod pair;

pub(crate) use collect::Collector;
pub(crate) use exact::exact_at;
pub(crate) use flatten::{Fields, flatten};
pub(crate) use pair::{Answered, Asked, ModelIn, pair};

use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// Why a pair could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// JSON that its own grammar allows but nobody can hold.
    #[error(
        "{field} cannot be read: it is nested too deeply, or holds a broken escape or a number out of range"
    )]
    NotJson {
        /// `request` or `response`.
        field: &'static str,
    },
    /// A field that matters has another type than the vendor's format gives it.
    #[error("{field} must be {expected}")]
    Shape {
        /// Path from the pair: `request.messages[3].content`.
        field: String,
        /// "a string", "a list"…
        expected: &'static str,
    },
}

impl WireError {
    /// A field of the wrong type.
    pub(crate) fn shape(field: &str, expected: &'static str) -> Self {
        WireError::Shape { field: field.to_owned(), expected }
    }

    /// The same error, seen from one level further out.
    pub(crate) fn within(self, outer: impl std::fmt::Display) -> Self {
        match self {
            WireError::Shape { field, expected } if field.is_empty() => {
                WireError::Shape { field: outer.to_string(), expected }
            }
            WireError::Shape { field, expected } => {
                WireError::Shape { field: format!("{outer}.{field}"), expected }
            }
            e @ WireError::NotJson { .. } => e,
        }
    }
}

/// A JSON object.
pub(crate) type Object = Map<String, Value>;

/// Reads the request, which must be an object.
pub(crate) fn request(raw: &RawValue) -> Result<Object, WireError> {
    whole("request", raw)?.ok_or_else(|| WireError::shape("request", "an object"))
}

/// Reads the response, which may be missing or null.
pub(crate) fn response(raw: Option<&RawValue>) -> Result<Option<Object>, WireError> {
    raw.map_or(Ok(None), |raw| whole("response", raw))
}

fn whole(field: &'static str, raw: &RawValue) -> Result<Option<Object>, WireError> {
    match serde_json::from_str(raw.get()).map_err(|_| WireError::NotJson { field })? {
        Value::Object(object) => Ok(Some(object)),
        Value::Null => Ok(None),
        _ => Err(WireError::shape(field, "an object")),
    }
}

/// The value as an object.
pub(crate) fn as_object(value: &Value) -> Result<&Object, WireError> {
    value.as_object().ok_or_else(|| WireError::shape("", "an object"))
}

/// The field `key`, unless missing or null.
pub(crate) fn field<'a>(object: &'a Object, key: &str) -> Option<&'a Value> {
    object.get(key).filter(|v| !v.is_null())
}

/// The string `key`, where there is one.
pub(crate) fn text<'a>(object: &'a Object, key: &str) -> Result<Option<&'a str>, WireError> {
    field(object, key).map(|v| v.as_str().ok_or_else(|| WireError::shape(key, "a string"))).transpose()
}

/// The object `key`, where there is one.
pub(crate) fn nested<'a>(object: &'a Object, key: &str) -> Result<Option<&'a Object>, WireError> {
    field(object, key).map(|v| v.as_object().ok_or_else(|| WireError::shape(key, "an object"))).transpose()
}

/// The string `key` of the object `outer`; empty where either is missing.
pub(crate) fn inner_text<'a>(object: &'a Object, outer: &str, key: &str) -> Result<&'a str, WireError> {
    let Some(inner) = nested(object, outer)? else { return Ok("") };
    Ok(text(inner, key).map_err(|e| e.within(outer))?.unwrap_or_default())
}

/// The list `key`; empty where there is none.
pub(crate) fn list<'a>(object: &'a Object, key: &str) -> Result<&'a [Value], WireError> {
    let Some(value) = field(object, key) else { return Ok(&[]) };
    value.as_array().map(Vec::as_slice).ok_or_else(|| WireError::shape(key, "a list"))
}

/// The list `key`, which must be there.
pub(crate) fn required_list<'a>(object: &'a Object, key: &str) -> Result<&'a [Value], WireError> {
    field(object, key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .ok_or_else(|| WireError::shape(key, "a list"))
}

/// The whole number `key`; 0 where there is none. `5.0` is one: some vendors write all numbers so.
pub(crate) fn count(object: &Object, key: &str) -> Result<u64, WireError> {
    let Some(value) = field(object, key) else { return Ok(0) };
    whole_number(value).ok_or_else(|| WireError::shape(key, "a whole number of 0 or more"))
}

fn whole_number(value: &Value) -> Option<u64> {
    // Up to 2^53 every whole float stands for itself.
    let whole = |f: &f64| (0.0..=9_007_199_254_740_992.0).contains(f) && f.fract() == 0.0;
    value.as_u64().or_else(|| value.as_f64().filter(whole).map(|f| f as u64))
}

/// Calls `read` with each object of the list `key`; its errors name the place.
pub(crate) fn each_object(
    object: &Object,
    key: &str,
    mut read: impl FnMut(&Object) -> Result<(), WireError>,
) -> Result<(), WireError> {
    for (i, item) in list(object, key)?.iter().enumerate() {
        as_object(item).and_then(&mut read).map_err(|e| e.within(format_args!("{key}[{i}]")))?;
    }
    Ok(())
}

/// The string `key`, owned, unless missing or empty.
pub(crate) fn name(object: &Object, key: &str) -> Result<Option<String>, WireError> {
    Ok(text(object, key)?.filter(|s| !s.is_empty()).map(str::to_owned))
}

/// The object below `path`; none where the way there ends early.
pub(crate) fn below<'a>(object: &'a Object, path: &[&str]) -> Result<Option<&'a Object>, WireError> {
    let Some((first, rest)) = path.split_first() else { return Ok(Some(object)) };
    let Some(inner) = nested(object, first)? else { return Ok(None) };
    below(inner, rest).map_err(|e| e.within(first))
}

/// The whole number at the end of `path`, where there is one.
pub(crate) fn count_at(object: &Object, path: &[&str]) -> Result<Option<u64>, WireError> {
    let Some((last, way)) = path.split_last() else { return Ok(None) };
    let Some(holder) = below(object, way)? else { return Ok(None) };
    if field(holder, last).is_none() {
        return Ok(None);
    }
    count(holder, last).map(Some).map_err(|e| way.iter().rev().fold(e, |e, outer| e.within(outer)))
}

/// Reads what an answer says when it is an error, and tells whether it is one. Details may repeat what was asked.
pub(crate) fn error(response: &Object, out: &mut Collector) -> bool {
    let Some(error) = field(response, "error") else { return false };
    let Some(error) = error.as_object() else {
        out.json("error", error, Fields::All);
        return true;
    };
    out.text("error", text(error, "message").ok().flatten().unwrap_or_default());
    for details in error.values().filter(|v| v.is_object() || v.is_array()) {
        out.json("error", details, Fields::Vendor);
    }
    true
}
