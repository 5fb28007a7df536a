//! Lists: members by page, keys by offset, audit logs backwards by time; models by inference key.

use super::At;
use crate::admin::read::{Count, Time, json};
use crate::admin::{AuditEntry, Cursor, KeyEntry, MemberEntry, ModelEntry, Page, Row, Unreadable};
use serde::Deserialize;
use serde_json::Value;

/// Keys asked for at once: a shorter page is the last.
pub const KEYS: u64 = 100;

#[derive(Deserialize)]
struct Users {
    #[serde(default)]
    members: Vec<Member>,
    /// People who are asked in but are no members yet: counted among all.
    #[serde(default)]
    invites: Vec<serde::de::IgnoredAny>,
    total: Option<Count>,
    page_size: Option<Count>,
}

#[derive(Deserialize)]
struct Member {
    uuid: String,
    name: Option<String>,
    email: Option<String>,
    raw_role: Option<String>,
    created_at: Option<Time>,
}

/// A page of members. The vendor counts all, and says how long its pages are.
pub fn read_users(body: &[u8], page: u64) -> Result<Page, Unreadable> {
    let users: Users = json(body)?;
    let read = page.saturating_mul(users.page_size.map_or(100, |c| c.0));
    let some = !users.members.is_empty() || !users.invites.is_empty();
    let more = some && users.total.is_some_and(|total| read < total.0);
    let rows = users.members.into_iter().map(|member| {
        Row::Member(MemberEntry {
            id: member.uuid,
            name: member.name,
            email: member.email,
            role: member.raw_role,
            since: member.created_at.map(|t| t.0),
            machine: false,
        })
    });
    let next = if more { Some(Cursor::new(&At::Users { page: page.saturating_add(1) })) } else { None };
    Ok(Page::of(rows.collect(), next))
}

#[derive(Deserialize)]
struct Keys {
    #[serde(default)]
    keys: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    key_id: String,
    name: Option<String>,
    hidden_key: Option<String>,
    created_by: Option<Value>,
    workspace_id: Option<String>,
    created_at: Option<Time>,
    expiration_date: Option<Time>,
    last_used: Option<Time>,
}

pub fn read_keys(body: &[u8], offset: u64) -> Result<Page, Unreadable> {
    let keys: Keys = json(body)?;
    let count = keys.keys.len() as u64;
    let next = (count >= KEYS).then(|| Cursor::new(&At::Keys { offset: offset.saturating_add(count) }));
    let rows = keys.keys.into_iter().map(|key| {
        Row::Key(KeyEntry {
            id: key.key_id,
            name: key.name.unwrap_or_default(),
            hint: key.hidden_key,
            owner: key.created_by.as_ref().and_then(Value::as_str).map(str::to_owned),
            project: key.workspace_id,
            status: None,
            created_at: key.created_at.map(|t| t.0),
            expires_at: key.expiration_date.map(|t| t.0),
            last_used_at: key.last_used.map(|t| t.0),
        })
    });
    Ok(Page::of(rows.collect(), next))
}

#[derive(Deserialize)]
struct Entry {
    log_id: i64,
    created_at: String,
    event_type: String,
    actor_type: Option<String>,
    target_type: Option<String>,
}

/// A page of the audit log. The next one begins at the time of the last entry, so that entries of that very time may
/// come again: they are dropped. A page with nothing new is the end.
pub fn read_log(body: &[u8], after: String, before: &str, seen: &[i64]) -> Result<Page, Unreadable> {
    let mut rows = Vec::new();
    let mut last: Option<(String, Vec<i64>)> = None;
    for raw in json::<Vec<Value>>(body)? {
        let malformed = || Unreadable::shape("the answer", "a list of audit logs");
        let entry = Entry::deserialize(&raw).map_err(|_| malformed())?;
        let at: Time = entry.created_at.parse().map_err(|_| malformed())?;
        match &mut last {
            Some((time, ids)) if *time == entry.created_at => ids.push(entry.log_id),
            _ => last = Some((entry.created_at.clone(), vec![entry.log_id])),
        }
        if seen.contains(&entry.log_id) {
            continue;
        }
        let named = |map: &str| {
            let values = raw.get(map).and_then(Value::as_object)?;
            ["email", "user_email", "user_uuid", "name", "uuid", "id"]
                .iter()
                .find_map(|n| values.get(*n)?.as_str())
        };
        rows.push(Row::Audit(AuditEntry {
            id: entry.log_id.to_string(),
            at: at.0,
            kind: entry.event_type,
            actor: named("actor_metadata").map(str::to_owned).or(entry.actor_type),
            address: None,
            object: named("target_metadata").map(str::to_owned).or(entry.target_type),
            raw,
        }));
    }
    let next = last.filter(|_| !rows.is_empty()).map(|(time, mut ids)| {
        if time == before {
            ids.extend(seen);
        }
        Cursor::new(&At::Log { after, before: time, seen: ids })
    });
    Ok(Page::of(rows, next))
}

#[derive(Deserialize)]
struct Models {
    data: Vec<Model>,
}

#[derive(Deserialize)]
struct Model {
    id: String,
    name: Option<String>,
    max_context_length: Option<Count>,
    deprecation: Option<Time>,
}

pub fn read_models(body: &[u8]) -> Result<Page, Unreadable> {
    let rows = json::<Models>(body)?.data.into_iter().map(|model| {
        Row::Model(ModelEntry {
            id: model.id,
            name: model.name,
            context: model.max_context_length.map(|c| c.0),
            ends_at: model.deprecation.map(|t| t.0),
        })
    });
    Ok(Page::of(rows.collect(), []))
}
