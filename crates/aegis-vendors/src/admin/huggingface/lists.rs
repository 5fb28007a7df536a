//! Lists: audit log (whole, without pages), members (pages by `Link`), service accounts and their keys, models.

use super::{At, Time, json};
use crate::admin::read::Count;
use crate::admin::{Answer, AuditEntry, Cursor, KeyEntry, MemberEntry, ModelEntry, Page, Row, Unreadable};
use aegis_domain::Timestamp;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "_id")]
    id: String,
    #[serde(rename = "createdAt")]
    at: Time,
    #[serde(rename = "type")]
    kind: String,
    message: Option<String>,
    ip: Option<String>,
    author: Option<Author>,
}

#[derive(Deserialize)]
struct Author {
    #[serde(rename = "_id")]
    id: Option<String>,
    user: Option<String>,
}

/// The log comes whole, a hundred thousand events at most: what lies outside the range is passed over.
pub fn audit(body: &[u8], from: Timestamp, to: Timestamp) -> Result<Page, Unreadable> {
    const MOST: usize = 100_000;
    let events: Vec<Value> = json(body)?;
    let mut page = Page::default();
    if events.len() >= MOST {
        page.notes.push("The log holds its last 100,000 events only: older ones are gone.".to_owned());
    }
    for raw in events {
        let event = Event::deserialize(&raw).map_err(|_| Unreadable::shape("event", "as documented"))?;
        if (from..to).contains(&event.at.0) {
            page.rows.push(Row::Audit(AuditEntry {
                id: event.id,
                at: event.at.0,
                kind: event.kind,
                actor: event.author.and_then(|a| a.user.or(a.id)),
                address: event.ip,
                object: event.message,
                raw,
            }));
        }
    }
    Ok(page)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    #[serde(rename = "_id")]
    id: String,
    user: Option<String>,
    fullname: Option<String>,
    role: Option<String>,
    verified_email: Option<String>,
    two_fa_enabled: Option<bool>,
    #[serde(default)]
    is_external_collaborator: bool,
}

pub fn members(answer: &Answer) -> Result<Page, Unreadable> {
    let list: Vec<Member> = json(answer.body)?;
    let mut page = Page::default();
    for member in list {
        let who = member.user.as_deref().unwrap_or(&member.id);
        if member.two_fa_enabled == Some(false) {
            page.notes.push(format!("{who} signs in without a second factor."));
        }
        if member.is_external_collaborator {
            page.notes.push(format!("{who} is an external collaborator."));
        }
        page.rows.push(Row::Member(MemberEntry {
            id: member.id,
            name: member.fullname.or(member.user),
            email: member.verified_email,
            role: member.role,
            since: None,
            machine: false,
        }));
    }
    page.next.extend(next_link(answer).map(|link| Cursor::new(&At::MoreMembers { link })));
    Ok(page)
}

/// The address with `rel="next"` in the header `Link`.
fn next_link(answer: &Answer) -> Option<String> {
    answer.header("link")?.split(',').find_map(|link| {
        let (address, rel) = link.split_once('>')?;
        let address = address.trim().strip_prefix('<')?;
        let next = rel.split(';').any(|word| word.trim() == r#"rel="next""#);
        (next && address.starts_with("http")).then(|| address.to_owned())
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServiceAccount {
    #[serde(rename = "_id")]
    id: String,
    name: Option<String>,
    user: Option<String>,
    email: Option<String>,
    created_at: Option<Time>,
}

/// Service accounts as members, or on the way to their keys.
pub fn service_accounts(body: &[u8], keys: bool) -> Result<Page, Unreadable> {
    let list: Vec<ServiceAccount> = json(body)?;
    let mut page = Page::default();
    for account in list {
        match keys {
            true => page.next.push(Cursor::new(&At::ServiceAccount { id: account.id })),
            false => page.rows.push(Row::Member(MemberEntry {
                id: account.id,
                name: account.name.or(account.user),
                email: account.email,
                role: None,
                since: account.created_at.map(|t| t.0),
                machine: true,
            })),
        }
    }
    Ok(page)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WithTokens {
    #[serde(rename = "_id")]
    id: String,
    user: Option<String>,
    #[serde(default)]
    access_tokens: Vec<Token>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    #[serde(rename = "_id")]
    id: Option<String>,
    #[serde(default)]
    display_name: String,
    created_at: Option<Time>,
    last_used_at: Option<Time>,
    expiration: Option<Time>,
    role: Option<String>,
    last4: Option<String>,
}

pub fn service_account(body: &[u8]) -> Result<Page, Unreadable> {
    let account: WithTokens = json(body)?;
    let row = |token: Token| {
        // Tokens of one account tell apart by name, where they have no id.
        let id = token.id.unwrap_or_else(|| format!("{}/{}", account.id, token.display_name));
        Row::Key(KeyEntry {
            id,
            name: token.display_name,
            hint: token.last4,
            owner: account.user.clone().or(Some(account.id.clone())),
            project: None,
            status: token.role,
            created_at: token.created_at.map(|t| t.0),
            expires_at: token.expiration.map(|t| t.0),
            last_used_at: token.last_used_at.map(|t| t.0),
        })
    };
    Ok(Page::of(account.access_tokens.into_iter().map(row).collect(), []))
}

#[derive(Deserialize)]
struct Models {
    data: Vec<Model>,
}

#[derive(Deserialize)]
struct Model {
    id: String,
    #[serde(default)]
    providers: Vec<Provider>,
}

#[derive(Deserialize)]
struct Provider {
    context_length: Option<Count>,
}

pub fn models(body: &[u8]) -> Result<Page, Unreadable> {
    let list: Models = json(body)?;
    let row = |model: Model| {
        let context = model.providers.iter().filter_map(|p| p.context_length).max().map(|c| c.0);
        Row::Model(ModelEntry { id: model.id, context, ..ModelEntry::default() })
    };
    Ok(Page::of(list.data.into_iter().map(row).collect(), []))
}
