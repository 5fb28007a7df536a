//! The vendors there are: the twelve, and those of the organisation's own.

use super::credentials::hint;
use crate::App;
use crate::access::Caller;
use crate::error::{ApiError, Code, Fields};
use aegis_domain::entities::{Credential, CustomVendor, Entity};
use aegis_outbound::Target;
use aegis_store::{DocumentsExt, ListQuery, StoreError};
use aegis_vendors::admin::{self, ADMIN, AdminApi, Catalogue};
use std::collections::BTreeMap;

/// The adapter that reads vendors of one's own.
const CUSTOM: &str = "custom";
/// Vendors of one's own at most.
const MOST: usize = 500;

/// A vendor.
#[derive(Clone)]
pub struct Vendor {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who reads its answers.
    pub api: &'static dyn AdminApi,
    /// What makes it one of our own.
    pub custom: Option<CustomVendor>,
}

impl Vendor {
    fn known(catalogue: &'static Catalogue, api: &'static dyn AdminApi) -> Self {
        Vendor { id: catalogue.id.to_owned(), name: catalogue.name.to_owned(), api, custom: None }
    }

    fn own(custom: CustomVendor) -> Option<Self> {
        let api = admin::admin(CUSTOM)?;
        Some(Vendor { id: custom.id.clone(), name: custom.name.clone(), api, custom: Some(custom) })
    }

    /// What a credential has that its vendor gives: the address and mapping of a vendor of one's own.
    pub fn given(&self) -> BTreeMap<String, String> {
        let Some(custom) = &self.custom else { return BTreeMap::new() };
        let mapping = custom.mapping.clone().map(|mapping| ("mapping".to_owned(), mapping));
        let url = ("collector_url".to_owned(), custom.collector_url.clone());
        [url].into_iter().chain(mapping).collect()
    }

    /// Whether somebody may see it.
    pub fn is_visible_to(&self, caller: &Caller) -> bool {
        self.custom.as_ref().is_none_or(|custom| custom.shared || may_change(custom, caller))
    }
}

fn may_change(custom: &CustomVendor, caller: &Caller) -> bool {
    custom.owner == caller.owner() || caller.is_admin()
}

/// Longest id of a vendor.
const ID_LETTERS: usize = 40;

/// A vendor's id that somebody filters by. It may name none, but not be longer than any.
pub fn filtered_by(id: Option<String>) -> Result<Option<String>, ApiError> {
    if id.as_ref().is_some_and(|id| id.chars().count() > ID_LETTERS) {
        return Err(ApiError::field("vendor", format!("expected at most {ID_LETTERS} characters")));
    }
    Ok(id)
}

/// The vendor called `id`.
pub async fn find(app: &App, id: &str) -> Result<Option<Vendor>, StoreError> {
    if let Some(api) = admin::admin(id).filter(|_| id != CUSTOM) {
        return Ok(Some(Vendor::known(api.catalogue(), api)));
    }
    let found = app.store.documents.get::<CustomVendor>(id).await?;
    Ok(found.and_then(|found| Vendor::own(found.value)))
}

/// All vendors, the twelve first.
pub async fn list(app: &App) -> Result<Vec<Vendor>, StoreError> {
    let known = ADMIN.iter().map(|api| Vendor::known(api.catalogue(), *api));
    let mut all: Vec<Vendor> = known.filter(|vendor| vendor.id != CUSTOM).collect();
    let query = ListQuery { limit: MOST, ..ListQuery::default() };
    let own = app.store.documents.list::<CustomVendor>(query).await?;
    all.extend(own.into_iter().filter_map(|found| Vendor::own(found.value)));
    Ok(all)
}

/// A vendor to make.
pub struct NewVendor {
    /// What people call it.
    pub name: String,
    /// Where its pages are asked.
    pub collector_url: String,
    /// Where the fields stand in its answers.
    pub mapping: Option<String>,
    /// Others see it, too.
    pub shared: bool,
}

/// Makes a vendor of one's own.
pub async fn create(app: &App, caller: &Caller, new: NewVendor) -> Result<Vendor, ApiError> {
    let mut fields = Fields::default();
    let name = new.name.trim().to_owned();
    let id = slug(&name);
    if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
        fields.add("name", "expected 1 to 60 characters");
    } else if id.is_empty() {
        fields.add("name", "needs a letter or digit of ASCII: it is in addresses and exports");
    } else if admin::admin(&id).is_some() {
        fields.add("name", "is the name of a vendor there is");
    }
    if let Err(refusal) = Target::parse(&new.collector_url, app.outbound.rules(&new.collector_url)) {
        fields.add("collector_url", format!("{refusal}{}", hint(&refusal)));
    }
    fields.check()?;
    let url = new.collector_url.trim_end_matches('/').to_owned();
    let custom = CustomVendor {
        id,
        name,
        collector_url: url,
        mapping: new.mapping.filter(|mapping| !mapping.trim().is_empty()),
        owner: caller.owner(),
        shared: new.shared,
        created_at: app.clock.now(),
    };
    let vendor =
        Vendor::own(custom.clone()).ok_or_else(|| ApiError::internal("no adapter for custom vendors"))?;
    let public = vendor.given();
    let as_credential = admin::Credential { kind: "collector".to_owned(), public, ..Default::default() };
    let mut fields = Fields::default();
    for fault in admin::faults(vendor.api, &as_credential) {
        fields.add(&fault.field, format!("must be {}", fault.expected));
    }
    fields.check()?;
    if list(app).await?.len() >= MOST {
        return Err(ApiError::new(Code::Conflict, "there are as many vendors as can be; delete one first"));
    }
    match app.store.documents.insert(&custom).await {
        Ok(()) => Ok(vendor),
        Err(StoreError::Duplicate { .. } | StoreError::Conflict { .. }) => {
            Err(ApiError::new(Code::Conflict, format!("there is a vendor {} already", custom.id)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Deletes a vendor of one's own that has no credentials.
pub async fn delete(app: &App, caller: &Caller, id: &str) -> Result<CustomVendor, ApiError> {
    let missing = || ApiError::not_found("vendor");
    let vendor = find(app, id).await?.filter(|vendor| vendor.is_visible_to(caller)).ok_or_else(missing)?;
    let Some(custom) = vendor.custom else {
        return Err(ApiError::new(
            Code::Conflict,
            "this vendor comes with the program; delete its credentials instead",
        ));
    };
    if !may_change(&custom, caller) {
        return Err(ApiError::new(Code::Forbidden, "only its owner or an admin can delete it"));
    }
    let index = Some(("vendor", id.to_owned()));
    let used = app.store.documents.list::<Credential>(ListQuery { index, limit: 500, after: None }).await?;
    if used.iter().any(|found| found.value.removed_at.is_none()) {
        return Err(ApiError::new(Code::Conflict, "it has credentials; delete these first"));
    }
    if !app.store.documents.delete(CustomVendor::COLLECTION, id, None).await? {
        return Err(missing());
    }
    Ok(custom)
}

/// A name as it stands in addresses: `Claims LLM` is `claims-llm`.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(ID_LETTERS);
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_parts_of_addresses() {
        for (name, expected) in [
            ("Claims LLM", "claims-llm"),
            ("  ..A..b--C! ", "a-b-c"),
            ("Größe 7", "gr-e-7"),
            ("日本", ""),
            ("x".repeat(99).as_str(), "x".repeat(40).as_str()),
        ] {
            assert_eq!(slug(name), expected);
        }
    }
}
