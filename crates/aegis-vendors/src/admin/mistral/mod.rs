//! Mistral: an Admin key of the Enterprise plan (in preview) reads usage by month, members, keys and audit logs; an
//! inference key lists models.
//! Facts: mistralai/platform-docs-public 1.7.7 (21 August 2026); entries of usage as seen in the console.

mod catalogue;
mod lists;
mod usage;

use super::read::utc;
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, Page, Request, Unreadable, Verdict,
};
use aegis_domain::{Ability, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

/// Most months asked for in one walk.
const MOST_MONTHS: usize = 120;

/// The adapter.
pub(super) struct Mistral;

/// A place in a walk.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    /// A calendar month: its quantities, or what they cost.
    Month {
        year: i16,
        month: u8,
        of: usage::Of,
    },
    Users {
        page: u64,
    },
    Keys {
        offset: u64,
    },
    /// The audit log backwards from a time; `seen` are the entries at that very time that are known.
    Log {
        after: String,
        before: String,
        seen: Vec<i64>,
    },
    Models,
}

/// The guide says one header, the interface description the other.
fn get(path: &str) -> Request {
    Request::get("admin", path, Auth::BearerAndHeader("x-api-key", "key"))
}

fn models() -> Request {
    Request::get("api", "/v1/models", Auth::Bearer("key"))
}

impl AdminApi for Mistral {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn check(&self, step: usize, credential: &Credential, now: Timestamp) -> Option<Request> {
        Some(match (credential.kind.as_str(), step) {
            ("inference", 0) => models(),
            ("admin", 0) => get("/workspaces").with("page_size", 1),
            ("admin", 1) => usage::request(now.date().0, now.date().1),
            ("admin", 2) => get("/users").with("page", 1).with("page_size", 1),
            ("admin", 3) => get("/api-keys").with("limit", 1).with("offset", 0),
            ("admin", 4) => get("/audit-logs").with("limit", 1).with("sort", "descending"),
            _ => return None,
        })
    }

    fn judge(&self, step: usize, answer: &Answer, credential: &Credential) -> Verdict {
        let abilities: &[Ability] = match (credential.kind.as_str(), step) {
            ("inference", 0) => &[Ability::Inference, Ability::Models],
            ("admin", 1) => &[Ability::Usage, Ability::Cost],
            ("admin", 2) => &[Ability::Members],
            ("admin", 3) => &[Ability::Keys],
            ("admin", 4) => &[Ability::Audit],
            _ => &[],
        };
        Verdict::of(abilities, answer, |a| self.fault(a))
    }

    fn open(&self, feed: Ability, window: Window, _: &Credential) -> Vec<Cursor> {
        let months = |of: usage::Of| -> Vec<At> {
            usage::months(window)
                .take(MOST_MONTHS)
                .map(|(year, month)| At::Month { year, month, of })
                .collect()
        };
        let places = match feed {
            Ability::Usage => months(usage::Of::Quantities),
            Ability::Cost => months(usage::Of::Money),
            Ability::Members => vec![At::Users { page: 1 }],
            Ability::Keys => vec![At::Keys { offset: 0 }],
            Ability::Audit => vec![At::Log { after: utc(window.from), before: utc(window.to), seen: vec![] }],
            Ability::Models => vec![At::Models],
            Ability::Inference | Ability::Balance | Ability::Content => vec![],
        };
        places.iter().map(Cursor::new).collect()
    }

    fn ask(&self, cursor: &Cursor, _: &Credential) -> Result<Request, Unreadable> {
        Ok(match cursor.get::<At>()? {
            At::Month { year, month, .. } => usage::request(year, month),
            At::Users { page } => get("/users").with("page", page).with("page_size", 100),
            At::Keys { offset } => get("/api-keys").with("limit", lists::KEYS).with("offset", offset),
            At::Log { after, before, .. } => {
                let request = get("/audit-logs").with("limit", 100).with("sort", "descending");
                request.with("after", after).with("before", before)
            }
            At::Models => models(),
        })
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, _: &Credential) -> Result<Page, Unreadable> {
        let body = answer.body;
        match cursor.get::<At>()? {
            At::Month { of, .. } => usage::read(body, of),
            At::Users { page } => lists::read_users(body, page),
            At::Keys { offset } => lists::read_keys(body, offset),
            At::Log { after, before, seen } => lists::read_log(body, after, &before, &seen),
            At::Models => lists::read_models(body),
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        Fault::by_status(answer)
    }
}
