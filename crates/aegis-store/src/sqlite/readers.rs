//! A few read-only connections, handed out one query at a time.
//! Invariant: SQLite never runs on a runtime thread; no more than `readers` queries run at once.

use super::schema;
use crate::StoreError;
use parking_lot::Mutex;
use rusqlite::{Connection, Transaction};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The pool.
pub(super) struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    /// Prepares `most` connections to the file at `path`; they are opened when first needed.
    pub(super) fn new(path: &Path, most: usize) -> Self {
        Readers {
            path: path.to_owned(),
            idle: Arc::default(),
            permits: Arc::new(Semaphore::new(most.max(1))),
        }
    }

    /// Runs a query in one read transaction: it sees one state of the store.
    pub(super) async fn read<T, F>(&self, query: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| closed())?;
        let (idle, path) = (Arc::clone(&self.idle), self.path.clone());
        let run = move || {
            // Held until the query ends, even when nobody waits for it any more.
            let _permit = permit;
            let taken = idle.lock().pop();
            let mut conn = match taken {
                Some(conn) => conn,
                None => schema::open_reader(&path)?,
            };
            let answer = {
                let tx = conn.transaction()?;
                query(&tx)
            };
            // A connection that met a fault is not used again.
            if !matches!(answer, Err(StoreError::Unavailable(_) | StoreError::Corrupt(_))) {
                idle.lock().push(conn);
            }
            answer
        };
        tokio::task::spawn_blocking(run)
            .await
            .unwrap_or_else(|e| Err(StoreError::Unavailable(format!("a query broke off: {e}"))))
    }

    /// Lets no more queries start and closes the connections, once those that run have ended.
    pub(super) async fn close(&self, most: usize) {
        let _all = self.permits.acquire_many(u32::try_from(most.max(1)).unwrap_or(u32::MAX)).await;
        self.permits.close();
        self.idle.lock().clear();
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("the store is closed; start the program again".into())
}
