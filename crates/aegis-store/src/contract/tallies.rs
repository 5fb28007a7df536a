//! Tallies: counters by (grain, bucket, dimension, value), merged by addition.
//! Invariant: a span of the log counts once. A consumer reads `absorbed`, reads the log beyond it, and applies the
//! span; applying a span that ends at or before `absorbed` changes nothing.

use super::{PartitionId, Seq, StoreError};
use aegis_domain::Timestamp;
use std::collections::BTreeMap;

/// Width of a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grain {
    /// For ranges up to hours.
    Minute,
    /// For days.
    Hour,
    /// For months.
    Day,
}

/// Which counter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TallyKey {
    /// Bucket width.
    pub grain: Grain,
    /// Bucket start.
    pub bucket: Timestamp,
    /// Dimension: `all`, `vendor`, `model`, `detector_vendor`…
    pub dimension: &'static str,
    /// Value; of a pair, both joined by U+001F.
    pub value: String,
}

/// An index into a tally's counters; the consumer names them.
pub type Counter = usize;

/// A bin of a latency sketch: (bin index, count). Sketches are lists of bins, sorted by index.
pub type Bin = (i32, u64);

/// Counters and sketches of one key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// By `Counter`; shorter means zeros.
    pub counters: Vec<i64>,
    /// One sketch per measured time, in the consumer's order; shorter means empty.
    pub sketches: Vec<Vec<Bin>>,
}

impl Tally {
    /// Adds another tally to this one.
    pub fn merge(&mut self, other: &Tally) {
        if self.counters.len() < other.counters.len() {
            self.counters.resize(other.counters.len(), 0);
        }
        for (mine, theirs) in self.counters.iter_mut().zip(&other.counters) {
            *mine = mine.saturating_add(*theirs);
        }
        if self.sketches.len() < other.sketches.len() {
            self.sketches.resize(other.sketches.len(), Vec::new());
        }
        for (mine, theirs) in self.sketches.iter_mut().zip(&other.sketches) {
            add_bins(mine, theirs);
        }
    }
}

/// Adds sorted bins to sorted bins, in one walk over both.
pub(crate) fn add_bins(mine: &mut Vec<Bin>, theirs: &[Bin]) {
    if mine.is_empty() {
        mine.extend_from_slice(theirs);
        return;
    }
    let mut at = 0;
    let mut absent = 0;
    // Most bins are there already: those are added in place, the others counted.
    for &(bin, count) in theirs {
        while at < mine.len() && mine[at].0 < bin {
            at += 1;
        }
        match mine.get_mut(at) {
            Some(present) if present.0 == bin => present.1 = present.1.saturating_add(count),
            _ => absent += 1,
        }
    }
    if absent == 0 {
        return;
    }
    let old = mine.len();
    mine.resize(old + absent, (0, 0));
    // From the back, so that nothing is overwritten before it is moved.
    let (mut from, mut to) = (old, old + absent);
    for &(bin, count) in theirs.iter().rev() {
        while from > 0 && mine[from - 1].0 > bin {
            (from, to) = (from - 1, to - 1);
            mine[to] = mine[from];
        }
        if from == 0 || mine[from - 1].0 != bin {
            to -= 1;
            mine[to] = (bin, count);
        }
    }
}

/// What a span of the log adds.
pub type Deltas = Vec<(TallyKey, Tally)>;

/// Which tallies to read: one dimension of one grain over a range of buckets.
#[derive(Debug, Clone)]
pub struct TallyQuery {
    /// The consumer's name.
    pub set: &'static str,
    /// Bucket width.
    pub grain: Grain,
    /// First bucket.
    pub from: Timestamp,
    /// First bucket after.
    pub to: Timestamp,
    /// Dimension.
    pub dimension: &'static str,
    /// Only this value.
    pub value: Option<String>,
    /// How many of the first sketches to read, too.
    pub sketches: usize,
}

/// The rollups.
#[async_trait::async_trait]
pub trait Tallies: Send + Sync {
    /// How far `set` has absorbed `partition`; 0 at first.
    async fn absorbed(&self, set: &str, partition: PartitionId) -> Result<Seq, StoreError>;

    /// Adds the span (`after`, `upto`] of `partition` to `set`, once. `Conflict` when `after` is not what is absorbed
    /// and `upto` lies beyond it: somebody else absorbed a part.
    async fn apply(
        &self,
        set: &str,
        partition: PartitionId,
        after: Seq,
        upto: Seq,
        deltas: Deltas,
    ) -> Result<(), StoreError>;

    /// The tallies asked for, by bucket, then value. Buckets without events are absent.
    async fn read(&self, query: TallyQuery) -> Result<Vec<(Timestamp, String, Tally)>, StoreError>;

    /// The same, added up over the range: one tally for each value, of each query. All answers are of one state of
    /// the store, and cost less than adding up what `read` answers.
    async fn sum(&self, queries: Vec<TallyQuery>) -> Result<Vec<BTreeMap<String, Tally>>, StoreError>;

    /// Every tally of a set, ordered by grain, dimension, bucket, value, a page at a time: for comparing.
    /// `after` is the last key seen.
    async fn dump(
        &self,
        set: &str,
        after: Option<(Grain, Timestamp, String, String)>,
        limit: usize,
    ) -> Result<Vec<(Grain, Timestamp, String, String, Tally)>, StoreError>;

    /// Puts the set `from` in the place of the set `to`, cursors included; `from` is gone afterwards.
    async fn replace(&self, from: &str, to: &str) -> Result<(), StoreError>;

    /// Forgets a set, cursors included.
    async fn clear(&self, set: &str) -> Result<(), StoreError>;

    /// Deletes tallies of a grain whose buckets start before `before`. Returns how many.
    async fn purge(&self, set: &str, grain: Grain, before: Timestamp) -> Result<usize, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn bins() -> impl Strategy<Value = Vec<Bin>> {
        proptest::collection::btree_map(-20..20i32, 1..100u64, 0..20)
            .prop_map(|map| map.into_iter().collect())
    }

    proptest! {
        #[test]
        fn bins_add_up_and_stay_sorted(mine in bins(), theirs in bins()) {
            let mut want: BTreeMap<i32, u64> = mine.iter().copied().collect();
            for &(bin, count) in &theirs {
                *want.entry(bin).or_default() += count;
            }
            let mut got = mine;
            add_bins(&mut got, &theirs);
            prop_assert_eq!(got, want.into_iter().collect::<Vec<_>>());
        }
    }
}
