//! `/team`: who has an account, who is invited, what each may do.
//! Invariant: there is always an admin who can act; `access::members` holds that.

use super::auth_forms::checked_name;
use super::listing::{Names, page_by_id};
use crate::App;
use crate::access::Caller;
use crate::access::members::{self, Change};
use crate::audit::{self, Entry};
use crate::error::{ApiError, Code, ErrorBody, Fields};
use crate::http::query::PageParams;
use crate::http::{Access, Body, Params, Query, Routes};
use aegis_domain::entities::{Entity, Invite, User};
use aegis_domain::{InviteId, Role, Timestamp, UserId};
use aegis_identity::email;
use aegis_identity::token::OpaqueToken;
use aegis_store::{DocumentsExt, StoreError};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;
use utoipa_axum::routes;

/// How long an invitation holds.
const INVITE_LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);

pub(super) fn routes() -> Routes {
    Routes::tag("team")
        .add(Access::Role(Role::Admin), routes!(list))
        .add(Access::Role(Role::Admin), routes!(change))
        .add(Access::Role(Role::Admin), routes!(remove))
        .add(Access::Role(Role::Admin), routes!(list_invites))
        .add(Access::Role(Role::Admin), routes!(invite))
        .add(Access::Role(Role::Admin), routes!(withdraw))
}

/// Somebody with an account.
#[derive(Serialize, ToSchema)]
struct Member {
    id: UserId,
    email: String,
    name: String,
    role: Role,
    /// Can do nothing, and keeps their records.
    disabled: bool,
    /// Where the account comes from: `local`.
    source: &'static str,
    created_at: Timestamp,
    /// To the minute.
    last_seen_at: Option<Timestamp>,
    demo: bool,
}

impl From<User> for Member {
    fn from(user: User) -> Self {
        Member {
            id: user.id,
            email: user.email,
            name: user.name,
            role: user.role,
            disabled: user.disabled,
            source: "local",
            created_at: user.created_at,
            last_seen_at: user.last_seen_at,
            demo: user.demo,
        }
    }
}

/// People with an account.
#[derive(Serialize, ToSchema)]
struct MemberList {
    /// Oldest account first.
    items: Vec<Member>,
    /// Where to go on.
    next_cursor: Option<String>,
}

/// The people with an account.
#[utoipa::path(get, path = "/team", params(PageParams), responses((status = 200, body = MemberList)))]
async fn list(State(app): State<App>, Query(page): Query<PageParams>) -> Result<Json<MemberList>, ApiError> {
    let (users, next_cursor) = page_by_id::<User>(&app, &page).await?;
    Ok(Json(MemberList { items: users.into_iter().map(Member::from).collect(), next_cursor }))
}

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
struct MemberChange {
    /// What they may do from now on.
    role: Option<Role>,
    /// Whether they can act at all; disabling ends their sessions.
    disabled: Option<bool>,
    /// Shown name.
    #[schema(max_length = 100)]
    name: Option<String>,
}

/// Changes somebody's role or name, or disables them. It holds within 5 s wherever they are signed in.
#[utoipa::path(patch, path = "/team/{id}", params(("id" = UserId, Path)), request_body = MemberChange, responses(
    (status = 200, body = Member),
    (status = 404, body = ErrorBody),
    (status = 409, description = "The last admin", body = ErrorBody)))]
async fn change(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<UserId>,
    Body(form): Body<MemberChange>,
) -> Result<Json<Member>, ApiError> {
    let mut fields = Fields::default();
    let name = form.name.as_deref().map(|name| checked_name(&mut fields, name));
    fields.check()?;
    let wanted = Change { name, role: form.role, disabled: form.disabled };
    let (before, after) = members::change(&app, id, wanted).await?;
    app.access.cache.forget();
    for (action, what) in differences(&before, &after) {
        let (before, after) = (Member::from(before.clone()), Member::from(after.clone()));
        let entry = Entry::new(action)
            .object("user", id)
            .before(&before)
            .after(&after)
            .detail("email", &after.email)
            .detail("change", what);
        audit::record(&app, &caller, entry).await?;
    }
    Ok(Json(after.into()))
}

/// Each thing that changed, as an act of its own.
fn differences(before: &User, after: &User) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    if before.role != after.role {
        found.push(("user.role_changed", format!("{} → {}", before.role.as_str(), after.role.as_str())));
    }
    match (before.disabled, after.disabled) {
        (false, true) => found.push(("user.disabled", "enabled → disabled".to_string())),
        (true, false) => found.push(("user.enabled", "disabled → enabled".to_string())),
        (true, true) | (false, false) => {}
    }
    if before.name != after.name {
        found.push(("user.renamed", format!("{} → {}", before.name, after.name)));
    }
    found
}

/// Removes somebody: their sessions end, what they did stays on record, and tokens they made stay.
#[utoipa::path(delete, path = "/team/{id}", params(("id" = UserId, Path)), responses(
    (status = 204, description = "Removed"),
    (status = 404, body = ErrorBody),
    (status = 409, description = "The last admin", body = ErrorBody)))]
