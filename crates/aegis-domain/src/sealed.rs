//! What an encrypted secret looks like to everybody but the vault: a text, the name of its key, the place it belongs to.
//! Entities hold `Sealed` and never the secret; `aegis-vault` makes and opens them.
//! Invariant: nothing here can be turned back into a secret without the vault's keys.

use crate::entities::Entity;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The index by which a record that holds sealed values can be found by the keys they are sealed under.
pub const SEALED_UNDER: &str = "sealed_under";

/// Begins every sealed value; a number, so that the form can change one day.
const FORM: &str = "v1";
/// Letters in the id of a data key.
const KEY_ID_LETTERS: usize = 16;

/// Names a data key without saying anything about it: 16 letters of hex.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String)]
pub struct DataKeyId(String);

impl DataKeyId {
    /// Reads an id; none when the text cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        (text.len() == KEY_ID_LETTERS && text.bytes().all(hex)).then(|| DataKeyId(text.into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for DataKeyId {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        DataKeyId::parse(&text).ok_or("the id of a data key has 16 letters of hex")
    }
}

impl From<DataKeyId> for String {
    fn from(id: DataKeyId) -> String {
        id.0
    }
}

impl fmt::Display for DataKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for DataKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An encrypted secret: `v1.KEY.TOKEN.BINDING`. The token is a Fernet token; the binding ties it to its place.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(String);

impl Sealed {
    /// Puts one together; only the vault has the parts.
    pub fn from_parts(key: &DataKeyId, token: &str, binding: &str) -> Self {
        Sealed(format!("{FORM}.{key}.{token}.{binding}"))
    }

    /// Returns key, token and binding; none when the text is not of our form.
    pub fn parts(&self) -> Option<(DataKeyId, &str, &str)> {
        let mut parts = self.0.split('.');
        let (form, key, token, binding) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        if form != FORM || parts.next().is_some() {
            return None;
        }
        Some((DataKeyId::parse(key)?, token, binding))
    }

    /// The key it is sealed under; none when the text is not of our form.
    pub fn key(&self) -> Option<DataKeyId> {
        self.parts().map(|(key, _, _)| key)
    }
}

/// A long ciphertext helps nobody in a log.
impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key() {
            Some(key) => write!(f, "Sealed(under {key})"),
            None => f.write_str("Sealed(unreadable)"),
        }
    }
}

/// A keyed hash of a secret, in hex: tells whether two are the same without telling what they are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct Fingerprint(pub String);

/// What a sealed value belongs to. Opened for another place than it was sealed for, it is refused: a value copied to
/// another record, or left behind when its record is pointed at another address, is of no use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The record's collection.
    pub collection: &'static str,
    /// The record.
    pub id: String,
    /// The field.
    pub field: String,
    /// Where the secret may be sent; empty where it is the record's default.
    pub address: String,
}

/// A record that holds sealed values. Rotation finds it by `SEALED_UNDER`, and re-encrypts them.
pub trait Seals: Entity {
    /// Every sealed value, each with its place.
    fn sealed_mut(&mut self) -> Vec<(Place, &mut Sealed)>;

    /// The index entries that `Entity::indexed` must list: one for each key that a value is sealed under.
    fn sealed_under(&self) -> Vec<(&'static str, String)> {
        let mut copy = self.clone();
        let keys = copy.sealed_mut().into_iter().filter_map(|(_, sealed)| sealed.key());
        let mut entries: Vec<_> = keys.map(|key| (SEALED_UNDER, key.to_string())).collect();
        entries.sort_unstable();
        entries.dedup();
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_names_its_key_or_is_unreadable() {
        let key = DataKeyId::parse("0123456789abcdef").unwrap();
        let sealed = Sealed::from_parts(&key, "gAAA==", "b1");
        assert_eq!(sealed.parts(), Some((key, "gAAA==", "b1")));
        assert_eq!(format!("{sealed:?}"), "Sealed(under 0123456789abcdef)");
        for text in [
            "",
            "v1",
            "v1.0123456789abcdef.t",
            "v1.0123456789abcdef.t.b.c",
            "v2.0123456789abcdef.t.b",
            "v1.0123456789abcdeF.t.b",
            "v1.0123456789abcde.t.b",
        ] {
            assert_eq!(Sealed(text.into()).parts(), None, "{text}");
        }
    }
}
