//! The people who have an account: making, changing and removing one.
//! Called by the team and registration routes and by the command line.
//! Invariant: there is always an admin who can act, however many are demoted, disabled and removed at once. The store
//! changes one document at a time, so a change that takes an admin away is written, then checked against all others,
//! and undone when nobody is left. Of all such changes under way the last one checked sees every other, so at least
//! one of them is undone.

use super::sessions;
use crate::error::{ApiError, Code};
use aegis_domain::entities::{Entity, User};
use aegis_domain::{Role, Timestamp, UserId};
use aegis_store::{DocumentsExt, ListQuery, Store, StoreError};

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
pub async fn change(
    store: &Store,
    id: UserId,
    change: &Change,
    now: Timestamp,
) -> Result<(User, User), ApiError> {
    let (before, after) = loop {
        let found = store.documents.get::<User>(&id.to_string()).await?;
        let found = found.ok_or_else(|| ApiError::not_found("member"))?;
        let mut after = found.value.clone();
        after.name = change.name.clone().unwrap_or(after.name);
        after.role = change.role.unwrap_or(after.role);
        after.disabled = change.disabled.unwrap_or(after.disabled);
        if rules(&found.value) && !rules(&after) && !another_admin(store, id).await? {
            return Err(last_admin());
        }
        match store.documents.update(found.version, &after).await {
            Ok(()) => break (found.value, after),
            Err(StoreError::Conflict { .. }) => continue,
            Err(error) => return Err(error.into()),
        }
    };
    if rules(&before) && !rules(&after) && !another_admin(store, id).await? {
        let (role, disabled) = (before.role, before.disabled);
        let undo = move |user: &mut User| (user.role, user.disabled) = (role, disabled);
        store.documents.modify(&id.to_string(), &undo).await?;
        return Err(last_admin());
    }
    if after.disabled && !before.disabled {
        // Enabled again one day, they log in anew.
        sessions::end_all(store, id, None, now).await?;
    }
    Ok((before, after))
}

/// Removes somebody, with their sessions. Tokens they made stay: they belong to the organisation.
pub async fn remove(store: &Store, id: UserId, now: Timestamp) -> Result<User, ApiError> {
    // Disabled first, under the rule about the last admin; from then on nothing can be lost.
    let disable = Change { disabled: Some(true), ..Change::default() };
    let (before, _) = change(store, id, &disable, now).await?;
    sessions::end_all(store, id, None, now).await?;
    store.documents.delete(User::COLLECTION, &id.to_string(), None).await?;
    Ok(before)
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
