//! Sums of a book over a window. Called by totals, reconciliation and the tests that compare with a vendor's own books.
//! Invariants: money is summed as whole billionths, each row rounded once, apart for each currency; estimates stay apart
//! from what is billed; a figure that no row states is absent.

use aegis_domain::{Currency, Exact, LedgerKind, LedgerRow, Quantities, Timestamp};
use aegis_store::{Ledger, RowQuery, StoreError};
use std::collections::BTreeMap;

/// Rows read at once.
const PAGE: usize = 1_000;
/// Sums kept apart at most.
const MAX_GROUPS: usize = 100_000;

/// What is told apart. A day is that of the first instant of a row's bucket, in UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct By {
    /// Days.
    pub day: bool,
    /// Models.
    pub model: bool,
    /// Projects.
    pub project: bool,
}

/// Which sum; none where it is not told apart, or the row does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// Year, month, day.
    pub day: Option<(i16, u8, u8)>,
    /// The vendor's name for the model.
    pub model: Option<String>,
    /// The vendor's name for the project.
    pub project: Option<String>,
}

/// A sum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows in it.
    pub rows: u64,
    /// Tokens, requests and the rest.
    pub quantities: Quantities,
    /// Billionths, by currency.
    pub nano: BTreeMap<Currency, i128>,
    /// The same for what the vendor itself calls an estimate.
    pub estimated_nano: BTreeMap<Currency, i128>,
}

/// A sum that cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SumError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An amount beyond what sums hold.
    #[error("a row of {0} states a figure that is too large to be summed")]
    TooLarge(Timestamp),
    /// More groups than are kept apart.
    #[error("more than {MAX_GROUPS} sums: take a shorter window, or tell less apart")]
    TooMany,
}

/// Sums the rows of one kind whose bucket begins within a window.
pub async fn sums(
    ledger: &dyn Ledger,
    book: &str,
    kind: LedgerKind,
    (from, to): (Timestamp, Timestamp),
    by: By,
) -> Result<BTreeMap<Group, Totals>, SumError> {
    let mut groups: BTreeMap<Group, Totals> = BTreeMap::new();
    let mut after = None;
    loop {
        let query = RowQuery { book: book.to_owned(), from, to, after, limit: PAGE };
        let rows = ledger.rows(query).await?;
        for row in &rows {
            let Some(body) = &row.body else { continue };
            let stated: LedgerRow = serde_json::from_slice(body)
                .map_err(|e| StoreError::Corrupt(format!("a row of {book} at {}: {e}", row.at)))?;
            if stated.kind != kind {
                continue;
            }
            let group = Group::of(by, &stated);
            if groups.len() >= MAX_GROUPS && !groups.contains_key(&group) {
                return Err(SumError::TooMany);
            }
            let added = groups.entry(group).or_default().add(&stated);
            added.ok_or(SumError::TooLarge(row.at))?;
        }
        match rows.last() {
            Some(last) if rows.len() == PAGE => after = Some((last.at, last.key)),
            _ => return Ok(groups),
        }
    }
}

impl Group {
    fn of(by: By, row: &LedgerRow) -> Self {
        Group {
            day: by.day.then(|| row.from.date()),
            model: row.dimensions.model.clone().filter(|_| by.model),
            project: row.dimensions.project.clone().filter(|_| by.project),
        }
    }
}

impl Totals {
    /// Adds a row; none where a figure is too large.
    pub fn add(&mut self, row: &LedgerRow) -> Option<()> {
        self.rows += 1;
        if let Some(money) = &row.money {
            let sums = if row.estimate { &mut self.estimated_nano } else { &mut self.nano };
            *sums.entry(money.currency).or_default() += i128::from(money.nano()?);
        }
        let (sum, stated) = (&mut self.quantities, &row.quantities);
        for (sum, stated) in [
            (&mut sum.requests, stated.requests),
            (&mut sum.input_tokens, stated.input_tokens),
            (&mut sum.cached_input_tokens, stated.cached_input_tokens),
            (&mut sum.cache_write_tokens, stated.cache_write_tokens),
            (&mut sum.output_tokens, stated.output_tokens),
            (&mut sum.reasoning_tokens, stated.reasoning_tokens),
        ] {
            if let Some(stated) = stated {
                *sum = Some(sum.unwrap_or(0).checked_add(stated)?);
            }
        }
        for (unit, stated) in &stated.other {
            let sum = sum.other.entry(unit.clone()).or_default();
            *sum = Exact(sum.0.checked_add(stated.0)?);
        }
        Some(())
    }
}
