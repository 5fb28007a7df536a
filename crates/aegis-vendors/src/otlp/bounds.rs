//! How many values a body holds, counted before room is made for them: one can stand in two or three bytes of a body and
//! takes more than a hundred in memory.

use super::Encoding;
use prost::bytes::Buf;
use prost::encoding::{WireType, decode_key, decode_varint};

/// Values in one body: what ten thousand calls need of attributes, twice over.
pub(super) const MOST_VALUES: usize = 500_000;
/// As deep as the reader follows.
const MAX_DEPTH: u32 = 100;

/// True where a body holds more values than are read. Whether it can be read at all is not asked.
pub(super) fn too_many(body: &[u8], encoding: Encoding) -> bool {
    match encoding {
        Encoding::Json => objects(body) > MOST_VALUES,
        Encoding::Protobuf => {
            let mut left = MOST_VALUES;
            matches!(walk(body, Message::Request, 0, &mut left), Err(Stop::TooMany))
        }
    }
}

/// Objects of a JSON text: every value of OTLP is one, or stands in one.
fn objects(body: &[u8]) -> usize {
    let (mut count, mut quoted, mut escaped) = (0, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// The messages of `proto` that hold others.
#[derive(Clone, Copy)]
enum Message {
    Request,
    OfResource,
    Resource,
    OfScope,
    /// A span or a log record: where one has a message, the other has none or a number.
    Entry,
    Event,
    KeyValue,
    Any,
    Array,
    Map,
    /// One that holds no others.
    Leaf,
}

impl Message {
    fn inner(self, field: u32) -> Option<Message> {
        Some(match (self, field) {
            (Message::Request, 1) => Message::OfResource,
            (Message::OfResource, 1) => Message::Resource,
            (Message::OfResource, 2) => Message::OfScope,
            (Message::Resource, 1) => Message::KeyValue,
            (Message::OfScope, 2) => Message::Entry,
            (Message::Entry, 5) => Message::Any,
            (Message::Entry, 6 | 9) => Message::KeyValue,
            (Message::Entry, 11) => Message::Event,
            (Message::Entry, 15) => Message::Leaf,
            (Message::Event, 3) => Message::KeyValue,
            (Message::KeyValue, 2) => Message::Any,
            (Message::Any, 5) => Message::Array,
            (Message::Any, 6) => Message::Map,
            (Message::Array, 1) => Message::Any,
            (Message::Map, 1) => Message::KeyValue,
            _ => return None,
        })
    }
}

enum Stop {
    TooMany,
    /// The reader will say so.
    Malformed,
}

fn walk(mut bytes: &[u8], message: Message, depth: u32, left: &mut usize) -> Result<(), Stop> {
    if depth > MAX_DEPTH {
        return Err(Stop::Malformed);
    }
    while bytes.has_remaining() {
        let (field, wire) = decode_key(&mut bytes).map_err(|_| Stop::Malformed)?;
        let skip = match wire {
            WireType::Varint => {
                decode_varint(&mut bytes).map_err(|_| Stop::Malformed)?;
                continue;
            }
            WireType::LengthDelimited => decode_varint(&mut bytes).map_err(|_| Stop::Malformed)?,
            WireType::SixtyFourBit => 8,
            WireType::ThirtyTwoBit => 4,
            // What stands in a group is counted as if it stood beside it.
            WireType::StartGroup | WireType::EndGroup => 0,
        };
        let length = usize::try_from(skip).map_err(|_| Stop::Malformed)?;
        let (inside, rest) = bytes.split_at_checked(length).ok_or(Stop::Malformed)?;
        bytes = rest;
        if let (WireType::LengthDelimited, Some(inner)) = (wire, message.inner(field)) {
            *left = left.checked_sub(1).ok_or(Stop::TooMany)?;
            walk(inside, inner, depth + 1, left)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::otlp::proto::{self, AnyValue, KeyValue};
    use prost::Message as _;

    #[test]
    fn objects_in_texts_are_not_counted() {
        for (text, count) in [
            (r#"{}"#, 1),
            (r#"{"a":[{},{"b":{}}]}"#, 4),
            (r#"{"a":"{{{"}"#, 1),
            (r#"{"a":"\"{","b":{"c":"\\"},"d":{}}"#, 3),
            ("\"{", 0),
        ] {
            assert_eq!(objects(text.as_bytes()), count, "{text}");
        }
    }

    fn values(body: &[u8]) -> usize {
        let mut left = MOST_VALUES;
        let _ = walk(body, Message::Request, 0, &mut left);
        MOST_VALUES - left
    }

    #[test]
    fn messages_are_counted_wherever_they_stand_and_texts_are_not() {
        let list = proto::Any::Array(proto::Array { values: vec![AnyValue::default(); 5] });
        // Its bytes read as messages, too.
        let text = proto::Any::String("\u{a}\0\u{a}\0".into());
        let attribute =
            |value| KeyValue { key: "\u{12}\0".into(), value: Some(AnyValue { value: Some(value) }) };
        let span = proto::Span {
            attributes: vec![attribute(list), attribute(text)],
            events: vec![proto::Event::default(); 2],
            status: Some(proto::Status::default()),
            ..Default::default()
        };
        let scope = proto::ScopeSpans { spans: vec![span] };
        let resource = proto::Resource { attributes: vec![KeyValue::default()] };
        let spans = proto::ResourceSpans { resource: Some(resource), scope_spans: vec![scope] };
        let body = proto::Traces { resource_spans: vec![spans] }.encode_to_vec();
        // Resource spans, resource and its attribute, scope, span; two attributes with values; list and five; the rest.
        assert_eq!(values(&body), 5 + 4 + 1 + 5 + 3);

        let record = proto::LogRecord {
            body: Some(AnyValue::default()),
            attributes: vec![KeyValue::default(); 3],
            ..Default::default()
        };
        let scope = proto::ScopeLogs { log_records: vec![record] };
        let logs = proto::ResourceLogs { resource: None, scope_logs: vec![scope] };
        let body = proto::Logs { resource_logs: vec![logs] }.encode_to_vec();
        assert_eq!(values(&body), 3 + 1 + 3);
    }

    #[test]
    fn a_body_of_nothing_but_small_values_is_too_much() {
        for (one, encoding) in [(&b"\x0a\x00"[..], Encoding::Protobuf), (b"{}", Encoding::Json)] {
            assert!(!too_many(&one.repeat(MOST_VALUES), encoding), "{encoding:?}");
            assert!(too_many(&one.repeat(MOST_VALUES + 1), encoding), "{encoding:?}");
        }
    }
}
