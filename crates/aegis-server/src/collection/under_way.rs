//! What this process collects at the moment.
//! Invariant: a run is entered once, and left when its task ends.

use aegis_domain::entities::CollectorRun;
use aegis_domain::{RunId, Timestamp};
use parking_lot::Mutex;
use std::collections::HashMap;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

struct UnderWay {
    vendor: String,
    stop: CancellationToken,
}

/// What collection needs besides the store.
pub struct Collection {
    /// For fingerprints of secrets.
    pub(super) key: [u8; 32],
    under_way: Mutex<HashMap<RunId, UnderWay>>,
    due: Mutex<Option<Timestamp>>,
    /// There is something to take up.
    pub(super) wake: Notify,
    /// A run ended.
    pub(super) ended: Notify,
}

impl Collection {
    /// With the installation's key for fingerprints.
    pub fn new(key: [u8; 32]) -> Self {
        Collection {
            key,
            under_way: Mutex::default(),
            due: Mutex::default(),
            wake: Notify::new(),
            ended: Notify::new(),
        }
    }

    /// Enters a run, if there is room, and returns what stops it.
    pub(super) fn enter(
        &self,
        run: &CollectorRun,
        at_once: usize,
        of_one_vendor: usize,
        stop: &CancellationToken,
    ) -> Option<CancellationToken> {
        let mut all = self.under_way.lock();
        let of_vendor = all.values().filter(|other| other.vendor == run.vendor).count();
        if all.len() >= at_once || of_vendor >= of_one_vendor || all.contains_key(&run.id) {
            return None;
        }
        let stop = stop.child_token();
        all.insert(run.id, UnderWay { vendor: run.vendor.clone(), stop: stop.clone() });
        Some(stop)
    }

    /// The task of a run has ended.
    pub(super) fn leave(&self, run: RunId) {
        self.under_way.lock().remove(&run);
        self.wake.notify_one();
        self.ended.notify_waiters();
    }

    pub(super) fn works_at(&self, run: RunId) -> bool {
        self.under_way.lock().contains_key(&run)
    }

    pub(super) fn stop(&self, run: RunId) {
        if let Some(found) = self.under_way.lock().get(&run) {
            found.stop.cancel();
        }
    }

    pub(super) fn stop_all(&self) {
        self.under_way.lock().values().for_each(|run| run.stop.cancel());
    }

    /// When schedules are to be looked at again; none: now.
    pub(super) fn due(&self) -> Option<Timestamp> {
        *self.due.lock()
    }

    pub(super) fn set_due(&self, due: Option<Timestamp>) {
        *self.due.lock() = due;
    }

    /// Waits until this process works at nothing.
    pub async fn idle(&self) {
        loop {
            let ended = self.ended.notified();
            tokio::pin!(ended);
            ended.as_mut().enable();
            if self.under_way.lock().is_empty() {
                return;
            }
            ended.await;
        }
    }
}
