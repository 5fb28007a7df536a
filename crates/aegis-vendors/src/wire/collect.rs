//! Gathers a pair's text parts and counts what cannot be read. Every vendor's parser writes into one of these.

use super::{Fields, flatten};
use aegis_domain::{Direction, Part};
use serde_json::Value;

/// Parts in order, and the bytes nobody could look at.
pub(crate) struct Collector {
    direction: Direction,
    parts: Vec<Part>,
    uninspected_bytes: u64,
}

impl Collector {
    /// An empty one that takes prompt parts first.
    pub fn new() -> Self {
        Collector { direction: Direction::Prompt, parts: Vec::new(), uninspected_bytes: 0 }
    }

    /// From here on parts belong to the response.
    pub fn turn_to_response(&mut self) {
        self.direction = Direction::Response;
    }

    /// Adds text, unless there is none.
    pub fn text(&mut self, role: &str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push(Part { direction: self.direction, role: role.to_owned(), text });
        }
    }

    /// Adds what is often a copy of a part just read: only where it differs. A few parts back suffice, and keep a
    /// hostile list of copies cheap.
    pub fn copy(&mut self, role: &str, text: &str) {
        let said = |p: &Part| p.direction == self.direction && p.role == role && p.text == text;
        if !self.parts.iter().rev().take(8).any(said) {
            self.text(role, text);
        }
    }

    /// Adds a URL: as text when it points somewhere, as unread bytes when it holds the thing itself.
    pub fn url(&mut self, role: &str, url: &str) {
        if is_data_url(url) { self.unread(url) } else { self.text(role, url) }
    }

    /// Adds free-form JSON as one part of `key: value` lines.
    pub fn json(&mut self, role: &str, value: &Value, fields: Fields) {
        let (lines, unread) = flatten(value, fields);
        self.uninspected_bytes += unread;
        self.text(role, lines);
    }

    /// Adds JSON that travels inside a string, by its decoded values, since an escape (`\u0040`) can hide one.
    /// What is no JSON is taken as it stands.
    pub fn embedded_json(&mut self, role: &str, raw: &str) {
        match serde_json::from_str::<Value>(raw) {
            Ok(value @ (Value::Object(_) | Value::Array(_))) => self.json(role, &value, Fields::All),
            _ => self.text(role, raw),
        }
    }

    /// Adds content that the format says is base64: counted as unread, unless it is plain text after all.
    pub fn binary(&mut self, role: &str, content: &str) {
        if is_base64(content) || is_data_url(content) {
            self.unread(content);
        } else {
            self.text(role, content);
        }
    }

    /// Counts sealed content, which is not looked at whatever it holds.
    pub fn unread(&mut self, content: &str) {
        self.uninspected_bytes += content.len() as u64;
    }

    /// Counts bytes that are not at hand as text.
    pub fn unread_bytes(&mut self, bytes: u64) {
        self.uninspected_bytes = self.uninspected_bytes.saturating_add(bytes);
    }

    /// How many parts there are.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// True where nothing was found yet, neither text nor what cannot be read.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.uninspected_bytes == 0
    }

    /// What there is so far: to see whether more came, and to go back.
    pub fn mark(&self) -> (usize, u64) {
        (self.parts.len(), self.uninspected_bytes)
    }

    /// Forgets what came after a mark.
    pub fn back_to(&mut self, (parts, unread): (usize, u64)) {
        self.parts.truncate(parts);
        self.uninspected_bytes = unread;
    }

    /// The parts, and the bytes nobody could look at.
    pub fn finish(self) -> (Vec<Part>, u64) {
        (self.parts, self.uninspected_bytes)
    }
}

/// True for `data:…;base64,…` whose payload is base64 and nothing else: text dressed up as such a URL is text.
pub(super) fn is_data_url(s: &str) -> bool {
    s.strip_prefix("data:")
        .and_then(|rest| rest.split_once(";base64,"))
        .is_some_and(|(kind, payload)| kind.len() < 128 && is_base64(payload))
}

/// True when every byte is of the base64 alphabets (RFC 4648, sections 4 and 5) or a line break.
pub(super) fn is_base64(s: &str) -> bool {
    s.bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_' | b'=' | b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_base64_passes_as_a_data_url() {
        for (url, opaque) in [
            ("data:image/png;base64,iVBORw0KGgo=", true),
            ("data:;base64,", true),
            ("data:;base64,my SSN is 531-86-2094", false),
            ("data:text/plain,hello", false),
            ("https://corp.example/a.png", false),
        ] {
            assert_eq!(is_data_url(url), opaque, "{url}");
        }
    }

    #[test]
    fn embedded_json_is_read_by_its_decoded_values() {
        let mut c = Collector::new();
        c.embedded_json("tool_call", r#"{"to":"maria\u0040corp.example","lines":"a\nb"}"#);
        c.embedded_json("tool_call", "{\"cut\":\"off");
        let (parts, _) = c.finish();
        assert_eq!(parts[0].text, "lines: a\nb\nto: maria@corp.example");
        assert_eq!(parts[1].text, "{\"cut\":\"off");
    }
}
