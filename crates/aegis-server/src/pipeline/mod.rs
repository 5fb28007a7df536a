//! The way in: a posted body becomes durable events.
//! split → read → detect, decide, protect → append. Called by the ingest route.
//! Invariants: what is answered `stored` is durable; an item is stored whole or not at all; when the log's queue is
//! full the whole request is refused with 429 and nothing of it is stored.

mod decode;
mod item;
mod judge;
mod split;
mod stats;

pub use decode::{WIRE_LIMIT, decode};
pub use judge::record;
pub use stats::{Rates, SourceStats, Stats, Totals};

use crate::App;
use crate::access::Caller;
use crate::error::ApiError;
use aegis_domain::{EventId, EventRecord, Interaction, Severity, Source, Timestamp, signature};
use aegis_store::{Appended, ExternalKey, NewRecord, Stream};
use bytes::Bytes;
use judge::Circumstances;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::Semaphore;

/// Bodies up to this size are read on the runtime; larger ones would hold it up for more than a millisecond, as would
/// any that a classifier is asked about.
const INLINE: usize = 16 * 1024;

/// See the module.
pub struct Pipeline {
    /// What came in and what became of it.
    pub stats: Stats,
    /// As many large bodies are judged at a time as there are cores: more would only keep others from running.
    judges: Semaphore,
}

impl Pipeline {
    /// Idle.
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Pipeline { stats: Stats::default(), judges: Semaphore::new(cores) }
    }
}

/// What became of one posted item.
pub enum Outcome {
    /// Durable under this id.
    Stored(EventId),
    /// Durable since earlier, under this id.
    Duplicate(EventId),
    /// Not stored, and why.
    Rejected(ApiError),
}

/// How a body lists its items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// One JSON value: an object or an array of them.
    Json,
    /// One object a line.
    Lines,
}

/// Bytes of most events as kept.
const USUAL: usize = 1280;

/// An item that was read and judged, with the name for the directory of people.
struct Judged {
    id: EventId,
    record: NewRecord,
    user: Option<String>,
    source: Source,
    /// For the metrics, once it is stored: a repeat is not counted twice.
    found: Vec<Found>,
}

type Found = (Arc<str>, Severity);

/// Takes in a decoded body. `repeat_key` is the caller's `Idempotency-Key`: items without an `external_id` of their
/// own are told apart by it and their place, so that a repeated request stores nothing twice.
pub async fn ingest(
    app: &App,
    caller: &Caller,
    body: Bytes,
    listing: Listing,
    repeat_key: Option<String>,
) -> Result<Vec<Outcome>, ApiError> {
    let started = Instant::now();
    let now = app.clock.now();
    let length = body.len();
    let work = {
        let (app, caller) = (app.clone(), caller.clone());
        move || judge_all(&app, &caller, &body, listing, repeat_key.as_deref(), now)
    };
    let judged = if length <= INLINE && !app.detectors.engine().has_second_stage() {
        work()
    } else {
        let _turn = app.pipeline.judges.acquire().await.map_err(ApiError::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)?
    }?;

    let mut last = None;
    for user in judged.iter().filter_map(|j| j.as_ref().ok()?.user.as_deref()) {
        // Runs of one person's events are the rule.
        if last != Some(user) {
            app.people.enter(app, user).await?;
            last = Some(user);
        }
    }
    let outcomes = append(app, judged).await?;
    app.metrics.ingest_seconds.observe(started.elapsed().as_secs_f64());
    Ok(outcomes)
}

