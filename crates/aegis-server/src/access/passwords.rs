//! Hashes and checks passwords off the async runtime, a few at a time.
//! Called by the log-in, registration and password routes. Each hash takes 19 MiB and tens of milliseconds of a core.
//! Invariant: at most one hash per core runs at once, so memory is bounded whatever is posted; who has waited for five
//! seconds is told to come back.

use crate::error::{ApiError, Code};
use aegis_identity::SecretString;
use aegis_identity::password::{self, Verdict};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// More would only take memory: hashes of one batch do not wait for each other on this many cores.
const MOST_AT_ONCE: usize = 4;

/// The queue in front of the hash function.
pub struct Passwords {
    places: Semaphore,
}

impl Passwords {
    /// With a place per core, at most four.
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
        Passwords { places: Semaphore::new(cores.min(MOST_AT_ONCE)) }
    }

    /// Returns the PHC string to store.
    pub async fn hash(&self, password: SecretString) -> Result<String, ApiError> {
        let _place = self.place().await?;
        let task = tokio::task::spawn_blocking(move || password::hash(&password, &mut rand::rng()));
        task.await.map_err(ApiError::internal)?.map_err(ApiError::internal)
    }

    /// Checks a password against what is stored; without a stored hash, at the same cost.
    pub async fn verify(&self, password: SecretString, stored: Option<String>) -> Result<Verdict, ApiError> {
        let _place = self.place().await?;
        let task = tokio::task::spawn_blocking(move || password::verify(&password, stored.as_deref()));
        task.await.map_err(ApiError::internal)
    }

    async fn place(&self) -> Result<SemaphorePermit<'_>, ApiError> {
        match tokio::time::timeout(LONGEST_WAIT, self.places.acquire()).await {
            Ok(place) => place.map_err(ApiError::internal),
            Err(_) => Err(ApiError::new(Code::Busy, "too many log-ins at once; try again")
                .retry_after(Duration::from_secs(2))),
        }
    }
}
