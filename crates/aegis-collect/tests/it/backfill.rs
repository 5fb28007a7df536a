//! The first back-fill of every vendor: ninety days while calls fail and figures are revised, and the process ends three
//! times; then a sync as a schedule makes it. The ledger is the simulator's own books, to the last billionth.

use crate::figures::{Compared, FEEDS, Feed};
use crate::rig::{DAY, Rig};
use crate::samples;
use aegis_collect::{Access, Book, Bounds, Ended, Kept, Sink, Walk, Walker};
use aegis_domain::{Ability, Window};
use aegis_store::StoreError;
use aegis_vendors::admin::Row;
use futures::future::join_all;
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

const DAYS: u32 = 90;
const HOUR: Duration = Duration::from_secs(3600);
/// Pages after which the process ends, each time: some vendors have begun, some are in the middle, some are done.
const LIVES: [u64; 3] = [50, 100, 150];

/// A feed of a credential, and the window it is read over.
struct Reading {
    access: Access,
    feed: Ability,
    window: Window,
    /// Of usage and cost: how it compares with the books.
    figures: Option<Feed>,
}

/// What outlives a process beside the ledger: where each walk is.
type Checkpoints = Mutex<BTreeMap<String, String>>;

/// Pages read of each feed.
fn pages(checkpoints: &Checkpoints) -> BTreeMap<String, u64> {
    let read = |text: &String| serde_json::from_str::<Walk>(text).unwrap().counts.pages;
    checkpoints.lock().iter().map(|(name, text)| (name.clone(), read(text))).collect()
}

async fn readings(rig: &Rig) -> Vec<Reading> {
    let mut readings = Vec::new();
    for feed in FEEDS {
        let access = rig.proved(feed.vendor, feed.key).await;
        let window = feed.window(rig, DAYS);
        readings.push(Reading { access, feed: feed.feed, window, figures: Some(*feed) });
    }
    for (vendor, key, feed) in [
        ("xai", "management", Ability::Balance),
        ("openrouter", "management", Ability::Balance),
        ("deepseek", "api_key", Ability::Balance),
        ("ollama", "local", Ability::Usage),
    ] {
        let access = rig.proved(vendor, key).await;
        readings.push(Reading { access, feed, window: rig.days(DAYS), figures: None });
    }
    readings
}

/// A call in four goes wrong.
fn troubles() -> Vec<Value> {
    let kinds = [("rate_limit", 0.08), ("error", 0.06), ("cut", 0.02), ("reset", 0.03), ("bad_json", 0.03)];
    let often = |(kind, p)| json!({"kind": kind, "probability": p, "retry_after": 2});
    let slow = json!({"kind": "slow", "probability": 0.03, "delay_ms": 20});
    kinds.into_iter().map(often).chain([slow]).collect()
}

/// Ends the process after so many pages, wherever the other walks are.
struct End {
    pages: AtomicU64,
    after: u64,
    now: Notify,
}

struct Desk<'a> {
    book: Book,
    name: String,
    checkpoints: &'a Checkpoints,
    end: &'a End,
}

impl Sink for Desk<'_> {
    async fn keep(&mut self, walk: &Walk, rows: Vec<Row>) -> Result<Kept, StoreError> {
        self.book.keep(walk.run, &rows).await
    }

    async fn checkpoint(&mut self, walk: &Walk) -> Result<(), StoreError> {
        self.checkpoints.lock().insert(self.name.clone(), serde_json::to_string(walk).unwrap());
        if self.end.pages.fetch_add(1, Ordering::Relaxed) + 1 == self.end.after {
            self.end.now.notify_one();
        }
        Ok(())
    }
}

/// Reads on from where the checkpoint says.
async fn read(rig: &Rig, reading: &Reading, run: u64, checkpoints: &Checkpoints, end: &End) {
    let name = format!("{} {run}", Walk::book(&reading.access, reading.feed));
    let saved = checkpoints.lock().get(&name).cloned();
    let mut walk = match saved {
        Some(saved) => serde_json::from_str(&saved).unwrap(),
        None => Walk::begin(&reading.access, reading.feed, reading.window, run, rig.now()),
    };
    let book = Book::new(rig.ledger.clone(), Walk::book(&reading.access, reading.feed));
    let mut desk = Desk { book, name, checkpoints, end };
    let stop = CancellationToken::new();
    let bounds = Bounds::default();
    let walker = Walker { sender: &rig.sender, access: &reading.access, bounds, stop: &stop };
    while let Ended::Stopped(why) = walker.run(&mut walk, &mut desk).await {
        assert!(why.resumes(), "{}: {why}", desk.name);
        rig.rest();
    }
    desk.book.sweep(&walk).await.unwrap();
}

/// A process: the vendors beside each other, the feeds of each one after the other. True when all was read.
async fn live(rig: &Rig, readings: &[Reading], run: u64, checkpoints: &Checkpoints, after: u64) -> bool {
    let end = End { pages: AtomicU64::new(0), after, now: Notify::new() };
    let mut vendors: BTreeMap<&str, Vec<&Reading>> = BTreeMap::new();
    for reading in readings {
        vendors.entry(reading.access.api.catalogue().id).or_default().push(reading);
    }
    assert_eq!(vendors.len(), 12);
    let walks = vendors.into_values().map(|readings| async {
        for reading in readings {
            read(rig, reading, run, checkpoints, &end).await;
        }
    });
    tokio::select! {
        () = end.now.notified() => false,
        _ = join_all(walks) => true,
    }
}

#[tokio::test]
async fn ninety_days_of_every_vendor_are_the_books_through_faults_revisions_and_three_deaths() {
    let mut rig = Rig::start().await;
    let mut readings = readings(&rig).await;
    let (checkpoints, begun) = (Checkpoints::default(), rig.now());
    rig.faults(troubles()).await;
    for after in LIVES {
        let done = live(&rig, &readings, 1, &checkpoints, after).await;
        let pages = pages(&checkpoints);
        assert!(!done, "all was read before the process ended: {pages:?}");
        rig.restart();
        rig.clock.advance(7 * HOUR);
    }
    assert!(live(&rig, &readings, 1, &checkpoints, u64::MAX).await);
    // The next sync reads again what came late or was revised since the last one began: its first pages are that old.
    rig.clock.advance(2 * DAY);
    for reading in &mut readings {
        let back = reading.access.api.reread(reading.feed, &reading.access.credential.kind);
        let from = reading.figures.map_or(rig.now(), |_| begun.minus(back).floor(DAY));
        reading.window = Window { from: from.max(reading.window.from), to: rig.now().ceil(DAY), bucket: DAY };
    }
    assert!(live(&rig, &readings, 2, &checkpoints, u64::MAX).await);
    rig.faults(vec![]).await;
    for reading in &readings {
        let Some(feed) = reading.figures else { continue };
        let first = checkpoints.lock()[&format!("{} 1", Walk::book(&reading.access, feed.feed))].clone();
        let first: Walk = serde_json::from_str(&first).unwrap();
        let window = Window { from: first.from, to: rig.now().ceil(DAY), bucket: DAY };
        let expected = feed.expected(&rig, window).await;
        assert!(expected.values().all(|n| *n > 0), "{feed:?} {expected:?}");
        assert_eq!(feed.collected(&rig, &reading.access, window).await, expected, "{feed:?} {first:?}");
    }
    samples::deepseek_is_the_books(&rig).await;
}
