//! `/auth`: set-up, registration, log-in, refresh, log-out, the caller's own account and sessions.
//! Invariant: log-in answers the same, after the same work, whether or not the account exists, is disabled or has no
//! password; every failed one is in the audit log.

use super::auth_forms::{
    AuthState, LoginForm, Me, PasswordForm, RegisterForm, SessionItem, SessionList, SetupForm,
    checked_account, judge_password,
};
use crate::App;
use crate::access::{Caller, Limit, Principal, limited, lockouts, members, sessions, setup};
use crate::audit::{self, Entry};
use crate::config::Registration;
use crate::error::{ApiError, Code, ErrorBody, Fields};
use crate::http::{Access, Body, Params, Routes};
use aegis_domain::entities::{ApiToken, Entity, Invite, Session, User};
use aegis_domain::{Role, SessionId};
use aegis_identity::cookie::Cookie;
use aegis_identity::email;
use aegis_identity::password::Verdict;
use aegis_identity::token::OpaqueToken;
use aegis_store::{DocumentsExt, StoreError};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("auth")
        .add(Access::Open, routes!(state))
        .add(Access::Open, routes!(complete_setup))
        .add(Access::Open, routes!(register))
        .add(Access::Open, routes!(login))
        .add(Access::Open, routes!(logout))
        .add(Access::Open, routes!(refresh))
        .add(Access::Role(Role::Viewer), routes!(me))
        .add(Access::Person(Role::Viewer), routes!(list_sessions))
        .add(Access::Person(Role::Viewer), routes!(end_other_sessions))
        .add(Access::Person(Role::Viewer), routes!(end_session))
        .add(Access::Person(Role::Viewer), routes!(change_password))
}

/// What the log-in page needs to know.
#[utoipa::path(get, path = "/auth/state", responses((status = 200, body = AuthState)))]
async fn state(State(app): State<App>) -> Result<Json<AuthState>, ApiError> {
    Ok(Json(AuthState {
        setup_required: setup::is_required(&app.store).await?,
        registration: app.config.registration,
        insecure_http: app.config.insecure_http,
        demo: app.config.demo,
        version: env!("CARGO_PKG_VERSION"),
    }))
}

/// First run: makes the first admin with the link printed at start.
#[utoipa::path(post, path = "/auth/setup", request_body = SetupForm, responses(
    (status = 201, description = "Signed in as the first admin", body = Me),
    (status = 401, description = "The link is not valid", body = ErrorBody),
    (status = 410, description = "Set up already", body = ErrorBody)))]
async fn complete_setup(State(app): State<App>, caller: Caller, Body(form): Body<SetupForm>) -> Response {
    limited(&app, Limit::Setup, &caller, async {
        let account = checked_account(&form.email, &form.name, &form.password)?;
        // Before the hash: an attempt without the link costs nothing.
        setup::check(&app, &form.token).await?;
        let password = app.access.passwords.hash(form.password.clone()).await?;
        let (email, name) = account;
        let admin = members::NewUser { email, name, role: Role::Admin, password }.at(app.clock.now());
        setup::complete(&app, &form.token, &admin).await?;
        signed_in(&app, &caller, &admin, StatusCode::CREATED, "setup.completed").await
    })
    .await
}

/// Makes an account: by invitation, or freely where the operator allows it.
#[utoipa::path(post, path = "/auth/register", request_body = RegisterForm, responses(
    (status = 201, description = "Signed in", body = Me),
    (status = 403, description = "Registration is off, or the invitation is not valid", body = ErrorBody),
    (status = 409, description = "The address has an account", body = ErrorBody)))]
