//! Tallies on SQLite, in runs of neighbouring values, a row each (`run`). `merge` adds to them, `read` shows them, `sets`
//! names and forgets them, `codec` is the form of one tally, `migrate` brings older forms to this one.

mod codec;
mod merge;
mod migrate;
mod read;
mod run;
mod sets;

pub(super) use migrate::pack_rows;

use super::queue::Load;
use super::{Counters, Sqlite};
use crate::{Deltas, Grain, PartitionId, Seq, StoreError, Tallies, Tally, TallyKey, TallyQuery};
use aegis_domain::Timestamp;
use merge::Span;
use rusqlite::Transaction;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A tally's key, as `dump` tells it.
type Key = (Grain, Timestamp, String, String);
/// A tally with its key.
type Dumped = (Grain, Timestamp, String, String, Tally);

#[async_trait::async_trait]
impl Tallies for Sqlite {
    async fn absorbed(&self, set: &str, partition: PartitionId) -> Result<Seq, StoreError> {
        let set = set.to_owned();
        self.inner
            .readers
            .read(move |tx| match sets::find(tx, &set)? {
                Some(found) => Ok(sets::absorbed(tx, found.number, partition)?),
                None => Ok(0),
            })
            .await
    }

    async fn apply(
        &self,
        set: &str,
        partition: PartitionId,
        after: Seq,
        upto: Seq,
        deltas: Deltas,
    ) -> Result<(), StoreError> {
        let span = Arc::new(Span { set: set.to_owned(), partition, after, upto, deltas: sorted(deltas) });
        // The sums are worked out beside the writer, which others wait for; it only checks that they still hold.
        let reading = Arc::clone(&span);
        let sums = self.inner.readers.read(move |tx| merge::sums(tx, &reading)).await?;
        self.inner.writer.submit(Load::default(), move |tx| merge::apply(tx, &span, &sums)).await
    }

    async fn read(&self, query: TallyQuery) -> Result<Vec<(Timestamp, String, Tally)>, StoreError> {
        let counters = self.counters();
        self.inner.readers.read(move |tx| read::read(tx, &query, &counters)).await
    }

    async fn sum(&self, queries: Vec<TallyQuery>) -> Result<Vec<BTreeMap<String, Tally>>, StoreError> {
        let counters = self.counters();
        let sums = move |tx: &Transaction<'_>| queries.iter().map(|q| read::sum(tx, q, &counters)).collect();
        self.inner.readers.read(sums).await
    }

    async fn dump(
        &self,
        set: &str,
        after: Option<Key>,
        limit: usize,
    ) -> Result<Vec<(Grain, Timestamp, String, String, Tally)>, StoreError> {
        let set = set.to_owned();
        self.inner.readers.read(move |tx| read::dump(tx, &set, after, limit)).await
    }

    async fn replace(&self, from: &str, to: &str) -> Result<(), StoreError> {
        let (from, to) = (from.to_owned(), to.to_owned());
        self.inner
            .writer
            .submit(Load::default(), move |tx| {
                if from != to {
                    sets::forget(tx.conn, &to)?;
                    sets::rename(tx.conn, &from, &to)?;
                }
                Ok(sets::sweep(tx.conn)?)
            })
            .await
    }

    async fn clear(&self, set: &str) -> Result<(), StoreError> {
        let set = set.to_owned();
        self.inner
            .writer
            .submit(Load::default(), move |tx| {
                sets::forget(tx.conn, &set)?;
                Ok(sets::sweep(tx.conn)?)
            })
            .await
    }

    async fn purge(&self, set: &str, grain: Grain, before: Timestamp) -> Result<usize, StoreError> {
        let set = set.to_owned();
        self.inner
            .writer
            .submit(Load::default(), move |tx| Ok(sets::purge(tx.conn, &set, grain, before)?))
            .await
    }
}

const fn grain_number(grain: Grain) -> i64 {
    match grain {
        Grain::Minute => 0,
        Grain::Hour => 1,
        Grain::Day => 2,
    }
}

fn grain_of(number: i64) -> Result<Grain, StoreError> {
    [Grain::Minute, Grain::Hour, Grain::Day]
        .into_iter()
        .find(|g| grain_number(*g) == number)
        .ok_or_else(|| StoreError::Corrupt(format!("no grain has the number {number}")))
}

/// Deltas in the order of the rows, each key once, so that neighbours fall on the same page.
fn sorted(mut deltas: Deltas) -> Deltas {
    fn order(key: &TallyKey) -> (Grain, &'static str, Timestamp, &str) {
        (key.grain, key.dimension, key.bucket, &key.value)
    }
    deltas.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
    deltas.dedup_by(|(key, delta), (kept, sum)| {
        let same = kept == key;
        if same {
            sum.merge(delta);
        }
        same
    });
    deltas
}
