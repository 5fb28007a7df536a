//! The audit log: who did what, as a chain of records in a stream of its own.
//! Called by every route and command that acts on somebody's authority, after the act: an act whose record cannot be
//! written is answered with an error, never with silence.
//! Invariant: each record holds the SHA-256 of the stored bytes of the one before, so a record changed, dropped or put
//! in between breaks the chain for good; `verify` finds the place. Several writers, other processes included, agree by
//! the store's refusal to store two records at one place.

use crate::App;
use crate::access::Caller;
use crate::error::ApiError;
use aegis_domain::{Actor, AuditRecord, GENESIS, Timestamp};
use aegis_identity::token::sha256_hex;
use aegis_store::{NewRecord, Record, Store, StoreError, Stream};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt::Display;

/// Chains live in the shared partition of their stream.
const PARTITION: u32 = 0;
/// Records read at a time by `verify`.
const PAGE: usize = 1000;

/// What was done, on what.
#[derive(Debug, Clone)]
pub struct Entry {
    action: &'static str,
    object: Option<String>,
    before: Option<String>,
    after: Option<String>,
    details: Map<String, Value>,
}

impl Entry {
    /// An act, named `object.past_tense`.
    pub fn new(action: &'static str) -> Self {
        Entry { action, object: None, before: None, after: None, details: Map::new() }
    }

    /// On what.
    pub fn object(mut self, kind: &str, id: impl Display) -> Self {
        self.object = Some(format!("{kind}:{id}"));
        self
    }

    /// The object's state before, kept as a digest.
    pub fn before(mut self, state: &impl Serialize) -> Self {
        self.before = digest(state);
        self
    }

    /// The object's state after, kept as a digest.
    pub fn after(mut self, state: &impl Serialize) -> Self {
        self.after = digest(state);
        self
    }

    /// A harmless fact for the reader. Never a secret, never content.
    pub fn detail(mut self, name: &str, value: impl Into<String>) -> Self {
        self.details.insert(name.into(), Value::String(value.into()));
        self
    }
}

/// Who did it, from where.
#[derive(Debug, Clone)]
pub struct Author {
    actor: Actor,
    address: Option<String>,
    user_agent: Option<String>,
    request_id: Option<String>,
}

impl Author {
    /// Whoever sent a request.
    pub fn of(caller: &Caller) -> Self {
        Author {
            actor: caller.actor(),
            address: Some(caller.address.to_string()),
            user_agent: Some(caller.user_agent.clone()).filter(|agent| !agent.is_empty()),
            request_id: Some(caller.request_id.clone()),
        }
    }

    /// Somebody on the server's own command line.
    pub fn operator(name: String) -> Self {
        Author { actor: Actor::Operator { name }, address: None, user_agent: None, request_id: None }
    }

    /// AegisFlow itself.
    pub fn system() -> Self {
        Author { actor: Actor::System, address: None, user_agent: None, request_id: None }
    }
}

/// Records a caller's act.
pub async fn record(app: &App, caller: &Caller, entry: Entry) -> Result<(), ApiError> {
    append(&app.store, &app.access.audit, Author::of(caller), entry, app.clock.now()).await.map_err(|error| {
        tracing::error!(%error, request_id = caller.request_id, "an act could not be recorded in the audit log");
        error.into()
    })
}

/// The end of the chain, as far as this process knows; one append at a time goes beyond it.
#[derive(Default)]
pub struct Chain(tokio::sync::Mutex<Option<Head>>);

#[derive(Debug, Clone)]
struct Head {
    seq: u64,
    hash: String,
    at: Timestamp,
}

impl Head {
    fn empty() -> Self {
        Head { seq: 0, hash: GENESIS.into(), at: Timestamp::from_millis(0) }
    }

    fn of(record: &Record) -> Self {
        Head { seq: record.seq, hash: sha256_hex(&record.body), at: record.at }
    }
}

/// Records an act at the end of the chain.
pub async fn append(
    store: &Store,
    chain: &Chain,
    author: Author,
    entry: Entry,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut known = chain.0.lock().await;
    loop {
        // Taken, so that a request given up in the middle leaves "unknown" rather than a stale end.
        let head = match known.take() {
            Some(head) => head,
            None => read_head(store).await?,
        };
        let next = following(&head, &author, &entry, now)?;
        let end = Head { seq: head.seq + 1, hash: sha256_hex(&next.body), at: next.at };
        match store.log.append_at(Stream::Audit, end.seq, next).await {
            Ok(()) => {
                *known = Some(end);
                return Ok(());
            }
            // Another process was first; read where the chain ends now.
            Err(StoreError::Conflict { .. }) => continue,
            Err(error) => return Err(error),
        }
    }
}

fn following(head: &Head, author: &Author, entry: &Entry, now: Timestamp) -> Result<NewRecord, StoreError> {
    let record = AuditRecord {
        id: uuid::Uuid::now_v7(),
        seq: head.seq + 1,
        // A clock set back must not put a record before its predecessor in a list by time.
        at: now.max(head.at),
        actor: author.actor.clone(),
        address: author.address.clone(),
        user_agent: author.user_agent.clone(),
        request_id: author.request_id.clone(),
        action: entry.action.into(),
        object: entry.object.clone(),
        before: entry.before.clone(),
        after: entry.after.clone(),
        details: entry.details.clone(),
        prev: head.hash.clone(),
    };
    let body = serde_json::to_vec(&record).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    Ok(NewRecord { id: record.id, at: record.at, signature: 0, external: None, body })
}

