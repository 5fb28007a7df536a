//! The breakers of calls to the outside, as people see them: listed, counted, told to whoever watches.
//! Called by the routes, by `ready` and `metrics`; `watch` runs beside the server.

use crate::App;
use aegis_domain::entities::Credential;
use aegis_domain::{CredentialId, Timestamp};
use aegis_outbound::{BreakerState, BreakerStatus};
use aegis_store::{DocumentsExt, StoreError};
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use utoipa::ToSchema;

/// Whose calls a breaker guards.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BreakerKeyView {
    id: CredentialId,
    label: String,
}

/// A breaker.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BreakerView {
    vendor: String,
    /// Null where it is none of a credential, or the credential is gone.
    key: Option<BreakerKeyView>,
    host: String,
    /// `closed`: calls pass; `open`: none; `half_open`: one tries.
    state: String,
    /// Failures in a row, while it is closed.
    failures: u32,
    /// When it last changed; null where it never did.
    since: Option<Timestamp>,
    /// When one call may try; null where calls pass.
    retry_in_seconds: Option<u64>,
}

/// Every breaker in use.
pub async fn list(app: &App) -> Result<Vec<BreakerView>, StoreError> {
    views(app, app.outbound.client.breakers().list()).await
}

/// How many are in which state; for readiness and metrics.
pub fn counts(app: &App) -> [(&'static str, usize); 3] {
    let all = app.outbound.client.breakers().list();
    ["closed", "open", "half_open"].map(|word| (word, all.iter().filter(|b| b.state.word() == word).count()))
}

async fn views(app: &App, all: Vec<BreakerStatus>) -> Result<Vec<BreakerView>, StoreError> {
    let ids: Vec<String> = all.iter().map(|found| found.key.party.key.to_string()).collect();
    let keys = app.store.documents.get_many::<Credential>(ids).await?;
    let known: HashMap<String, Credential> =
        keys.into_iter().flatten().map(|found| (found.value.id.to_string(), found.value)).collect();
    Ok(all.into_iter().map(|found| view(&found, known.get(&*found.key.party.key))).collect())
}

fn view(found: &BreakerStatus, key: Option<&Credential>) -> BreakerView {
    let (failures, wait) = match found.state {
        BreakerState::Closed { failures } => (failures, None),
        BreakerState::Open { retry_in } => (0, Some(retry_in)),
        BreakerState::HalfOpen => (0, Some(Duration::ZERO)),
    };
    BreakerView {
        vendor: key.map_or_else(|| found.key.party.vendor.to_string(), |key| key.vendor.clone()),
        key: key.map(|key| BreakerKeyView { id: key.id, label: key.label.clone() }),
        host: found.key.host.to_string(),
        state: found.state.word().to_owned(),
        failures,
        since: found.since,
        retry_in_seconds: wait.map(|wait| wait.as_millis().div_ceil(1000) as u64),
    }
}

/// Tells every change to whoever watches the live stream, until stopped.
pub async fn watch(app: App) {
    let mut changes = app.outbound.client.breakers().subscribe();
    loop {
        let change = tokio::select! {
            () = app.stop.cancelled() => return,
            change = changes.recv() => change,
        };
        let changed = match change {
            Ok(changed) => vec![changed],
            // too many at once: the list says how it is now
            Err(RecvError::Lagged(_)) => app.outbound.client.breakers().list(),
            Err(RecvError::Closed) => return,
        };
        match views(&app, changed).await {
            Ok(views) => views.iter().for_each(|view| tell(&app, view)),
            Err(error) => tracing::debug!(%error, "a breaker's change could not be told"),
        }
    }
}

fn tell(app: &App, view: &BreakerView) {
    let mut frame = json!({ "type": "breaker" });
    if let (Some(frame), Ok(fields)) = (frame.as_object_mut(), serde_json::to_value(view)) {
        frame.extend(fields.as_object().cloned().unwrap_or_default());
    }
    app.live.tell_all(&frame.to_string().into());
}
