//! Deletes what has run out: sessions, guesses, invitations, limits, tickets.
//! Started with the server. What has run out is refused when used, too; this only keeps the store small.

use crate::App;
use aegis_domain::Timestamp;
use aegis_domain::entities::{Entity, Invite, Lockout, Session};
use aegis_store::{DocumentsExt, ListQuery, StoreError};
use std::time::Duration;

const PAUSE: Duration = Duration::from_secs(60);
/// Rounds between two looks at sessions and invitations, of which there may be many.
const SELDOM: u32 = 10;
const PAGE: usize = 500;

/// Tidies up each minute, until stopped.
pub async fn run(app: App) {
    for round in 0u32.. {
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
        app.access.limits.tidy();
        app.access.tickets.tidy(app.clock.now());
        let tidied = match round % SELDOM {
            0 => tidy(&app).await,
            _ => tidy_guesses(&app).await,
        };
        if let Err(error) = tidied {
            tracing::warn!(%error, "what has run out could not be deleted; next try in a minute");
        }
    }
}

/// Deletes everything that has run out by now.
pub async fn tidy(app: &App) -> Result<(), StoreError> {
    tidy_guesses(app).await?;
    // A session that was ended says nothing a missing one does not.
    delete_expired::<Session>(app, |session| session.revoked_at.unwrap_or(session.expires_at)).await?;
    delete_expired::<Invite>(app, |invite| invite.expires_at).await
}

async fn tidy_guesses(app: &App) -> Result<(), StoreError> {
    delete_expired::<Lockout>(app, |lockout| lockout.expires_at).await
}

async fn delete_expired<E: Entity>(app: &App, end: fn(&E) -> Timestamp) -> Result<(), StoreError> {
    let now = app.clock.now();
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
