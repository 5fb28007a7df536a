//! Credentials: connected, proved, replaced, removed. Called by the routes of `/keys` and by the demo.
//! Invariants: a secret is sealed before it is stored and is never read back to anybody; one that is known is not stored
//! a second time, or its figures would count twice.

use super::vendors::{self, Vendor};
use crate::App;
use crate::error::{ApiError, Code, Fields};
use aegis_collect::Proof;
use aegis_domain::entities::{Check, Checked, Credential};
use aegis_domain::{CredentialId, Fingerprint, Timestamp};
use aegis_outbound::{Refusal, Target};
use aegis_store::{DocumentsExt, ListQuery, StoreError, Versioned};
use aegis_vendors::admin::{self, Host, Input, KeyKind, Known};
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;

/// Shorter secrets show nothing of themselves.
const SHOWN_FROM: usize = 16;
/// Times that a record which others write at the same time is tried again.
const TRIES: u32 = 8;

/// A credential to make.
pub struct NewCredential {
    /// For which vendor.
    pub vendor: String,
    /// Of which kind; may be left out where the vendor has one.
    pub kind: Option<String>,
    /// What people call it.
    pub label: String,
    /// Fields by name, secret ones among them.
    pub fields: BTreeMap<String, String>,
    /// Base URLs in place of the vendor's own.
    pub base_urls: BTreeMap<String, String>,
    /// Who answers for it.
    pub owner: String,
    /// Made by the demo.
    pub demo: bool,
}

/// What to change about a credential; what is absent stays.
#[derive(Default)]
pub struct Changes {
    /// Another name.
    pub label: Option<String>,
    /// Fields by name: these are replaced, an empty text takes one away.
    pub fields: BTreeMap<String, String>,
    /// Other base URLs; voids the secrets that are not given again.
    pub base_urls: Option<BTreeMap<String, String>>,
}

/// Fields of a form, apart.
struct Split {
    public: BTreeMap<String, String>,
    secrets: BTreeMap<String, SecretString>,
}

