//! Makes the rollups again from the log and puts them in the place of the present ones.
//! Called by the command line while no server runs on the folder.

use super::absorb::{absorb_span, oldest_minute};
use super::{ByValue, REST, SET};
use aegis_domain::Timestamp;
use aegis_store::{Grain, Store, StoreError, Stream, Tally};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The set that is made beside the present one.
const NEW: &str = "rollups.rebuilt";
/// Tallies compared at a time.
const PAGE: usize = 2_000;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rebuilt {
    /// Tallies made.
    pub tallies: u64,
    /// Of those, absent before or with another content.
    pub changed: u64,
    /// Tallies that were there and are not in the log.
    pub removed: u64,
}

type Row = (Grain, Timestamp, String, String, Tally);

/// See the module. A consumer that had not caught up shows as a difference.
pub async fn rebuild(store: &Store, now: Timestamp) -> Result<Rebuilt, StoreError> {
    store.tallies.clear(NEW).await?;
    for (partition, high_water) in store.log.partitions(Stream::Events).await? {
        while absorb_span(store, NEW, partition, high_water).await? < high_water {}
    }
    for set in [SET, NEW] {
        store.tallies.purge(set, Grain::Minute, oldest_minute(now)).await?;
    }
    let result = compare(store).await?;
    store.tallies.replace(NEW, SET).await?;
    Ok(result)
}

/// Names a bucket of a dimension; in the order of `dump`.
type Of = (Grain, String, Timestamp);

async fn compare(store: &Store) -> Result<Rebuilt, StoreError> {
    let (mut old, mut new) = (Buckets::of(SET), Buckets::of(NEW));
    let mut result = Rebuilt { tallies: 0, changed: 0, removed: 0 };
    let (mut a, mut b) = (old.next(store).await?, new.next(store).await?);
    loop {
        let order = match (&a, &b) {
            (None, None) => return Ok(result),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => a.0.cmp(&b.0),
        };
        let none = BTreeMap::new();
        let before = a.as_ref().filter(|_| order.is_le()).map_or(&none, |bucket| &bucket.1);
        let after = b.as_ref().filter(|_| order.is_ge()).map_or(&none, |bucket| &bucket.1);
        note(&mut result, before, after);
        if order.is_le() {
            a = old.next(store).await?;
        }
        if order.is_ge() {
            b = new.next(store).await?;
        }
    }
}

/// Adds to `result` how a bucket differs. Which values were kept apart in a crowded one hangs on when the consumer
/// looked, so that there only what they add up to must be the same.
fn note(result: &mut Rebuilt, before: &ByValue, after: &ByValue) {
    result.tallies += after.len() as u64;
    if before.contains_key(REST) || after.contains_key(REST) {
        result.changed += u64::from(total(before) != total(after));
        return;
    }
    result.changed += after.iter().filter(|(value, tally)| before.get(*value) != Some(*tally)).count() as u64;
    result.removed += before.keys().filter(|value| !after.contains_key(*value)).count() as u64;
}

fn total(values: &ByValue) -> Tally {
    let mut sum = Tally::default();
    values.values().for_each(|tally| sum.merge(tally));
    sum
}

/// The tallies of a set, a bucket of a dimension at a time, read a page at a time.
struct Buckets {
    set: &'static str,
    page: std::iter::Peekable<std::vec::IntoIter<Row>>,
    after: Option<(Grain, Timestamp, String, String)>,
    done: bool,
}

impl Buckets {
    fn of(set: &'static str) -> Self {
        Buckets { set, page: Vec::new().into_iter().peekable(), after: None, done: false }
    }

    async fn next(&mut self, store: &Store) -> Result<Option<(Of, ByValue)>, StoreError> {
        let mut open: Option<(Of, ByValue)> = None;
        loop {
            let same = |row: &Row| open.as_ref().is_none_or(|(of, _)| *of == name(row));
            if let Some(row) = self.page.next_if(same) {
                let values = &mut open.get_or_insert_with(|| (name(&row), BTreeMap::new())).1;
                values.insert(row.3, row.4);
            } else if self.page.peek().is_some() || self.done {
                return Ok(open);
            } else {
                let page = store.tallies.dump(self.set, self.after.take(), PAGE).await?;
                self.done = page.len() < PAGE;
                self.after = page.last().map(|r| (r.0, r.1, r.2.clone(), r.3.clone()));
                self.page = page.into_iter().peekable();
            }
        }
    }
}

fn name(row: &Row) -> Of {
    (row.0, row.2.clone(), row.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(of: &[(&str, i64)]) -> ByValue {
        of.iter().map(|&(v, n)| (v.to_owned(), Tally { counters: vec![n], sketches: Vec::new() })).collect()
    }

    #[test]
    fn a_bucket_is_compared_value_by_value_and_a_crowded_one_by_its_sum() {
        for (before, after, want) in [
            (&[("a", 1), ("b", 2)][..], &[("a", 1), ("b", 2)][..], (2, 0, 0)),
            (&[("a", 1), ("b", 2)], &[("a", 2), ("c", 2)], (2, 2, 1)),
            (&[("a", 1)], &[], (0, 0, 1)),
            (&[], &[("a", 1)], (1, 1, 0)),
            (&[("a", 1), (REST, 2)], &[("b", 2), (REST, 1)], (2, 0, 0)),
            (&[("a", 1), (REST, 2)], &[("b", 2), (REST, 2)], (2, 1, 0)),
            (&[(REST, 2)], &[], (0, 1, 0)),
        ] {
            let mut result = Rebuilt { tallies: 0, changed: 0, removed: 0 };
            note(&mut result, &values(before), &values(after));
            assert_eq!((result.tallies, result.changed, result.removed), want, "{before:?} {after:?}");
        }
    }
}
