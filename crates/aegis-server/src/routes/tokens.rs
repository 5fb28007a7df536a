//! `/tokens`: credentials of machines. A token is shown once, when made; kept is its hash.

use super::listing::{Names, page_by_id};
use crate::App;
use crate::access::{Caller, tokens};
use crate::audit::{self, Entry};
use crate::error::{ApiError, ErrorBody};
use crate::http::query::PageParams;
use crate::http::{Access, Body, Params, Query, Routes};
use aegis_domain::entities::{ApiToken, Entity};
use aegis_domain::{Role, Scope, Timestamp, TokenId};
use aegis_store::DocumentsExt;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;
use utoipa_axum::routes;

const DAY: Duration = Duration::from_secs(24 * 3600);
/// Longest life that may be asked for: ten years.
const MOST_DAYS: u32 = 3650;

pub(super) fn routes() -> Routes {
    Routes::tag("tokens")
        .add(Access::Role(Role::Admin), routes!(list))
        .add(Access::Role(Role::Admin), routes!(create))
        .add(Access::Role(Role::Admin), routes!(delete))
}

/// A token, without its secret.
#[derive(Serialize, ToSchema)]
struct TokenItem {
    id: TokenId,
    name: String,
    /// Its last four characters.
    last4: String,
    scopes: Vec<Scope>,
    /// Who made it: an address, or an operator's name.
    created_by: String,
    created_at: Timestamp,
    /// Null: until deleted.
    expires_at: Option<Timestamp>,
    /// To the minute.
    last_used_at: Option<Timestamp>,
    demo: bool,
}

impl TokenItem {
    fn of(token: ApiToken, created_by: String) -> Self {
        TokenItem {
            id: token.id,
            name: token.name,
            last4: token.last4,
            scopes: token.scopes,
            created_by,
            created_at: token.created_at,
            expires_at: token.expires_at,
            last_used_at: token.last_used_at,
            demo: token.demo,
        }
    }
}

/// Tokens.
#[derive(Serialize, ToSchema)]
struct TokenList {
    /// Oldest first.
    items: Vec<TokenItem>,
    /// Where to go on.
    next_cursor: Option<String>,
}

/// The tokens, expired ones included.
#[utoipa::path(get, path = "/tokens", params(PageParams), responses((status = 200, body = TokenList)))]
async fn list(State(app): State<App>, Query(page): Query<PageParams>) -> Result<Json<TokenList>, ApiError> {
    let (tokens, next_cursor) = page_by_id::<ApiToken>(&app, &page).await?;
    let mut names = Names::default();
    let mut items = Vec::new();
    for token in tokens {
        let created_by = names.of(&app, token.created_by.clone()).await?;
        items.push(TokenItem::of(token, created_by));
    }
    Ok(Json(TokenList { items, next_cursor }))
}

/// A token to make.
#[derive(Deserialize, ToSchema)]
struct TokenForm {
    /// What people call it; unique.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What it may do; at least one.
    #[schema(min_items = 1)]
    scopes: Vec<Scope>,
    /// Days it holds, up to ten years; without, until deleted.
    #[schema(minimum = 1, maximum = 3650)]
    expires_in_days: Option<u32>,
}

/// A token just made.
#[derive(Serialize, ToSchema)]
struct NewToken {
    #[serde(flatten)]
    item: TokenItem,
    /// The token itself; it is shown only now.
    token: String,
}

/// Makes a token.
#[utoipa::path(post, path = "/tokens", request_body = TokenForm, responses(
    (status = 201, body = NewToken),
    (status = 409, description = "The name is taken", body = ErrorBody)))]
async fn create(
    State(app): State<App>,
    caller: Caller,
    Body(form): Body<TokenForm>,
) -> Result<(StatusCode, Json<NewToken>), ApiError> {
    if form.expires_in_days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
        return Err(ApiError::field("expires_in_days", format!("expected 1 to {MOST_DAYS}")));
    }
    let now = app.clock.now();
    let expires_at = form.expires_in_days.map(|days| now.plus(DAY * days));
    let order = tokens::NewToken {
        name: form.name,
        scopes: form.scopes,
        expires_at,
        created_by: caller.owner(),
        demo: caller.demo(),
    };
    let (token, secret) = order.create(&app.store, now).await?;
    audit::record(&app, &caller, tokens::created(&token)).await?;
    let created_by = Names::default().of(&app, token.created_by.clone()).await?;
    let item = TokenItem::of(token, created_by);
    Ok((StatusCode::CREATED, Json(NewToken { item, token: secret.expose().to_owned() })))
}

/// Deletes a token: it stops working within 5 s, here at once.
#[utoipa::path(delete, path = "/tokens/{id}", params(("id" = TokenId, Path)), responses(
    (status = 204, description = "Deleted"),
    (status = 404, body = ErrorBody)))]
async fn delete(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<TokenId>,
) -> Result<StatusCode, ApiError> {
    let found = app.store.documents.get::<ApiToken>(&id.to_string()).await?;
    let token = found.ok_or_else(|| ApiError::not_found("token"))?.value;
    if !app.store.documents.delete(ApiToken::COLLECTION, &token.id(), None).await? {
        return Err(ApiError::not_found("token"));
    }
    app.access.cache.forget();
    let entry = Entry::new("token.deleted").object("token", id).detail("name", &token.name);
    audit::record(&app, &caller, entry).await?;
    Ok(StatusCode::NO_CONTENT)
}
