//! What waits for the writer: a bounded queue of work.
//! Filled by the trait methods, which never wait here, emptied by the writer thread, which takes all that waits.
//! Invariant: records and bytes stay within their bounds, but that one batch is taken however big when none waits;
//! other work has a bound of its own, so that a flood of events does not keep people from logging in.

use super::writer::Work;
use crate::StoreError;
use parking_lot::{Condvar, Mutex};
use std::collections::VecDeque;

/// Documents and tallies waiting at most.
const OTHER_WORK: usize = 4_096;

/// A group takes no more than so much, so that its answers come soon.
const GROUP_RECORDS: usize = 8_192;
const GROUP_BYTES: usize = 16 << 20;
const GROUP_WORK: usize = 1_024;

/// How much of the queue a piece of work takes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Load {
    /// Log records; 0 for other work.
    pub(super) records: usize,
    /// Their bytes.
    pub(super) bytes: usize,
}

struct Entry {
    load: Load,
    work: Box<dyn Work>,
}

#[derive(Default)]
struct State {
    entries: VecDeque<Entry>,
    records: usize,
    bytes: usize,
    other: usize,
    closed: bool,
}

/// The queue between callers and the writer.
pub(super) struct Queue {
    state: Mutex<State>,
    filled: Condvar,
    max_records: usize,
    max_bytes: usize,
}

impl Queue {
    pub(super) fn new(max_records: usize, max_bytes: usize) -> Self {
        Queue { state: Mutex::default(), filled: Condvar::new(), max_records, max_bytes }
    }

    /// Adds work, or refuses it.
    pub(super) fn push(&self, load: Load, work: Box<dyn Work>) -> Result<(), StoreError> {
        let mut state = self.state.lock();
        if state.closed {
            return Err(StoreError::Unavailable("the store is closed; start the program again".into()));
        }
        if load.records == 0 {
            if state.other >= OTHER_WORK {
                return Err(StoreError::Busy);
            }
            state.other += 1;
        } else {
            let fits = state.records + load.records <= self.max_records
                && state.bytes + load.bytes <= self.max_bytes;
            if state.records > 0 && !fits {
                return Err(StoreError::Busy);
            }
            state.records += load.records;
            state.bytes += load.bytes;
        }
        state.entries.push_back(Entry { load, work });
        self.filled.notify_one();
        Ok(())
    }

    /// Waits for work and takes a group of it. None when closed and empty.
    pub(super) fn take(&self) -> Option<Vec<Box<dyn Work>>> {
        let mut state = self.state.lock();
        while state.entries.is_empty() {
            if state.closed {
                return None;
            }
            self.filled.wait(&mut state);
        }
        let (mut group, mut records, mut bytes) = (Vec::new(), 0, 0);
        while group.len() < GROUP_WORK && records < GROUP_RECORDS && bytes < GROUP_BYTES {
            let Some(Entry { load, work }) = state.entries.pop_front() else { break };
            records += load.records;
            bytes += load.bytes;
            state.other -= usize::from(load.records == 0);
            group.push(work);
        }
        state.records -= records;
        state.bytes -= bytes;
        Some(group)
    }

    /// Takes no more work; what waits is still done.
    pub(super) fn close(&self) {
        self.state.lock().closed = true;
        self.filled.notify_all();
    }

    /// Drops what waits, so that its callers hear of it: for when no writer is left.
    pub(super) fn abandon(&self) {
        let mut state = self.state.lock();
        *state = State { closed: true, ..State::default() };
    }

    /// Records waiting, and how many may.
    pub(super) fn depth(&self) -> (usize, usize) {
        (self.state.lock().records, self.max_records)
    }
}