async fn read_head(store: &Store) -> Result<Head, StoreError> {
    let partitions = store.log.partitions(Stream::Audit).await?;
    let high = partitions.iter().find(|(id, _)| *id == PARTITION).map_or(0, |(_, high)| *high);
    if high == 0 {
        return Ok(Head::empty());
    }
    let last = store.log.read(Stream::Audit, PARTITION, high - 1, 1).await?;
    last.first().map(Head::of).ok_or_else(|| StoreError::Corrupt(format!("audit record {high} is missing")))
}

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Records whose place in the chain is right.
    pub records: u64,
    /// The last of them: its place, and the hash the next one must name.
    pub head: Option<(u64, String)>,
    /// The first place where the chain is broken.
    pub first_break: Option<Break>,
}

/// Where the chain is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The place.
    pub seq: u64,
    /// What had to be there.
    pub expected: String,
    /// What is there.
    pub found: String,
    /// In words.
    pub reason: &'static str,
}

/// Walks the whole chain, in constant memory.
pub async fn verify(store: &Store) -> Result<Verdict, StoreError> {
    let mut head = Head::empty();
    let mut first_break = None;
    'pages: loop {
        let page = store.log.read(Stream::Audit, PARTITION, head.seq, PAGE).await?;
        for record in &page {
            if let Err(found) = check(&head, record) {
                first_break = Some(found);
                break 'pages;
            }
            head = Head::of(record);
        }
        if page.len() < PAGE {
            break;
        }
    }
    let known = (head.seq > 0).then(|| (head.seq, head.hash.clone()));
    Ok(Verdict { records: head.seq, head: known, first_break })
}

/// Judges a record by the one before.
fn check(head: &Head, record: &Record) -> Result<(), Break> {
    let place = head.seq + 1;
    let broken = |expected: String, found: String, reason| Err(Break { seq: place, expected, found, reason });
    if record.seq != place {
        return broken(place.to_string(), record.seq.to_string(), "records are missing");
    }
    let Ok(read) = serde_json::from_slice::<AuditRecord>(&record.body) else {
        return broken("a readable record".into(), "other bytes".into(), "the record cannot be read");
    };
    if read.seq != record.seq {
        return broken(
            record.seq.to_string(),
            read.seq.to_string(),
            "the record was written for another place",
        );
    }
    if read.prev != head.hash {
        return broken(
            head.hash.clone(),
            read.prev,
            "the record before is not the one this one was written after",
        );
    }
    if read.at != record.at || read.id != record.id {
        return broken(
            format!("{} {}", read.id, read.at),
            format!("{} {}", record.id, record.at),
            "the record is filed under another id or time than its own",
        );
    }
    Ok(())
}

fn digest(state: &impl Serialize) -> Option<String> {
    serde_json::to_vec(state).ok().map(|bytes| sha256_hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millis(ms)
    }

    /// A chain as the store would keep it.
    fn chain(length: u64) -> Vec<Record> {
        let mut head = Head::empty();
        let mut records = Vec::new();
        for n in 1..=length {
            let entry = Entry::new("login.succeeded").detail("n", n.to_string());
            let new = following(&head, &Author::system(), &entry, at(1000 - n as i64)).unwrap();
            let body = new.body.into();
            let record = Record { partition: 0, seq: n, id: new.id, at: new.at, signature: 0, body };
            head = Head::of(&record);
            records.push(record);
        }
        records
    }

    fn first_break(records: &[Record]) -> Option<u64> {
        let mut head = Head::empty();
        for record in records {
            if let Err(found) = check(&head, record) {
                return Some(found.seq);
            }
            head = Head::of(record);
        }
        None
    }

    #[test]
    fn a_chain_as_written_is_whole_and_in_order_of_time() {
        let records = chain(5);
        assert_eq!(first_break(&records), None);
        assert!(records.windows(2).all(|pair| pair[0].at <= pair[1].at), "though the clock ran backwards");
    }

    #[test]
    fn every_kind_of_tampering_shows_at_its_place() {
        let whole = chain(6);

        let mut changed = whole.clone();
        let text = String::from_utf8(changed[2].body.to_vec()).unwrap().replace("\"n\":\"3\"", "\"n\":\"4\"");
        changed[2].body = text.into_bytes().into();
        assert_eq!(first_break(&changed), Some(4), "the next record gives it away");

        let mut dropped = whole.clone();
        dropped.remove(2);
        assert_eq!(first_break(&dropped), Some(3));

        let mut closed_up = dropped;
        for (index, record) in closed_up.iter_mut().enumerate() {
            record.seq = index as u64 + 1;
        }
        assert_eq!(first_break(&closed_up), Some(3), "moved up to hide the gap");

        let mut headless = whole.clone();
        headless.remove(0);
        assert_eq!(first_break(&headless), Some(1));

        let mut garbage = whole.clone();
        garbage[3].body = b"garbage".to_vec().into();
        assert_eq!(first_break(&garbage), Some(4));

        let mut moved = whole;
        moved[4].at = at(0);
        assert_eq!(first_break(&moved), Some(5));
    }
}
