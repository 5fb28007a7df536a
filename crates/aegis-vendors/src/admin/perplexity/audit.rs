//! The audit log: acts, and what people typed and were answered. An act is kept as an act, without the text; the text
//! goes through the pipeline like any other, and nowhere else.

use super::At;
use crate::admin::page::onward;
use crate::admin::read::{Time, json};
use crate::admin::{AuditEntry, Conversation, Cursor, Page, Row, Unreadable};
use crate::wire::{Fields, flatten};
use aegis_domain::{Direction, Interaction, LIMITS, Labels, Part, Source, Status, Timestamp};
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// Names under which an event may hold what was said, and by whom.
const SAID: [(&str, Direction, &str); 12] = [
    ("query", Direction::Prompt, "user"),
    ("prompt", Direction::Prompt, "user"),
    ("question", Direction::Prompt, "user"),
    ("input", Direction::Prompt, "user"),
    ("messages", Direction::Prompt, "user"),
    ("text", Direction::Prompt, "user"),
    ("steps", Direction::Response, "tool"),
    ("answer", Direction::Response, "assistant"),
    ("response", Direction::Response, "assistant"),
    ("output", Direction::Response, "assistant"),
    ("content", Direction::Response, "assistant"),
    ("completion", Direction::Response, "assistant"),
];

/// Reads a page, newest first: rows within the range, and where to go on unless the range lies behind.
pub fn read(
    body: &[u8],
    (from, to): (Timestamp, Timestamp),
    content: bool,
    page: Option<String>,
) -> Result<Page, Unreadable> {
    let answer: Object = json(body)?;
    let named = ["data", "events", "audit_events"].iter().find_map(|name| answer.get(*name)?.as_array());
    let events = named.or_else(|| answer.values().find_map(Value::as_array));
    let events = events.ok_or(Unreadable::shape("data", "a list of events"))?;
    let token = ["next_page", "next_cursor", "cursor"].iter().find_map(|name| answer.get(*name)?.as_str());
    let more = answer.get("has_more").and_then(Value::as_bool);
    let mut next = onward(more, token.map(str::to_owned), page.as_deref())?;
    let mut read = Page::default();
    for event in events {
        let event = event.as_object().ok_or(Unreadable::shape("data", "a list of objects"))?;
        let at = time(event)?;
        if at < from {
            next = None;
        } else if at < to {
            read.rows.extend(if content { conversation(event, at)? } else { Some(entry(event, at)?) });
        }
    }
    let onward = next.map(|page| At::Events { from, to, content, page: Some(page) });
    read.next.extend(onward.iter().map(Cursor::new));
    Ok(read)
}

fn word<'a>(event: &'a Object, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| event.get(*name)?.as_str()).filter(|text| !text.is_empty())
}

fn time(event: &Object) -> Result<Timestamp, Unreadable> {
    let text = ["timestamp", "created_at", "time", "occurred_at"].iter().find_map(|name| event.get(*name));
    let text = text.map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
    let time = text.and_then(|t| t.parse::<Time>().ok());
    time.map(|t| t.0).ok_or(Unreadable::shape("data.timestamp", "a time"))
}

fn id(event: &Object) -> Result<String, Unreadable> {
    let id = word(event, &["id", "event_id"]).filter(|id| id.len() <= LIMITS.external_id);
    id.map(str::to_owned).ok_or(Unreadable::shape("data.id", "an id"))
}

fn actor(event: &Object) -> Option<String> {
    let inside = ["user", "actor"].iter().find_map(|name| event.get(*name)?.as_object());
    let named =
        inside.and_then(|who| word(who, &["email", "id"])).or_else(|| word(event, &["user_email", "user"]));
    named.filter(|who| who.len() <= LIMITS.name).map(str::to_owned)
}

fn data(event: &Object) -> Option<&Object> {
    ["data", "details", "payload", "metadata"].iter().find_map(|name| event.get(*name)?.as_object())
}

fn entry(event: &Object, at: Timestamp) -> Result<Row, Unreadable> {
    let kind = word(event, &["event_type", "type", "action", "event"]).unwrap_or("unknown").to_owned();
    Ok(Row::Audit(AuditEntry {
        id: id(event)?,
        at,
        kind,
        actor: actor(event),
        address: word(event, &["ip_address", "ip"]).map(str::to_owned),
        object: data(event).and_then(|d| word(d, &["setting", "resource", "object"])).map(str::to_owned),
        raw: without_text(&Value::Object(event.clone()), 0),
    }))
}

/// The record without what was said: that is not kept unmasked.
fn without_text(value: &Value, depth: u8) -> Value {
    let is_said = |key: &str| SAID.iter().any(|(name, ..)| *name == key);
    match value {
        Value::Object(fields) if depth < 16 => {
            let kept = fields.iter().filter(|(key, _)| !is_said(key));
            kept.map(|(key, v)| (key.clone(), without_text(v, depth + 1))).collect()
        }
        Value::Array(items) if depth < 16 => items.iter().map(|v| without_text(v, depth + 1)).collect(),
        Value::Object(_) | Value::Array(_) => Value::Null,
        plain => plain.clone(),
    }
}

/// What was said in an event, if anything was.
fn conversation(event: &Object, at: Timestamp) -> Result<Option<Row>, Unreadable> {
    let mut parts = Vec::new();
    let mut unread = 0;
    for holder in [Some(event), data(event)].into_iter().flatten() {
        for (name, direction, role) in SAID {
            let Some(said) = holder.get(name).filter(|v| !v.is_null()) else { continue };
            let (text, sealed) = flatten(said, Fields::All);
            unread += sealed;
            if !text.is_empty() {
                parts.push(Part { direction, role: role.to_owned(), text });
            }
        }
    }
    if parts.is_empty() {
        return Ok(None);
    }
    parts.sort_by_key(|part| part.direction == Direction::Response);
    let id = id(event)?;
    let inside = |names: &[&str]| data(event).and_then(|d| word(d, names)).filter(|v| v.len() <= LIMITS.name);
    Ok(Some(Row::Content(Box::new(Conversation {
        interaction: Interaction {
            id: Conversation::id("perplexity", &id, at),
            external_id: Some(id),
            occurred_at: at,
            vendor: "perplexity".to_owned(),
            model: inside(&["model"]).unwrap_or("unknown").to_owned(),
            source: Source::Collector,
            user: actor(event),
            team: None,
            app: Some("perplexity".to_owned()),
            conversation_id: inside(&["thread_id", "conversation_id", "session_id"]).map(str::to_owned),
            region: None,
            parts,
            usage: None,
            reported_cost: None,
            latency_ms: None,
            ttft_ms: None,
            status: Status::Ok,
            labels: Labels::new(),
            uninspected_bytes: unread,
        },
    }))))
}
