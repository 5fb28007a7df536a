//! The directory of the people events name: events hold a keyed id, the name stands here alone.
//! Called by the pipeline (name → id) and by whatever shows events (id → name).
//! Invariant: a subject is in the directory before an event that names it is in the log.

use crate::App;
use aegis_domain::SubjectId;
use aegis_domain::entities::Subject;
use aegis_store::{DocumentsExt, StoreError};
use hmac::{Hmac, KeyInit, Mac};
use parking_lot::Mutex;
use sha2::Sha256;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Names kept at hand; the rest is read from the store.
const CACHED: usize = 20_000;

/// See the module.
pub struct People {
    key: Hmac<Sha256>,
    names: Mutex<HashMap<SubjectId, Arc<str>>>,
}

impl People {
    /// With the key of subject ids.
    pub fn new(key: [u8; 32]) -> Self {
        let key = Hmac::new_from_slice(&key).expect("HMAC takes keys of any length");
        People { key, names: Mutex::new(HashMap::new()) }
    }

    /// The id of a name. Names that differ in case or outer blanks are one person.
    pub fn subject_id(&self, name: &str) -> SubjectId {
        let mut mac = self.key.clone();
        mac.update(b"subject\0");
        mac.update(name.trim().to_lowercase().as_bytes());
        let digest = mac.finalize().into_bytes();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        SubjectId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// Makes sure the directory holds `name`, and returns its id.
    pub async fn enter(&self, app: &App, name: &str) -> Result<SubjectId, StoreError> {
        let id = self.subject_id(name);
        if self.names.lock().contains_key(&id) {
            return Ok(id);
        }
        match app.store.documents.insert(&Subject { id, name: name.trim().to_string() }).await {
            Ok(()) => self.remember(id, name.trim().into()),
            // Known since long: as first seen, not as named now.
            Err(StoreError::Duplicate { .. }) => {
                self.names(app, [id]).await?;
            }
            Err(e) => return Err(e),
        }
        Ok(id)
    }

    /// The names behind ids; an erased one is missing. However many, the store is asked once.
    pub async fn names(
        &self,
        app: &App,
        ids: impl IntoIterator<Item = SubjectId>,
    ) -> Result<HashMap<SubjectId, Arc<str>>, StoreError> {
        let mut found = HashMap::new();
        let mut unknown = BTreeSet::new();
        {
            let names = self.names.lock();
            for id in ids {
                match names.get(&id) {
                    Some(name) => drop(found.insert(id, name.clone())),
                    None => drop(unknown.insert(id)),
                }
            }
        }
        if !unknown.is_empty() {
            let ids = unknown.iter().map(ToString::to_string).collect();
            for subject in app.store.documents.get_many::<Subject>(ids).await?.into_iter().flatten() {
                let Subject { id, name } = subject.value;
                let name: Arc<str> = name.into();
                self.remember(id, name.clone());
                found.insert(id, name);
            }
        }
        Ok(found)
    }

    fn remember(&self, id: SubjectId, name: Arc<str>) {
        let mut names = self.names.lock();
        if names.len() >= CACHED {
            // Rare, and the store knows them all: starting anew is simpler than an eviction order.
            names.clear();
        }
        names.insert(id, name);
    }
}
