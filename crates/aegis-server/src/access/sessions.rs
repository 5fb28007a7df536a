//! Sessions: one per signed-in device, kept alive by a refresh token that changes at each use.
//! Called by the log-in routes; `members` ends sessions with their account.
//!
//! The refresh cookie holds the session's id and a random token. Presenting the token in force rotates it. Presenting
//! the one before within ten seconds is a second tab that started at the same time: it gets an access token, and the
//! cookie stays as the first tab set it. Anything else under the session's id is a token that was used up: somebody has
//! a copy, nobody can tell who, so the whole session ends.
//! Invariant: of two parties that hold the same refresh token, at most one stays signed in beyond the grace.

use super::Caller;
use crate::App;
use crate::audit::{self, Entry};
use crate::error::{ApiError, Code};
use aegis_domain::entities::{Entity, Session, User};
use aegis_domain::{SessionId, Timestamp, UserId};
use aegis_identity::access_token::{self, Bearer};
use aegis_identity::cookie::Cookie;
use aegis_identity::token::OpaqueToken;
use aegis_identity::{ExposeSecret, SecretString};
use aegis_store::{DocumentsExt, ListQuery, Store, StoreError, Versioned};
use std::time::Duration;

/// How long a log-in holds at most; then the password is asked for again.
pub const LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long the refresh token before the present one is taken for a race rather than a theft.
pub const GRACE: Duration = Duration::from_secs(10);
/// Devices of one person; the oldest is signed out for the next.
const MOST: usize = 50;

/// A session with the secrets for its cookies.
pub struct Issued {
    /// The session.
    pub session: Session,
    access: SecretString,
    /// None where the cookie is to stay as it is.
    refresh: Option<SecretString>,
}

impl Issued {
    /// The `Set-Cookie` values.
    pub fn cookies(&self, app: &App) -> Vec<String> {
        let jar = app.access.jar;
        let left = self.session.expires_at.millis().saturating_sub(app.clock.now().millis()).max(0) as u64;
        let mut cookies = vec![jar.set(Cookie::Access, self.access.expose_secret(), access_token::LIFETIME)];
        if let Some(refresh) = &self.refresh {
            cookies.push(jar.set(Cookie::Refresh, refresh.expose_secret(), Duration::from_millis(left)));
        }
        cookies
    }
}

/// The `Set-Cookie` values that sign a browser out.
pub fn cleared(app: &App) -> Vec<String> {
    [Cookie::Access, Cookie::Refresh].map(|cookie| app.access.jar.clear(cookie)).into()
}

/// Signs somebody in.
pub async fn start(app: &App, user: &User, caller: &Caller) -> Result<Issued, ApiError> {
    let now = app.clock.now();
    make_room(app, user.id, now).await?;
    let token = OpaqueToken::generate(&mut rand::rng());
    let session = Session {
        id: SessionId::new(),
        user_id: user.id,
        refresh_hash: token.hash(),
        previous_hash: None,
        rotated_at: now,
        created_at: now,
        expires_at: now.plus(LIFETIME),
        revoked_at: None,
        last_seen_at: Some(now),
        address: caller.address.to_string(),
        user_agent: caller.user_agent.clone(),
    };
    app.store.documents.insert(&session).await?;
    Ok(issue(app, session, Some(token), now))
}

/// Exchanges a refresh cookie's value; returns the person and what goes into the cookies.
pub async fn refresh(app: &App, presented: &str, caller: &Caller) -> Result<(User, Issued), ApiError> {
    let (id, token) = read(presented).ok_or_else(over)?;
    let hash = token.hash();
    loop {
        let now = app.clock.now();
        let found = app.store.documents.get::<Session>(&id.to_string()).await?.ok_or_else(over)?;
        let Versioned { version, value: mut session } = found;
        let user = app.store.documents.get::<User>(&session.user_id.to_string()).await?;
        let user = user.map(|user| user.value).filter(|user| !user.disabled).ok_or_else(over)?;
        if session.revoked_at.is_some() || session.expires_at <= now {
            return Err(over());
        }
        if hash == session.refresh_hash {
            let next = OpaqueToken::generate(&mut rand::rng());
            session.previous_hash = Some(std::mem::replace(&mut session.refresh_hash, next.hash()));
            session.rotated_at = now;
            session.last_seen_at = Some(now);
            match app.store.documents.update(version, &session).await {
                Ok(()) => return Ok((user, issue(app, session, Some(next), now))),
                // Another tab was first; judged again, this token is the one before.
                Err(StoreError::Conflict { .. }) => continue,
                Err(error) => return Err(error.into()),
            }
        }
        let racing = session.previous_hash.as_ref() == Some(&hash) && now < session.rotated_at.plus(GRACE);
        if racing {
            return Ok((user, issue(app, session, None, now)));
        }
        return Err(revoke_reused(app, &user, &session, caller).await?);
    }
}

