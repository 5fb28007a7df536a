//! Recorded pairs: every planted value comes out in a part of the right kind, sealed ones never do, figures agree.

use crate::hostile::places;
use aegis_domain::{Direction, Money, Status, Usage};
use aegis_vendors::{ChatFormat, FORMATS, ParsedChat};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Planted {
    direction: Direction,
    role: String,
    value: String,
}

/// A line of `fixtures/<vendor>/cases.json`.
#[derive(Deserialize)]
pub struct Case {
    pub format: String,
    pub request: String,
    pub response: Option<String>,
    model: String,
    status: Status,
    user: Option<String>,
    uninspected_bytes: u64,
    usage: Option<Usage>,
    reported_cost: Option<Money>,
    latency_ms: Option<u32>,
    conversation_id: Option<String>,
    planted: Vec<Planted>,
    unseen: Vec<String>,
}

pub fn fixture(vendor: &str, file: &str) -> String {
    let path = format!("{}/fixtures/{vendor}/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

pub fn cases(vendor: &str) -> Vec<Case> {
    serde_json::from_str(&fixture(vendor, "cases.json")).unwrap()
}

fn raw(json: String) -> Box<RawValue> {
    RawValue::from_string(json).unwrap()
}

fn check(case: &Case, chat: &ParsedChat) {
    let name = format!("{} + {:?}", case.request, case.response);
    assert_eq!(chat.model, case.model, "{name}");
    assert_eq!(chat.status, case.status, "{name}");
    assert_eq!(chat.user, case.user, "{name}");
    assert_eq!(chat.usage, case.usage, "{name}");
    assert_eq!(chat.reported_cost, case.reported_cost, "{name}");
    assert_eq!(chat.latency_ms, case.latency_ms, "{name}");
    assert_eq!(chat.conversation_id, case.conversation_id, "{name}");
    assert_eq!(chat.uninspected_bytes, case.uninspected_bytes, "{name}");
    for p in &case.planted {
        let found = chat
            .parts
            .iter()
            .any(|part| part.direction == p.direction && part.role == p.role && part.text.contains(&p.value));
        assert!(found, "{name}: no {:?} part of role {} holds {:?}", p.direction, p.role, p.value);
    }
    for sealed in &case.unseen {
        assert!(!chat.parts.iter().any(|p| p.text.contains(sealed)), "{name}: {sealed} was read");
    }
    let turn = chat.parts.iter().position(|p| p.direction == Direction::Response).unwrap_or(chat.parts.len());
    assert!(chat.parts[turn..].iter().all(|p| p.direction == Direction::Response), "{name}: order");
}

/// Every format with its cases, of which it must have some.
fn all_cases() -> Vec<(&'static dyn ChatFormat, Case)> {
    let mut all: Vec<(&'static dyn ChatFormat, Case)> = Vec::new();
    for format in FORMATS {
        let before = all.len();
        all.extend(
            cases(format.vendor()).into_iter().filter(|c| c.format == format.id()).map(|c| (*format, c)),
        );
        assert!(all.len() > before, "{} has no cases", format.id());
    }
    all
}

#[test]
fn recorded_pairs_are_read_whole() {
    for (format, case) in all_cases() {
        let request = raw(fixture(format.vendor(), &case.request));
        let response = case.response.as_ref().map(|f| raw(fixture(format.vendor(), f)));
        check(&case, &format.parse(&request, response.as_deref()).unwrap());
    }
}

/// Keys whose strings are of no one's text: ids, words of a closed list, names of kinds.
const TEXTLESS: [&str; 58] = [
    "type",
    "id",
    "object",
    "model",
    "modelVersion",
    "role",
    "name",
    "tool_name",
    "call_id",
    "tool_call_id",
    "tool_use_id",
    "request_id",
    "responseId",
    "status",
    "finish_reason",
    "native_finish_reason",
    "finishReason",
    "stop_reason",
    "done_reason",
    "blockReason",
    "outcome",
    "code",
    "param",
    "detail",
    "effort",
    "reasoning_effort",
    "thinkingLevel",
    "summary",
    "verbosity",
    "display",
    "mode",
    "include",
    "models",
    "order",
    "provider",
    "data_collection",
    "stream_mode",
    "search_context_size",
    "service_tier",
    "tool_choice",
    "truncation",
    "prompt_cache_key",
    "cachedContent",
    "cache_control",
    "keep_alive",
    "created_at",
    "system_fingerprint",
    "encoding_format",
    "embedding",
    "format",
    "language",
    "inference_geo",
    "mimeType",
    "media_type",
    "responseMimeType",
    "modality",
    "severity",
    "trafficType",
];

/// The key that a place ends in; of an item of a list, the list's.
fn key(place: &str) -> &str {
    place.rsplit('/').find(|word| word.parse::<usize>().is_err()).unwrap_or_default()
}

/// Puts a word in place of each string of each recorded pair: it is in a part, or counted, or of no one's text.
#[test]
fn no_string_of_a_recorded_pair_is_dropped() {
    let word = "a word that stands in no recorded pair, for sure!";
    let mut dropped = BTreeSet::new();
    for (format, case) in all_cases() {
        let pair = |name: &String| raw(fixture(format.vendor(), name));
        let (request, response) = (pair(&case.request), case.response.as_ref().map(pair));
        let counted = format.parse(&request, response.as_deref()).unwrap().uninspected_bytes;
        for (file, is_response) in [(Some(&case.request), false), (case.response.as_ref(), true)] {
            let Some(file) = file else { continue };
            let whole: Value = serde_json::from_str(&fixture(format.vendor(), file)).unwrap();
            let strings =
                places(&whole).into_iter().filter(|p| whole.pointer(p).is_some_and(Value::is_string));
            for place in strings.filter(|p| !TEXTLESS.contains(&key(p))) {
                let mut changed = whole.clone();
                *changed.pointer_mut(&place).unwrap() = Value::from(word);
                let changed = raw(changed.to_string());
                let read = match is_response {
                    true => format.parse(&request, Some(&changed)),
                    false => format.parse(&changed, response.as_deref()),
                };
                let chat = read.unwrap();
                let names = [chat.user.as_deref(), chat.conversation_id.as_deref()];
                let seen = chat.parts.iter().any(|p| p.text.contains(word) || p.role == word)
                    || names.contains(&Some(word))
                    || chat.uninspected_bytes != counted;
                if !seen {
                    dropped.insert(format!("{} {file}{place}", format.id()));
                }
            }
        }
    }
    assert!(dropped.is_empty(), "{dropped:#?}");
}
