//! Adds a vendor's book up by day. Called after each run of a collector for the window it read, whether it came to its
//! end or not. Invariants: a day's sums are made from its rows as a whole, so that doing it again, or twice at once,
//! ends in the same; rows are read a page at a time.

use super::DAY;
use aegis_domain::entities::{Entity, LedgerDay, LedgerLine};
use aegis_domain::{LedgerRow, Timestamp};
use aegis_spend::{DaySums, TooLarge};
use aegis_store::{DocumentsExt, RowQuery, Store, StoreError};

/// Rows read at once.
const PAGE: usize = 1_000;

/// A book that cannot be added up.
#[derive(Debug, thiserror::Error)]
pub enum AbsorbError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A figure beyond what sums hold.
    #[error("{1} of {0}: {2}")]
    TooLarge(String, Timestamp, TooLarge),
}

/// Adds up the days of a book that [from, to) touches, `now` being the time of the sums. Returns how many days changed.
pub async fn absorb(
    store: &Store,
    vendor: &str,
    book: &str,
    (from, to): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<u64, AbsorbError> {
    let (mut day, end) = (from.floor(DAY), to.ceil(DAY));
    let mut changed = 0;
    while day < end {
        changed += u64::from(absorb_day(store, vendor, book, day, now).await?);
        day = day.plus(DAY);
    }
    Ok(changed)
}

async fn absorb_day(
    store: &Store,
    vendor: &str,
    book: &str,
    day: Timestamp,
    now: Timestamp,
) -> Result<bool, AbsorbError> {
    let id = LedgerDay::id_of(day, book);
    loop {
        // Read before the rows are: whoever writes meanwhile has newer ones, and this is refused.
        let present = store.documents.get::<LedgerDay>(&id).await?;
        let lines = sum(store, book, day).await?;
        if present.as_ref().map_or(lines.is_empty(), |found| found.value.lines == lines) {
            return Ok(false);
        }
        let version = present.map(|found| found.version);
        match write(store, vendor, book, day, now, version, lines).await {
            Ok(()) => return Ok(true),
            Err(StoreError::Conflict { .. } | StoreError::Duplicate { .. }) => continue,
            Err(e) => return Err(e.into()),
        }
    }
}

async fn write(
    store: &Store,
    vendor: &str,
    book: &str,
    day: Timestamp,
    now: Timestamp,
    version: Option<u64>,
    lines: Vec<LedgerLine>,
) -> Result<(), StoreError> {
    let credential = book.split('/').next().unwrap_or_default().to_owned();
    let (vendor, book) = (vendor.to_owned(), book.to_owned());
    let sums = LedgerDay { day, book, vendor, credential, as_of: now, lines };
    match version {
        Some(version) if sums.lines.is_empty() => {
            store.documents.delete(LedgerDay::COLLECTION, &sums.id(), Some(version)).await.map(drop)
        }
        Some(version) => store.documents.update(version, &sums).await,
        None => store.documents.insert(&sums).await,
    }
}

async fn sum(store: &Store, book: &str, day: Timestamp) -> Result<Vec<LedgerLine>, AbsorbError> {
    let too_large = |e| AbsorbError::TooLarge(book.to_owned(), day, e);
    let mut sums = DaySums::default();
    let mut after = None;
    loop {
        let query = RowQuery { book: book.to_owned(), from: day, to: day.plus(DAY), after, limit: PAGE };
        let rows = store.ledger.rows(query).await?;
        for body in rows.iter().filter_map(|row| row.body.as_ref()) {
            let stated: LedgerRow = serde_json::from_slice(body)
                .map_err(|e| StoreError::Corrupt(format!("a row of {book} in the day of {day}: {e}")))?;
            sums.add(&stated).map_err(too_large)?;
        }
        match rows.last() {
            Some(last) if rows.len() == PAGE => after = Some((last.at, last.key)),
            _ => return sums.into_lines().map_err(too_large),
        }
    }
}
