//! From ledger rows to rows of the store: one book for each feed of each credential.
//! Called by sinks for each page, and once a window is read whole. Invariants: a row's key is a hash of its kind, bucket
//! and dimensions in one form; only what a whole reading no longer has is withdrawn.

use crate::walk::Walk;
use aegis_domain::LedgerRow;
use aegis_store::{Ledger, NewRow, Put, RowKey, StoreError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::ops::AddAssign;
use std::sync::Arc;

/// Rows put at once.
const BATCH: usize = 2_000;
/// Rows withdrawn at once.
const SWEEP: usize = 5_000;

/// What became of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Not there before.
    pub new: u64,
    /// Revised.
    pub changed: u64,
    /// As before.
    pub same: u64,
    /// Taken back by the vendor.
    pub withdrawn: u64,
}

impl Kept {
    /// Counts a row.
    pub fn count(&mut self, put: Put) {
        match put {
            Put::New => self.new += 1,
            Put::Changed => self.changed += 1,
            Put::Same => self.same += 1,
        }
    }
}

impl AddAssign for Kept {
    fn add_assign(&mut self, other: Kept) {
        self.new += other.new;
        self.changed += other.changed;
        self.same += other.same;
        self.withdrawn += other.withdrawn;
    }
}

/// A book of the ledger.
#[derive(Clone)]
pub struct Book {
    ledger: Arc<dyn Ledger>,
    name: String,
}

impl Book {
    /// The book called `name`: `Walk::book` says how feeds' are called.
    pub fn new(ledger: Arc<dyn Ledger>, name: impl Into<String>) -> Self {
        Book { ledger, name: name.into() }
    }

    /// Puts rows, and notes that `run` saw them; answers when they are durable.
    pub async fn put(&self, run: u64, rows: &[LedgerRow]) -> Result<Kept, StoreError> {
        let mut kept = Kept::default();
        self.put_each(run, rows).await?.into_iter().for_each(|put| kept.count(put));
        Ok(kept)
    }

    /// The same, and says of each row, in order, what became of it.
    pub async fn put_each(&self, run: u64, rows: &[LedgerRow]) -> Result<Vec<Put>, StoreError> {
        let mut all = Vec::with_capacity(rows.len());
        for rows in rows.chunks(BATCH) {
            let rows = rows.iter().map(entry).collect::<Result<_, _>>()?;
            all.extend(self.ledger.put(&self.name, run, rows).await?);
        }
        Ok(all)
    }

    /// After a walk that is whole: takes back the rows of its window that it did not see. Nothing is taken back where
    /// the adapter found something remarkable, such as rows the vendor may have left out. Returns how many.
    ///
    /// A row belongs to the window that holds the first instant of its bucket; adapters read every bucket that a window
    /// touches to its end, so such a row was read if the vendor still has it.
    pub async fn sweep(&self, walk: &Walk) -> Result<u64, StoreError> {
        let mut withdrawn = 0;
        if !walk.is_whole() || !walk.notes.is_empty() {
            return Ok(withdrawn);
        }
        loop {
            let done = self.ledger.withdraw(&self.name, walk.from, walk.to, walk.run, SWEEP).await?;
            withdrawn += done as u64;
            if done == 0 {
                return Ok(withdrawn);
            }
        }
    }
}

fn entry(row: &LedgerRow) -> Result<NewRow, StoreError> {
    Ok(NewRow { at: row.from, key: key(row)?, body: json(row)? })
}

/// Which row it is. Fields are written in the order they are declared in and maps are sorted: one form.
pub(crate) fn key(row: &LedgerRow) -> Result<RowKey, StoreError> {
    let hash = Sha256::digest(json(&(row.kind, row.from, row.to, &row.dimensions))?);
    let mut key = RowKey::default();
    let len = key.len();
    key.copy_from_slice(&hash[..len]);
    Ok(key)
}

fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(value).map_err(|e| StoreError::Corrupt(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_domain::{Dimensions, LedgerKind, Quantities, Timestamp};

    fn row() -> LedgerRow {
        LedgerRow {
            kind: LedgerKind::Usage,
            from: Timestamp::from_millis(0),
            to: Timestamp::from_millis(86_400_000),
            dimensions: Dimensions { model: Some("m".into()), ..Dimensions::default() },
            quantities: Quantities { requests: Some(1), ..Quantities::default() },
            money: None,
            estimate: false,
        }
    }

    #[test]
    fn the_key_is_what_a_row_is_about_and_nothing_else() {
        let of = |change: fn(&mut LedgerRow)| {
            let mut row = row();
            change(&mut row);
            key(&row).expect("key")
        };
        let first = of(|_| ());
        assert_eq!(first, of(|r| r.quantities.requests = Some(2)));
        assert_eq!(first, of(|r| r.estimate = true));
        let others = [
            of(|r| r.kind = LedgerKind::Cost),
            of(|r| r.from = Timestamp::from_millis(1)),
            of(|r| r.to = Timestamp::from_millis(1)),
            of(|r| r.dimensions.model = None),
            of(|r| r.dimensions.project = Some("m".into())),
            of(|r| {
                r.dimensions.other.insert("model".into(), "m".into());
            }),
        ];
        assert!(others.iter().all(|other| *other != first));
        // a key that changed with the program would double every row that is kept
        assert_eq!(u128::from_be_bytes(first), 76_070_136_244_357_893_011_609_789_513_724_981_392);
    }
}
