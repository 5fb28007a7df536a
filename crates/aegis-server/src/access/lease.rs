//! A lock all nodes share, for the few changes that concern several documents at once.
//! Called by `members`. Kept in the store as a document that only one can insert; whoever dies with it loses it after
//! `LIFETIME`, which is long beside the milliseconds a change takes.
//! Invariant: while `hold` runs its work, nobody else runs work under the same name.

use crate::App;
use crate::error::{ApiError, Code};
use aegis_domain::Timestamp;
use aegis_domain::entities::{Entity, Setting};
use aegis_store::{DocumentsExt, StoreError};
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

const LIFETIME: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(20);
/// Five seconds of waiting.
const TRIES: u32 = 250;

/// Runs work under a lock. The work goes on when the caller gives up waiting, so that the lock is always given back.
pub async fn hold<T: Send + 'static>(
    app: &App,
    name: &'static str,
    work: impl Future<Output = Result<T, ApiError>> + Send + 'static,
) -> Result<T, ApiError> {
    let handle = app.clone();
    let task = app.tasks.spawn(async move {
        let lock = take(&handle, name).await?;
        let done = work.await;
        give_back(&handle, &lock).await?;
        done
    });
    task.await.map_err(ApiError::internal)?
}

async fn take(app: &App, name: &'static str) -> Result<Setting, ApiError> {
    let id = format!("lock:{name}");
    for _ in 0..TRIES {
        let until = app.clock.now().plus(LIFETIME);
        let lock =
            Setting { id: id.clone(), value: json!({ "holder": Uuid::now_v7(), "until": until.millis() }) };
        match app.store.documents.insert(&lock).await {
            Ok(()) => return Ok(lock),
            Err(StoreError::Duplicate { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        if !drop_if_over(app, &id).await? {
            tokio::time::sleep(PAUSE).await;
        }
    }
    Err(ApiError::new(Code::Busy, "somebody else is changing the team; try again").retry_after(PAUSE))
}

/// Deletes a lock whose holder is gone. True when there is none any more.
async fn drop_if_over(app: &App, id: &str) -> Result<bool, StoreError> {
    let Some(found) = app.store.documents.get::<Setting>(id).await? else { return Ok(true) };
    let until = Timestamp::from_millis(found.value.value["until"].as_i64().unwrap_or(0));
    if app.clock.now() < until {
        return Ok(false);
    }
    match app.store.documents.delete(Setting::COLLECTION, id, Some(found.version)).await {
        Ok(_) => Ok(true),
        Err(StoreError::Conflict { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn give_back(app: &App, lock: &Setting) -> Result<(), StoreError> {
    let found = app.store.documents.get::<Setting>(&lock.id).await?;
    // A lock that ran out may be somebody else's by now.
    let Some(own) = found.filter(|found| found.value.value == lock.value) else { return Ok(()) };
    match app.store.documents.delete(Setting::COLLECTION, &lock.id, Some(own.version)).await {
        Ok(_) | Err(StoreError::Conflict { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}
