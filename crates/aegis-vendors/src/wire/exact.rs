//! Amounts of money from the text of JSON: a float between would change their digits.

use aegis_domain::Exact;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;

/// The number at the end of `path`, with the digits it stands there with. None where there is none, or none that can
/// be held exactly: an amount that is only a by-product must not spoil a pair.
pub(crate) fn exact_at(raw: &RawValue, path: &[&str]) -> Option<Exact> {
    let Some((first, rest)) = path.split_first() else {
        let text = raw.get();
        return text.starts_with(|c: char| c == '-' || c.is_ascii_digit()).then(|| text.parse().ok())?;
    };
    let object: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_str(raw.get()).ok()?;
    exact_at(object.get(*first)?, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_text() {
        for (json, digits) in [
            (r#"{"usage":{"cost":0.00168}}"#, Some("0.00168")),
            (r#"{"usage":{"cost":1.40e-5}}"#, Some("0.0000140")),
            (r#"{"usage":{"cost":0.1000000000000000055511}}"#, Some("0.1000000000000000055511")),
            (r#"{"usage":{"cost":1,"cost":2}}"#, Some("2")),
            (r#"{"usage":{"cost":"0.5"}}"#, None),
            (r#"{"usage":{"cost":null}}"#, None),
            (r#"{"usage":[0.5]}"#, None),
            (r#"{"usage":{"cost":1e400}}"#, None),
        ] {
            let raw: &RawValue = serde_json::from_str(json).expect("json");
            assert_eq!(exact_at(raw, &["usage", "cost"]).map(|n| n.to_string()).as_deref(), digits, "{json}");
        }
    }
}
