//! `/costs/focus`: every charge that vendors reported, as FOCUS writes them, streamed in constant memory.
//! Invariant: amounts keep the vendor's currency and every digit; what a vendor calls an estimate is no charge.

use super::books::credentials;
use crate::App;
use aegis_domain::entities::Credential;
use aegis_domain::{Ability, LedgerKind, LedgerRow, Timestamp, VENDORS, book_of};
use aegis_spend::focus::{self, Charge};
use aegis_store::{RowQuery, StoreError};
use bytes::Bytes;
use std::io::Error;
use tokio::sync::mpsc;

/// Rows read at a time.
const PAGE: usize = 500;

/// Starts an export; the receiver yields its chunks. A fault in the middle ends it with an error, so that a cut file
/// is not taken for a whole one.
pub fn export(app: App, (from, to): (Timestamp, Timestamp)) -> mpsc::Receiver<Result<Bytes, Error>> {
    let (chunks, out) = mpsc::channel(2);
    app.clone().spawn("focus", async move {
        if let Err(e) = write(&app, from, to, &chunks).await {
            tracing::error!(error = %e, "an export broke off");
            let _ = chunks.send(Err(Error::other("the export broke off"))).await;
        }
    });
    out
}

async fn write(
    app: &App,
    from: Timestamp,
    to: Timestamp,
    chunks: &mpsc::Sender<Result<Bytes, Error>>,
) -> Result<(), StoreError> {
    let mut text = focus::header();
    for credential in credentials(app).await? {
        let book = book_of(&credential.id.to_string(), Ability::Cost);
        let mut after = None;
        loop {
            let query = RowQuery { book: book.clone(), from, to, after, limit: PAGE };
            let rows = app.store.ledger.rows(query).await?;
            for body in rows.iter().filter_map(|row| row.body.as_ref()) {
                let row: LedgerRow = serde_json::from_slice(body)
                    .map_err(|e| StoreError::Corrupt(format!("a row of {book}: {e}")))?;
                charge(&mut text, &credential, &row);
            }
            after = rows.last().map(|last| (last.at, last.key));
            // The receiver is gone when the client is: there is nobody to go on for.
            if !text.is_empty() && chunks.send(Ok(std::mem::take(&mut text).into())).await.is_err() {
                return Ok(());
            }
            if rows.len() < PAGE {
                break;
            }
        }
    }
    if !text.is_empty() {
        let _ = chunks.send(Ok(text.into())).await;
    }
    Ok(())
}

fn charge(out: &mut String, credential: &Credential, row: &LedgerRow) {
    let Some(money) = row.money.filter(|_| row.kind == LedgerKind::Cost && !row.estimate) else { return };
    let id = credential.id.to_string();
    let name = VENDORS.iter().find(|(vendor, _)| *vendor == credential.vendor).map(|(_, name)| *name);
    let about = &row.dimensions;
    focus::write(
        out,
        &Charge {
            money,
            from: row.from,
            to: row.to,
            vendor: name.unwrap_or(&credential.vendor),
            account_id: &id,
            account_name: Some(&credential.label),
            project: about.project.as_deref(),
            item: about.item.as_deref(),
            model: about.model.as_deref(),
            region: about.region.as_deref(),
            tier: about.tier.as_deref(),
            api_key: about.api_key.as_deref(),
        },
    );
}