async fn revoke_reused(
    app: &App,
    user: &User,
    session: &Session,
    caller: &Caller,
) -> Result<ApiError, ApiError> {
    end(&app.store, session.id, app.clock.now()).await?;
    app.access.cache.forget();
    let entry = Entry::new("session.reuse_detected")
        .object("session", session.id)
        .detail("user", &user.email)
        .detail("signed_in_from", &session.address);
    audit::record(app, caller, entry).await?;
    tracing::warn!(session = %session.id, user = %user.id, "a used refresh token came again; the session is ended");
    Ok(over())
}

/// The session a refresh cookie belongs to, if its token is the one in force.
pub async fn of_cookie(app: &App, presented: &str) -> Result<Option<Session>, StoreError> {
    let Some((id, token)) = read(presented) else { return Ok(None) };
    let found = app.store.documents.get::<Session>(&id.to_string()).await?;
    Ok(found.map(|found| found.value).filter(|session| session.refresh_hash == token.hash()))
}

/// Sessions of somebody that hold.
pub async fn of_user(store: &Store, user: UserId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
    let all = every(store, user).await?;
    Ok(all.into_iter().filter(|session| session.revoked_at.is_none() && session.expires_at > now).collect())
}

/// Ends a session. True when it held until now.
pub async fn end(store: &Store, id: SessionId, now: Timestamp) -> Result<bool, StoreError> {
    let found = store.documents.get::<Session>(&id.to_string()).await?;
    let held = found.is_some_and(|found| found.value.revoked_at.is_none());
    let revoke = move |session: &mut Session| session.revoked_at = session.revoked_at.or(Some(now));
    store.documents.modify(&id.to_string(), &revoke).await?;
    Ok(held)
}

/// Ends somebody's sessions, all but one; returns how many.
pub async fn end_all(
    store: &Store,
    user: UserId,
    except: Option<SessionId>,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let mut ended = 0;
    for session in of_user(store, user, now).await? {
        if Some(session.id) != except && end(store, session.id, now).await? {
            ended += 1;
        }
    }
    Ok(ended)
}

async fn every(store: &Store, user: UserId) -> Result<Vec<Session>, StoreError> {
    const PAGE: usize = 500;
    let mut all: Vec<Session> = Vec::new();
    loop {
        let index = Some(("user", user.to_string()));
        let after = all.last().map(Entity::id);
        let page = store.documents.list::<Session>(ListQuery { index, after, limit: PAGE }).await?;
        let last = page.len() < PAGE;
        all.extend(page.into_iter().map(|found| found.value));
        if last {
            return Ok(all);
        }
    }
}

/// Ids grow with time, so the first sessions are the oldest.
async fn make_room(app: &App, user: UserId, now: Timestamp) -> Result<(), StoreError> {
    let live = of_user(&app.store, user, now).await?;
    let surplus = (live.len() + 1).saturating_sub(MOST);
    for session in &live[..surplus] {
        end(&app.store, session.id, now).await?;
    }
    if surplus > 0 {
        app.access.cache.forget();
    }
    Ok(())
}

fn issue(app: &App, session: Session, refresh: Option<OpaqueToken>, now: Timestamp) -> Issued {
    let access = app.access.key.issue(Bearer { user: session.user_id, session: session.id }, now);
    let refresh = refresh.map(|token| format!("{}.{}", session.id, token.expose()).into());
    Issued { session, access, refresh }
}

fn read(presented: &str) -> Option<(SessionId, OpaqueToken)> {
    let (id, token) = presented.split_once('.')?;
    Some((id.parse().ok()?, OpaqueToken::parse(token)?))
}

fn over() -> ApiError {
    ApiError::new(Code::Unauthenticated, "the session is over; log in again")
}
