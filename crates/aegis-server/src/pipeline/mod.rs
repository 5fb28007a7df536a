//! The way in: a posted body becomes durable events.
//! split → read → detect, decide, protect → append. Called by the routes that take events in; `collected` is the way in
//! for what collectors bring.
//! Invariants: what is answered `stored` is durable; an item is stored whole or not at all; when the log's queue is
//! full the whole request is refused with 429 and nothing of it is stored.

mod append;
pub(crate) mod collected;
mod decode;
mod item;
mod judge;
pub mod otlp;
mod split;
mod stats;

pub use append::Outcome;
pub(crate) use append::append_patiently;
pub use decode::{DECODED_LIMIT, WIRE_LIMIT, decode};
pub use judge::record;
pub use stats::{Rates, SourceStats, Stats, Totals};

use crate::App;
use crate::access::Caller;
use crate::error::ApiError;
use aegis_domain::{Interaction, Timestamp};
use aegis_store::ExternalKey;
use append::{Delivery, Judged};
use bytes::Bytes;
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

/// How a body lists its items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// One JSON value: an object or an array of them.
    Json,
    /// One object a line.
    Lines,
}

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
    let judged = judging(app, length, work).await??;
    append::enter_people(app, &judged).await?;
    let outcomes = append::append(app, judged).await?;
    app.metrics.ingest_seconds.observe(started.elapsed().as_secs_f64());
    Ok(outcomes)
}

/// Does work on so many bytes where it holds nobody up.
pub(crate) async fn judging<T: Send + 'static>(
    app: &App,
    bytes: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    if bytes <= INLINE && !app.detectors.engine().has_second_stage() {
        return Ok(work());
    }
    let _turn = app.pipeline.judges.acquire().await.map_err(ApiError::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)
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
    let owner = caller.owner();
    let delivery = Delivery::of(app, caller, now);
    let judge_one = |(index, item): (usize, split::Item)| -> Result<Judged, ApiError> {
        let interaction = item::read(item?, now)?;
        let external = external_key(&owner, &interaction, repeat_key, index);
        append::judge(app, &delivery, interaction, external)
    };
    Ok(items.into_iter().enumerate().map(judge_one).collect())
}

/// The caller's id for an item, or else one made of the request's key and the item's place.
fn external_key(owner: &str, i: &Interaction, repeat_key: Option<&str>, index: usize) -> Option<ExternalKey> {
    match (&i.external_id, repeat_key) {
        (Some(id), _) => Some(append::external_key(owner, i.source, id)),
        (None, Some(key)) => Some(append::place_key(owner, key, index)),
        (None, None) => None,
    }
}
