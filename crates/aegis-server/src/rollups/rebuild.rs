//! Makes the rollups again from the log and puts them in the place of the present ones.
//! Called by the command line while no server runs on the folder.

use super::SET;
use super::absorb::{absorb_span, oldest_minute};
use aegis_domain::Timestamp;
use aegis_store::{Grain, Store, StoreError, Stream, Tally};

/// The set that is made beside the present one.
const NEW: &str = "rollups.rebuilt";
/// Tallies compared at a time.
const PAGE: usize = 2_000;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rebuilt {
    /// Tallies made.
    pub tallies: u64,
    /// Of those, absent before or with another content.
    pub changed: u64,
    /// Tallies that were there and are not in the log.
    pub removed: u64,
}

type Row = (Grain, Timestamp, String, String, Tally);

/// See the module. A consumer that had not caught up shows as a difference.
pub async fn rebuild(store: &Store, now: Timestamp) -> Result<Rebuilt, StoreError> {
    store.tallies.clear(NEW).await?;
    for (partition, high_water) in store.log.partitions(Stream::Events).await? {
        while absorb_span(store, NEW, partition, high_water).await? < high_water {}
    }
    for set in [SET, NEW] {
        store.tallies.purge(set, Grain::Minute, oldest_minute(now)).await?;
    }
    let result = compare(store).await?;
    store.tallies.replace(NEW, SET).await?;
    Ok(result)
}

async fn compare(store: &Store) -> Result<Rebuilt, StoreError> {
    let (mut old, mut new) = (Rows::of(SET), Rows::of(NEW));
    let mut result = Rebuilt { tallies: 0, changed: 0, removed: 0 };
    let key = |r: &Row| (r.0, r.1, r.2.clone(), r.3.clone());
    let (mut a, mut b) = (old.next(store).await?, new.next(store).await?);
    loop {
        let order = match (&a, &b) {
            (None, None) => return Ok(result),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(a), Some(b)) => key(a).cmp(&key(b)),
        };
        if order.is_lt() {
            result.removed += 1;
        } else {
            result.tallies += 1;
            let same = order.is_eq() && a.as_ref().map(|r| &r.4) == b.as_ref().map(|r| &r.4);
            result.changed += u64::from(!same);
        }
        if order.is_le() {
            a = old.next(store).await?;
        }
        if order.is_ge() {
            b = new.next(store).await?;
        }
    }
}

/// The tallies of a set, in order, a page at a time.
struct Rows {
    set: &'static str,
    page: std::vec::IntoIter<Row>,
    after: Option<(Grain, Timestamp, String, String)>,
    done: bool,
}

impl Rows {
    fn of(set: &'static str) -> Self {
        Rows { set, page: Vec::new().into_iter(), after: None, done: false }
    }

    async fn next(&mut self, store: &Store) -> Result<Option<Row>, StoreError> {
        if self.page.len() == 0 && !self.done {
            let page = store.tallies.dump(self.set, self.after.take(), PAGE).await?;
            self.done = page.len() < PAGE;
            self.after = page.last().map(|r| (r.0, r.1, r.2.clone(), r.3.clone()));
            self.page = page.into_iter();
        }
        Ok(self.page.next())
    }
}