async fn register(State(app): State<App>, caller: Caller, Body(form): Body<RegisterForm>) -> Response {
    limited(&app, Limit::Register, &caller, async {
        let (email, name) = checked_account(&form.email, &form.name, &form.password)?;
        let invite = admission(&app, &email, form.invite_token.as_deref()).await?;
        let role = invite.as_ref().map_or(Role::Viewer, |invite| invite.role);
        let password = app.access.passwords.hash(form.password.clone()).await?;
        let user = members::NewUser { email, name, role, password }.at(app.clock.now());
        match app.store.documents.insert(&user).await {
            Ok(()) => {}
            Err(StoreError::Duplicate { .. }) => {
                return Err(ApiError::new(Code::Conflict, "this address has an account already; log in"));
            }
            Err(error) => return Err(error.into()),
        }
        if let Some(invite) = invite {
            app.store.documents.delete(Invite::COLLECTION, &invite.id.to_string(), None).await?;
        }
        signed_in(&app, &caller, &user, StatusCode::CREATED, "user.registered").await
    })
    .await
}

/// The invitation that lets this address in; none where none is needed.
async fn admission(app: &App, email: &str, token: Option<&str>) -> Result<Option<Invite>, ApiError> {
    let not_valid = || ApiError::new(Code::Forbidden, "this invitation is not valid; ask for a new one");
    match (app.config.registration, token) {
        (Registration::Off, _) => Err(ApiError::new(Code::Forbidden, "registration is off")),
        (Registration::Open, None) => Ok(None),
        (Registration::Invite, None) => {
            Err(ApiError::new(Code::Forbidden, "an account needs an invitation; ask an admin"))
        }
        (Registration::Invite | Registration::Open, Some(token)) => {
            let token = OpaqueToken::parse(token).ok_or_else(not_valid)?;
            let found = app.store.documents.find::<Invite>("token", &token.hash()).await?;
            let fits = |invite: &Invite| invite.email == email && invite.expires_at > app.clock.now();
            found.map(|found| found.value).filter(fits).map(Some).ok_or_else(not_valid)
        }
    }
}

/// Logs in by address and password.
#[utoipa::path(post, path = "/auth/login", request_body = LoginForm, responses(
    (status = 200, description = "Signed in", body = Me),
    (status = 401, description = "Wrong address or password", body = ErrorBody)))]
async fn login(State(app): State<App>, caller: Caller, Body(form): Body<LoginForm>) -> Response {
    limited(&app, Limit::Login, &caller, async {
        let email = email::normalise(&form.email).map_err(|e| ApiError::field("email", e.to_string()))?;
        let guess = match lockouts::take(&app, &email, caller.address).await {
            Ok(guess) => guess,
            Err(error) => return Err(failed(&app, &caller, &email, "login.locked_out", error).await),
        };
        let found = app.store.documents.find::<User>("email", &email).await?.map(|found| found.value);
        let stored = found.as_ref().and_then(|user| user.password.clone());
        let verdict = app.access.passwords.verify(form.password.clone(), stored).await?;
        let Some(user) = found.filter(|user| verdict.is_right() && !user.disabled) else {
            let wrong = ApiError::new(Code::Unauthenticated, "the e-mail address or the password is wrong");
            return Err(failed(&app, &caller, &email, "login.failed", wrong).await);
        };
        guess.was_right(&app).await?;
        if verdict == Verdict::RightButWeaklyHashed {
            let renewed = app.access.passwords.hash(form.password.clone()).await?;
            let renew = move |user: &mut User| user.password = Some(renewed.clone());
            app.store.documents.modify(&user.id.to_string(), &renew).await?;
        }
        signed_in(&app, &caller, &user, StatusCode::OK, "login.succeeded").await
    })
    .await
}

/// Records a failed log-in; returns the error to answer with.
async fn failed(app: &App, caller: &Caller, email: &str, action: &'static str, error: ApiError) -> ApiError {
    // A store that cannot count cannot record either; its own error says so.
    if !matches!(error.code, Code::Unauthenticated | Code::LockedOut) {
        return error;
    }
    match audit::record(app, caller, Entry::new(action).detail("email", email)).await {
        Ok(()) => error,
        Err(unrecorded) => unrecorded,
    }
}

