//! First-run set-up: a link, printed once at start, makes the first admin.
//! `open` is called by `serve` before it listens, `complete` by `POST /auth/setup`.
//! Invariant: the link works once, and only while there is no account at all; only its hash is stored, so a restart
//! before set-up prints a fresh one. A crash in the middle leaves no account, and the next start opens set-up again.

use crate::App;
use crate::error::{ApiError, Code};
use aegis_domain::entities::{Entity, Setting, User};
use aegis_identity::token::OpaqueToken;
use aegis_store::{DocumentsExt, ListQuery, Store, StoreError, Versioned};

const SETTING: &str = "setup";

/// Opens set-up where nobody has an account yet; returns the token for the link.
pub async fn open(store: &Store) -> Result<Option<OpaqueToken>, StoreError> {
    if !is_required(store).await? {
        store.documents.delete(Setting::COLLECTION, SETTING, None).await?;
        return Ok(None);
    }
    let token = OpaqueToken::generate(&mut rand::rng());
    let fresh = Setting { id: SETTING.into(), value: serde_json::json!({ "token_hash": token.hash() }) };
    store.documents.delete(Setting::COLLECTION, SETTING, None).await?;
    store.documents.insert(&fresh).await?;
    Ok(Some(token))
}

/// The link to print. The token stands behind `#`, which browsers send to nobody, so that no proxy's log holds it.
pub fn link(base_url: &str, token: &OpaqueToken) -> String {
    format!("{base_url}/setup#token={}", token.expose())
}

/// True while nobody has an account.
pub async fn is_required(store: &Store) -> Result<bool, StoreError> {
    let first = ListQuery { index: None, after: None, limit: 1 };
    Ok(store.documents.list::<User>(first).await?.is_empty())
}

/// Makes the first admin, once.
pub async fn complete(app: &App, token: &str, admin: &User) -> Result<(), ApiError> {
    let documents = &app.store.documents;
    let Versioned { version, value: setting } = check(app, token).await?;
    // Whoever deletes it has it: of two callers with the link, one goes on.
    match documents.delete(Setting::COLLECTION, SETTING, Some(version)).await {
        Ok(true) => {}
        Ok(false) | Err(StoreError::Conflict { .. }) => return Err(gone()),
        Err(error) => return Err(error.into()),
    }
    if let Err(error) = documents.insert(admin).await {
        documents.insert(&setting).await?;
        return Err(error.into());
    }
    Ok(())
}

/// The open set-up that a token fits.
pub async fn check(app: &App, token: &str) -> Result<Versioned<Setting>, ApiError> {
    let found = app.store.documents.get::<Setting>(SETTING).await?.ok_or_else(gone)?;
    if !is_required(&app.store).await? {
        return Err(gone());
    }
    // Hashes are compared: what their comparison's time tells is no help in finding the token.
    let given = OpaqueToken::parse(token).map(|token| token.hash());
    match (given, found.value.value["token_hash"].as_str()) {
        (Some(given), Some(open)) if given == open => Ok(found),
        _ => Err(ApiError::new(
            Code::Unauthenticated,
            "this set-up link is not valid; restart the server to get a fresh one",
        )),
    }
}

fn gone() -> ApiError {
    ApiError::new(Code::Gone, "this server is set up already; log in")
}
