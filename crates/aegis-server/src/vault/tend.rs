//! The vault's job: takes up what other processes did, and carries every rotation to its end, also one that a process
//! began which is no more. Started with the server.

use super::VaultError;
use crate::App;
use crate::audit::{self, Author, Entry};
use aegis_domain::entities::Rotated;
use aegis_vault::Step;
use std::time::Duration;

/// How often it looks. With a look before each sealing this is only for what should not wait for one.
const EVERY: Duration = Duration::from_secs(2);

/// Until stopped.
pub async fn run(app: App) {
    while !app.stop.is_cancelled() {
        let pause = match app.vault.step().await {
            Ok(stepped) => {
                if let Some(ended) = stepped.ended {
                    tell(&app, &ended).await;
                }
                match stepped.step {
                    Step::Page { .. } => continue,
                    Step::Nothing => EVERY,
                    Step::WaitUntil(then) => left(&app, then),
                }
            }
            Err(VaultError::Store(error)) => {
                tracing::warn!(%error, "the vault's record could not be read or written; trying again");
                EVERY
            }
            Err(error) => {
                tracing::error!(%error, "the vault cannot take up a change; secrets in use stay usable");
                EVERY
            }
        };
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = app.vault.begun.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

fn left(app: &App, then: aegis_domain::Timestamp) -> Duration {
    let ms = then.millis().saturating_sub(app.clock.now().millis());
    Duration::from_millis(u64::try_from(ms).unwrap_or(0)).clamp(Duration::from_millis(50), EVERY)
}

async fn tell(app: &App, ended: &Rotated) {
    if ended.failed > 0 {
        tracing::error!(
            failed = ended.failed,
            "a rotation left records that do not open; the older keys are kept"
        );
    }
    tracing::info!(moved = ended.moved, retired = ended.retired.len(), "the vault's keys were rotated");
    let recorded =
        audit::append(&app.store, &app.access.audit, Author::system(), ended_entry(ended), app.clock.now());
    if let Err(error) = recorded.await {
        tracing::error!(%error, "the end of a rotation could not be recorded in the audit log");
    }
}

/// The end of a rotation, for the audit log.
pub fn ended_entry(ended: &Rotated) -> Entry {
    Entry::new("vault.rotation_ended")
        .object("vault", "keys")
        .detail("moved", ended.moved.to_string())
        .detail("failed", ended.failed.to_string())
        .detail("retired", ended.retired.len().to_string())
}
