//! What we show a vendor to be let in.
//! Invariant: a secret is kept for one address. Whoever points the credential at another address must give the secret
//! again: `point_at` drops it, and the vault would refuse to open it there.

use super::Entity;
use crate::{Ability, CredentialId, Fingerprint, Place, Sealed, Seals, Standing, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A vendor's key, with what is known about it. Its secret fields are sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Credential {
    /// Ours.
    pub id: CredentialId,
    /// For which vendor.
    pub vendor: String,
    /// What kind of credential it is, as the vendor's catalogue names it.
    pub kind: String,
    /// What people call it.
    pub label: String,
    /// Base URLs in place of the vendor's own, by the name of the host.
    #[serde(default)]
    base_urls: BTreeMap<String, String>,
    /// Secret fields by name, sealed. Empty after an address changed: then they must be given again.
    #[serde(default)]
    pub secrets: BTreeMap<String, Sealed>,
    /// The other fields by name, such as an organisation or a region.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// What checks learnt about it: a team, a project. No secrets.
    #[serde(default)]
    pub learnt: BTreeMap<String, String>,
    /// Tells whether two credentials hold the same secret.
    #[serde(default)]
    pub fingerprint: Option<Fingerprint>,
    /// Last four characters of the secret, to recognise it.
    #[serde(default)]
    pub last4: Option<String>,
    /// What the last check found.
    #[serde(default)]
    pub check: Option<Check>,
    /// Last use, to the minute.
    #[serde(default)]
    pub last_used_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who answers for it.
    pub owner: String,
    /// When its secrets were destroyed. What was collected with it keeps its name.
    #[serde(default)]
    pub removed_at: Option<Timestamp>,
    /// Made by the demo.
    #[serde(default)]
    pub demo: bool,
}

/// What a check of a credential found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// When it was made.
    pub at: Timestamp,
    /// Whether the vendor knows the credential; none where it could not be told.
    pub known: Option<bool>,
    /// What it may do.
    pub abilities: Vec<Checked>,
    /// Why the check could not be finished, where it could not.
    pub failed: Option<String>,
}

/// Whether a credential may do one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Checked {
    /// Which.
    pub ability: Ability,
    /// Whether it may.
    pub standing: Standing,
    /// The vendor's answer, in words; empty where it simply let us in.
    pub said: String,
}

impl Check {
    /// True when an ability was proved.
    pub fn has(&self, ability: Ability) -> bool {
        self.abilities.iter().any(|found| found.ability == ability && found.standing == Standing::Has)
    }
}

impl Credential {
    /// A credential without secrets, for the vendor's own addresses.
    pub fn new(vendor: String, kind: String, label: String, owner: String, created_at: Timestamp) -> Self {
        Credential {
            id: CredentialId::new(),
            vendor,
            kind,
            label,
            base_urls: BTreeMap::new(),
            secrets: BTreeMap::new(),
            fields: BTreeMap::new(),
            learnt: BTreeMap::new(),
            fingerprint: None,
            last4: None,
            check: None,
            last_used_at: None,
            created_at,
            owner,
            removed_at: None,
            demo: false,
        }
    }

    /// Base URLs in place of the vendor's own, by the name of the host.
    pub fn base_urls(&self) -> &BTreeMap<String, String> {
        &self.base_urls
    }

    /// Points it at other addresses, and so voids its secrets and all that was learnt by them. The same addresses again
    /// change nothing. True when secrets were voided.
    pub fn point_at(&mut self, base_urls: BTreeMap<String, String>) -> bool {
        if self.base_urls == base_urls {
            return false;
        }
        self.base_urls = base_urls;
        let had = !self.secrets.is_empty();
        self.secrets.clear();
        self.fingerprint = None;
        self.last4 = None;
        self.forget_check();
        had
    }

    /// Forgets what was learnt by the secrets: they were replaced.
    pub fn forget_check(&mut self) {
        self.check = None;
        self.learnt.clear();
    }

    /// The place of a secret field, to seal and open it for.
    pub fn place(&self, field: &str) -> Place {
        Place {
            collection: Self::COLLECTION,
            id: self.id.to_string(),
            field: field.to_owned(),
            // The vendor is part of it: the default addresses are the vendor's.
            address: self.base_urls.iter().fold(self.vendor.clone(), |all, (host, url)| {
                // Neither a host's name nor a URL has a space.
                format!("{all} {host} {url}")
            }),
        }
    }
}

impl Entity for Credential {
    const COLLECTION: &'static str = "credentials";

    fn id(&self) -> String {
        self.id.to_string()
    }

    /// No secret is kept twice for a vendor: its figures would count twice.
    fn unique(&self) -> Vec<(&'static str, String)> {
        self.fingerprint.iter().map(|found| ("secret", format!("{} {}", self.vendor, found.0))).collect()
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        let mut keys = self.sealed_under();
        keys.push(("vendor", self.vendor.clone()));
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
        let at = Timestamp::from_millis(0);
        let mut made = Credential::new("openai".into(), "admin".into(), "billing".into(), "ada".into(), at);
        made.secrets.insert("api_key".into(), sealed("00000000000000aa"));
        made.fingerprint = Some(Fingerprint("f".into()));
        made.last4 = Some("1234".into());
        made.learnt.insert("team".into(), "t".into());
        let usage = Checked { ability: Ability::Usage, standing: Standing::Has, said: String::new() };
        made.check = Some(Check { at, known: Some(true), abilities: vec![usage], failed: None });
        made
    }

    fn at(url: &str) -> BTreeMap<String, String> {
        BTreeMap::from([("api".to_owned(), url.to_owned())])
    }

    #[test]
    fn another_address_voids_the_secret_and_what_was_learnt_by_it() {
        let mut same = credential();
        assert!(!same.point_at(BTreeMap::new()));
        assert_eq!(same.secrets.len(), 1, "the same address keeps it");
        assert!(same.check.is_some_and(|check| check.has(Ability::Usage) && !check.has(Ability::Cost)));

        let mut moved = credential();
        let before = moved.place("api_key");
        assert!(moved.point_at(at("https://evil.example")));
        assert!(moved.secrets.is_empty() && moved.fingerprint.is_none() && moved.last4.is_none());
        assert!(moved.check.is_none() && moved.learnt.is_empty());
        assert_ne!(moved.place("api_key"), before, "and the vault would not open it there");
        assert!(!moved.point_at(BTreeMap::new()), "there is nothing left to void");
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
