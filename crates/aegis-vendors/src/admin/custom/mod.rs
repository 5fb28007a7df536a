//! Vendors of one's own: a collector at an address that the operator gives, which answers in a shape of ours, or in
//! another by a mapping. The shape is documented in `docs/guide/custom-vendors.md`.
//! Invariant: whatever a mapping says, requests go to the one host, and an answer is read in time linear in its size
//! times the few fields of a row.

mod catalogue;
mod mapping;
mod rows;

use super::page::onward;
use super::read::utc;
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, FieldFault, Page, Request, Unreadable,
    Verdict,
};
use aegis_domain::{Ability, Timestamp, Window};
use mapping::{Feed, Mapping};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);
const FEEDS: [Ability; 3] = [Ability::Usage, Ability::Cost, Ability::Audit];

/// The adapter.
pub(super) struct Custom;

#[derive(Serialize, Deserialize)]
struct At {
    feed: Ability,
    from: Timestamp,
    to: Timestamp,
    hourly: bool,
    cursor: Option<String>,
}

fn mapping(credential: &Credential) -> Result<Mapping, Unreadable> {
    Mapping::of(credential.get("mapping")).map_err(|fault| Unreadable::shape(fault.field, fault.expected))
}

fn auth(credential: &Credential) -> Auth {
    if credential.secret("token").is_some() { Auth::Bearer("token") } else { Auth::None }
}

fn request(feed: &Feed, at: &At, credential: &Credential) -> Request {
    let request = Request::get("collector", feed.path.as_str(), auth(credential))
        .with(feed.from.as_str(), utc(at.from))
        .with(feed.to.as_str(), utc(at.to))
        .with("bucket", if at.hourly { "1h" } else { "1d" });
    match &at.cursor {
        Some(cursor) => request.with(feed.cursor.as_str(), cursor),
        None => request,
    }
}

impl AdminApi for Custom {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn inspect(&self, credential: &Credential) -> Vec<FieldFault> {
        Mapping::of(credential.get("mapping")).err().into_iter().collect()
    }

    fn check(&self, step: usize, credential: &Credential, now: Timestamp) -> Option<Request> {
        let feed = *FEEDS.get(step)?;
        let mapping = mapping(credential).unwrap_or_default();
        let to = now.floor(HOUR);
        let at = At { feed, from: to.minus(HOUR), to, hourly: true, cursor: None };
        Some(request(mapping.feed(feed)?, &at, credential))
    }

    fn judge(&self, step: usize, answer: &Answer, _: &Credential) -> Verdict {
        let feed = FEEDS.get(step).map_or(&[][..], std::slice::from_ref);
        Verdict::of(feed, answer, |a| self.fault(a))
    }

    fn open(&self, feed: Ability, window: Window, _: &Credential) -> Vec<Cursor> {
        if !FEEDS.contains(&feed) {
            return Vec::new();
        }
        let hourly = window.bucket <= HOUR;
        let (from, to) = match feed {
            Ability::Audit => (window.from, window.to),
            _ if hourly => (window.from.floor(HOUR), window.to.ceil(HOUR)),
            _ => (window.from.floor(DAY), window.to.ceil(DAY)),
        };
        vec![Cursor::new(&At { feed, from, to, hourly, cursor: None })]
    }

    fn ask(&self, cursor: &Cursor, credential: &Credential) -> Result<Request, Unreadable> {
        let at: At = cursor.get()?;
        let mapping = mapping(credential)?;
        let feed = mapping.feed(at.feed).ok_or(Unreadable::shape("cursor", "of usage, cost or audit"))?;
        Ok(request(feed, &at, credential))
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, credential: &Credential) -> Result<Page, Unreadable> {
        let at: At = cursor.get()?;
        let mapping = mapping(credential)?;
        let feed = mapping.feed(at.feed).ok_or(Unreadable::shape("cursor", "of usage, cost or audit"))?;
        let read = rows::read(answer.body, at.feed, feed, at.hourly)?;
        let next = onward(read.more, read.next, at.cursor.as_deref())?;
        let next = next.map(|cursor| Cursor::new(&At { cursor: Some(cursor), ..at }));
        Ok(Page::of(read.rows, next))
    }

    fn fault(&self, answer: &Answer) -> Fault {
        match answer.status {
            410 => Fault::Restart,
            _ => Fault::by_status(answer),
        }
    }
}
