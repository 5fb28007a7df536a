//! Reads the log's end and hands events to subscribers.

use crate::App;
use crate::view::{self, EventRow, FindingView};
use aegis_domain::{EventFilter, EventId, EventRecord, Timestamp, admits};
use aegis_store::{PartitionId, Record, Seq, StoreError, Stream};
use parking_lot::Mutex;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

/// Frames a client may be behind before it misses some.
const QUEUE: usize = 512;
/// Records read at a time.
const READ: usize = 1_000;
/// How long the log is left to gather more before it is read again.
const PACE: Duration = Duration::from_millis(50);

/// A frame, serialised once for all who get it.
pub type Frame = Arc<str>;

/// What a client is told about its own stream.
#[derive(Default)]
pub struct Counters {
    /// Events its filter passed.
    pub matched: AtomicU64,
    /// Of those, put into its queue.
    pub shown: AtomicU64,
}

/// What did not fit a client's queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missed {
    /// When the first one happened.
    pub from: Timestamp,
    /// When the last one happened.
    pub to: Timestamp,
    /// How many.
    pub count: u64,
}

struct Subscriber {
    filter: EventFilter,
    masks: Vec<Vec<u64>>,
    queue: mpsc::Sender<Frame>,
    counters: Arc<Counters>,
    missed: Arc<Mutex<Option<Missed>>>,
}

/// One client's end of the stream.
pub struct Subscription {
    /// Its events.
    pub frames: mpsc::Receiver<Frame>,
    /// Figures about it.
    pub counters: Arc<Counters>,
    /// What it missed since it was last told.
    pub missed: Arc<Mutex<Option<Missed>>>,
}

#[derive(Default)]
struct Inner {
    next: u64,
    subscribers: HashMap<u64, Subscriber>,
    positions: HashMap<PartitionId, Seq>,
}

/// Who is watching.
#[derive(Default)]
pub struct Live {
    inner: Mutex<Inner>,
    /// Events seen since start, watched or not.
    pub seen: AtomicU64,
}

impl Live {
    /// Nobody.
    pub fn new() -> Self {
        Live::default()
    }

    /// Adds a watcher. Dropping the key's entry by `unsubscribe` ends it.
    pub fn subscribe(&self, filter: EventFilter) -> (u64, Subscription) {
        let (queue, frames) = mpsc::channel(QUEUE);
        let subscription = Subscription { frames, counters: Arc::default(), missed: Arc::default() };
        let subscriber = Subscriber {
            masks: filter.masks(),
            filter,
            queue,
            counters: subscription.counters.clone(),
            missed: subscription.missed.clone(),
        };
        let mut inner = self.inner.lock();
        inner.next += 1;
        let key = inner.next;
        inner.subscribers.insert(key, subscriber);
        (key, subscription)
    }

    /// Removes a watcher.
    pub fn unsubscribe(&self, key: u64) {
        self.inner.lock().subscribers.remove(&key);
    }

    /// How many watch.
    pub fn watching(&self) -> usize {
        self.inner.lock().subscribers.len()
    }

    /// How far each partition was read.
    pub fn positions(&self) -> Vec<(PartitionId, Seq)> {
        let mut positions: Vec<_> = self.inner.lock().positions.iter().map(|(p, s)| (*p, *s)).collect();
        positions.sort_unstable();
        positions
    }

    /// True when somebody's filter may pass this signature.
    fn wanted(&self, signature: u64) -> bool {
        let signature = aegis_domain::Signature(signature);
        self.inner.lock().subscribers.values().any(|s| admits(&s.masks, signature))
    }

    /// Hands a frame to everybody, whatever their filter. Who has no room for it misses it: such frames say what can be
    /// asked for, too.
    pub fn tell_all(&self, frame: &Frame) {
        for subscriber in self.inner.lock().subscribers.values() {
            let _ = subscriber.queue.try_send(frame.clone());
        }
    }

    fn hand_out(&self, e: &EventRecord, frames: &[Frame]) -> u64 {
        let mut skipped = 0;
        for s in self.inner.lock().subscribers.values().filter(|s| s.filter.matches(e)) {
            s.counters.matched.fetch_add(1, Ordering::Relaxed);
            // All of an event's frames or none.
            let fits = s.queue.capacity() >= frames.len();
            if fits && frames.iter().all(|f| s.queue.try_send(f.clone()).is_ok()) {
                s.counters.shown.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            skipped += 1;
            let mut missed = s.missed.lock();
            *missed = Some(match *missed {
                None => Missed { from: e.occurred_at, to: e.occurred_at, count: 1 },
                Some(m) => Missed {
                    from: m.from.min(e.occurred_at),
                    to: m.to.max(e.occurred_at),
                    count: m.count + 1,
                },
            });
        }
        skipped
    }
}

/// Follows the log until stopped. Starts at its end: what was before is history.
pub async fn run(app: App) {
    let mut appended = app.store.log.appended();
    while let Err(e) = start(&app).await {
        tracing::warn!(error = %e, "live stream cannot read the log; trying again");
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
    loop {
        if let Err(e) = follow(&app).await {
            tracing::warn!(error = %e, "live stream cannot read the log; trying again");
        }
        tokio::select! {
            () = app.stop.cancelled() => return,
            changed = appended.changed() => if changed.is_err() { return },
        }
        tokio::time::sleep(PACE).await;
    }
}

async fn start(app: &App) -> Result<(), StoreError> {
    let marks = app.store.log.partitions(Stream::Events).await?;
    app.live.inner.lock().positions = marks.into_iter().collect();
    Ok(())
}

async fn follow(app: &App) -> Result<(), StoreError> {
    for (partition, high_water) in app.store.log.partitions(Stream::Events).await? {
        let mut at = app.live.inner.lock().positions.get(&partition).copied().unwrap_or(0);
        while at < high_water {
            if app.live.watching() == 0 {
                app.live.seen.fetch_add(high_water - at, Ordering::Relaxed);
                at = high_water;
            } else {
                let records = app.store.log.read(Stream::Events, partition, at, READ).await?;
                at = records.last().map_or(high_water, |r| r.seq);
                app.live.seen.fetch_add(records.len() as u64, Ordering::Relaxed);
                for record in &records {
                    publish(app, record).await?;
                }
            }
            app.live.inner.lock().positions.insert(partition, at);
        }
    }
    Ok(())
}

async fn publish(app: &App, record: &Record) -> Result<(), StoreError> {
    if !app.live.wanted(record.signature) {
        return Ok(());
    }
    let event = view::parse(record)?;
    let frames = frames(app, record, &event).await?;
    let skipped = app.live.hand_out(&event, &frames);
    app.metrics.live_skipped.inc_by(skipped);
    Ok(())
}

/// What a frame says. Written straight from the types of the API, so that it says the same, digit for digit.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum News<'a> {
    Event { event: &'a EventRow },
    Finding { event_id: EventId, finding: &'a FindingView },
}

impl News<'_> {
    fn frame(&self) -> Result<Frame, StoreError> {
        serde_json::to_string(self).map(Into::into).map_err(|e| StoreError::Corrupt(e.to_string()))
    }
}

/// An event's frames: itself, then its findings.
pub async fn frames(app: &App, record: &Record, event: &EventRecord) -> Result<Vec<Frame>, StoreError> {
    let row = view::row(app, record, event).await?;
    let mut frames = vec![News::Event { event: &row }.frame()?];
    for finding in &view::findings(event.id, &event.findings) {
        frames.push(News::Finding { event_id: event.id, finding }.frame()?);
    }
    Ok(frames)
}
