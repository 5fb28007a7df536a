//! `/usage`: the ledger's rows as vendors stated them, with their revisions. A page of keyset order: book by book, each by
//! instant. Invariant: the work of a page is bounded, however many rows a filter passes over.

use super::books::{FEEDS, credentials};
use crate::App;
use crate::error::ApiError;
use aegis_domain::entities::Credential;
use aegis_domain::{Dimensions, LedgerKind, LedgerRow, Money, Quantities, Timestamp, book_of};
use aegis_store::{Row, RowKey, RowQuery, StoreError};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Rows looked at for one page.
const EXAMINED: usize = 5_000;
/// Rows read at once where some are passed over.
const FILTERED: usize = 500;
/// Bytes of a cursor.
const CURSOR: usize = 512;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct UsageAsked {
    /// First instant inside.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// This vendor alone.
    pub vendor: Option<String>,
    /// This credential alone.
    pub key: Option<String>,
    /// This kind alone.
    pub kind: Option<LedgerKind>,
    /// So many rows.
    pub limit: usize,
    /// Where to go on.
    pub cursor: Option<String>,
}

/// What a row said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerStatement)]
pub struct Statement {
    /// What was used.
    pub quantities: Quantities,
    /// What it cost, in the vendor's own currency and with every digit.
    pub money: Option<Money>,
    /// True where the vendor itself calls the figure an estimate.
    pub estimate: bool,
}

/// A row of a vendor's books.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsageRow {
    /// Vendor id.
    pub vendor: String,
    /// Read under which credential.
    pub credential_id: String,
    /// What people call that.
    pub credential: String,
    /// What it states.
    pub kind: LedgerKind,
    /// The vendor's bucket: first instant.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// What it is about.
    pub dimensions: Dimensions,
    /// What it says; none: the vendor took it back.
    pub stated: Option<Statement>,
    /// How often the vendor changed it.
    pub revision: u32,
    /// When it last did, as far as was seen.
    pub changed_at: Timestamp,
    /// What it said before that.
    pub before: Option<Statement>,
}

/// A page of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsageList {
    /// The rows; a page may be short while `next_cursor` is set, because a page's work is bounded.
    pub items: Vec<UsageRow>,
    /// Where to go on; none at the end.
    pub next_cursor: Option<String>,
    /// First instant of the window.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// Rows looked at.
    pub examined: usize,
}

/// Where a list goes on, with the window it began with.
#[derive(Serialize, Deserialize)]
struct Place {
    from: i64,
    to: i64,
    book: String,
    after: Option<(i64, RowKey)>,
}

impl Place {
    fn write(&self) -> Result<String, ApiError> {
        Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).map_err(ApiError::internal)?))
    }

    fn read(text: &str) -> Result<Self, ApiError> {
        let bytes = Some(text).filter(|t| t.len() <= CURSOR).and_then(|t| URL_SAFE_NO_PAD.decode(t).ok());
        bytes
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or_else(|| ApiError::field("cursor", "is not one of ours; start again without it"))
    }
}

/// A page of rows.
pub async fn usage(app: &App, asked: &UsageAsked) -> Result<UsageList, ApiError> {
    let place = asked.cursor.as_deref().map(Place::read).transpose()?;
    let (from, to) = match &place {
        // A named range moves on; a list stays with the window it began with.
        Some(place) => (Timestamp::from_millis(place.from), Timestamp::from_millis(place.to)),
        None => (asked.from, asked.to),
    };
    let mut list = UsageList { items: Vec::new(), next_cursor: None, from, to, examined: 0 };
    let all = credentials(app).await?;
    let wanted = |c: &&Credential| {
        asked.vendor.as_ref().is_none_or(|vendor| c.vendor == *vendor)
            && asked.key.as_ref().is_none_or(|key| c.id.to_string() == *key)
    };
    let mut books: Vec<(String, &Credential)> = all
        .iter()
        .filter(wanted)
        .flat_map(|c| FEEDS.map(|feed| (book_of(&c.id.to_string(), feed), c)))
        .collect();
    books.sort_by(|a, b| a.0.cmp(&b.0));
    let mut after = None;
    if let Some(place) = place {
        books.retain(|(book, _)| *book >= place.book);
        if books.first().is_some_and(|(book, _)| *book == place.book) {
            after = place.after.map(|(at, key)| (Timestamp::from_millis(at), key));
        }
    }
    for (book, credential) in books {
        loop {
            // One more than fits tells whether there is more; where rows are passed over, more at once.
            let fits = asked.limit - list.items.len() + 1;
            let room = if asked.kind.is_some() { fits.max(FILTERED) } else { fits };
            let query = RowQuery { book: book.clone(), from, to, after, limit: room };
            let rows = app.store.ledger.rows(query).await?;
            let more = rows.len() == room;
            for row in rows {
                if list.items.len() == asked.limit || list.examined >= EXAMINED {
                    let place = Place {
                        from: from.millis(),
                        to: to.millis(),
                        book,
                        after: after.map(|(at, key)| (at.millis(), key)),
                    };
                    list.next_cursor = Some(place.write()?);
                    return Ok(list);
                }
                after = Some((row.at, row.key));
                list.examined += 1;
                list.items.extend(view(credential, row, asked.kind)?);
            }
            if !more {
                break;
            }
        }
        after = None;
    }
    Ok(list)
}

/// A row as shown; none where it is of another kind, or was never seen with a body.
fn view(credential: &Credential, row: Row, kind: Option<LedgerKind>) -> Result<Option<UsageRow>, ApiError> {
    let read = |body: &Option<Vec<u8>>| -> Result<Option<LedgerRow>, StoreError> {
        let Some(body) = body else { return Ok(None) };
        let read = serde_json::from_slice(body).map(Some);
        read.map_err(|e| StoreError::Corrupt(format!("a row of {} at {}: {e}", credential.id, row.at)))
    };
    let (stated, before) = (read(&row.body)?, read(&row.before)?);
    let Some(of) = stated.as_ref().or(before.as_ref()) else { return Ok(None) };
    if kind.is_some_and(|kind| kind != of.kind) {
        return Ok(None);
    }
    let (kind, from, to, dimensions) = (of.kind, of.from, of.to, of.dimensions.clone());
    let statement =
        |row: LedgerRow| Statement { quantities: row.quantities, money: row.money, estimate: row.estimate };
    Ok(Some(UsageRow {
        vendor: credential.vendor.clone(),
        credential_id: credential.id.to_string(),
        credential: credential.label.clone(),
        kind,
        from,
        to,
        dimensions,
        stated: stated.map(statement),
        revision: row.revision,
        changed_at: row.changed_at,
        before: before.map(statement),
    }))
}
