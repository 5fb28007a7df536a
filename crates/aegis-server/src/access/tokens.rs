//! Makes API tokens. Called by `POST /tokens` and by `token create` on the command line.

use crate::audit::Entry;
use crate::error::{ApiError, Code, Fields};
use aegis_domain::entities::ApiToken;
use aegis_domain::{Scope, Timestamp, TokenId};
use aegis_identity::token::ApiSecret;
use aegis_store::{DocumentsExt, Store, StoreError};

/// Longest name, in characters.
const NAME_CHARS: usize = 100;

/// A token to make.
pub struct NewToken {
    /// What people call it; unique.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Until when it holds; none: until deleted.
    pub expires_at: Option<Timestamp>,
    /// A user's id, or an operator's name.
    pub created_by: String,
    /// What it brings is demo data.
    pub demo: bool,
}

impl NewToken {
    /// Stores the token; returns it with its secret, which is nowhere else.
    pub async fn create(self, store: &Store, now: Timestamp) -> Result<(ApiToken, ApiSecret), ApiError> {
        let name = self.name.trim().to_owned();
        let mut scopes = self.scopes;
        scopes.sort_unstable();
        scopes.dedup();
        let mut fields = Fields::default();
        if name.is_empty() || name.chars().count() > NAME_CHARS || name.chars().any(char::is_control) {
            fields.add(
                "name",
                format!("must have 1 to {NAME_CHARS} characters, none of them control characters"),
            );
        }
        if scopes.is_empty() {
            fields.add("scopes", "name at least one");
        }
        fields.check()?;
        let secret = ApiSecret::generate(&mut rand::rng());
        let token = ApiToken {
            id: TokenId::new(),
            name,
            hash: secret.hash(),
            last4: secret.last4(),
            scopes,
            created_by: self.created_by,
            created_at: now,
            expires_at: self.expires_at,
            last_used_at: None,
            demo: self.demo,
        };
        store.documents.insert(&token).await.map_err(|error| match error {
            StoreError::Duplicate { .. } => {
                ApiError::new(Code::Conflict, "a token with this name exists already")
            }
            other => other.into(),
        })?;
        Ok((token, secret))
    }
}

/// The act of having made it, for the audit log.
pub fn created(token: &ApiToken) -> Entry {
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    Entry::new("token.created")
        .object("token", token.id)
        .detail("name", &token.name)
        .detail("scopes", scopes.join(", "))
}
