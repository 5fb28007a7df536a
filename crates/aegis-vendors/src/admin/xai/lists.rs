//! Lists of a team: keys and audit events; models by inference key; and what a key says of itself.

use super::{At, KEY, team};
use crate::admin::page::onward;
use crate::admin::read::{Time, json, shown};
use crate::admin::{AuditEntry, Credential, Cursor, KeyEntry, ModelEntry, Page, Request, Row, Unreadable};
use serde::Deserialize;
use serde_json::{Map, Value};

/// What a key says of itself, of either kind.
#[derive(Deserialize)]
pub struct Who {
    #[serde(alias = "teamId", alias = "team_id")]
    pub team: Option<String>,
    team_blocked: Option<bool>,
    api_key_blocked: Option<bool>,
    api_key_disabled: Option<bool>,
}

impl Who {
    /// Why the key cannot be used, though it is known.
    pub fn blocked(&self) -> Option<&'static str> {
        [
            (self.team_blocked, "the team is blocked"),
            (self.api_key_blocked, "the key is blocked"),
            (self.api_key_disabled, "the key is disabled"),
        ]
        .into_iter()
        .find_map(|(flag, reason)| if flag == Some(true) { Some(reason) } else { None })
    }
}

/// A page of the team's keys.
pub fn keys(c: &Credential, size: u32, page: Option<String>) -> Result<Request, Unreadable> {
    let request = Request::get("management", team(c, "/auth", "api-keys")?, KEY).with("pageSize", size);
    Ok(page.iter().fold(request, |r, page| r.with("paginationToken", page)))
}

/// A page of the team's audit events.
pub fn events(
    c: &Credential,
    from: &str,
    to: &str,
    size: u32,
    page: Option<String>,
) -> Result<Request, Unreadable> {
    let request = Request::get("management", team(c, "/audit", "events")?, KEY)
        .with("pageSize", size)
        .with("orderBy", "TIME_ASCENDING")
        .with("eventTimeFrom", from)
        .with("eventTimeTo", to);
    Ok(page.iter().fold(request, |r, page| r.with("pageToken", page)))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Key {
    api_key_id: String,
    name: Option<String>,
    redacted_api_key: Option<String>,
    user_id: Option<String>,
    team_id: Option<String>,
    disabled: Option<bool>,
    create_time: Option<Time>,
    expire_time: Option<Time>,
}

/// The name of the list is not sure: the first list in the answer is taken.
pub fn read_keys(body: &[u8], page: Option<String>) -> Result<Page, Unreadable> {
    let mut answer: Map<String, Value> = json(body)?;
    let tokens = ["paginationToken", "nextPaginationToken", "nextPageToken"];
    let token = tokens.iter().find_map(|name| answer.get(*name)?.as_str().map(str::to_owned));
    let next = onward(None, token, page.as_deref())?;
    let list = answer.values_mut().find_map(|v| v.as_array_mut()).map(std::mem::take).unwrap_or_default();
    let mut rows = Vec::new();
    for item in list {
        let key = Key::deserialize(item).map_err(|_| Unreadable::shape("apiKeys", "a list of keys"))?;
        rows.push(Row::Key(KeyEntry {
            id: key.api_key_id,
            name: key.name.unwrap_or_default(),
            hint: key.redacted_api_key,
            owner: key.user_id,
            project: key.team_id,
            status: key.disabled.map(|d| if d { "disabled" } else { "active" }.to_owned()),
            created_at: key.create_time.map(|t| t.0),
            expires_at: key.expire_time.map(|t| t.0),
            last_used_at: None,
        }));
    }
    Ok(Page::of(rows, next.map(|page| Cursor::new(&At::Keys { page: Some(page) }))))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Events {
    #[serde(default)]
    events: Vec<Value>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    event_id: String,
    event_time: Time,
    description: Option<String>,
}

/// Events have no type: what was done is the vendor's sentence.
pub fn read_events(body: &[u8], from: String, to: String, page: Option<String>) -> Result<Page, Unreadable> {
    let list: Events = json(body)?;
    let next = onward(None, list.next_page_token, page.as_deref())?;
    let mut rows = Vec::new();
    for raw in list.events {
        let event = Event::deserialize(&raw).map_err(|_| Unreadable::shape("events", "a list of events"))?;
        let who = |name: &str| {
            raw.pointer(name).and_then(Value::as_str).filter(|t| !t.is_empty()).map(str::to_owned)
        };
        rows.push(Row::Audit(AuditEntry {
            id: event.event_id,
            at: event.event_time.0,
            kind: event.description.map_or_else(|| "event".to_owned(), |d| shown(&d)),
            actor: who("/user/email").or(who("/user/userId")),
            address: None,
            object: None,
            raw,
        }));
    }
    let next = next.map(|page| At::Events { from, to, page: Some(page) });
    Ok(Page::of(rows, next.iter().map(Cursor::new)))
}

#[derive(Deserialize)]
struct Models {
    data: Vec<Model>,
}

#[derive(Deserialize)]
struct Model {
    id: String,
}

pub fn read_models(body: &[u8]) -> Result<Page, Unreadable> {
    let models = json::<Models>(body)?.data.into_iter();
    let rows = models.map(|m| Row::Model(ModelEntry { id: m.id, ..ModelEntry::default() }));
    Ok(Page::of(rows.collect(), []))
}
