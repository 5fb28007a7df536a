//! Turns free-form JSON (tool arguments, schemas, metadata) into `key: value` lines for the engine.
//! Lines, not JSON, because JSON's escapes glue letters to values (`\n531-86-2094`) and break their boundaries;
//! keys, because they label values and may hold values themselves.
//! Invariant: the output is never more than a small constant longer than the input: no key is written twice.

use super::collect::{is_base64, is_data_url};
use serde_json::Value;

/// Whose field names the JSON has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fields {
    /// The caller's: every string is text, whatever its key. Only data URLs are not read.
    All,
    /// The vendor's: ids and type words are left out, sealed and binary fields counted.
    Vendor,
}

/// Vendor fields that hold no text: names of kinds, ids, cache hints.
const TEXTLESS: &[&str] = &[
    "type",
    "id",
    "tool_use_id",
    "tool_call_id",
    "file_id",
    "cache_control",
    "index",
    "is_error",
    "media_type",
];

/// Vendor fields that are sealed, or secrets meant for the vendor's own use: counted, never read or kept.
const SEALED: &[&str] = &[
    "signature",
    "encrypted_content",
    "encrypted_index",
    "encrypted_stdout",
    "authorization_token",
    "authorization",
    "authentication",
    "headers",
];

/// Returns the lines, and how many bytes were not read.
pub(crate) fn flatten(value: &Value, fields: Fields) -> (String, u64) {
    let mut out = Lines { text: String::new(), unread: 0, fields };
    out.value(value);
    out.text.truncate(out.text.trim_end_matches('\n').len());
    (out.text, out.unread)
}

struct Lines {
    text: String,
    unread: u64,
    fields: Fields,
}

impl Lines {
    fn value(&mut self, value: &Value) {
        match value {
            Value::Null | Value::Bool(_) => self.end_line(),
            Value::Number(n) => self.line(&n.to_string()),
            Value::String(s) if is_data_url(s) => self.skip(s),
            Value::String(s) => self.line(s),
            Value::Array(items) => items.iter().for_each(|v| self.value(v)),
            Value::Object(map) => {
                self.end_line();
                map.iter().for_each(|(key, v)| self.entry(key, v));
            }
        }
    }

    fn entry(&mut self, key: &str, value: &Value) {
        if self.fields == Fields::Vendor {
            if TEXTLESS.contains(&key) {
                return;
            }
            if SEALED.contains(&key) {
                self.unread += sealed_bytes(value);
                return;
            }
            // Binary only if it looks it: text documents travel in `data` as well.
            if let ("data", Value::String(s)) = (key, value)
                && is_base64(s)
            {
                return self.skip(s);
            }
        }
        self.text.push_str(key);
        self.text.push_str(": ");
        self.value(value);
        self.end_line();
    }

    fn line(&mut self, s: &str) {
        self.text.push_str(s);
        self.text.push('\n');
    }

    fn skip(&mut self, s: &str) {
        self.unread += s.len() as u64;
        self.end_line();
    }

    /// Ends the line begun by a key, unless a value has done so.
    fn end_line(&mut self) {
        if self.text.ends_with(": ") {
            self.text.pop();
            self.text.push('\n');
        }
    }
}

fn sealed_bytes(value: &Value) -> u64 {
    match value {
        Value::String(s) => s.len() as u64,
        Value::Array(items) => items.iter().map(sealed_bytes).sum(),
        Value::Object(map) => map.values().map(sealed_bytes).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_label_values_and_nothing_is_lost() {
        let v =
            json!({"ssn": "531-86-2094", "cards": ["a", "b"], "who": {"name": "Maria", "ok": true}, "n": 17});
        assert_eq!(
            flatten(&v, Fields::All).0,
            "cards: a\nb\nn: 17\nssn: 531-86-2094\nwho:\nname: Maria\nok:"
        );
    }

    #[test]
    fn sealed_vendor_fields_are_counted_and_the_callers_are_read() {
        let v = json!({"type": "x", "title": "T", "encrypted_content": "abcd", "data": "QUJD"});
        assert_eq!(flatten(&v, Fields::Vendor), ("title: T".to_owned(), 8));
        let (all, unread) = flatten(&v, Fields::All);
        assert!(all.contains("abcd") && all.contains("type: x"));
        assert_eq!(unread, 0);
    }
}
