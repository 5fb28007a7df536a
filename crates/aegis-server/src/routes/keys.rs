//! `/keys`: credentials for vendors. Secrets go in and never come back.

use super::listing::Names;
use crate::App;
use crate::access::Caller;
use crate::audit::{self, Entry};
use crate::collection::credentials::{self, Changes, NewCredential};
use crate::collection::schedules;
use crate::collection::vendors;
use crate::error::{ApiError, ErrorBody};
use crate::http::query::PageParams;
use crate::http::{Access, Body, Params, Query, Routes};
use aegis_domain::entities::{Check, Checked, Credential};
use aegis_domain::{CredentialId, Fingerprint, Role, Timestamp};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

/// The field that a service account's file is kept in.
const SERVICE_ACCOUNT: &str = "service_account";

pub(super) fn routes() -> Routes {
    Routes::tag("keys")
        .add(Access::Role(Role::Viewer), routes!(list))
        .add(Access::Role(Role::Viewer), routes!(show))
        .add(Access::Role(Role::Admin), routes!(create))
        .add(Access::Role(Role::Admin), routes!(change))
        .add(Access::Role(Role::Admin), routes!(delete))
        .add(Access::Role(Role::Analyst), routes!(validate))
        .add(Access::Role(Role::Admin), routes!(put_service_account))
        .add(Access::Role(Role::Admin), routes!(delete_service_account))
}

/// A credential, without its secrets.
#[derive(Serialize, ToSchema)]
struct KeyView {
    id: CredentialId,
    vendor: String,
    kind: String,
    label: String,
    /// The last four characters of the secret, where it is long enough to show them.
    last4: Option<String>,
    /// The same for the same secret.
    fingerprint: Option<Fingerprint>,
    /// Fields that may be shown.
    fields: BTreeMap<String, String>,
    /// Secret fields that are stored, by name.
    secrets: Vec<String>,
    /// Addresses in place of the vendor's own, by host.
    base_urls: BTreeMap<String, String>,
    /// `valid`, `invalid` or `unchecked`, by the vendor's last word.
    status: KeyStatus,
    /// What the last check found; null before the first.
    check: Option<CheckView>,
    /// To the minute.
    last_used_at: Option<Timestamp>,
    created_at: Timestamp,
    /// Who answers for it: an address, or an operator's name.
    owner: String,
    demo: bool,
}

/// What the vendor says of a credential.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum KeyStatus {
    /// It knows it.
    Valid,
    /// It does not.
    Invalid,
    /// It was not asked, or could not be.
    Unchecked,
}

/// What a check found.
#[derive(Serialize, ToSchema)]
struct CheckView {
    at: Timestamp,
    /// Each ability with the vendor's own answer.
    abilities: Vec<Checked>,
    /// Why the check could not be finished; null where it was.
    failed: Option<String>,
}

impl KeyView {
    fn of(key: Credential, owner: String) -> Self {
        let known = key.check.as_ref().and_then(|check| check.known);
        KeyView {
            base_urls: key.base_urls().clone(),
            id: key.id,
            vendor: key.vendor,
            kind: key.kind,
            label: key.label,
            last4: key.last4,
            fingerprint: key.fingerprint,
            fields: key.fields,
            secrets: key.secrets.into_keys().collect(),
            status: match known {
                Some(true) => KeyStatus::Valid,
                Some(false) => KeyStatus::Invalid,
                None => KeyStatus::Unchecked,
            },
            check: key.check.map(|Check { at, abilities, failed, .. }| CheckView { at, abilities, failed }),
            last_used_at: key.last_used_at,
            created_at: key.created_at,
            owner,
            demo: key.demo,
        }
    }
}

/// Which credentials.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct KeyParams {
    /// Of this vendor only.
    #[param(max_length = 40)]
    vendor: Option<String>,
}

/// Credentials.
#[derive(Serialize, ToSchema)]
struct KeyList {
    /// Oldest first.
    items: Vec<KeyView>,
    /// Where to go on.
    next_cursor: Option<String>,
}

