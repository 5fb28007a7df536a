//! From a request's credential to a principal.
//! Called by `guard` before anything else of a request is read; `live` asks again while a socket is open.
//! Invariant: exactly one credential counts. A bearer token that does not hold is never made up for by a cookie, and
//! the shape of a credential is checked before the store is asked.

use super::cache::SignedIn;
use super::caller::{Caller, Principal, nobody};
use crate::App;
use crate::error::{ApiError, Code};
use crate::http::Access;
use aegis_domain::entities::{ApiToken, Session, User};
use aegis_domain::{Role, SessionId, Timestamp, TokenId};
use aegis_identity::access_token::AccessError;
use aegis_identity::cookie::Cookie;
use aegis_identity::token::{ApiSecret, OpaqueToken};
use aegis_store::{DocumentsExt, StoreError};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use std::sync::Arc;
use std::time::Duration;

/// How exact "last seen" is.
const MINUTE: Duration = Duration::from_secs(60);

enum Credential<'a> {
    None,
    Ticket(&'a str),
    Bearer(&'a str),
    Cookie(&'a str),
}

/// The caller behind a request; `Unauthenticated` when it carries a credential that does not hold.
pub async fn authenticate(app: &App, parts: &Parts, rule: Access) -> Result<Caller, ApiError> {
    let mut caller = nobody(app, parts);
    // Open routes ask nothing, so that health answers while the store does not.
    if rule == Access::Open {
        return Ok(caller);
    }
    caller.principal = match credential(app, parts, rule)? {
        Credential::None => Principal::Nobody,
        Credential::Ticket(text) => by_ticket(app, text).await?,
        Credential::Bearer(text) => by_token(app, text).await?,
        Credential::Cookie(text) => by_cookie(app, text).await?,
    };
    Ok(caller)
}

/// True while the caller's credential still gives `role`: connections that outlive a request ask this every two
/// seconds. Where the store cannot be asked, nothing is taken for granted.
pub async fn still_holds(app: &App, caller: &Caller, role: Role) -> bool {
    match current(app, &caller.principal).await {
        Ok(Some(principal)) => Access::Role(role).admits(&principal, &Method::GET),
        Ok(None) => false,
        Err(error) => {
            tracing::warn!(%error, "an open connection is closed: its right to go on cannot be checked");
            false
        }
    }
}

fn credential<'a>(app: &App, parts: &'a Parts, rule: Access) -> Result<Credential<'a>, ApiError> {
    if let (Access::RoleOrTicket(_), Some(ticket)) = (rule, query_token(parts)) {
        return Ok(Credential::Ticket(ticket));
    }
    if let Some(token) = bearer(&parts.headers)? {
        return Ok(Credential::Bearer(token));
    }
    Ok(match app.access.jar.read(cookies(&parts.headers), Cookie::Access) {
        Some(token) => Credential::Cookie(token),
        None => Credential::None,
    })
}

/// The request's cookie headers, as text.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok())
}

fn query_token(parts: &Parts) -> Option<&str> {
    parts.uri.query()?.split('&').find_map(|pair| pair.strip_prefix("token="))
}

fn bearer(headers: &HeaderMap) -> Result<Option<&str>, ApiError> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let (scheme, token) = value.to_str().ok().and_then(|text| text.split_once(' ')).unwrap_or_default();
    if values.next().is_some() || !scheme.eq_ignore_ascii_case("bearer") {
        return Err(refused("send one header: Authorization: Bearer agf_…"));
    }
    Ok(Some(token.trim()))
}

async fn by_token(app: &App, text: &str) -> Result<Principal, ApiError> {
    let secret =
        ApiSecret::parse(text).ok_or_else(|| refused("this is no API token; check that it is whole"))?;
    let hash = secret.hash();
    let now = app.clock.now();
    let token = match app.access.cache.tokens.get(&hash, now) {
        Some(token) => token,
        None => {
            let generation = app.access.cache.generation();
            let found = app.store.documents.find::<ApiToken>("hash", &hash).await?;
            let token = Arc::new(
                found.ok_or_else(|| refused("this API token is not known; it may be deleted"))?.value,
            );
            app.access.cache.tokens.put(&app.access.cache, generation, hash, token.clone(), now);
            note_token_use(app, &token, now);
            token
        }
    };
    if token.expires_at.is_some_and(|end| end <= now) {
        return Err(refused("this API token has expired; make a new one"));
    }
    Ok(Principal::of_token(&token))
}

async fn by_cookie(app: &App, text: &str) -> Result<Principal, ApiError> {
    let now = app.clock.now();
    let bearer = app.access.key.verify(text, now).map_err(|e| match e {
        AccessError::Expired => refused("the session needs a refresh"),
        AccessError::Invalid => refused("the session cookie is not valid; log in again"),
    })?;
    match signed_in(app, bearer.session, now).await? {
        Some(found) if found.user.id == bearer.user => Ok(Principal::of_user(&found.user, bearer.session)),
        _ => Err(refused("the session is over; log in again")),
    }
}

