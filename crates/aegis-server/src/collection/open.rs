//! From a stored credential to one that can be used: opened for one run or one check, and dropped after it.

use super::vendors;
use crate::App;
use crate::error::{ApiError, Code};
use aegis_collect::Access;
use aegis_domain::entities::Credential;
use aegis_vendors::admin;
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;

/// Opens a credential. An error where it has no secret yet, its vendor is gone, or the vault does not open it.
pub async fn open(app: &App, credential: &Credential) -> Result<Access, ApiError> {
    let vendor = vendors::find(app, &credential.vendor).await?;
    let vendor =
        vendor.ok_or_else(|| ApiError::new(Code::Conflict, "the credential's vendor was deleted"))?;
    let mut public = vendor.given();
    public.extend(credential.fields.clone());
    let mut secrets = BTreeMap::new();
    for (field, sealed) in &credential.secrets {
        let bytes = app.vault.reveal(sealed, &credential.place(field)).await?;
        let text = std::str::from_utf8(bytes.expose_secret())
            .map_err(|_| ApiError::new(Code::Conflict, "the stored secret is no text; give it again"))?;
        secrets.insert(field.clone(), SecretString::from(text));
    }
    let bases = credential.base_urls().clone();
    let opened = admin::Credential {
        kind: credential.kind.clone(),
        public,
        secrets,
        learnt: credential.learnt.clone(),
    };
    if let Some(fault) = admin::faults(vendor.api, &opened).first() {
        let told = format!("the credential cannot be used: {fault}; give it again");
        return Err(ApiError::new(Code::Conflict, told));
    }
    let rules = app.outbound.rules_of_all(bases.values());
    Ok(Access { bases, rules, ..Access::new(credential.id.to_string(), vendor.api, opened) })
}