/// The credentials, without their secrets.
#[utoipa::path(get, path = "/keys", params(KeyParams, PageParams), responses((status = 200, body = KeyList)))]
async fn list(
    State(app): State<App>,
    Query(which): Query<KeyParams>,
    Query(page): Query<PageParams>,
) -> Result<Json<KeyList>, ApiError> {
    let index = vendors::filtered_by(which.vendor)?.map(|vendor| ("vendor", vendor));
    let (keys, next_cursor) = super::listing::page_of::<Credential>(&app, index, &page).await?;
    let mut names = Names::default();
    let mut items = Vec::new();
    for key in keys.into_iter().filter(|key| key.removed_at.is_none()) {
        let owner = names.of(&app, key.owner.clone()).await?;
        items.push(KeyView::of(key, owner));
    }
    Ok(Json(KeyList { items, next_cursor }))
}

async fn view(app: &App, key: Credential) -> Result<Json<KeyView>, ApiError> {
    let owner = Names::default().of(app, key.owner.clone()).await?;
    Ok(Json(KeyView::of(key, owner)))
}

/// One credential.
#[utoipa::path(get, path = "/keys/{id}", params(("id" = CredentialId, Path)), responses(
    (status = 200, body = KeyView),
    (status = 404, body = ErrorBody)))]
async fn show(State(app): State<App>, Params(id): Params<CredentialId>) -> Result<Json<KeyView>, ApiError> {
    view(&app, credentials::get(&app, id).await?.value).await
}

/// A credential to store.
#[derive(Deserialize, ToSchema)]
struct KeyForm {
    /// Which vendor's.
    #[schema(max_length = 40)]
    vendor: String,
    /// Of which kind, where the vendor has several.
    kind: Option<String>,
    /// What people call it.
    #[schema(min_length = 1, max_length = 100)]
    label: String,
    /// The form's fields by name, secret ones among them; a JSON file as its text.
    #[serde(default)]
    fields: BTreeMap<String, String>,
    /// Addresses in place of the vendor's own, by host.
    #[serde(default)]
    base_urls: BTreeMap<String, String>,
}

/// Stores a credential, and asks the vendor what it may do. Whatever the answer, it is stored; `check` says it.
#[utoipa::path(post, path = "/keys", request_body = KeyForm, responses(
    (status = 201, body = KeyView),
    (status = 409, description = "This secret is stored already", body = ErrorBody)))]
async fn create(
    State(app): State<App>,
    caller: Caller,
    Body(form): Body<KeyForm>,
) -> Result<(StatusCode, Json<KeyView>), ApiError> {
    let KeyForm { vendor, kind, label, fields, base_urls } = form;
    let (owner, demo) = (caller.owner(), caller.demo());
    let new = NewCredential { vendor, kind, label, fields, base_urls, owner, demo };
    let key = credentials::create(&app, new).await?;
    audit::record(&app, &caller, described(Entry::new("key.created"), &key)).await?;
    let key = prove(&app, key.id).await?;
    Ok((StatusCode::CREATED, view(&app, key).await?))
}

/// What to change.
#[derive(Deserialize, ToSchema)]
struct KeyChanges {
    /// Another name.
    #[schema(min_length = 1, max_length = 100)]
    label: Option<String>,
    /// Fields to replace, by name; an empty text takes one away.
    #[serde(default)]
    fields: BTreeMap<String, String>,
    /// Other addresses. Secrets are not sent to another address than they were given for: give them again.
    base_urls: Option<BTreeMap<String, String>>,
}

/// Changes a credential; what is absent stays.
#[utoipa::path(patch, path = "/keys/{id}", params(("id" = CredentialId, Path)), request_body = KeyChanges, responses(
    (status = 200, body = KeyView),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody)))]
