//! Someone who can log in.

use super::Entity;
use crate::{Role, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A person with an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct User {
    /// Ours.
    pub id: UserId,
    /// Lower-cased; unique.
    pub email: String,
    /// Shown name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// PHC string (Argon2id); none for people who only come by SSO.
    pub password: Option<String>,
    /// Disabled people keep their records and can do nothing.
    pub disabled: bool,
    /// When the account was made.
    pub created_at: Timestamp,
    /// Last seen, to the minute.
    pub last_seen_at: Option<Timestamp>,
    /// Made by the demo.
    #[serde(default)]
    pub demo: bool,
}

impl Entity for User {
    const COLLECTION: &'static str = "users";

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn unique(&self) -> Vec<(&'static str, String)> {
        vec![("email", self.email.clone())]
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        vec![("role", self.role.as_str().into())]
    }
}
