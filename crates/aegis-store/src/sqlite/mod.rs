//! The embedded backend: one SQLite file in the data folder, one thread that writes, a few connections that read.
//! `writer` groups what waits into one transaction and one sync; `checkpoint` tidies the WAL beside it; `log`,
//! `documents`, `tallies` and `ledger` are the shapes. Invariant: no SQLite call runs on a runtime thread.

mod checkpoint;
mod documents;
mod error;
mod ledger;
mod lock;
mod log;
mod peek;
mod queue;
mod readers;
mod schema;
mod tallies;
mod varint;
mod writer;

pub use lock::{DirLock, lock};
pub use peek::peek;

use crate::{Store, StoreError};
use aegis_domain::{Clock, SystemClock};
use checkpoint::Wal;
use parking_lot::Mutex;
use queue::Queue;
use readers::Readers;
use rusqlite::DEFAULT_NAME;
use rusqlite::wal::CheckpointMode;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Instant;
use tokio::sync::watch;

/// The database's name in the data folder.
const FILE: &str = "aegisflow.db";

/// Where the store is, and its bounds.
#[derive(Clone)]
pub struct SqliteConfig {
    /// The data folder; made when it is not there.
    pub dir: PathBuf,
    /// Log records that may wait for their commit.
    pub queue_records: usize,
    /// Bytes that may wait for their commit.
    pub queue_bytes: usize,
    /// Queries that may run at once.
    pub readers: usize,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
}

impl SqliteConfig {
    /// The usual bounds.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        SqliteConfig {
            dir: dir.into(),
            queue_records: 50_000,
            queue_bytes: 64 << 20,
            readers: 4,
            clock: Arc::new(SystemClock),
        }
    }
}

/// What the store did since it was opened, and how big it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Bytes of the database and its write-ahead log.
    pub file_bytes: u64,
    /// Pages in the write-ahead log.
    pub wal_pages: u64,
    /// Transactions that were synced.
    pub commits: u64,
    /// Transactions that were rolled back.
    pub failures: u64,
    /// Log records stored.
    pub records: u64,
    /// Entries of the time index that pages looked at.
    pub entries_examined: u64,
    /// Blocks of the log that queries read and decompressed.
    pub blocks_read: u64,
    /// Tallies that queries read.
    pub tallies_read: u64,
    /// Steps of SQLite's machine that pages, reads and tallies took: any hidden scan or sort shows here.
    pub query_steps: u64,
}

/// What queries cost.
#[derive(Debug, Default)]
struct Counters {
    entries: AtomicU64,
    blocks: AtomicU64,
    tallies: AtomicU64,
    steps: AtomicU64,
}

impl Counters {
    /// Adds what a statement has done since it was last asked.
    fn count_steps(&self, statement: &rusqlite::Statement<'_>) {
        let steps = statement.reset_status(rusqlite::StatementStatus::VmStep);
        self.steps.fetch_add(u64::try_from(steps).unwrap_or(0), Ordering::Relaxed);
    }
}