async fn change(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<CredentialId>,
    Body(form): Body<KeyChanges>,
) -> Result<Json<KeyView>, ApiError> {
    let KeyChanges { label, fields, base_urls } = form;
    let names: Vec<&str> = fields.keys().map(String::as_str).collect();
    let entry = Entry::new("key.changed").detail("fields", names.join(" "));
    let key = credentials::change(&app, id, Changes { label, fields, base_urls }).await?;
    audit::record(&app, &caller, described(entry, &key)).await?;
    if key.check.is_some() {
        return view(&app, key).await;
    }
    schedules::changed(&app, &key).await?;
    view(&app, prove(&app, id).await?).await
}

/// Asks what a credential may do, and collects what can be had.
async fn prove(app: &App, id: CredentialId) -> Result<Credential, ApiError> {
    let key = credentials::prove(app, id).await?;
    schedules::connected(app, &key).await?;
    Ok(key)
}

/// Destroys a credential's secrets; what was collected with it stays.
#[utoipa::path(delete, path = "/keys/{id}", params(("id" = CredentialId, Path)), responses(
    (status = 204, description = "Deleted"),
    (status = 404, body = ErrorBody)))]
async fn delete(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<CredentialId>,
) -> Result<StatusCode, ApiError> {
    let key = credentials::remove(&app, id, app.clock.now()).await?;
    audit::record(&app, &caller, described(Entry::new("key.deleted"), &key)).await?;
    schedules::removed(&app, &key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks the vendor, by its cheapest calls, what a credential may do.
#[utoipa::path(post, path = "/keys/{id}/validate", params(("id" = CredentialId, Path)), responses(
    (status = 200, body = KeyView),
    (status = 404, body = ErrorBody),
    (status = 409, description = "It has no usable secret", body = ErrorBody)))]
async fn validate(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<CredentialId>,
) -> Result<Json<KeyView>, ApiError> {
    let key = prove(&app, id).await?;
    audit::record(&app, &caller, described(Entry::new("key.validated"), &key)).await?;
    view(&app, key).await
}

/// Puts a Google service account's JSON file in place of the one stored. It is checked field by field first.
#[utoipa::path(post, path = "/keys/{id}/service-account", params(("id" = CredentialId, Path)),
    request_body(content = Value, description = "The file as Google gave it"), responses(
    (status = 200, body = KeyView),
    (status = 404, body = ErrorBody),
    (status = 422, description = "Which fields are wrong", body = ErrorBody)))]
async fn put_service_account(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<CredentialId>,
    Body(file): Body<Value>,
) -> Result<Json<KeyView>, ApiError> {
    let fields = BTreeMap::from([(SERVICE_ACCOUNT.to_owned(), file.to_string())]);
    let key = credentials::change(&app, id, Changes { fields, ..Changes::default() }).await?;
    audit::record(&app, &caller, described(Entry::new("key.service_account_replaced"), &key)).await?;
    schedules::changed(&app, &key).await?;
    view(&app, prove(&app, id).await?).await
}

/// Destroys the service account's file; the credential stays and can do nothing until another is put in its place.
#[utoipa::path(delete, path = "/keys/{id}/service-account", params(("id" = CredentialId, Path)), responses(
    (status = 204, description = "Destroyed"),
    (status = 404, body = ErrorBody)))]
async fn delete_service_account(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<CredentialId>,
) -> Result<StatusCode, ApiError> {
    let had = credentials::get(&app, id).await?.value.secrets.contains_key(SERVICE_ACCOUNT);
    if !had {
        return Err(ApiError::not_found("service account"));
    }
    let key = credentials::take_secret(&app, id, SERVICE_ACCOUNT).await?;
    audit::record(&app, &caller, described(Entry::new("key.service_account_deleted"), &key)).await?;
    schedules::changed(&app, &key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the audit log says of a credential: nothing secret.
fn described(entry: Entry, key: &Credential) -> Entry {
    let entry = entry.object("key", key.id).detail("vendor", &key.vendor).detail("label", &key.label);
    let urls: Vec<&str> = key.base_urls().values().map(String::as_str).collect();
    if urls.is_empty() { entry } else { entry.detail("base_urls", urls.join(" ")) }
}