async fn by_ticket(app: &App, text: &str) -> Result<Principal, ApiError> {
    let ticket = OpaqueToken::parse(text);
    let principal = ticket.and_then(|ticket| app.access.tickets.redeem(&ticket, app.clock.now()));
    let principal = principal.ok_or_else(|| refused("the ticket is used or too old; ask for a new one"))?;
    current(app, &principal).await?.ok_or_else(|| refused("the session is over; log in again"))
}

/// The principal as of now; none when its session or token no longer holds.
async fn current(app: &App, principal: &Principal) -> Result<Option<Principal>, StoreError> {
    let now = app.clock.now();
    Ok(match principal {
        Principal::Nobody => Some(Principal::Nobody),
        Principal::User { session, .. } => {
            signed_in(app, *session, now).await?.map(|found| Principal::of_user(&found.user, *session))
        }
        Principal::Token { id, .. } => token_by_id(app, *id, now)
            .await?
            .filter(|token| token.expires_at.is_none_or(|end| now < end))
            .map(|token| Principal::of_token(&token)),
    })
}

/// A session that holds, with its user, who may act; from the cache, else from the store.
async fn signed_in(app: &App, id: SessionId, now: Timestamp) -> Result<Option<Arc<SignedIn>>, StoreError> {
    let cache = &app.access.cache;
    let holds = |found: &SignedIn| found.session.expires_at > now;
    if let Some(found) = cache.sessions.get(&id, now) {
        return Ok(Some(found).filter(|found| holds(found)));
    }
    let generation = cache.generation();
    let Some(session) = app.store.documents.get::<Session>(&id.to_string()).await? else { return Ok(None) };
    let Some(user) = app.store.documents.get::<User>(&session.value.user_id.to_string()).await? else {
        return Ok(None);
    };
    if session.value.revoked_at.is_some() || user.value.disabled {
        return Ok(None);
    }
    let found = Arc::new(SignedIn { session: session.value, user: User { password: None, ..user.value } });
    cache.sessions.put(cache, generation, id, found.clone(), now);
    note_session_use(app, &found, now);
    Ok(Some(found).filter(|found| holds(found)))
}

async fn token_by_id(app: &App, id: TokenId, now: Timestamp) -> Result<Option<Arc<ApiToken>>, StoreError> {
    let cache = &app.access.cache;
    if let Some(token) = cache.tokens_by_id.get(&id, now) {
        return Ok(Some(token));
    }
    let generation = cache.generation();
    let Some(token) = app.store.documents.get::<ApiToken>(&id.to_string()).await? else { return Ok(None) };
    let token = Arc::new(token.value);
    cache.tokens_by_id.put(cache, generation, id, token.clone(), now);
    Ok(Some(token))
}

fn stale(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| last.floor(MINUTE) < now.floor(MINUTE))
}

/// Notes the use beside the request, which does not wait for it. Reached only where the cache had nothing, and written
/// at most once a minute.
fn note_token_use(app: &App, token: &ApiToken, now: Timestamp) {
    if !stale(token.last_used_at, now) {
        return;
    }
    let (handle, id) = (app.clone(), token.id.to_string());
    app.spawn("token use", async move {
        let note =
            move |token: &mut ApiToken| token.last_used_at = token.last_used_at.max(Some(now.floor(MINUTE)));
        if let Err(error) = handle.store.documents.modify(&id, &note).await {
            tracing::warn!(%error, token = id, "last use was not noted");
        }
    });
}

fn note_session_use(app: &App, found: &SignedIn, now: Timestamp) {
    let minute = Some(now.floor(MINUTE));
    let (user, session) = (found.user.id.to_string(), found.session.id.to_string());
    let (user_stale, session_stale) =
        (stale(found.user.last_seen_at, now), stale(found.session.last_seen_at, now));
    if !user_stale && !session_stale {
        return;
    }
    let handle = app.clone();
    app.spawn("session use", async move {
        let documents = &handle.store.documents;
        if user_stale {
            let note = move |user: &mut User| user.last_seen_at = user.last_seen_at.max(minute);
            if let Err(error) = documents.modify(&user, &note).await {
                tracing::warn!(%error, user, "last seen was not noted");
            }
        }
        if session_stale {
            let note = move |session: &mut Session| session.last_seen_at = session.last_seen_at.max(minute);
            if let Err(error) = documents.modify(&session, &note).await {
                tracing::warn!(%error, session, "last use was not noted");
            }
        }
    });
}

fn refused(message: &str) -> ApiError {
    ApiError::new(Code::Unauthenticated, message)
}
