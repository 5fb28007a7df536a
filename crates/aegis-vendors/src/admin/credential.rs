//! A credential while it is in use: opened from the vault, dropped after the call.

use super::{AdminApi, Field, Input};
use regex_automata::meta::Regex;
use secrecy::{ExposeSecret, SecretString};
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

/// Longest value of a field: key files have 2 to 3 KiB.
const MAX_VALUE: usize = 16 * 1024;

/// Everything about a credential that can be told to be wrong before its vendor is asked; empty where nothing is.
pub fn faults(api: &dyn AdminApi, credential: &Credential) -> Vec<FieldFault> {
    let Some(kind) = api.catalogue().kind(&credential.kind) else {
        return vec![FieldFault::new("kind", "one of the kinds that the vendor's catalogue names")];
    };
    let mut faults = Vec::new();
    for field in kind.fields {
        let value = match credential.secret(field.name) {
            Some(secret) => secret.expose_secret(),
            None => credential.public.get(field.name).map_or("", String::as_str),
        };
        faults.extend(expected(field, value).map(|expected| FieldFault::new(field.name, expected)));
    }
    for name in credential.public.keys().chain(credential.secrets.keys()) {
        if kind.field(name).is_none() {
            faults.push(FieldFault::new(name, "left out: this kind of credential has no such field"));
        }
    }
    if faults.is_empty() {
        faults.extend(api.inspect(credential));
    }
    faults
}

/// What belongs into a field whose value cannot be right.
fn expected(field: &Field, value: &str) -> Option<&'static str> {
    if value.is_empty() {
        return field.required.then_some("filled in");
    }
    if value.len() > MAX_VALUE {
        return Some("of at most 16 KiB");
    }
    let fits = match field.input {
        Input::Text => field.pattern.is_none_or(|pattern| is_whole(pattern, value)),
        Input::Choice(of) => of.contains(&value),
        Input::JsonFile(_) => {
            return (!value.trim_start().starts_with('{')).then_some("the JSON file as it was given");
        }
    };
    (!fits).then_some("of the form that the example shows")
}

/// True when a value is wholly of the form of a pattern. One that does not compile refuses nothing; a test compiles all.
fn is_whole(pattern: &str, value: &str) -> bool {
    Regex::new(&format!("^(?:{pattern})$")).map_or(true, |form| form.is_match(value))
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
