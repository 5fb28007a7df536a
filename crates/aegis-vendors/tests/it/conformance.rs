//! Recorded pairs: every planted value comes out in a part of the right kind, sealed ones never do, figures agree.

use aegis_domain::{Direction, Status, Usage};
use aegis_vendors::{FORMATS, ParsedChat};
use serde::Deserialize;
use serde_json::value::RawValue;

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

#[test]
fn recorded_pairs_are_read_whole() {
    for format in FORMATS {
        let cases: Vec<Case> =
            cases(format.vendor()).into_iter().filter(|c| c.format == format.id()).collect();
        assert!(!cases.is_empty(), "{} has no cases", format.id());
        for case in cases {
            let request = raw(fixture(format.vendor(), &case.request));
            let response = case.response.as_ref().map(|f| raw(fixture(format.vendor(), f)));
            check(&case, &format.parse(&request, response.as_deref()).unwrap());
        }
    }
}