fn judge_all(
    app: &App,
    caller: &Caller,
    body: &[u8],
    listing: Listing,
    repeat_key: Option<&str>,
    now: Timestamp,
) -> Result<Vec<Result<Judged, ApiError>>, ApiError> {
    let items = match listing {
        Listing::Json => split::json(body)?,
        Listing::Lines => split::lines(body)?,
    };
    if items.is_empty() {
        return Err(ApiError::field("body", "holds no item"));
    }
    let engine = app.detectors.engine();
    let prices = app.prices.taken();
    let owner = caller.owner();
    let judge_one = |(index, item): (usize, split::Item)| -> Result<Judged, ApiError> {
        let interaction = item::read(item?, now)?;
        let external = external_key(&owner, &interaction, repeat_key, index);
        let user = interaction.user.clone();
        let source = interaction.source;
        let circumstances = Circumstances {
            received_at: now,
            request_id: Some(caller.request_id.clone()),
            demo: caller.demo(),
            subject_id: user.as_deref().map(|u| app.people.subject_id(u)),
        };
        let bytes: usize = interaction.parts.iter().map(|p| p.text.len()).sum();
        app.metrics.scanned_bytes.inc_by(bytes as u64);
        let record = judge::judge(&engine, &prices.book, interaction, circumstances);
        let found = record.findings.iter().map(|f| (Arc::clone(&f.detector), f.severity)).collect();
        Ok(Judged { id: record.id, record: new_record(&record, external)?, user, source, found })
    };
    Ok(items.into_iter().enumerate().map(judge_one).collect())
}

/// Unique per (owner, source, caller's id); hashed, because callers' ids are opaque and of any length.
fn external_key(owner: &str, i: &Interaction, repeat_key: Option<&str>, index: usize) -> Option<ExternalKey> {
    let mut hash = Sha256::new();
    hash.update(owner.as_bytes());
    hash.update([0]);
    match (&i.external_id, repeat_key) {
        (Some(id), _) => {
            hash.update(i.source.as_str().as_bytes());
            hash.update([0]);
            hash.update(id.as_bytes());
        }
        (None, Some(key)) => {
            hash.update([0]);
            hash.update(key.as_bytes());
            hash.update([0]);
            hash.update((index as u64).to_be_bytes());
        }
        (None, None) => return None,
    }
    let digest = hash.finalize();
    let mut key = [0; 16];
    key.copy_from_slice(&digest[..16]);
    Some(key)
}

async fn append(app: &App, judged: Vec<Result<Judged, ApiError>>) -> Result<Vec<Outcome>, ApiError> {
    let mut records = Vec::with_capacity(judged.len());
    let mut slots = Vec::with_capacity(judged.len());
    for item in judged {
        match item {
            Ok(j) => {
                records.push(j.record);
                slots.push(Ok((j.id, j.source, j.found)));
            }
            Err(e) => slots.push(Err(e)),
        }
    }
    let count = records.len();
    let appended = if records.is_empty() {
        Vec::new()
    } else {
        match app.store.log.append(Stream::Events, records).await {
            Ok(appended) => appended,
            Err(e) => {
                app.pipeline.stats.refused(count as u64);
                app.metrics.items("refused", count as u64);
                return Err(e.into());
            }
        }
    };
    let mut appended = appended.into_iter();
    let mut outcomes = Vec::with_capacity(slots.len());
    let mut tally = stats::Tally::default();
    for slot in slots {
        outcomes.push(match slot {
            Err(e) => {
                tally.rejected += 1;
                Outcome::Rejected(e)
            }
            Ok((id, source, found)) => match appended.next() {
                Some(Appended::Stored { .. }) => {
                    tally.stored(source);
                    for (detector, severity) in found {
                        app.metrics.finding(&detector, severity.as_str());
                    }
                    Outcome::Stored(id)
                }
                Some(Appended::Duplicate { id }) => {
                    tally.duplicates += 1;
                    Outcome::Duplicate(EventId(id))
                }
                None => {
                    return Err(ApiError::internal("the log answered for fewer records than it was given"));
                }
            },
        });
    }
    app.metrics.items("stored", tally.stored_total());
    app.metrics.items("duplicate", tally.duplicates);
    app.metrics.items("rejected", tally.rejected);
    app.pipeline.stats.add(&tally, app.clock.now());
    Ok(outcomes)
}

/// The log's form of an event.
pub fn new_record(record: &EventRecord, external: Option<ExternalKey>) -> Result<NewRecord, ApiError> {
    let mut body = Vec::with_capacity(USUAL);
    serde_json::to_writer(&mut body, record).map_err(ApiError::internal)?;
    Ok(NewRecord { id: record.id.0, at: record.occurred_at, signature: signature(record).0, external, body })
}
