//! The one thread that writes: takes all that waits, does it in one transaction, syncs once, answers each.
//! Invariants: nothing is answered "done" before the commit that holds it has been synced; work that fails spoils
//! no other work; a failed transaction leaves no trace, in the file or in memory.

use super::checkpoint::Wal;
use super::error::Failure;
use super::log::Appender;
use super::queue::{Load, Queue};
use crate::StoreError;
use aegis_domain::{Clock, Timestamp};
use rusqlite::Connection;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{oneshot, watch};

/// What a piece of work may touch.
pub(super) struct Transaction<'a> {
    /// The open transaction.
    pub(super) conn: &'a Connection,
    /// Where log records are gathered; written out before the commit.
    pub(super) log: &'a mut Appender,
    /// When the transaction began.
    pub(super) now: Timestamp,
}

/// Work for the writer. It may be run more than once: when its group failed, it is tried again by itself.
pub(super) trait Work: Send {
    /// Does the work inside the transaction. An error means the transaction is spoilt.
    fn run(&mut self, tx: &mut Transaction<'_>) -> Result<(), StoreError>;
    /// Tells whoever waits; `fate` is that of the transaction.
    fn answer(self: Box<Self>, fate: Result<(), StoreError>);
}

struct Task<T, F> {
    work: F,
    result: Option<Result<T, StoreError>>,
    waiting: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Work for Task<T, F>
where
    T: Send,
    F: FnMut(&mut Transaction<'_>) -> Result<T, Failure> + Send,
{
    fn run(&mut self, tx: &mut Transaction<'_>) -> Result<(), StoreError> {
        self.result = match (self.work)(tx) {
            Ok(value) => Some(Ok(value)),
            Err(Failure::Refused(e)) => Some(Err(e)),
            Err(Failure::Broken(e)) => return Err(e),
        };
        Ok(())
    }

    fn answer(self: Box<Self>, fate: Result<(), StoreError>) {
        let result = match fate {
            Ok(()) => self.result.unwrap_or(Err(StoreError::Busy)),
            Err(e) => Err(e),
        };
        // Whoever asked may have gone: the work is done all the same.
        let _ = self.waiting.send(result);
    }
}

/// Figures of the writer since it started.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Transactions synced.
    pub(super) commits: AtomicU64,
    /// Transactions rolled back.
    pub(super) failures: AtomicU64,
    /// Log records stored.
    pub(super) records: AtomicU64,
}

/// The callers' side: hands work to the thread and waits for the answer without blocking.
pub(super) struct Writer {
    pub(super) queue: Arc<Queue>,
    pub(super) counts: Arc<Counts>,
}

impl Writer {
    /// Queues `work`; answers when it is durable, or when it declined.
    pub(super) async fn submit<T, F>(&self, load: Load, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&mut Transaction<'_>) -> Result<T, Failure> + Send + 'static,
    {
        let (waiting, answer) = oneshot::channel();
        self.queue.push(load, Box::new(Task { work, result: None, waiting }))?;
        answer.await.unwrap_or_else(|_| {
            Err(StoreError::Unavailable("the writer has stopped; restart the program".into()))
        })
    }
}

/// The thread's side.
pub(super) struct Loop {
    pub(super) conn: Connection,
    pub(super) queue: Arc<Queue>,
    pub(super) counts: Arc<Counts>,
    pub(super) wal: Arc<Wal>,
    pub(super) log: Appender,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) appended: watch::Sender<u64>,
}

impl Loop {
    /// Works until the queue is closed and empty.
    pub(super) fn run(mut self) {
        let _abandon = Abandon(Arc::clone(&self.queue));
        while let Some(group) = self.queue.take() {
            self.wal.finish(&self.conn);
            self.settle(group);
        }
    }

    fn settle(&mut self, mut group: Vec<Box<dyn Work>>) {
        let fate = self.commit(&mut group);
        let all_alike =
            group.len() == 1 || matches!(fate, Err(StoreError::Unavailable(_) | StoreError::Busy));
        if fate.is_ok() || all_alike {
            for work in group {
                work.answer(fate.clone());
            }
            return;
        }
        // One of them is the culprit: each by itself.
        for mut work in group {
            let fate = self.commit(std::slice::from_mut(&mut work));
            work.answer(fate);
        }
    }

    fn commit(&mut self, group: &mut [Box<dyn Work>]) -> Result<(), StoreError> {
        match self.attempt(group) {
            Ok(stored) => {
                self.counts.commits.fetch_add(1, Ordering::Relaxed);
                if stored > 0 {
                    self.counts.records.fetch_add(stored, Ordering::Relaxed);
                    self.appended.send_modify(|n| *n += stored);
                }
                Ok(())
            }
            Err(e) => {
                self.counts.failures.fetch_add(1, Ordering::Relaxed);
                self.log.forget();
                if !self.conn.is_autocommit()
                    && let Err(e) = self.conn.execute_batch("ROLLBACK")
                {
                    tracing::error!(error = %e, "could not roll back");
                }
                Err(e)
            }
        }
    }

    fn attempt(&mut self, group: &mut [Box<dyn Work>]) -> Result<u64, StoreError> {
        self.step("BEGIN IMMEDIATE")?;
        let mut tx = Transaction { conn: &self.conn, log: &mut self.log, now: self.clock.now() };
        for work in group {
            work.run(&mut tx)?;
        }
        let stored = self.log.flush(&self.conn)?;
        self.step("COMMIT")?;
        Ok(stored)
    }

    fn step(&self, sql: &str) -> Result<(), StoreError> {
        self.conn.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}

/// However the thread ends, nobody is left waiting for it.
struct Abandon(Arc<Queue>);

impl Drop for Abandon {
    fn drop(&mut self) {
        self.0.abandon();
    }
}