async fn remove(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<UserId>,
) -> Result<StatusCode, ApiError> {
    let user = members::remove(&app, id).await?;
    app.access.cache.forget();
    let email = user.email.clone();
    let entry =
        Entry::new("user.removed").object("user", id).before(&Member::from(user)).detail("email", email);
    audit::record(&app, &caller, entry).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An open invitation.
#[derive(Serialize, ToSchema)]
struct InviteItem {
    id: InviteId,
    email: String,
    role: Role,
    /// Who invited: an address, or a token's or operator's name.
    created_by: String,
    created_at: Timestamp,
    expires_at: Timestamp,
}

/// Open invitations.
#[derive(Serialize, ToSchema)]
struct InviteList {
    /// Oldest first.
    items: Vec<InviteItem>,
    /// Where to go on.
    next_cursor: Option<String>,
}

/// The invitations nobody has used yet.
#[utoipa::path(get, path = "/team/invites", params(PageParams), responses((status = 200, body = InviteList)))]
async fn list_invites(
    State(app): State<App>,
    Query(page): Query<PageParams>,
) -> Result<Json<InviteList>, ApiError> {
    let (invites, next_cursor) = page_by_id::<Invite>(&app, &page).await?;
    let now = app.clock.now();
    let mut names = Names::default();
    let mut items = Vec::new();
    for invite in invites.into_iter().filter(|invite| invite.expires_at > now) {
        items.push(InviteItem {
            id: invite.id,
            email: invite.email,
            role: invite.role,
            created_by: names.of(&app, invite.created_by).await?,
            created_at: invite.created_at,
            expires_at: invite.expires_at,
        });
    }
    Ok(Json(InviteList { items, next_cursor }))
}

/// Whom to invite.
#[derive(Deserialize, ToSchema)]
struct InviteForm {
    /// Their address.
    #[schema(max_length = 254)]
    email: String,
    /// What they will be able to do.
    role: Role,
}

/// An invitation just made.
#[derive(Serialize, ToSchema)]
struct NewInvite {
    id: InviteId,
    email: String,
    role: Role,
    expires_at: Timestamp,
    /// Send it to them; it is shown only now.
    link: String,
}

/// Invites somebody. An earlier invitation of the same address that ran out is replaced.
#[utoipa::path(post, path = "/team/invites", request_body = InviteForm, responses(
    (status = 201, body = NewInvite),
    (status = 409, description = "The address has an account or an open invitation", body = ErrorBody)))]
async fn invite(
    State(app): State<App>,
    caller: Caller,
    Body(form): Body<InviteForm>,
) -> Result<(StatusCode, Json<NewInvite>), ApiError> {
    let email = email::normalise(&form.email).map_err(|e| ApiError::field("email", e.to_string()))?;
    if app.store.documents.find::<User>("email", &email).await?.is_some() {
        return Err(ApiError::new(Code::Conflict, "this address has an account already"));
    }
    let now = app.clock.now();
    if let Some(earlier) = app.store.documents.find::<Invite>("email", &email).await?
        && earlier.value.expires_at <= now
    {
        app.store.documents.delete(Invite::COLLECTION, &earlier.value.id(), Some(earlier.version)).await?;
    }
    let token = OpaqueToken::generate(&mut rand::rng());
    let invite = Invite {
        id: InviteId::new(),
        email,
        role: form.role,
        token_hash: token.hash(),
        created_by: caller.owner(),
        created_at: now,
        expires_at: now.plus(INVITE_LIFETIME),
    };
    app.store.documents.insert(&invite).await.map_err(|error| match error {
        StoreError::Duplicate { .. } => {
            ApiError::new(Code::Conflict, "this address is invited already; withdraw that invitation first")
        }
        other => other.into(),
    })?;
    let entry = Entry::new("invite.created")
        .object("invite", invite.id)
        .detail("email", &invite.email)
        .detail("role", invite.role.as_str());
    audit::record(&app, &caller, entry).await?;
    let link = format!("{}/register?invite={}", app.config.base_url(), token.expose());
    let Invite { id, email, role, expires_at, .. } = invite;
    Ok((StatusCode::CREATED, Json(NewInvite { id, email, role, expires_at, link })))
}

/// Withdraws an invitation: its link stops working.
#[utoipa::path(delete, path = "/team/invites/{id}", params(("id" = InviteId, Path)), responses(
    (status = 204, description = "Withdrawn"),
    (status = 404, body = ErrorBody)))]
async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<InviteId>,
) -> Result<StatusCode, ApiError> {
    let found = app.store.documents.get::<Invite>(&id.to_string()).await?;
    let invite = found.ok_or_else(|| ApiError::not_found("invitation"))?.value;
    if !app.store.documents.delete(Invite::COLLECTION, &invite.id(), None).await? {
        return Err(ApiError::not_found("invitation"));
    }
    let entry = Entry::new("invite.withdrawn").object("invite", id).detail("email", &invite.email);
    audit::record(&app, &caller, entry).await?;
    Ok(StatusCode::NO_CONTENT)
}
