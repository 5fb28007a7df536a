//! Who leads: one process at a time, until it has not been heard of for a while.
//! Called by `lead` each second. Kept as a document; taken over by its version, so that two never both succeed.
//! Invariant: whoever was told that it holds the lease, holds it for `LIFETIME` after it asked, by clocks that agree
//! within seconds.

use crate::App;
use aegis_domain::Timestamp;
use aegis_domain::entities::Setting;
use aegis_store::{DocumentsExt, StoreError};
use serde_json::json;
use std::time::Duration;

/// After so long without a word, another takes over.
const LIFETIME: Duration = Duration::from_secs(15);
/// The holder speaks up when half of it is over.
const RENEW: Duration = Duration::from_secs(7);

/// Takes the lease called `name`, or keeps it. True when `holder` has it.
pub(super) async fn hold(app: &App, name: &str, holder: &str) -> Result<bool, StoreError> {
    let id = format!("lease:{name}");
    let now = app.clock.now();
    let mine =
        Setting { id: id.clone(), value: json!({ "holder": holder, "until": now.plus(LIFETIME).millis() }) };
    let documents = &app.store.documents;
    let written = match documents.get::<Setting>(&id).await? {
        None => documents.insert(&mine).await,
        Some(found) => {
            let until = Timestamp::from_millis(found.value.value["until"].as_i64().unwrap_or(0));
            let held_by_us = found.value.value["holder"] == holder;
            if held_by_us && now.plus(LIFETIME - RENEW) < until {
                return Ok(true);
            }
            if !held_by_us && now < until {
                return Ok(false);
            }
            documents.update(found.version, &mine).await
        }
    };
    match written {
        Ok(()) => Ok(true),
        Err(StoreError::Conflict { .. } | StoreError::Duplicate { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
