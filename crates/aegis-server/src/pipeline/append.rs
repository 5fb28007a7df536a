//! The second half of the way in, shared by all that brings events: judge an interaction, enter its people in the
//! directory, append, and say what became of each.
//! Invariant: a person is in the directory before an event names them; what is called stored is durable.

use super::judge::{self, Circumstances};
use super::stats;
use crate::App;
use crate::access::Caller;
use crate::detectors::Engine;
use crate::error::ApiError;
use crate::prices::Taken;
use aegis_domain::{EventId, EventRecord, Interaction, Severity, Source, Timestamp, signature};
use aegis_store::{Appended, ExternalKey, NewRecord, StoreError, Stream};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What became of one posted item.
pub enum Outcome {
    /// Durable under this id.
    Stored(EventId),
    /// Durable since earlier, under this id.
    Duplicate(EventId),
    /// Not stored, and why.
    Rejected(ApiError),
}

/// Bytes of most events as kept.
const USUAL: usize = 1280;

/// What all items that come together share.
pub(super) struct Delivery {
    pub engine: Arc<Engine>,
    pub prices: Arc<Taken>,
    pub received_at: Timestamp,
    pub request_id: Option<String>,
    pub demo: bool,
}

impl Delivery {
    /// What a request brings.
    pub fn of(app: &App, caller: &Caller, now: Timestamp) -> Self {
        Delivery {
            engine: app.detectors.engine(),
            prices: app.prices.taken(),
            received_at: now,
            request_id: Some(caller.request_id.clone()),
            demo: caller.demo(),
        }
    }
}

/// An item that was read and judged, with the name for the directory of people.
pub(super) struct Judged {
    id: EventId,
    record: NewRecord,
    user: Option<String>,
    source: Source,
    /// For the metrics, once it is stored: a repeat is not counted twice.
    found: Vec<Found>,
}

type Found = (Arc<str>, Severity);

/// Judges an interaction. Called where work may take its time.
pub(super) fn judge(
    app: &App,
    delivery: &Delivery,
    interaction: Interaction,
    external: Option<ExternalKey>,
) -> Result<Judged, ApiError> {
    let user = interaction.user.clone();
    let source = interaction.source;
    let circumstances = Circumstances {
        received_at: delivery.received_at,
        request_id: delivery.request_id.clone(),
        demo: delivery.demo,
        subject_id: user.as_deref().map(|u| app.people.subject_id(u)),
    };
    let bytes: usize = interaction.parts.iter().map(|p| p.text.len()).sum();
    let started = Instant::now();
    let record = judge::judge(&delivery.engine, &delivery.prices.book, interaction, circumstances);
    app.metrics.scanned(bytes, started.elapsed());
    let found = record.findings.iter().map(|f| (Arc::clone(&f.detector), f.severity)).collect();
    Ok(Judged { id: record.id, record: new_record(&record, external)?, user, source, found })
}

/// Unique per (owner, source, caller's id); hashed, because callers' ids are opaque and of any length.
pub(super) fn external_key(owner: &str, source: Source, id: &str) -> ExternalKey {
    key_of(&[owner.as_bytes(), &[0], source.as_str().as_bytes(), &[0], id.as_bytes()])
}

/// Unique per (owner, key of a request, place in it).
pub(super) fn place_key(owner: &str, request: &str, index: usize) -> ExternalKey {
    key_of(&[owner.as_bytes(), &[0, 0], request.as_bytes(), &[0], &(index as u64).to_be_bytes()])
}

fn key_of(parts: &[&[u8]]) -> ExternalKey {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    let mut key = [0; 16];
    key.copy_from_slice(&hash.finalize()[..16]);
    key
}

/// Enters the people that items name.
pub(super) async fn enter_people(app: &App, judged: &[Result<Judged, ApiError>]) -> Result<(), ApiError> {
    let mut last = None;
    for user in judged.iter().filter_map(|j| j.as_ref().ok()?.user.as_deref()) {
        // Runs of one person's events are the rule.
        if last != Some(user) {
            app.people.enter(app, user).await?;
            last = Some(user);
        }
    }
    Ok(())
}

/// Items on their way into the log: the records, and for each item what its answer needs.
pub(super) struct Batch {
    pub records: Vec<NewRecord>,
    slots: Vec<Slot>,
}

/// What an item's answer needs.
type Slot = Result<(EventId, Source, Vec<Found>), ApiError>;

impl Batch {
    /// Of items in the order they came.
    pub fn of(judged: Vec<Result<Judged, ApiError>>) -> Self {
        let mut records = Vec::with_capacity(judged.len());
        let mut slots = Vec::with_capacity(judged.len());
        for item in judged {
            slots.push(item.map(|j| {
                records.push(j.record);
                (j.id, j.source, j.found)
            }));
        }
        Batch { records, slots }
    }

    /// Says of each item what the log answered, and counts it.
    pub fn settle(self, app: &App, appended: Vec<Appended>) -> Result<Vec<Outcome>, ApiError> {
        let mut appended = appended.into_iter();
        let mut outcomes = Vec::with_capacity(self.slots.len());
        let mut tally = stats::Tally::default();
        for slot in self.slots {
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
                        return Err(ApiError::internal(
                            "the log answered for fewer records than it was given",
                        ));
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
}

/// A full queue is asked again after so long, and so often.
const WAIT: Duration = Duration::from_millis(500);
const TRIES: usize = 60;

/// Appends what nobody waits for at a socket: a full queue is asked again until the server stops.
pub(crate) async fn append_patiently(
    app: &App,
    stream: Stream,
    records: &[NewRecord],
) -> Result<Vec<Appended>, StoreError> {
    for _ in 1..TRIES {
        // Copied, because a queue that refuses does not give back.
        match app.store.log.append(stream, records.to_vec()).await {
            Err(StoreError::Busy) => tokio::select! {
                () = app.stop.cancelled() => break,
                () = tokio::time::sleep(WAIT) => {}
            },
            answered => return answered,
        }
    }
    Err(StoreError::Busy)
}

/// Appends items; a full queue refuses them all.
pub(super) async fn append(
    app: &App,
    judged: Vec<Result<Judged, ApiError>>,
) -> Result<Vec<Outcome>, ApiError> {
    let mut batch = Batch::of(judged);
    let records = std::mem::take(&mut batch.records);
    let count = records.len() as u64;
    match app.store.log.append(Stream::Events, records).await {
        Ok(appended) => batch.settle(app, appended),
        Err(e) => {
            app.pipeline.stats.refused(count);
            app.metrics.items("refused", count);
            Err(e.into())
        }
    }
}

/// The log's form of an event.
fn new_record(record: &EventRecord, external: Option<ExternalKey>) -> Result<NewRecord, ApiError> {
    let mut body = Vec::with_capacity(USUAL);
    serde_json::to_writer(&mut body, record).map_err(ApiError::internal)?;
    Ok(NewRecord { id: record.id.0, at: record.occurred_at, signature: signature(record).0, external, body })
}
