//! Counts guesses at passwords in the store, so that all nodes and the command line see one count.
//! Called by log-in and password change; the arithmetic is `aegis_identity::lockout`.
//! Invariant: a guess is counted before the password is looked at, in one step of the store, so a thousand guesses at
//! once are five.

use crate::App;
use crate::error::{ApiError, Code};
use aegis_domain::Timestamp;
use aegis_domain::entities::{Entity, Lockout};
use aegis_identity::lockout::{self, SLOTS, Slot, Standing, Subject};
use aegis_store::{Documents, DocumentsExt, Store, StoreError};
use std::net::IpAddr;
use std::time::Duration;

const FAILURES: &str = "failures";

/// A counted guess, to be given back if it was right.
pub struct Guess {
    account: Subject,
    address_slot: String,
    at: Timestamp,
}

/// Counts a guess at the account from the address, or refuses with `LockedOut`.
pub async fn take(app: &App, email: &str, address: IpAddr) -> Result<Guess, ApiError> {
    let now = app.clock.now();
    let documents = &*app.store.documents;
    // The address first: guesses at a locked account still count against whoever makes them.
    let address_slot = count(documents, &Subject::Address(address), now).await?;
    let account = Subject::Account(email.to_owned());
    count(documents, &account, now).await?;
    Ok(Guess { account, address_slot, at: now })
}

impl Guess {
    /// The password was right: the account's count is wiped, the address gets this one guess back.
    pub async fn was_right(self, app: &App) -> Result<(), ApiError> {
        forget(&app.store, &self.account, self.at).await?;
        let documents = &app.store.documents;
        match documents.add_if(Lockout::COLLECTION, &self.address_slot, FAILURES, -1, i64::MAX).await {
            // Tidied away meanwhile: then it counts no more.
            Ok(_) | Err(StoreError::Conflict { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Unlocks an account.
pub async fn unlock(store: &Store, email: &str, now: Timestamp) -> Result<(), StoreError> {
    forget(store, &Subject::Account(email.to_owned()), now).await
}

async fn forget(store: &Store, subject: &Subject, now: Timestamp) -> Result<(), StoreError> {
    for slot in lockout::slots(subject, now) {
        store.documents.delete(Lockout::COLLECTION, &slot.id, None).await?;
    }
    Ok(())
}

/// Counts one guess; returns the document it was counted in.
async fn count(documents: &dyn Documents, subject: &Subject, now: Timestamp) -> Result<String, ApiError> {
    let slots = lockout::slots(subject, now);
    loop {
        let counts = read(documents, &slots).await?;
        let present_max = match lockout::standing(subject, counts, now) {
            Standing::Open { present_max } => present_max,
            Standing::Locked { until } => return Err(locked(until, now)),
        };
        ensure(documents, &slots[0]).await?;
        match documents.add_if(Lockout::COLLECTION, &slots[0].id, FAILURES, 1, present_max).await {
            Ok(Some(_)) => {
                let [present, ..] = slots;
                return Ok(present.id);
            }
            Ok(None) | Err(StoreError::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        // Others guessed meanwhile, or a log-in wiped the count: judge again. Ends, since counts only rise to the limit.
    }
}

async fn read(documents: &dyn Documents, slots: &[Slot; SLOTS]) -> Result<[i64; SLOTS], StoreError> {
    let mut counts = [0; SLOTS];
    for (count, slot) in counts.iter_mut().zip(slots) {
        *count = documents.get::<Lockout>(&slot.id).await?.map_or(0, |found| found.value.failures);
    }
    Ok(counts)
}

async fn ensure(documents: &dyn Documents, slot: &Slot) -> Result<(), StoreError> {
    let fresh = Lockout { id: slot.id.clone(), failures: 0, expires_at: slot.expires_at };
    match documents.insert(&fresh).await {
        Ok(()) | Err(StoreError::Duplicate { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

fn locked(until: Timestamp, now: Timestamp) -> ApiError {
    let wait = Duration::from_millis(until.millis().saturating_sub(now.millis()).max(0) as u64);
    let minutes = wait.as_secs().div_ceil(60).max(1);
    ApiError::new(Code::LockedOut, format!("too many failed log-ins; try again in {minutes} min"))
        .retry_after(Duration::from_secs(wait.as_secs() + 1))
}
