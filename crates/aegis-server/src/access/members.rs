//! The people who have an account: making, changing and removing one.
//! Called by the team and registration routes and by the command line.
//! Invariant: there is always an admin who can act, however many are demoted, disabled and removed at once. The store
//! changes one document at a time, so changes that may take an admin away run one after the other, under a lock.

use super::{lease, sessions};
use crate::App;
use crate::error::{ApiError, Code};
use aegis_domain::entities::{Entity, User};
use aegis_domain::{Role, Timestamp, UserId};
use aegis_store::{DocumentsExt, ListQuery, Store, StoreError};

/// The lock's name.
const ADMINS: &str = "admins";

/// What an admin may change about somebody. `None` leaves it.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Shown name.
    pub name: Option<String>,
    /// What they may do.
    pub role: Option<Role>,
    /// Whether they can act at all.
    pub disabled: Option<bool>,
}

/// An account to make.
pub struct NewUser {
    /// Normalised.
    pub email: String,
    /// Shown name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// PHC string.
    pub password: String,
}

impl NewUser {
    /// The account, not yet stored.
    pub fn at(self, now: Timestamp) -> User {
        User {
            id: UserId::new(),
            email: self.email,
            name: self.name,
            role: self.role,
            password: Some(self.password),
            disabled: false,
            created_at: now,
            last_seen_at: None,
            demo: false,
        }
    }
}

/// Changes somebody; returns them before and after.
pub async fn change(app: &App, id: UserId, change: Change) -> Result<(User, User), ApiError> {
    if change.role.is_none() && change.disabled.is_none() {
        return apply(app, id, &change).await;
    }
    let handle = app.clone();
    lease::hold(app, ADMINS, async move { apply(&handle, id, &change).await }).await
}

/// Removes somebody, with their sessions. Tokens they made stay: they belong to the organisation.
pub async fn remove(app: &App, id: UserId) -> Result<User, ApiError> {
    let handle = app.clone();
    lease::hold(app, ADMINS, async move {
        let documents = &handle.store.documents;
        let found = documents.get::<User>(&id.to_string()).await?;
        let user = found.ok_or_else(|| ApiError::not_found("member"))?.value;
        if rules(&user) && !another_admin(&handle.store, id).await? {
            return Err(last_admin());
        }
        // First the account: without it no session holds, so a crash in between leaves nothing open.
        documents.delete(User::COLLECTION, &id.to_string(), None).await?;
        sessions::end_all(&handle.store, id, None, handle.clock.now()).await?;
        Ok(user)
    })
    .await
}

/// Applies a change; one that may take an admin away is applied under the lock.
async fn apply(app: &App, id: UserId, change: &Change) -> Result<(User, User), ApiError> {
    let (before, after) = loop {
        let found = app.store.documents.get::<User>(&id.to_string()).await?;
        let found = found.ok_or_else(|| ApiError::not_found("member"))?;
        let mut after = found.value.clone();
        after.name = change.name.clone().unwrap_or(after.name);
        after.role = change.role.unwrap_or(after.role);
        after.disabled = change.disabled.unwrap_or(after.disabled);
        if rules(&found.value) && !rules(&after) && !another_admin(&app.store, id).await? {
            return Err(last_admin());
        }
        match app.store.documents.update(found.version, &after).await {
            Ok(()) => break (found.value, after),
            // "Last seen" was noted meanwhile.
            Err(StoreError::Conflict { .. }) => continue,
            Err(error) => return Err(error.into()),
        }
    };
    if after.disabled && !before.disabled {
        // Enabled again one day, they log in anew.
        sessions::end_all(&app.store, id, None, app.clock.now()).await?;
    }
    Ok((before, after))
}

fn rules(user: &User) -> bool {
    user.role == Role::Admin && !user.disabled
}

async fn another_admin(store: &Store, than: UserId) -> Result<bool, StoreError> {
    let mut after = None;
    loop {
        let index = Some(("role", Role::Admin.as_str().to_string()));
        let page = store.documents.list::<User>(ListQuery { index, after, limit: 100 }).await?;
        if page.iter().any(|found| found.value.id != than && rules(&found.value)) {
            return Ok(true);
        }
        match page.last() {
            Some(last) => after = Some(last.value.id()),
            None => return Ok(false),
        }
    }
}

fn last_admin() -> ApiError {
    ApiError::new(Code::Conflict, "this is the last admin; make somebody else admin first")
}