/// Stores a credential. It is not proved yet.
pub async fn create(app: &App, new: NewCredential) -> Result<Credential, ApiError> {
    let vendor = vendors::find(app, &new.vendor).await?;
    let vendor =
        vendor.ok_or_else(|| ApiError::field("vendor", "is not a vendor there is; see GET /api/vendors"))?;
    let kinds = vendor.api.catalogue().kinds;
    let kind = match (&new.kind, kinds) {
        (Some(id), _) => vendor.api.catalogue().kind(id),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let names: Vec<&str> = kinds.iter().map(|kind| kind.id).collect();
    let kind =
        kind.ok_or_else(|| ApiError::field("kind", format!("expected one of {}", names.join(", "))))?;
    let label = label(&new.label)?;
    let fields = split(kind, new.fields);
    check_fields(&vendor, kind, &fields)?;
    let base_urls = base_urls(app, &vendor, new.base_urls, &fields.public)?;

    let mut credential =
        Credential::new(vendor.id.clone(), kind.id.to_owned(), label, new.owner, app.clock.now());
    credential.fields = fields.public;
    credential.demo = new.demo;
    credential.point_at(base_urls);
    seal(app, kind, &mut credential, &fields.secrets).await?;
    match app.store.documents.insert(&credential).await {
        Ok(()) => Ok(credential),
        Err(StoreError::Duplicate { .. }) => Err(taken()),
        Err(error) => Err(error.into()),
    }
}

/// Changes a credential. Secrets that are given again replace those there are.
pub async fn change(app: &App, id: CredentialId, changes: Changes) -> Result<Credential, ApiError> {
    let found = get(app, id).await?;
    let mut credential = found.value;
    let vendor =
        vendors::find(app, &credential.vendor).await?.ok_or_else(|| ApiError::not_found("vendor"))?;
    let kind = vendor.api.catalogue().kind(&credential.kind);
    let kind =
        kind.ok_or_else(|| ApiError::new(Code::Conflict, "its kind is no longer known; connect it anew"))?;
    if let Some(text) = &changes.label {
        credential.label = label(text)?;
    }
    let given = split(kind, changes.fields);
    let changed = !given.public.is_empty() || !given.secrets.is_empty();
    let before = credential.fields.clone();
    credential.fields.extend(given.public);
    credential.fields.retain(|_, value| !value.is_empty());
    let urls = match changes.base_urls {
        Some(urls) => urls,
        None => typed(&vendor, credential.base_urls(), &before),
    };
    credential.point_at(base_urls(app, &vendor, urls, &credential.fields)?);
    let mut secrets = given.secrets;
    for (field, sealed) in &credential.secrets {
        if !secrets.contains_key(field) {
            let bytes = app.vault.reveal(sealed, &credential.place(field)).await?;
            let text = String::from_utf8_lossy(bytes.expose_secret()).into_owned();
            secrets.insert(field.clone(), text.into());
        }
    }
    secrets.retain(|_, secret| !secret.expose_secret().is_empty());
    let all = Split { public: credential.fields.clone(), secrets };
    check_fields(&vendor, kind, &all)?;
    if changed {
        credential.forget_check();
        credential.secrets.clear();
        seal(app, kind, &mut credential, &all.secrets).await?;
    }
    app.outbound.sender.forget(&id.to_string());
    match app.store.documents.update(found.version, &credential).await {
        Ok(()) => Ok(credential),
        Err(StoreError::Duplicate { .. }) => Err(taken()),
        Err(StoreError::Conflict { .. }) => {
            Err(ApiError::new(Code::Conflict, "somebody else changed it in this moment; look and try again"))
        }
        Err(error) => Err(error.into()),
    }
}

/// Destroys a credential's secrets. What was collected with it stays, under its name.
pub async fn remove(app: &App, id: CredentialId, now: Timestamp) -> Result<Credential, ApiError> {
    app.outbound.sender.forget(&id.to_string());
    write(app, id, |credential| {
        credential.secrets.clear();
        credential.fingerprint = None;
        credential.removed_at = Some(now);
    })
    .await
}

/// Destroys one secret of a credential, and what was learnt by it.
pub async fn take_secret(app: &App, id: CredentialId, field: &str) -> Result<Credential, ApiError> {
    app.outbound.sender.forget(&id.to_string());
    write(app, id, |credential| {
        credential.secrets.remove(field);
        credential.fingerprint = None;
        credential.last4 = None;
        credential.forget_check();
    })
    .await
}

/// Asks the vendor what a credential may do, and keeps the answer.
pub async fn prove(app: &App, id: CredentialId) -> Result<Credential, ApiError> {
    let credential = get(app, id).await?.value;
    let access = super::open(app, &credential).await?;
    let proof = aegis_collect::check(&app.outbound.sender, &access).await;
    let check = check_of(&proof, app.clock.now());
    let sealed = credential.secrets.clone();
    write(app, id, |credential| {
        // What was proved is another secret's by now.
        if credential.secrets == sealed {
            if proof.failed.is_none() {
                credential.learnt = proof.learnt.clone();
            } else {
                credential.learnt.extend(proof.learnt.clone());
            }
            credential.check = Some(check.clone());
        }
    })
    .await
}

fn check_of(proof: &Proof, at: Timestamp) -> Check {
    let checked = |(ability, (standing, said)): (&_, &(_, String))| Checked {
        ability: *ability,
        standing: *standing,
        said: said.clone(),
    };
    Check {
        at,
        known: proof.known.map(|known| known == Known::Valid),
        abilities: proof.abilities.iter().map(checked).collect(),
        failed: proof.failed.clone(),
    }
}

/// A credential that is there, with its version.
pub async fn get(app: &App, id: CredentialId) -> Result<Versioned<Credential>, ApiError> {
    let found = app.store.documents.get::<Credential>(&id.to_string()).await?;
    found.filter(|found| found.value.removed_at.is_none()).ok_or_else(|| ApiError::not_found("credential"))
}

/// The credentials that are there, of one vendor or all; `most` are looked at.
pub async fn present(app: &App, vendor: Option<String>, most: usize) -> Result<Vec<Credential>, StoreError> {
    let index = vendor.map(|vendor| ("vendor", vendor));
    let found = app.store.documents.list::<Credential>(ListQuery { index, after: None, limit: most }).await?;
    Ok(found.into_iter().map(|found| found.value).filter(|key| key.removed_at.is_none()).collect())
}

/// Writes to a credential what others' writes do not touch.
pub async fn write(
    app: &App,
    id: CredentialId,
    mut change: impl FnMut(&mut Credential) + Send,
) -> Result<Credential, ApiError> {
    for _ in 0..TRIES {
        let Versioned { mut value, version, .. } = get(app, id).await?;
        change(&mut value);
        match app.store.documents.update(version, &value).await {
            Ok(()) => return Ok(value),
            Err(StoreError::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ApiError::new(Code::Busy, "others keep changing this credential; try again"))
}

async fn seal(
    app: &App,
    kind: &KeyKind,
    credential: &mut Credential,
    secrets: &BTreeMap<String, SecretString>,
) -> Result<(), ApiError> {
    for (field, secret) in secrets {
        let sealed = app.vault.seal(secret.expose_secret().as_bytes(), &credential.place(field)).await?;
        credential.secrets.insert(field.clone(), sealed);
    }
    let main = kind.fields.iter().find(|field| secrets.contains_key(field.name));
    let main = main.and_then(|field| Some((field, secrets.get(field.name)?)));
    credential.fingerprint = main.map(|(_, secret)| fingerprint(app, &credential.vendor, secret));
    credential.last4 = main.and_then(|(field, secret)| last4(field.input, secret));
    Ok(())
}

fn fingerprint(app: &App, vendor: &str, secret: &SecretString) -> Fingerprint {
    aegis_vault::fingerprint(&app.collection.key, vendor, secret)
}

/// Four letters to recognise a secret by; none of a file, and none of a secret that is short.
fn last4(input: Input, secret: &SecretString) -> Option<String> {
    let secret = secret.expose_secret();
    let plain = input == Input::Text && secret.len() >= SHOWN_FROM && secret.is_ascii();
    plain.then(|| secret[secret.len() - 4..].to_owned())
}

fn label(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    let fits = (1..=100).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err(ApiError::field("label", "expected 1 to 100 characters")) }
}

fn split(kind: &KeyKind, fields: BTreeMap<String, String>) -> Split {
    let is_secret = |name: &str| kind.field(name).is_some_and(|field| field.secret);
    let (secrets, public): (BTreeMap<_, _>, BTreeMap<_, _>) = fields
        .into_iter()
        .map(|(name, value)| (name, value.trim().to_owned()))
        .partition(|(name, _)| is_secret(name));
    Split { public, secrets: secrets.into_iter().map(|(name, value)| (name, value.into())).collect() }
}

fn check_fields(vendor: &Vendor, kind: &KeyKind, fields: &Split) -> Result<(), ApiError> {
    let mut public = vendor.given();
    public.extend(
        fields.public.iter().filter(|(_, value)| !value.is_empty()).map(|(k, v)| (k.clone(), v.clone())),
    );
    let mut secrets = fields.secrets.clone();
    secrets.retain(|_, secret| !secret.expose_secret().is_empty());
    let whole = admin::Credential { kind: kind.id.to_owned(), public, secrets, learnt: BTreeMap::new() };
    let mut faults = Fields::default();
    for fault in admin::faults(vendor.api, &whole) {
        faults.add(&format!("fields.{}", fault.field), format!("must be {}", fault.expected));
    }
    faults.check()
}

/// A host's address that is asked for as a field of its own, such as that of a server in the house.
fn asked_for<'a>(host: &Host, fields: &'a BTreeMap<String, String>) -> Option<(&'static str, &'a str)> {
    let field = host.base.strip_prefix('{')?.strip_suffix('}')?;
    Some((field, fields.get(field)?.trim_end_matches('/')))
}

/// Of a credential's addresses, those that are not just what its fields say.
fn typed(
    vendor: &Vendor,
    urls: &BTreeMap<String, String>,
    fields: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let by_field = |name: &str, url: &str| {
        let host = vendor.api.catalogue().host(name);
        host.and_then(|host| asked_for(host, fields)).is_some_and(|(_, own)| own == url)
    };
    let mut urls = urls.clone();
    urls.retain(|name, url| vendor.custom.is_none() && !by_field(name, url));
    urls
}

/// Checks addresses that somebody gave in place of a vendor's own, as base URLs or as fields.
fn base_urls(
    app: &App,
    vendor: &Vendor,
    given: BTreeMap<String, String>,
    fields: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, ApiError> {
    if vendor.custom.is_some() && !given.is_empty() {
        return Err(ApiError::field("base_urls", "a vendor of your own has its one address"));
    }
    let mut faults = Fields::default();
    let mut urls = BTreeMap::new();
    let mut take = |name: String, host: &str, url: &str| {
        if let Err(refusal) = Target::parse(url, app.outbound.rules(url)) {
            faults.add(&name, format!("{refusal}{}", hint(&refusal)));
        } else if url.contains(['?', '#']) {
            faults.add(&name, "must be an address without a query");
        }
        urls.insert(host.to_owned(), url.to_owned());
    };
    let mut own = vendor.given();
    own.extend(fields.clone());
    for host in vendor.api.catalogue().hosts {
        let name = format!("base_urls.{}", host.name);
        match given.get(host.name).map(|url| url.trim().trim_end_matches('/')) {
            Some(url) if !url.is_empty() => take(name, host.name, url),
            _ => {
                if let Some((field, url)) = asked_for(host, &own) {
                    take(format!("fields.{field}"), host.name, url);
                }
            }
        }
    }
    for host in given.keys().filter(|host| vendor.api.catalogue().host(host).is_none()) {
        faults.add(&format!("base_urls.{host}"), "is no host of this vendor");
    }
    faults.check()?;
    Ok(urls)
}

/// What the operator can do about a refusal.
pub(super) fn hint(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::PlainHttp { .. } => "; the operator names hosts of the house with --private-hosts",
        Refusal::Address { class, .. } if class.could_be_allowed() => {
            "; the operator names hosts of the house with --private-hosts"
        }
        _ => "",
    }
}

fn taken() -> ApiError {
    ApiError::new(Code::Conflict, "this secret is stored already: its figures would count twice")
}
