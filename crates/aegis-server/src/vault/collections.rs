//! Every collection that holds sealed values. A rotation goes through them; adding one is a line in `NAMES` and `dispatch`.

use super::Vault;
use aegis_domain::entities::{Credential, Entity};
use aegis_domain::{DataKeyId, SEALED_UNDER, Seals};
use aegis_store::{DocumentsExt, ListQuery, Store, StoreError, Versioned};
use aegis_vault::{Chain, ChainError, Page};

/// Records re-encrypted before the record of the vault is written: a crash repeats at most so many.
const PAGE: usize = 250;
/// Times that a record which is written by others at the same time is tried again.
const TRIES: u32 = 8;

/// The collections, in the order of a pass.
pub const NAMES: &[&str] = &[Credential::COLLECTION];

/// Re-encrypts a page of the collection at `index`.
pub async fn page(
    store: &Store,
    chain: &Chain,
    index: usize,
    key: &DataKeyId,
    after: Option<&str>,
) -> Result<Page, StoreError> {
    match NAMES[index] {
        Credential::COLLECTION => page_of::<Credential>(store, chain, key, after).await,
        other => Err(StoreError::Corrupt(format!("nobody re-encrypts {other}"))),
    }
}

/// Whether anything is sealed at all.
pub async fn any_sealed(store: &Store) -> Result<bool, StoreError> {
    let mut after = None;
    loop {
        let query = ListQuery { index: None, after, limit: PAGE };
        let page = store.documents.list::<Credential>(query).await?;
        if page.iter().any(|found| !found.value.secrets.is_empty()) {
            return Ok(true);
        }
        if page.len() < PAGE {
            return Ok(false);
        }
        after = page.last().map(|found| found.value.id());
    }
}

/// What a test of every sealed value found.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tested {
    /// Values that open.
    pub opened: u64,
    /// Records with a value that does not, at most a hundred of them.
    pub refused: Vec<String>,
    /// How many there are of these.
    pub refused_in_all: u64,
}

/// Opens every sealed value there is, and forgets it at once.
pub async fn test_all(vault: &Vault) -> Result<Tested, super::VaultError> {
    let mut tested = Tested::default();
    let mut after = None;
    loop {
        let query = ListQuery { index: None, after, limit: PAGE };
        let page = vault.store.documents.list::<Credential>(query).await?;
        let last = page.last().map(|found| found.value.id());
        let whole = page.len() == PAGE;
        for Versioned { mut value, .. } in page {
            let id = value.id();
            for (place, sealed) in value.sealed_mut() {
                match vault.reveal(sealed, &place).await {
                    Ok(_) => tested.opened += 1,
                    Err(super::VaultError::Value(why)) => {
                        tested.refused_in_all += 1;
                        if tested.refused.len() < 100 {
                            tested.refused.push(format!("{} {id}: {why}", place.collection));
                        }
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        if !whole {
            return Ok(tested);
        }
        after = last;
    }
}

async fn page_of<E: Seals>(
    store: &Store,
    chain: &Chain,
    key: &DataKeyId,
    after: Option<&str>,
) -> Result<Page, StoreError> {
    let query = ListQuery {
        index: Some((SEALED_UNDER, key.to_string())),
        after: after.map(str::to_owned),
        limit: PAGE,
    };
    let found = store.documents.list::<E>(query).await?;
    let last = found.last().map(|found| found.value.id());
    // All at once: the store writes what waits in one transaction.
    let moves = found.into_iter().map(|found| renew(store, chain, found));
    let mut page = Page { last, ..Page::default() };
    for moved in futures::future::join_all(moves).await {
        match moved? {
            Moved::Yes => page.moved += 1,
            Moved::Not => {}
            Moved::Failed => page.failed += 1,
        }
    }
    Ok(page)
}

enum Moved {
    Yes,
    /// It was already, or is gone.
    Not,
    Failed,
}

async fn renew<E: Seals>(store: &Store, chain: &Chain, found: Versioned<E>) -> Result<Moved, StoreError> {
    let Versioned { mut version, mut value } = found;
    for _ in 0..TRIES {
        match reseal(chain, &mut value) {
            Ok(false) => return Ok(Moved::Not),
            Ok(true) => {}
            Err(why) => {
                tracing::error!(collection = E::COLLECTION, id = value.id(), %why, "a sealed value does not open; the older keys are kept");
                return Ok(Moved::Failed);
            }
        }
        match store.documents.update(version, &value).await {
            Ok(()) => return Ok(Moved::Yes),
            Err(StoreError::Conflict { .. }) => {}
            Err(error) => return Err(error),
        }
        let Some(again) = store.documents.get::<E>(&value.id()).await? else { return Ok(Moved::Not) };
        (version, value) = (again.version, again.value);
    }
    // Counted as moved so that another pass looks at it.
    Ok(Moved::Yes)
}

/// Seals every value of a record anew. False when all were under the primary.
fn reseal<E: Seals>(chain: &Chain, value: &mut E) -> Result<bool, ChainError> {
    let mut changed = false;
    for (place, sealed) in value.sealed_mut() {
        if let Some(new) = chain.reseal(sealed, &place, &mut rand::rng())? {
            *sealed = new;
            changed = true;
        }
    }
    Ok(changed)
}
