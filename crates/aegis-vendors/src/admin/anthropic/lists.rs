//! Lists: users, keys, models, organizations, and activities. One envelope; some lists are walked by the last id,
//! some by a page.

use super::{At, onward};
use crate::admin::read::{Count, Time, json};
use crate::admin::{Answer, AuditEntry, Cursor, KeyEntry, MemberEntry, ModelEntry, Page, Row, Unreadable};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Deserialize)]
struct List<T> {
    data: Vec<T>,
    has_more: Option<bool>,
    last_id: Option<String>,
    next_page: Option<String>,
}

impl<T> List<T> {
    /// The token of the next page.
    fn next(&mut self, current: Option<&str>) -> Result<Option<String>, Unreadable> {
        // A list without `has_more` goes on as long as it names a page; a last id alone names none.
        let token = if self.has_more.is_some() { self.last_id.take() } else { None };
        onward(self.has_more, self.next_page.take().or(token), current)
    }
}

/// Reads a page: each item becomes a row, `at` says where the next page is.
pub fn page<T: DeserializeOwned>(
    body: &[u8],
    current: Option<String>,
    row: impl Fn(T) -> Result<Row, Unreadable>,
    at: impl FnOnce(Option<String>) -> At,
) -> Result<Page, Unreadable> {
    let mut list: List<T> = json(body)?;
    let next = list.next(current.as_deref())?;
    let rows = list.data.into_iter().map(row).collect::<Result<_, _>>()?;
    Ok(Page::of(rows, next.map(|token| Cursor::new(&at(Some(token))))))
}

/// Reads a page whose items each lead on.
pub fn branches<T: DeserializeOwned>(
    body: &[u8],
    current: Option<String>,
    inside: impl Fn(T) -> At,
    at: impl FnOnce(Option<String>) -> At,
) -> Result<Page, Unreadable> {
    let mut list: List<T> = json(body)?;
    let next = list.next(current.as_deref())?.map(|token| at(Some(token)));
    let places = list.data.into_iter().map(inside).chain(next);
    Ok(Page::of(Vec::new(), places.map(|place| Cursor::new(&place))))
}

#[derive(Deserialize)]
struct Organization {
    uuid: String,
}

pub fn organizations(body: &[u8], current: Option<String>) -> Result<Page, Unreadable> {
    let users = |o: Organization| At::OrganizationUsers { organization: o.uuid, page: None };
    branches(body, current, users, |page| At::Organizations { page })
}

/// The organization's name in the answer to who asks.
pub fn organization(answer: &Answer) -> Option<String> {
    #[derive(Deserialize)]
    struct Me {
        name: String,
    }
    if answer.ok() { json::<Me>(answer.body).ok().map(|me| me.name) } else { None }
}

#[derive(Deserialize)]
pub struct User {
    id: String,
    name: Option<String>,
    full_name: Option<String>,
    email: Option<String>,
    role: Option<String>,
    organization_role: Option<String>,
    added_at: Option<Time>,
    created_at: Option<Time>,
}

pub fn user(user: User) -> Result<Row, Unreadable> {
    Ok(Row::Member(MemberEntry {
        id: user.id,
        name: user.name.or(user.full_name),
        email: user.email,
        role: user.role.or(user.organization_role),
        since: user.added_at.or(user.created_at).map(|t| t.0),
        machine: false,
    }))
}

#[derive(Deserialize)]
pub struct Key {
    id: String,
    name: Option<String>,
    partial_key_hint: Option<String>,
    created_by: Option<Principal>,
    principal: Option<Principal>,
    workspace_id: Option<String>,
    status: Option<String>,
    created_at: Option<Time>,
    expires_at: Option<Time>,
}

#[derive(Deserialize)]
struct Principal {
    id: Option<String>,
}

pub fn key(key: Key) -> Result<Row, Unreadable> {
    Ok(Row::Key(KeyEntry {
        id: key.id,
        name: key.name.unwrap_or_default(),
        hint: key.partial_key_hint,
        owner: key.principal.or(key.created_by).and_then(|p| p.id),
        project: key.workspace_id,
        status: key.status,
        created_at: key.created_at.map(|t| t.0),
        expires_at: key.expires_at.map(|t| t.0),
        last_used_at: None,
    }))
}

#[derive(Deserialize)]
pub struct Model {
    id: String,
    display_name: Option<String>,
    max_input_tokens: Option<Count>,
}

pub fn model(model: Model) -> Result<Row, Unreadable> {
    let context = model.max_input_tokens.map(|c| c.0);
    Ok(Row::Model(ModelEntry { id: model.id, name: model.display_name, context, ends_at: None }))
}

#[derive(Deserialize)]
struct Activity {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    created_at: Time,
}

/// An act. Its actor is named by whichever of these fields its kind has, its object by a field that ends in `_id`.
pub fn activity(raw: Value) -> Result<Row, Unreadable> {
    const WHO: [&str; 9] = [
        "email_address",
        "unauthenticated_email_address",
        "user_id",
        "service_account_id",
        "api_key_id",
        "admin_api_key_id",
        "service",
        "directory_id",
        "type",
    ];
    let entry = Activity::deserialize(&raw).map_err(|_| Unreadable::shape("data", "a list of activities"))?;
    let actor = raw.get("actor");
    let of_actor = |name: &str| actor.and_then(|a| a.get(name)).and_then(Value::as_str).map(str::to_owned);
    Ok(Row::Audit(AuditEntry {
        id: entry.id,
        at: entry.created_at.0,
        kind: entry.kind,
        actor: WHO.iter().find_map(|name| of_actor(name)),
        address: of_actor("ip_address"),
        object: object(&raw),
        raw,
    }))
}

fn object(raw: &Value) -> Option<String> {
    let fields = raw.as_object()?;
    const FIRST: [&str; 3] = ["claude_file_id", "claude_chat_id", "claude_project_id"];
    let any =
        fields.keys().map(String::as_str).filter(|name| name.ends_with("_id") && *name != "organization_id");
    FIRST.into_iter().chain(any).find_map(|name| fields.get(name)?.as_str()).map(str::to_owned)
}
