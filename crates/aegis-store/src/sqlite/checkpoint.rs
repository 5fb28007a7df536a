//! Moves what the WAL holds into the database file, beside the writer.
//! A thread of its own does the bulk, so that acknowledgements do not wait for it; the writer does the small rest
//! between two transactions, after which SQLite starts the WAL again from its beginning.

use parking_lot::{Condvar, Mutex};
use rusqlite::wal::CheckpointMode;
use rusqlite::{Connection, DEFAULT_NAME};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// Pages in the WAL from which it is worth moving them: 16 MiB. More at once means that a page changed often is
/// moved once; less means a shorter recovery after a crash.
const WORTHWHILE: u64 = 4_096;

/// Pages that the writer moves itself without anybody noticing: 2 MiB.
const SMALL: u64 = 512;

/// Pages in the WAL from which the writer moves the rest however much it is: 64 MiB,
/// which a start after a crash reads in a tenth of a second.
const TOO_LONG: u64 = 16_384;

/// A quiet store moves what it has after so long.
const QUIET: Duration = Duration::from_secs(2);

/// What the writer and the checkpoint thread know of the WAL.
#[derive(Default)]
pub(super) struct Wal {
    frames: AtomicU64,
    moved: AtomicU64,
    finish: AtomicBool,
    closed: Mutex<bool>,
    wake: Condvar,
}

impl Wal {
    /// Has `conn`, the writer's, report the length of the WAL after each commit.
    pub(super) fn watch(self: &Arc<Self>, conn: &mut Connection) -> rusqlite::Result<()> {
        let wal = Arc::clone(self);
        conn.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, frames: i32| {
            let frames = u64::try_from(frames).unwrap_or(0);
            wal.frames.store(frames, Ordering::Relaxed);
            if frames < wal.moved.load(Ordering::Relaxed) {
                // It has begun again from its beginning.
                wal.moved.store(0, Ordering::Relaxed);
            }
            if frames.saturating_sub(wal.moved.load(Ordering::Relaxed)) >= WORTHWHILE {
                wal.wake.notify_one();
            }
            Ok(())
        }))
    }

    /// Called by the writer between transactions: moves the rest when the thread has asked for it.
    pub(super) fn finish(&self, conn: &Connection) {
        if !self.finish.load(Ordering::Relaxed) {
            return;
        }
        let frames = self.frames.load(Ordering::Relaxed);
        let rest = frames.saturating_sub(self.moved.load(Ordering::Relaxed));
        if rest <= SMALL || frames >= TOO_LONG {
            self.finish.store(false, Ordering::Relaxed);
            self.checkpoint(conn, CheckpointMode::PASSIVE);
        }
    }

    /// Pages in the WAL.
    pub(super) fn frames(&self) -> u64 {
        self.frames.load(Ordering::Relaxed)
    }

    /// The thread's loop: until `close`.
    pub(super) fn run(&self, conn: &Connection) {
        loop {
            {
                let mut closed = self.closed.lock();
                if !*closed {
                    self.wake.wait_for(&mut closed, QUIET);
                }
                if *closed {
                    return;
                }
            }
            let frames = self.frames.load(Ordering::Relaxed);
            if frames > self.moved.load(Ordering::Relaxed) {
                self.checkpoint(conn, CheckpointMode::PASSIVE);
                self.finish.store(frames >= WORTHWHILE, Ordering::Relaxed);
            }
        }
    }

    /// Ends the thread's loop.
    pub(super) fn close(&self) {
        *self.closed.lock() = true;
        self.wake.notify_all();
    }

    fn checkpoint(&self, conn: &Connection, mode: CheckpointMode) {
        match conn.wal_checkpoint_v2(DEFAULT_NAME, mode) {
            Ok((_, moved)) => self.moved.store(u64::try_from(moved).unwrap_or(0), Ordering::Relaxed),
            Err(e) => {
                tracing::warn!(error = %e, "could not move the write-ahead log into the database; will try again")
            }
        }
    }
}
