//! Tallies: counters by (grain, bucket, dimension, value), merged by addition.
//! Invariants: a span of the log counts once. A consumer reads `absorbed`, reads the log beyond it, and applies the
//! span; applying a span that ends at or before `absorbed` changes nothing. A bucket of a dimension holds a bounded
//! number of values, and what its values add up to is never less for it (`cut`).

use super::{PartitionId, Seq, StoreError};
use aegis_domain::Timestamp;
use std::cmp::Reverse;
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

/// Values of one dimension that a bucket holds at most, `REST` not counted: callers choose names, and some choose a
/// new one for each event. Twice as many people as most organisations have, at 10 ns each for a page that ranks them.
pub const MOST_VALUES: usize = 8_192;

/// Values that a bucket keeps when there were more.
pub const KEPT_VALUES: usize = MOST_VALUES / 2;

/// The value under which a bucket counts what had to make room. It is nobody's name: a consumer must not use it.
pub const REST: &str = "\u{1f}";

/// Cuts the sorted tallies of a bucket and dimension to `kept` values if they are more than `most`: those with the
/// most in their first counter stay, the others are added up under `REST`. A value that comes back begins anew, so
/// that one beside a `REST` is a lower bound.
pub fn cut(mut values: Vec<(String, Tally)>, most: usize, kept: usize) -> Vec<(String, Tally)> {
    let rest = values.iter().position(|(value, _)| value == REST).map(|at| values.remove(at).1);
    let mut rest = rest.unwrap_or_default();
    if values.len() > most {
        let rank = |(_, tally): &(String, Tally)| Reverse(tally.counters.first().copied().unwrap_or(0));
        // Stable: of equals, the first by name stay.
        values.sort_by_key(rank);
        for (_, tally) in values.drain(kept.min(most)..) {
            rest.merge(&tally);
        }
        values.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    if rest != Tally::default() {
        let at = values.partition_point(|(value, _)| value.as_str() < REST);
        values.insert(at, (REST.to_owned(), rest));
    }
    values
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
    /// and `upto` lies beyond it: somebody else absorbed a part. A bucket that comes to hold more than `MOST_VALUES`
    /// of a dimension is `cut`.
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

        #[test]
        fn a_cut_loses_nothing_and_keeps_the_heaviest(
            counts in proptest::collection::btree_map("[\u{1f}a-c]{1,2}", 1..50i64, 0..30), most in 1..20usize
        ) {
            let tally = |n: i64| Tally { counters: vec![n, 1], sketches: vec![vec![(n as i32, 1)]] };
            let values: Vec<_> = counts.iter().map(|(value, n)| (value.clone(), tally(*n))).collect();
            let sum = |values: &[(String, Tally)]| {
                let mut sum = Tally::default();
                values.iter().for_each(|(_, tally)| sum.merge(tally));
                sum
            };
            let kept = most.div_ceil(2);
            let got = cut(values.clone(), most, kept);
            prop_assert_eq!(sum(&got), sum(&values));
            prop_assert!(got.is_sorted_by(|(a, _), (b, _)| a < b));
            let named = |list: &[(String, Tally)]| list.iter().filter(|(v, _)| v != REST).count();
            if named(&values) <= most {
                prop_assert_eq!(got, values);
            } else {
                prop_assert_eq!(named(&got), kept);
                let is_kept = |value: &String| value == REST || got.iter().any(|(v, _)| v == value);
                let least = got.iter().filter(|(v, _)| v != REST).map(|(_, t)| t.counters[0]).min();
                let gone = values.iter().filter(|(v, _)| !is_kept(v)).map(|(_, t)| t.counters[0]).max();
                prop_assert!(gone <= least);
                prop_assert_eq!(cut(got.clone(), most, kept), got);
            }
        }
    }
}
