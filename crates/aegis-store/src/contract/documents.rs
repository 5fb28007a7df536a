//! Documents: small JSON records by collection and id, with unique keys, indexes and versions.
//! Invariant: a version names one state; an update names the version it saw and fails if that is not the present one.

use super::StoreError;
use aegis_domain::Timestamp;
use aegis_domain::entities::Entity;
use serde_json::Value;

/// A document as a backend sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct RawDocument {
    /// Unique in its collection.
    pub id: String,
    /// 1 when inserted, one more at each update.
    pub version: u64,
    /// The JSON.
    pub body: Value,
    /// Values no two documents share, by key name.
    pub unique: Vec<(&'static str, String)>,
    /// Values to list by, by index name.
    pub indexed: Vec<(&'static str, String)>,
}

/// A document with the version it was read at.
#[derive(Debug, Clone, PartialEq)]
pub struct Versioned<E> {
    /// Name it when updating.
    pub version: u64,
    /// The document.
    pub value: E,
}

/// One step in a collection's history of changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// Which document.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Its new state; none: deleted.
    pub body: Option<Value>,
}

/// A list by id, optionally narrowed by an index.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// Index name and value.
    pub index: Option<(&'static str, String)>,
    /// Strictly beyond this id.
    pub after: Option<String>,
    /// At most so many.
    pub limit: usize,
}

/// Small records. Use `DocumentsExt` for typed access.
#[async_trait::async_trait]
pub trait Documents: Send + Sync {
    /// A document for each id, as far as there is one, in the order asked, all of one state of the store.
    async fn get_many_raw(
        &self,
        collection: &'static str,
        ids: Vec<String>,
    ) -> Result<Vec<Option<(u64, Value)>>, StoreError>;

    /// One document.
    async fn get_raw(&self, collection: &'static str, id: &str) -> Result<Option<(u64, Value)>, StoreError> {
        Ok(self.get_many_raw(collection, vec![id.to_owned()]).await?.pop().flatten())
    }

    /// The document that holds a unique key.
    async fn find_raw(
        &self,
        collection: &'static str,
        key: &'static str,
        value: &str,
    ) -> Result<Option<(u64, Value)>, StoreError>;

    /// Documents by id, ascending.
    async fn list_raw(
        &self,
        collection: &'static str,
        query: ListQuery,
    ) -> Result<Vec<(u64, Value)>, StoreError>;

    /// Inserts; `Duplicate` names the key that is taken (`id` among them).
    async fn insert_raw(&self, collection: &'static str, document: RawDocument) -> Result<(), StoreError>;

    /// Replaces the document at `document.version`, which becomes one more; `Conflict` when it is at another.
    async fn update_raw(&self, collection: &'static str, document: RawDocument) -> Result<(), StoreError>;

    /// Deletes, at `version` where given. False when there was none.
    async fn delete(
        &self,
        collection: &'static str,
        id: &str,
        version: Option<u64>,
    ) -> Result<bool, StoreError>;

    /// Adds `n` to the integer at the top-level `field` unless the sum would exceed `max`, in one step.
    /// Returns the sum, or none when refused; `Conflict` when there is no such document. A missing field is 0.
    async fn add_if(
        &self,
        collection: &'static str,
        id: &str,
        field: &'static str,
        n: i64,
        max: i64,
    ) -> Result<Option<i64>, StoreError>;

    /// Changes since `since` (inclusive), oldest first, deletions among them; how all nodes learn of revocations.
    async fn changed_since(
        &self,
        collection: &'static str,
        since: Timestamp,
        limit: usize,
    ) -> Result<Vec<Changed>, StoreError>;
}

fn raw<E: Entity>(version: u64, value: &E) -> Result<RawDocument, StoreError> {
    let body = serde_json::to_value(value).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    Ok(RawDocument { id: value.id(), version, body, unique: value.unique(), indexed: value.indexed() })
}

fn typed<E: Entity>((version, body): (u64, Value)) -> Result<Versioned<E>, StoreError> {
    let value = serde_json::from_value(body)
        .map_err(|e| StoreError::Corrupt(format!("{} document: {e}", E::COLLECTION)))?;
    Ok(Versioned { version, value })
}

/// Typed access to documents.
#[async_trait::async_trait]
pub trait DocumentsExt: Documents {
    /// One document by id.
    async fn get<E: Entity>(&self, id: &str) -> Result<Option<Versioned<E>>, StoreError> {
        self.get_raw(E::COLLECTION, id).await?.map(typed).transpose()
    }

    /// A document for each id, as far as there is one, in the order asked.
    async fn get_many<E: Entity>(&self, ids: Vec<String>) -> Result<Vec<Option<Versioned<E>>>, StoreError> {
        let found = self.get_many_raw(E::COLLECTION, ids).await?;
        found.into_iter().map(|document| document.map(typed).transpose()).collect()
    }

    /// The document that holds a unique key.
    async fn find<E: Entity>(
        &self,
        key: &'static str,
        value: &str,
    ) -> Result<Option<Versioned<E>>, StoreError> {
        self.find_raw(E::COLLECTION, key, value).await?.map(typed).transpose()
    }

    /// Documents by id.
    async fn list<E: Entity>(&self, query: ListQuery) -> Result<Vec<Versioned<E>>, StoreError> {
        self.list_raw(E::COLLECTION, query).await?.into_iter().map(typed).collect()
    }

    /// Inserts a new document.
    async fn insert<E: Entity>(&self, value: &E) -> Result<(), StoreError> {
        self.insert_raw(E::COLLECTION, raw(1, value)?).await
    }

    /// Replaces a document read at `version`.
    async fn update<E: Entity>(&self, version: u64, value: &E) -> Result<(), StoreError> {
        self.update_raw(E::COLLECTION, raw(version, value)?).await
    }

    /// Reads, changes and writes back, again after each conflict. None when there is no such document.
    async fn modify<E: Entity>(
        &self,
        id: &str,
        change: &(dyn for<'a> Fn(&'a mut E) + Send + Sync),
    ) -> Result<Option<E>, StoreError> {
        loop {
            let Some(Versioned { version, mut value }) = self.get::<E>(id).await? else { return Ok(None) };
            change(&mut value);
            match self.update(version, &value).await {
                Ok(()) => return Ok(Some(value)),
                Err(StoreError::Conflict { .. }) => continue,
                Err(e) => return Err(e),
            }
        }
    }
}

impl<T: Documents + ?Sized> DocumentsExt for T {}
