//! A credential while it is in use: opened from the vault, dropped after the call.

use secrecy::SecretString;
use std::collections::BTreeMap;
use std::fmt;

/// What an adapter may use to ask. `Debug` shows no secret.
#[derive(Clone, Default)]
pub struct Credential {
    /// Kind, as the catalogue names it.
    pub kind: String,
    /// Fields that may be shown.
    pub public: BTreeMap<String, String>,
    /// Fields that may not.
    pub secrets: BTreeMap<String, SecretString>,
    /// What checks learnt about it: team id, organisation…
    pub learnt: BTreeMap<String, String>,
}

impl Credential {
    /// A public or learnt value; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.public.get(name).or_else(|| self.learnt.get(name)).map_or("", String::as_str)
    }

    /// A secret, where there is one.
    pub fn secret(&self, name: &str) -> Option<&SecretString> {
        self.secrets.get(name)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secrets: Vec<_> = self.secrets.keys().collect();
        f.debug_struct("Credential")
            .field("kind", &self.kind)
            .field("public", &self.public)
            .field("secrets", &secrets)
            .field("learnt", &self.learnt)
            .finish()
    }
}

/// A field of a credential that cannot be right. Never repeats the value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} must be {expected}")]
pub struct FieldFault {
    /// The field, with the place in a file: `service_account.token_uri`.
    pub field: String,
    /// What belongs there: "an address at Google".
    pub expected: &'static str,
}

impl FieldFault {
    /// A fault of `field`.
    pub fn new(field: impl Into<String>, expected: &'static str) -> Self {
        FieldFault { field: field.into(), expected }
    }
}
