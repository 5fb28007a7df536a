//! Rotation as a state machine over the vault's record: a new primary, pass after pass over what is under older keys, and
//! in the end the older keys are given up.
//! The driver (the server's job, or the command line) asks `next_step`, does it, and reports by `page_done`; each change
//! is one update of the record, so a driver that dies is continued by the next, and two at once do no harm.
//! Invariants: reads work at every moment, since the chain always has every key that anything is under; older keys go
//! only after a pass that began `SETTLE` after the new primary and found nothing. Processes look for a new primary before
//! each sealing unless they did within half of that, so nothing comes under an older key after `SETTLE`.

use crate::canary::seal_canary;
use crate::chain::Chain;
use crate::data_key::DataKey;
use crate::import::MOST_KEYS;
use aegis_domain::entities::{Cursor, Rotated, Rotation, VaultRecord, WrappedKey};
use aegis_domain::{DataKeyId, Timestamp};
use rand::CryptoRng;
use std::sync::Arc;
use std::time::Duration;

/// After this nobody seals under the former primary any more.
pub const SETTLE: Duration = Duration::from_secs(5);

/// Why a rotation does not begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RotationError {
    /// One is under way.
    #[error("a rotation is under way; wait until it has ended")]
    UnderWay,
    /// The chain is full of keys that something is still under.
    #[error(
        "the vault has {MOST_KEYS} keys, and records under them that cannot be opened; delete those records first"
    )]
    Full,
}

/// What a driver has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing: no rotation is under way.
    Nothing,
    /// Come back then.
    WaitUntil(Timestamp),
    /// Read records of a collection that are under a key, beyond a record, and re-encrypt them.
    Page {
        /// Index of the collection in the list given.
        collection: usize,
        /// The older key.
        key: DataKeyId,
        /// Beyond this record; none: from the first.
        after: Option<String>,
    },
}

/// What became of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Records re-encrypted.
    pub moved: u64,
    /// Records that could not be.
    pub failed: u64,
    /// The last record of it; none when there was no record left.
    pub last: Option<String>,
}

/// Begins: `key`, wrapped as `wrapped`, becomes the primary, and a new canary is sealed under it.
pub fn begin(
    record: &mut VaultRecord,
    chain: &Chain,
    key: Arc<DataKey>,
    wrapped: WrappedKey,
    now: Timestamp,
    rng: &mut impl CryptoRng,
) -> Result<Chain, RotationError> {
    if record.rotation.is_some() {
        return Err(RotationError::UnderWay);
    }
    if record.older.len() + 2 > MOST_KEYS {
        return Err(RotationError::Full);
    }
    let older = record.keys().filter_map(|held| chain.key(&held.id)).cloned();
    let chain = Chain::new(key, older.collect::<Vec<_>>());
    record.canary = seal_canary(&chain, now, rng);
    record.older.insert(0, std::mem::replace(&mut record.primary, wrapped));
    record.rotation = Some(Rotation {
        started_at: now,
        pass: 1,
        pass_began_at: now,
        cursor: None,
        moved: 0,
        failed: 0,
        moved_in_all: 0,
    });
    Ok(chain)
}

/// What is to be done now. `collections` are all that hold sealed values, in a fixed order.
pub fn next_step(record: &VaultRecord, collections: &[&str], now: Timestamp) -> Step {
    let Some(rotation) = &record.rotation else { return Step::Nothing };
    // A pass whose beginning is yet to come is waited for.
    if now < rotation.pass_began_at {
        return Step::WaitUntil(rotation.pass_began_at);
    }
    if record.older.is_empty() || collections.is_empty() {
        return Step::Nothing;
    }
    let place = place_of(record, collections, rotation.cursor.as_ref());
    let after = rotation.cursor.as_ref().filter(|_| place.known).map(|cursor| cursor.after.clone());
    Step::Page { collection: place.collection, key: record.older[place.key].id.clone(), after }
}

/// Notes a page; at the end of a pass begins the next, or ends the rotation and gives up the older keys.
/// `step` is what was done; a report about anything else than the present step changes nothing.
pub fn page_done(record: &mut VaultRecord, collections: &[&str], step: &Step, page: &Page, now: Timestamp) {
    if next_step(record, collections, now) != *step {
        return;
    }
    let Step::Page { collection, key, .. } = step else { return };
    let following = following(record, collections, *collection, key);
    let Some(rotation) = &mut record.rotation else { return };
    rotation.moved += page.moved;
    rotation.moved_in_all += page.moved;
    rotation.failed += page.failed;
    let at = |name: &str, key: &DataKeyId, after: String| {
        Some(Cursor { collection: name.to_owned(), key: key.clone(), after })
    };
    match (&page.last, following) {
        (Some(last), _) => rotation.cursor = at(collections[*collection], key, last.clone()),
        // No id is empty: beyond the empty one is all of them.
        (None, Some((name, key))) => rotation.cursor = at(name, &key, String::new()),
        (None, None) => pass_done(record, now),
    }
}

fn pass_done(record: &mut VaultRecord, now: Timestamp) {
    let Some(rotation) = &mut record.rotation else { return };
    let settled_at = rotation.started_at.plus(SETTLE);
    let settled = rotation.pass_began_at >= settled_at;
    if !settled || rotation.moved > 0 {
        *rotation = Rotation {
            pass: rotation.pass.saturating_add(1),
            pass_began_at: now.max(settled_at),
            cursor: None,
            moved: 0,
            failed: 0,
            ..rotation.clone()
        };
        return;
    }
    let failed = rotation.failed;
    let retired = if failed == 0 { record.older.drain(..).map(|key| key.id).collect() } else { Vec::new() };
    record.rotated = Some(Rotated {
        started_at: rotation.started_at,
        ended_at: now,
        moved: rotation.moved_in_all,
        retired,
        failed,
    });
    record.rotation = None;
}

/// A place in the list of collections × older keys.
struct PlaceInPass {
    collection: usize,
    key: usize,
    /// Whether the cursor's own place still exists.
    known: bool,
}

/// Where a cursor stands; at the beginning where its collection or key is no more, since a pass may be repeated but no
/// part of it left out.
fn place_of(record: &VaultRecord, collections: &[&str], cursor: Option<&Cursor>) -> PlaceInPass {
    let found = cursor.and_then(|cursor| {
        let collection = collections.iter().position(|name| *name == cursor.collection)?;
        let key = record.older.iter().position(|key| key.id == cursor.key)?;
        Some(PlaceInPass { collection, key, known: true })
    });
    found.unwrap_or(PlaceInPass { collection: 0, key: 0, known: false })
}

/// The place after this one: the next key, then the next collection.
fn following<'a>(
    record: &VaultRecord,
    collections: &[&'a str],
    collection: usize,
    key: &DataKeyId,
) -> Option<(&'a str, DataKeyId)> {
    let place = record.older.iter().position(|older| older.id == *key)?;
    match record.older.get(place + 1) {
        Some(next) => Some((collections[collection], next.id.clone())),
        None => Some((collections.get(collection + 1)?, record.older.first()?.id.clone())),
    }
}
