//! What we show a vendor to be let in.
//! Invariant: a secret is kept for one address. Whoever points the credential at another address must give the secret
//! again: `point_at` drops it, and the vault would refuse to open it there.

use super::Entity;
use crate::{CredentialId, Fingerprint, Place, Sealed, Seals, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A vendor's key, with what is known about it. Its secret fields are sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Credential {
    /// Ours.
    pub id: CredentialId,
    /// For which vendor.
    pub vendor: String,
    /// What people call it.
    pub label: String,
    /// Where it is used, when not at the vendor's own address.
    #[serde(default)]
    base_url: Option<String>,
    /// Secret fields by name, sealed. Empty after the address changed: then it must be given again.
    #[serde(default)]
    pub secrets: BTreeMap<String, Sealed>,
    /// The other fields by name, such as an organisation or a region.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// Tells whether two credentials hold the same secret.
    #[serde(default)]
    pub fingerprint: Option<Fingerprint>,
    /// Last four characters of the secret, to recognise it.
    #[serde(default)]
    pub last4: Option<String>,
    /// What it was found to open.
    #[serde(default)]
    pub abilities: Vec<Ability>,
    /// When the vendor last accepted or refused it.
    #[serde(default)]
    pub last_validated_at: Option<Timestamp>,
    /// Last use, to the minute.
    #[serde(default)]
    pub last_used_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who answers for it.
    pub owner: String,
    /// Made by the demo.
    #[serde(default)]
    pub demo: bool,
}

/// Whether a credential opens one of the vendor's services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Ability {
    /// Which: `usage`, `cost`, `audit`, `models`, `content`.
    pub name: String,
    /// Whether it does.
    pub granted: bool,
    /// The vendor's answer, in words a person can act on.
    pub answer: String,
}

impl Credential {
    /// A credential without secrets, for the vendor's own address or another.
    pub fn new(
        vendor: String,
        label: String,
        base_url: Option<String>,
        owner: String,
        created_at: Timestamp,
    ) -> Self {
        Credential {
            id: CredentialId::new(),
            vendor,
            label,
            base_url,
            secrets: BTreeMap::new(),
            fields: BTreeMap::new(),
            fingerprint: None,
            last4: None,
            abilities: Vec::new(),
            last_validated_at: None,
            last_used_at: None,
            created_at,
            owner,
            demo: false,
        }
    }

    /// Where it is used, when not at the vendor's own address.
    pub fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// Points it at another address, and so voids its secrets and all that was learnt by them. The same address again
    /// changes nothing. True when secrets were voided.
    pub fn point_at(&mut self, base_url: Option<String>) -> bool {
        if self.base_url == base_url {
            return false;
        }
        self.base_url = base_url;
        let had = !self.secrets.is_empty();
        self.secrets.clear();
        self.fingerprint = None;
        self.last4 = None;
        self.abilities.clear();
        self.last_validated_at = None;
        had
    }

    /// The place of a secret field, to seal and open it for.
    pub fn place(&self, field: &str) -> Place {
        Place {
            collection: Self::COLLECTION,
            id: self.id.to_string(),
            field: field.to_owned(),
            // The vendor is part of it: the default address is the vendor's.
            address: format!("{} {}", self.vendor, self.base_url.as_deref().unwrap_or_default()),
        }
    }
}

impl Entity for Credential {
    const COLLECTION: &'static str = "credentials";

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        let mut keys = self.sealed_under();
        keys.push(("vendor", self.vendor.clone()));
        keys.extend(self.fingerprint.iter().map(|found| ("fingerprint", found.0.clone())));
        keys
    }
}

impl Seals for Credential {
    fn sealed_mut(&mut self) -> Vec<(Place, &mut Sealed)> {
        let places: Vec<Place> = self.secrets.keys().map(|field| self.place(field)).collect();
        places.into_iter().zip(self.secrets.values_mut()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DataKeyId, SEALED_UNDER};

    fn sealed(key: &str) -> Sealed {
        Sealed::from_parts(&DataKeyId::parse(key).unwrap(), "t", "b")
    }

    fn credential() -> Credential {
        let mut made =
            Credential::new("openai".into(), "billing".into(), None, "ada".into(), Timestamp::from_millis(0));
        made.secrets.insert("api_key".into(), sealed("00000000000000aa"));
        made.fingerprint = Some(Fingerprint("f".into()));
        made.last4 = Some("1234".into());
        made.abilities.push(Ability { name: "usage".into(), granted: true, answer: "yes".into() });
        made.last_validated_at = Some(Timestamp::from_millis(1));
        made
    }

    #[test]
    fn another_address_voids_the_secret_and_what_was_learnt_by_it() {
        let mut same = credential();
        assert!(!same.point_at(None));
        assert_eq!(same.secrets.len(), 1, "the same address keeps it");

        let mut moved = credential();
        let before = moved.place("api_key");
        assert!(moved.point_at(Some("https://evil.example".into())));
        assert!(moved.secrets.is_empty() && moved.fingerprint.is_none() && moved.last4.is_none());
        assert!(moved.abilities.is_empty() && moved.last_validated_at.is_none());
        assert_ne!(moved.place("api_key"), before, "and the vault would not open it there");
        assert!(!moved.point_at(None), "there is nothing left to void");
        assert!(moved.secrets.is_empty(), "going back does not bring it back");
    }

    #[test]
    fn it_is_found_by_every_key_its_secrets_are_under() {
        let mut made = credential();
        made.secrets.insert("project_key".into(), sealed("00000000000000bb"));
        made.secrets.insert("third".into(), sealed("00000000000000aa"));
        let keys: Vec<String> = made
            .indexed()
            .into_iter()
            .filter(|(name, _)| *name == SEALED_UNDER)
            .map(|(_, value)| value)
            .collect();
        assert_eq!(keys, ["00000000000000aa", "00000000000000bb"]);
        let fields: Vec<String> = made.sealed_mut().into_iter().map(|(place, _)| place.field).collect();
        assert_eq!(fields, ["api_key", "project_key", "third"]);
    }
}