/// Starts a session and answers with its cookies.
async fn signed_in(
    app: &App,
    caller: &Caller,
    user: &User,
    status: StatusCode,
    action: &'static str,
) -> Result<Response, ApiError> {
    let issued = sessions::start(app, user, caller).await?;
    let caller = caller.known_as(Principal::of_user(user, issued.session.id));
    let entry = Entry::new(action).object("user", user.id).detail("session", issued.session.id.to_string());
    audit::record(app, &caller, entry).await?;
    Ok(with_cookies((status, Json(Me::person(user, &issued.session))), issued.cookies(app)))
}

/// Signs this browser out. Harmless where it is not signed in.
#[utoipa::path(post, path = "/auth/logout", responses((status = 204, description = "Signed out")))]
async fn logout(State(app): State<App>, caller: Caller, headers: HeaderMap) -> Result<Response, ApiError> {
    if let Some(session) = own_session(&app, &headers).await? {
        sessions::end(&app.store, session.id, app.clock.now()).await?;
        app.access.cache.forget();
        let user = app.store.documents.get::<User>(&session.user_id.to_string()).await?;
        if let Some(user) = user {
            let caller = caller.known_as(Principal::of_user(&user.value, session.id));
            audit::record(&app, &caller, Entry::new("session.ended").object("session", session.id)).await?;
        }
    }
    Ok(with_cookies(StatusCode::NO_CONTENT, sessions::cleared(&app)))
}

/// The session either cookie stands for: the access cookie may have run out before the person logs out.
async fn own_session(app: &App, headers: &HeaderMap) -> Result<Option<Session>, ApiError> {
    if let Some(value) = cookie(app, headers, Cookie::Access)
        && let Ok(bearer) = app.access.key.verify(value, app.clock.now())
    {
        let found = app.store.documents.get::<Session>(&bearer.session.to_string()).await?;
        return Ok(found.map(|found| found.value).filter(|session| session.revoked_at.is_none()));
    }
    match cookie(app, headers, Cookie::Refresh) {
        Some(value) => Ok(sessions::of_cookie(app, value).await?),
        None => Ok(None),
    }
}

/// Exchanges the refresh cookie for fresh cookies. A used one ends the session.
#[utoipa::path(post, path = "/auth/refresh", responses(
    (status = 200, description = "Signed in for another while", body = Me),
    (status = 401, description = "The session is over", body = ErrorBody)))]
async fn refresh(State(app): State<App>, caller: Caller, headers: HeaderMap) -> Response {
    limited(&app, Limit::Refresh, &caller, async {
        let Some(presented) = cookie(&app, &headers, Cookie::Refresh) else {
            return Err(ApiError::new(Code::Unauthenticated, "there is no session to refresh; log in"));
        };
        match sessions::refresh(&app, presented, &caller).await {
            Ok((user, issued)) => {
                Ok(with_cookies(Json(Me::person(&user, &issued.session)), issued.cookies(&app)))
            }
            Err(error) if error.code == Code::Unauthenticated => {
                Ok(with_cookies(error, sessions::cleared(&app)))
            }
            Err(error) => Err(error),
        }
    })
    .await
}

/// Who the caller is and what they may do. For a token, `user` is null.
#[utoipa::path(get, path = "/auth/me", responses((status = 200, body = Me)))]
async fn me(State(app): State<App>, caller: Caller) -> Result<Json<Me>, ApiError> {
    let gone = || ApiError::new(Code::Unauthenticated, "the session is over; log in again");
    match &caller.principal {
        Principal::User { id, session, .. } => {
            let user = app.store.documents.get::<User>(&id.to_string()).await?.ok_or_else(gone)?;
            let session = app.store.documents.get::<Session>(&session.to_string()).await?.ok_or_else(gone)?;
            Ok(Json(Me::person(&user.value, &session.value)))
        }
        Principal::Token { id, .. } => {
            let token = app.store.documents.get::<ApiToken>(&id.to_string()).await?.ok_or_else(gone)?;
            Ok(Json(Me::machine(&token.value)))
        }
        Principal::Nobody => Err(gone()),
    }
}

