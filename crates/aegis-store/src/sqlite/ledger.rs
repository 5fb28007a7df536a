//! The ledger on SQLite: one table for all books, clustered by place, so that a page of a window is one stretch of it.
//! Invariant: a row's revision rises exactly when its body changes.

use super::Sqlite;
use super::error::Failure;
use super::queue::Load;
use super::writer::Transaction;
use crate::{Ledger, NewRow, Put, Row, RowKey, RowQuery, SAMPLES, StoreError};
use aegis_domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

#[async_trait::async_trait]
impl Ledger for Sqlite {
    async fn put(&self, book: &str, run: u64, rows: Vec<NewRow>) -> Result<Vec<Put>, StoreError> {
        let book = book.to_owned();
        let work = move |tx: &mut Transaction<'_>| {
            let number = make_book(tx.conn, &book)?;
            // A book is read in order: what the row before was, this one is most likely, too.
            let mut fresh = true;
            let mut puts = Vec::with_capacity(rows.len());
            for row in &rows {
                let put = match fresh && insert(tx, number, run, row)? {
                    true => Put::New,
                    false => put(tx, number, run, row)?,
                };
                fresh = put == Put::New;
                puts.push(put);
            }
            Ok(puts)
        };
        self.inner.writer.submit(Load::default(), work).await
    }

    async fn withdraw(
        &self,
        book: &str,
        from: Timestamp,
        to: Timestamp,
        run: u64,
        limit: usize,
    ) -> Result<usize, StoreError> {
        let book = book.to_owned();
        let work = move |tx: &mut Transaction<'_>| {
            let Some(number) = find_book(tx.conn, &book)? else { return Ok(0) };
            let count = tx
                .conn
                .prepare_cached(
                    "UPDATE ledger_row SET before = body, body = NULL, revision = revision + 1, changed_at = ?5, \
                     run = ?4 \
                     WHERE book = ?1 AND (at, key) IN (SELECT at, key FROM ledger_row \
                     WHERE book = ?1 AND at >= ?2 AND at < ?3 AND run NOT IN (?4, ?7) AND body NOT NULL LIMIT ?6)",
                )?
                .execute(params![
                    number,
                    from.millis(),
                    to.millis(),
                    signed(run),
                    tx.now.millis(),
                    i64::try_from(limit).unwrap_or(i64::MAX),
                    signed(SAMPLES)
                ])?;
            Ok(count)
        };
        self.inner.writer.submit(Load::default(), work).await
    }

    async fn rows(&self, query: RowQuery) -> Result<Vec<Row>, StoreError> {
        self.inner.readers.read(move |tx| rows(tx, &query)).await
    }

    async fn forget(&self, book: &str, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        let book = book.to_owned();
        let work = move |tx: &mut Transaction<'_>| {
            let Some(number) = find_book(tx.conn, &book)? else { return Ok(0) };
            let count = tx
                .conn
                .prepare_cached(
                    "DELETE FROM ledger_row WHERE book = ?1 AND (at, key) IN (SELECT at, key FROM ledger_row \
                     WHERE book = ?1 AND at < ?2 ORDER BY at, key LIMIT ?3)",
                )?
                .execute(params![number, before.millis(), i64::try_from(limit).unwrap_or(i64::MAX)])?;
            Ok(count)
        };
        self.inner.writer.submit(Load::default(), work).await
    }
}

/// SQLite's integers are signed; a run is only compared for equality.
const fn signed(run: u64) -> i64 {
    run.cast_signed()
}

fn find_book(conn: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT number FROM ledger_book WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()
}

fn make_book(conn: &Connection, name: &str) -> rusqlite::Result<i64> {
    if let Some(number) = find_book(conn, name)? {
        return Ok(number);
    }
    conn.prepare_cached("INSERT INTO ledger_book (name) VALUES (?1) RETURNING number")?
        .query_row([name], |row| row.get(0))
}

/// Puts a row where none is; false where there is one.
fn insert(tx: &Transaction<'_>, book: i64, run: u64, row: &NewRow) -> Result<bool, Failure> {
    let place = params![book, row.at.millis(), row.key, signed(run), tx.now.millis(), row.body];
    let inserted = tx
        .conn
        .prepare_cached(
            "INSERT INTO ledger_row (book, at, key, run, revision, changed_at, body) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6) \
             ON CONFLICT DO NOTHING",
        )?
        .execute(place)?;
    Ok(inserted == 1)
}

fn put(tx: &Transaction<'_>, book: i64, run: u64, row: &NewRow) -> Result<Put, Failure> {
    let mut present = tx
        .conn
        .prepare_cached("SELECT body, revision FROM ledger_row WHERE book = ?1 AND at = ?2 AND key = ?3")?;
    let place = params![book, row.at.millis(), row.key];
    let present = present
        .query_row(place, |r| Ok((r.get::<_, Option<Vec<u8>>>(0)?, r.get::<_, u32>(1)?)))
        .optional()?;
    let (put, revision, before) = match present {
        Some((Some(body), _)) if body == row.body => {
            tx.conn
                .prepare_cached(
                    "UPDATE ledger_row SET run = ?4 WHERE book = ?1 AND at = ?2 AND key = ?3 AND run <> ?4",
                )?
                .execute(params![book, row.at.millis(), row.key, signed(run)])?;
            return Ok(Put::Same);
        }
        Some((Some(body), revision)) => (Put::Changed, revision.saturating_add(1), Some(body)),
        Some((None, revision)) => (Put::New, revision.saturating_add(1), None),
        None => (Put::New, 0, None),
    };
    tx.conn
        .prepare_cached(
            "INSERT OR REPLACE INTO ledger_row (book, at, key, run, revision, changed_at, body, before) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            book,
            row.at.millis(),
            row.key,
            signed(run),
            revision,
            tx.now.millis(),
            row.body,
            before
        ])?;
    Ok(put)
}

fn rows(conn: &Connection, query: &RowQuery) -> Result<Vec<Row>, StoreError> {
    let Some(book) = find_book(conn, &query.book)? else { return Ok(Vec::new()) };
    // No key is shorter than none, so "beyond the empty key of the first instant" is all of them.
    let (after_at, after_key): (Timestamp, &[u8]) = match &query.after {
        Some((at, key)) if *at >= query.from => (*at, key),
        _ => (query.from, &[]),
    };
    conn.prepare_cached(
        "SELECT at, key, body, revision, changed_at, before FROM ledger_row \
         WHERE book = ?1 AND (at, key) > (?2, ?3) AND at < ?4 ORDER BY at, key LIMIT ?5",
    )?
    .query_and_then(
        params![
            book,
            after_at.millis(),
            after_key,
            query.to.millis(),
            i64::try_from(query.limit).unwrap_or(i64::MAX)
        ],
        |row| {
            Ok(Row {
                at: Timestamp::from_millis(row.get(0)?),
                key: row.get::<_, RowKey>(1)?,
                body: row.get(2)?,
                revision: row.get(3)?,
                changed_at: Timestamp::from_millis(row.get(4)?),
                before: row.get(5)?,
            })
        },
    )?
    .collect()
}
