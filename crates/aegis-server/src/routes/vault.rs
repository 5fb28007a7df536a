//! `/vault`: the keys that secrets are sealed under. Shows names, ages and progress; no key leaves the program.

use crate::App;
use crate::access::Caller;
use crate::audit::{self, Entry};
use crate::error::{ApiError, Code, ErrorBody};
use crate::http::{Access, Routes};
use crate::vault::VaultError;
use aegis_domain::entities::{Rotated, Rotation, VaultRecord, WrappedKey};
use aegis_domain::{DataKeyId, Role, Timestamp};
use aegis_vault::RotationError;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("vault")
        .add(Access::Role(Role::Admin), routes!(show))
        .add(Access::Role(Role::Admin), routes!(rotate))
}

/// The vault.
#[derive(Serialize, ToSchema)]
struct VaultView {
    /// Where the key-encryption key (KEK) comes from: `env:NAME`, `file:PATH` or `transit:URL#key`.
    kek_source: String,
    /// Names the KEK without saying anything about it.
    kek_id: String,
    /// Keys that open what is stored; the first also seals.
    chain_depth: usize,
    /// The keys, the primary first.
    keys: Vec<DataKeyView>,
    /// Whether the vault opens its canary.
    self_test: SelfTest,
    /// The rotation under way.
    rotation: Option<RotationView>,
    /// How the last rotation ended.
    last_rotation: Option<LastRotation>,
    /// When the vault was made.
    created_at: Timestamp,
}

/// A data key, by name.
#[derive(Serialize, ToSchema)]
struct DataKeyView {
    /// Its name.
    id: DataKeyId,
    /// Seals what is stored from now on; the others only open.
    primary: bool,
    /// When it was made here, or brought in.
    created_at: Timestamp,
    /// Brought in from another program.
    imported: bool,
}

/// Whether the vault opens its canary.
#[derive(Serialize, ToSchema)]
struct SelfTest {
    /// It does.
    ok: bool,
    /// What is wrong, for the operator.
    detail: Option<String>,
}

/// A rotation under way.
#[derive(Serialize, ToSchema)]
struct RotationView {
    /// When it began.
    started_at: Timestamp,
    /// Which pass over what is under older keys; the last one finds nothing.
    pass: u32,
    /// Records re-encrypted so far.
    moved: u64,
    /// Records of this pass that do not open.
    failed: u64,
}

/// How a rotation ended.
#[derive(Serialize, ToSchema)]
struct LastRotation {
    /// When it began.
    started_at: Timestamp,
    /// When it ended.
    ended_at: Timestamp,
    /// Records re-encrypted.
    moved: u64,
    /// Keys retired.
    retired: Vec<DataKeyId>,
    /// Records that do not open: while there are any, the older keys are kept.
    failed: u64,
}

impl VaultView {
    fn of(app: &App, record: VaultRecord) -> Self {
        let (kek_id, kek_source) = app.vault.kek();
        let test = app.vault.self_test();
        let key = |key: &WrappedKey| DataKeyView {
            id: key.id.clone(),
            primary: key.id == record.primary.id,
            created_at: key.created_at,
            imported: key.imported,
        };
        VaultView {
            kek_source: kek_source.to_owned(),
            kek_id: kek_id.to_owned(),
            chain_depth: record.keys().count(),
            keys: record.keys().map(key).collect(),
            self_test: SelfTest { ok: test.is_ok(), detail: test.err() },
            rotation: record.rotation.map(|rotation: Rotation| RotationView {
                started_at: rotation.started_at,
                pass: rotation.pass,
                moved: rotation.moved_in_all,
                failed: rotation.failed,
            }),
            last_rotation: record.rotated.map(|ended: Rotated| LastRotation {
                started_at: ended.started_at,
                ended_at: ended.ended_at,
                moved: ended.moved,
                retired: ended.retired,
                failed: ended.failed,
            }),
            created_at: record.created_at,
        }
    }
}

/// The vault's keys by name, its self-test, and how far a rotation has come.
#[utoipa::path(get, path = "/vault", responses((status = 200, body = VaultView)))]
async fn show(State(app): State<App>) -> Json<VaultView> {
    let record = app.vault.record();
    Json(VaultView::of(&app, record))
}

/// Makes a new key and re-encrypts everything under it, with no downtime; the older keys are retired last.
#[utoipa::path(post, path = "/vault/rotate", responses(
    (status = 202, description = "Begun; GET /vault shows the progress", body = VaultView),
    (status = 409, description = "A rotation is under way, or the chain is full", body = ErrorBody)))]
async fn rotate(State(app): State<App>, caller: Caller) -> Result<(StatusCode, Json<VaultView>), ApiError> {
    let record = app.vault.rotate().await?;
    let entry = Entry::new("vault.rotation_started")
        .object("vault", "keys")
        .detail("primary", record.primary.id.as_str());
    audit::record(&app, &caller, entry).await?;
    Ok((StatusCode::ACCEPTED, Json(VaultView::of(&app, record))))
}

impl From<VaultError> for ApiError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Store(error) => error.into(),
            VaultError::Rotation(error @ (RotationError::UnderWay | RotationError::Full)) => {
                ApiError::new(Code::Conflict, error.to_string())
            }
            // What is wrong with the KEK is the operator's business, and is said in GET /vault.
            VaultError::Closed(_) | VaultError::Lost | VaultError::None => {
                let mut told =
                    ApiError::new(Code::Unavailable, "the vault cannot be used now; nothing was stored");
                told.cause = Some(error.to_string());
                told
            }
            VaultError::Value(error) => {
                ApiError::new(Code::Conflict, format!("the stored secret cannot be used: {error}"))
            }
            VaultError::Import(error) => ApiError::field("keys", error.to_string()),
        }
    }
}
