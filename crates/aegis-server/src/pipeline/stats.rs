//! Counts what came in, by source and second: for `/pipeline/status`.
//! Since the process started; figures over stored events come from the rollups.

use aegis_domain::{Source, Timestamp};
use parking_lot::Mutex;

/// Seconds that rates are taken over.
const WINDOW: usize = 10;
const SOURCES: [Source; 4] = [Source::App, Source::Gateway, Source::Collector, Source::Otlp];

/// What one request brought.
#[derive(Default)]
pub struct Tally {
    stored: [u64; SOURCES.len()],
    /// Known already.
    pub duplicates: u64,
    /// Not accepted.
    pub rejected: u64,
}

impl Tally {
    /// So many not accepted, and nothing else.
    pub fn rejected(n: u64) -> Self {
        Tally { rejected: n, ..Tally::default() }
    }

    /// One more stored.
    pub fn stored(&mut self, source: Source) {
        if let Some(i) = SOURCES.iter().position(|s| *s == source) {
            self.stored[i] += 1;
        }
    }

    /// All stored.
    pub fn stored_total(&self) -> u64 {
        self.stored.iter().sum()
    }
}

/// Counts since the process started.
#[derive(Clone, Copy, Default, serde::Serialize, utoipa::ToSchema)]
#[schema(as = PipelineTotals)]
pub struct Totals {
    /// Items posted.
    pub received: u64,
    /// Made durable.
    pub stored: u64,
    /// Known already.
    pub duplicates: u64,
    /// Not accepted.
    pub rejected: u64,
    /// Refused because the queue was full or the store could not write.
    pub refused: u64,
}

/// Per second, over the last ten.
#[derive(Clone, Copy, Default, serde::Serialize, utoipa::ToSchema)]
pub struct Rates {
    /// Items posted.
    pub received_per_s: f64,
    /// Made durable.
    pub stored_per_s: f64,
    /// Not accepted.
    pub rejected_per_s: f64,
}

/// Of one source.
#[derive(Clone, Copy, serde::Serialize, utoipa::ToSchema)]
pub struct SourceStats {
    /// Which.
    pub source: Source,
    /// Made durable.
    pub stored: u64,
    /// When the last one came.
    pub last_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Default)]
struct Second {
    second: i64,
    received: u64,
    stored: u64,
    rejected: u64,
}

#[derive(Default)]
struct Inner {
    totals: Totals,
    stored: [u64; SOURCES.len()],
    last: [Option<Timestamp>; SOURCES.len()],
    ring: [Second; WINDOW + 1],
}

/// See the module.
#[derive(Default)]
pub struct Stats(Mutex<Inner>);

impl Stats {
    /// Counts a request.
    pub fn add(&self, tally: &Tally, now: Timestamp) {
        let mut inner = self.0.lock();
        let stored = tally.stored_total();
        let received = stored + tally.duplicates + tally.rejected;
        inner.totals.received += received;
        inner.totals.stored += stored;
        inner.totals.duplicates += tally.duplicates;
        inner.totals.rejected += tally.rejected;
        for (i, n) in tally.stored.into_iter().enumerate().filter(|(_, n)| *n > 0) {
            inner.stored[i] += n;
            inner.last[i] = Some(now);
        }
        let second = now.millis().div_euclid(1000);
        let slot = &mut inner.ring[second.rem_euclid(WINDOW as i64 + 1) as usize];
        if slot.second != second {
            *slot = Second { second, ..Second::default() };
        }
        slot.received += received;
        slot.stored += stored;
        slot.rejected += tally.rejected;
    }

    /// Counts items that were refused whole.
    pub fn refused(&self, n: u64) {
        let mut inner = self.0.lock();
        inner.totals.received += n;
        inner.totals.refused += n;
    }

    /// Totals, rates and sources as of `now`. Rates leave out the second that is not over.
    pub fn read(&self, now: Timestamp) -> (Totals, Rates, Vec<SourceStats>) {
        let inner = self.0.lock();
        let second = now.millis().div_euclid(1000);
        let mut rates = Rates::default();
        for slot in inner.ring.iter().filter(|s| s.second < second && s.second >= second - WINDOW as i64) {
            rates.received_per_s += slot.received as f64 / WINDOW as f64;
            rates.stored_per_s += slot.stored as f64 / WINDOW as f64;
            rates.rejected_per_s += slot.rejected as f64 / WINDOW as f64;
        }
        let sources = SOURCES
            .into_iter()
            .enumerate()
            .map(|(i, source)| SourceStats { source, stored: inner.stored[i], last_at: inner.last[i] })
            .collect();
        (inner.totals, rates, sources)
    }
}
