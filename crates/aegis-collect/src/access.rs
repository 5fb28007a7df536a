//! A credential in use, and where its vendor is reached. Made by whoever opens the vault, for one run.

use aegis_outbound::Rules;
use aegis_vendors::admin::{AdminApi, Credential};
use std::collections::BTreeMap;
use std::fmt;

/// Who asks whom.
#[derive(Clone)]
pub struct Access {
    /// Id of the stored credential: names the breaker, the cached tokens and the books.
    pub id: String,
    /// The vendor.
    pub api: &'static dyn AdminApi,
    /// The open credential.
    pub credential: Credential,
    /// Base URLs in place of the catalogue's, by the name of the host.
    pub bases: BTreeMap<String, String>,
    /// Where those may lie.
    pub rules: Rules,
}

impl Access {
    /// A credential at the vendor's own addresses.
    pub fn new(id: impl Into<String>, api: &'static dyn AdminApi, credential: Credential) -> Self {
        Access { id: id.into(), api, credential, bases: BTreeMap::new(), rules: Rules::default() }
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access")
            .field("id", &self.id)
            .field("vendor", &self.api.catalogue().id)
            .field("credential", &self.credential)
            .finish_non_exhaustive()
    }
}
