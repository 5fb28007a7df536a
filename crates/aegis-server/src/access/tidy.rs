//! Deletes what has run out: sessions, guesses, invitations, limits, tickets.
//! Started with the server. What has run out is refused when used, too; this only keeps the store small.

use crate::App;
use aegis_domain::Timestamp;
use aegis_domain::entities::{Entity, Invite, Lockout, Session};
use aegis_store::{DocumentsExt, ListQuery, StoreError};
use std::time::Duration;

const PAUSE: Duration = Duration::from_secs(60);
const PAGE: usize = 500;

/// Tidies up each minute, until stopped.
pub async fn run(app: App) {
    loop {
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
        if let Err(error) = tidy(&app).await {
            tracing::warn!(%error, "what has expired could not be deleted; next try in a minute");
        }
    }
}

async fn tidy(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    app.access.limits.tidy();
    app.access.tickets.tidy(now);
    delete_expired::<Lockout>(app, now, |lockout| lockout.expires_at).await?;
    delete_expired::<Session>(app, now, |session| session.expires_at).await?;
    delete_expired::<Invite>(app, now, |invite| invite.expires_at).await
}

async fn delete_expired<E: Entity>(
    app: &App,
    now: Timestamp,
    end: fn(&E) -> Timestamp,
) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let page = app.store.documents.list::<E>(ListQuery { index: None, after, limit: PAGE }).await?;
        for found in page.iter().filter(|found| end(&found.value) <= now) {
            let id = found.value.id();
            match app.store.documents.delete(E::COLLECTION, &id, Some(found.version)).await {
                Ok(_) | Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        if page.len() < PAGE {
            return Ok(());
        }
        after = page.last().map(|found| found.value.id());
    }
}