/// An open store. Clones share it.
#[derive(Clone)]
pub struct Sqlite {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    writer: writer::Writer,
    readers: Readers,
    most_readers: usize,
    wal: Arc<Wal>,
    counters: Arc<Counters>,
    appended: watch::Receiver<u64>,
    /// When the log was last seen to take a write.
    checked: Mutex<Option<Instant>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// Opens the store, creating or migrating its file. Blocks for as long as that takes.
pub fn open(config: SqliteConfig) -> Result<Sqlite, StoreError> {
    std::fs::create_dir_all(&config.dir).map_err(|e| {
        StoreError::Unavailable(format!(
            "the data folder {} cannot be made: {e}; make it, writable for this user",
            config.dir.display()
        ))
    })?;
    let path = config.dir.join(FILE);
    make_private(&path);
    let mut conn = schema::open_writer(&path, config.clock.now()).map_err(|e| cannot_use(&path, e))?;
    let wal = Arc::new(Wal::default());
    wal.watch(&mut conn)?;
    let checkpointer = schema::open_checkpointer(&path)?;
    let queue = Arc::new(Queue::new(config.queue_records, config.queue_bytes));
    let counts = Arc::new(writer::Counts::default());
    let (sender, appended) = watch::channel(0);
    let writer = writer::Loop {
        conn,
        queue: Arc::clone(&queue),
        counts: Arc::clone(&counts),
        wal: Arc::clone(&wal),
        log: log::Appender::new()?,
        clock: config.clock,
        appended: sender,
    };
    let tidy = Arc::clone(&wal);
    let threads = vec![
        thread("store-writer", move || writer.run())?,
        thread("store-checkpoint", move || tidy.run(&checkpointer))?,
    ];
    Ok(Sqlite {
        inner: Arc::new(Inner {
            readers: Readers::new(&path, config.readers),
            most_readers: config.readers,
            path,
            writer: writer::Writer { queue, counts },
            wal,
            counters: Arc::default(),
            appended,
            checked: Mutex::new(None),
            threads: Mutex::new(threads),
        }),
    })
}

/// Says which file an error at opening is about.
fn cannot_use(path: &Path, e: StoreError) -> StoreError {
    let about = |why: String| format!("{}: {why}", path.display());
    match e {
        StoreError::Unavailable(why) => StoreError::Unavailable(about(why)),
        StoreError::Corrupt(why) => StoreError::Corrupt(about(why)),
        e => e,
    }
}

/// Makes the file for its owner alone where there is none; SQLite gives its other files the same rights.
fn make_private(path: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // Where it cannot be made, SQLite says so better.
    let _ = options.open(path);
}

fn thread(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    std::thread::Builder::new()
        .name(name.into())
        .spawn(run)
        .map_err(|e| StoreError::Unavailable(format!("cannot start a thread: {e}; raise the process limit")))
}

impl Sqlite {
    /// The store by its contracts.
    pub fn store(&self) -> Store {
        Store {
            documents: Arc::new(self.clone()),
            log: Arc::new(self.clone()),
            tallies: Arc::new(self.clone()),
            ledger: Arc::new(self.clone()),
        }
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// What was done so far.
    pub fn stats(&self) -> Stats {
        let size = |path: &Path| std::fs::metadata(path).map_or(0, |m| m.len());
        let wal_file = self.inner.path.with_extension("db-wal");
        let (counts, counters) = (&self.inner.writer.counts, &self.inner.counters);
        let of = |n: &AtomicU64| n.load(Ordering::Relaxed);
        Stats {
            file_bytes: size(&self.inner.path) + size(&wal_file),
            wal_pages: self.inner.wal.frames(),
            commits: of(&counts.commits),
            failures: of(&counts.failures),
            records: of(&counts.records),
            entries_examined: of(&counters.entries),
            blocks_read: of(&counters.blocks),
            tallies_read: of(&counters.tallies),
            query_steps: of(&counters.steps),
        }
    }

    /// Takes no more work, does what waits, moves the write-ahead log into the file and closes it.
    pub async fn shutdown(&self) -> Result<(), StoreError> {
        self.inner.writer.queue.close();
        self.inner.wal.close();
        self.inner.readers.close(self.inner.most_readers).await;
        let threads = std::mem::take(&mut *self.inner.threads.lock());
        let path = self.inner.path.clone();
        let end = move || {
            for thread in threads {
                thread
                    .join()
                    .map_err(|_| StoreError::Unavailable("a thread of the store broke off".into()))?;
            }
            let conn = schema::open_checkpointer(&path)?;
            // Another process may be reading: then what is left in the WAL is moved at the next start.
            match conn.wal_checkpoint_v2(DEFAULT_NAME, CheckpointMode::TRUNCATE) {
                Ok(_) => Ok(()),
                Err(e) => match e.into() {
                    StoreError::Busy => Ok(()),
                    e => Err(e),
                },
            }
        };
        tokio::task::spawn_blocking(end)
            .await
            .unwrap_or_else(|e| Err(StoreError::Unavailable(format!("closing broke off: {e}"))))
    }

    fn counters(&self) -> Arc<Counters> {
        Arc::clone(&self.inner.counters)
    }
}

impl Drop for Inner {
    /// Without `shutdown` the threads still end, after doing what waits; nobody waits for them.
    fn drop(&mut self) {
        self.writer.queue.close();
        self.wal.close();
    }
}