/// The caller's own sessions, newest first.
#[utoipa::path(get, path = "/auth/sessions", responses((status = 200, body = SessionList)))]
async fn list_sessions(State(app): State<App>, caller: Caller) -> Result<Json<SessionList>, ApiError> {
    let Some((user, current)) = caller.person() else { return Err(only_people()) };
    let live = sessions::of_user(&app.store, user, app.clock.now()).await?;
    let items = live.iter().rev().map(|session| SessionItem::of(session, current)).collect();
    Ok(Json(SessionList { items, next_cursor: None }))
}

/// Signs the caller out everywhere but here.
#[utoipa::path(delete, path = "/auth/sessions", responses((status = 204, description = "Signed out elsewhere")))]
async fn end_other_sessions(State(app): State<App>, caller: Caller) -> Result<StatusCode, ApiError> {
    let Some((user, current)) = caller.person() else { return Err(only_people()) };
    let ended = sessions::end_all(&app.store, user, Some(current), app.clock.now()).await?;
    app.access.cache.forget();
    let entry = Entry::new("sessions.ended").object("user", user).detail("sessions", ended.to_string());
    audit::record(&app, &caller, entry).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs one of the caller's own sessions out.
#[utoipa::path(delete, path = "/auth/sessions/{id}", params(("id" = SessionId, Path)), responses(
    (status = 204, description = "Signed out"),
    (status = 404, description = "Not a session of the caller's", body = ErrorBody)))]
async fn end_session(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<SessionId>,
) -> Result<StatusCode, ApiError> {
    let Some((user, _)) = caller.person() else { return Err(only_people()) };
    let found = app.store.documents.get::<Session>(&id.to_string()).await?.map(|found| found.value);
    // Somebody else's session and none at all are the same to the caller.
    let own = found.filter(|session| session.user_id == user && session.revoked_at.is_none());
    let session = own.ok_or_else(|| ApiError::not_found("session"))?;
    sessions::end(&app.store, session.id, app.clock.now()).await?;
    app.access.cache.forget();
    audit::record(&app, &caller, Entry::new("session.ended").object("session", session.id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes the caller's password; their other sessions end.
#[utoipa::path(post, path = "/auth/password", request_body = PasswordForm, responses(
    (status = 204, description = "Changed")))]
async fn change_password(State(app): State<App>, caller: Caller, Body(form): Body<PasswordForm>) -> Response {
    limited(&app, Limit::Password, &caller, async {
        let Some((id, session)) = caller.person() else { return Err(only_people()) };
        let gone = || ApiError::new(Code::Unauthenticated, "the account is gone");
        let user = app.store.documents.get::<User>(&id.to_string()).await?.ok_or_else(gone)?.value;
        let mut fields = Fields::default();
        judge_password(&mut fields, "new_password", &form.new_password, &user.email);
        fields.check()?;
        // A guess like any other, so that an open browser is no way around the lockout.
        let guess = lockouts::take(&app, &user.email, caller.address).await?;
        let verdict =
            app.access.passwords.verify(form.current_password.clone(), user.password.clone()).await?;
        if !verdict.is_right() {
            audit::record(&app, &caller, Entry::new("password.change_failed").object("user", id)).await?;
            return Err(ApiError::field("current_password", "is wrong"));
        }
        guess.was_right(&app).await?;
        let hash = app.access.passwords.hash(form.new_password.clone()).await?;
        let set = move |user: &mut User| user.password = Some(hash.clone());
        app.store.documents.modify(&id.to_string(), &set).await?;
        let ended = sessions::end_all(&app.store, id, Some(session), app.clock.now()).await?;
        app.access.cache.forget();
        let entry =
            Entry::new("password.changed").object("user", id).detail("sessions_ended", ended.to_string());
        audit::record(&app, &caller, entry).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

fn cookie<'a>(app: &App, headers: &'a HeaderMap, cookie: Cookie) -> Option<&'a str> {
    app.access.jar.read(crate::access::cookies(headers), cookie)
}

fn with_cookies(answer: impl IntoResponse, cookies: Vec<String>) -> Response {
    let mut response = answer.into_response();
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

fn only_people() -> ApiError {
    ApiError::new(Code::Forbidden, "only a person, logged in, can do this")
}
