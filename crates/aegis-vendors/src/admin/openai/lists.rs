//! Lists: audit log, users, service accounts, projects, keys, models. One envelope, walked by the last id.

use super::{At, Of, onward};
use crate::admin::read::{Time, json};
use crate::admin::{AuditEntry, Cursor, KeyEntry, MemberEntry, ModelEntry, Page, Row, Unreadable};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Deserialize)]
struct List<T> {
    data: Vec<T>,
    #[serde(default)]
    has_more: bool,
    last_id: Option<String>,
}

/// Reads a page: each item becomes a row, `at` says where the next page is.
pub fn page<T: DeserializeOwned>(
    body: &[u8],
    after: Option<String>,
    row: impl Fn(T) -> Result<Row, Unreadable>,
    at: impl FnOnce(Option<String>) -> At,
) -> Result<Page, Unreadable> {
    let list: List<T> = json(body)?;
    let next = onward(Some(list.has_more), list.last_id, after.as_deref())?;
    let rows = list.data.into_iter().map(row).collect::<Result<_, _>>()?;
    Ok(Page::of(rows, next.map(|id| Cursor::new(&at(Some(id))))))
}

#[derive(Deserialize)]
struct Project {
    id: String,
}

/// A page of projects leads to the keys (or service accounts) of each, and to the next page.
pub fn projects(body: &[u8], of: Of, after: Option<String>) -> Result<Page, Unreadable> {
    let list: List<Project> = json(body)?;
    let next = onward(Some(list.has_more), list.last_id, after.as_deref())?;
    let inside = list.data.into_iter().map(|p| match of {
        Of::Keys => At::ProjectKeys { project: p.id, after: None },
        Of::ServiceAccounts => At::ServiceAccounts { project: p.id, after: None },
    });
    let next = next.map(|id| At::Projects { of, after: Some(id) });
    Ok(Page::of(Vec::new(), inside.chain(next).map(|at| Cursor::new(&at))))
}

#[derive(Deserialize)]
struct Audit {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    effective_at: Time,
    actor: Option<Actor>,
}

#[derive(Deserialize)]
struct Actor {
    session: Option<Session>,
    api_key: Option<ApiKey>,
}

#[derive(Deserialize)]
struct Session {
    user: Option<Person>,
    ip_address: Option<String>,
}

#[derive(Deserialize)]
struct ApiKey {
    id: Option<String>,
    user: Option<Person>,
    service_account: Option<Person>,
}

#[derive(Deserialize)]
struct Person {
    id: Option<String>,
    name: Option<String>,
    email: Option<String>,
}

impl Person {
    fn named(self) -> Option<String> {
        self.email.or(self.name).or(self.id)
    }
}

/// An act. What it was done to stands in a field named like the act.
pub fn audit(raw: Value) -> Result<Row, Unreadable> {
    let entry = Audit::deserialize(&raw).map_err(|_| Unreadable::shape("data", "a list of audit records"))?;
    let object = raw.get(&entry.kind).and_then(|o| o.get("id")).and_then(Value::as_str);
    let object = object.or_else(|| raw.pointer("/project/id").and_then(Value::as_str)).map(str::to_owned);
    let (actor, address) = match entry.actor {
        Some(Actor { session: Some(s), .. }) => (s.user.and_then(Person::named), s.ip_address),
        Some(Actor { api_key: Some(k), .. }) => {
            (k.user.or(k.service_account).and_then(Person::named).or(k.id), None)
        }
        _ => (None, None),
    };
    Ok(Row::Audit(AuditEntry {
        id: entry.id,
        at: entry.effective_at.0,
        kind: entry.kind,
        actor,
        address,
        object,
        raw,
    }))
}

#[derive(Deserialize)]
pub struct User {
    id: String,
    name: Option<String>,
    email: Option<String>,
    role: Option<String>,
    added_at: Option<Time>,
    is_service_account: Option<bool>,
}

pub fn user(user: User) -> Result<Row, Unreadable> {
    Ok(Row::Member(MemberEntry {
        id: user.id,
        name: user.name,
        email: user.email,
        role: user.role,
        since: user.added_at.map(|t| t.0),
        machine: user.is_service_account == Some(true),
    }))
}

#[derive(Deserialize)]
pub struct ServiceAccount {
    id: String,
    name: Option<String>,
    role: Option<String>,
    created_at: Option<Time>,
}

pub fn service_account(account: ServiceAccount) -> Result<Row, Unreadable> {
    Ok(Row::Member(MemberEntry {
        id: account.id,
        name: account.name,
        email: None,
        role: account.role,
        since: account.created_at.map(|t| t.0),
        machine: true,
    }))
}

#[derive(Deserialize)]
pub struct Key {
    id: String,
    name: Option<String>,
    redacted_value: Option<String>,
    created_at: Option<Time>,
    expires_at: Option<Time>,
    last_used_at: Option<Time>,
    owner_project_access: Option<String>,
    owner: Option<Owner>,
}

/// Project keys nest the owner, admin keys do not.
#[derive(Deserialize)]
struct Owner {
    user: Option<Person>,
    service_account: Option<Person>,
    id: Option<String>,
    name: Option<String>,
}

/// A key of a project, or (without one) an admin key.
pub fn key(project: Option<String>) -> impl Fn(Key) -> Result<Row, Unreadable> {
    move |key| {
        let owner =
            key.owner.and_then(|o| o.user.or(o.service_account).and_then(Person::named).or(o.name).or(o.id));
        Ok(Row::Key(KeyEntry {
            id: key.id,
            name: key.name.unwrap_or_default(),
            hint: key.redacted_value,
            owner,
            project: project.clone(),
            status: key.owner_project_access,
            created_at: key.created_at.map(|t| t.0),
            expires_at: key.expires_at.map(|t| t.0),
            last_used_at: key.last_used_at.map(|t| t.0),
        }))
    }
}

#[derive(Deserialize)]
pub struct Model {
    id: String,
    shutdown_date: Option<Time>,
}

pub fn model(model: Model) -> Result<Row, Unreadable> {
    let ends_at = model.shutdown_date.map(|t| t.0);
    Ok(Row::Model(ModelEntry { id: model.id, name: None, context: None, ends_at }))
}
