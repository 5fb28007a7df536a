//! Housekeeping: retention, and the engine's date.

use crate::App;
use crate::rollups::{SET, oldest_minute};
use crate::{detectors, prices};
use aegis_domain::Timestamp;
use aegis_store::{Grain, StoreError, Stream};
use std::time::Duration;

/// How often it is done.
const EVERY: Duration = Duration::from_secs(600);
/// Events deleted in one step, so that ingest is never held up for long.
const STEP: usize = 2_000;
const DAY: Duration = Duration::from_secs(86_400);

/// Until stopped.
pub async fn run(app: App) {
    loop {
        if let Err(e) = round(&app).await {
            tracing::warn!(error = %e, "housekeeping could not be finished; trying again later");
        }
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

async fn round(app: &App) -> Result<(), StoreError> {
    detectors::refresh(app).await?;
    prices::refresh(app).await?;
    let now = app.clock.now();
    // Whole days, so that figures and lists lose the same events.
    let oldest: Timestamp = now.minus(DAY * app.config.retention_days).floor(DAY);
    // The audit log is kept for ever: its chain must stay whole.
    for stream in [Stream::Events, Stream::VendorAudit] {
        while app.store.log.purge(stream, oldest, STEP).await? == STEP {
            if app.stop.is_cancelled() {
                return Ok(());
            }
            tokio::task::yield_now().await;
        }
    }
    app.store.tallies.purge(SET, Grain::Minute, oldest_minute(now).max(oldest)).await?;
    app.store.tallies.purge(SET, Grain::Hour, oldest).await?;
    app.store.tallies.purge(SET, Grain::Day, oldest).await?;
    Ok(())
}
