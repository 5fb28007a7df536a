//! A walk: a feed, a window, and the cursors that are left. Plain JSON, so that it is the checkpoint.
//! Made by whoever starts a run, moved on by `walker`. Invariant: the cursors that are left, and the rows that were kept
//! before, are together the whole window.

use crate::access::Access;
use crate::book::Kept;
use aegis_domain::{Ability, Timestamp, Window, book_of};
use aegis_vendors::admin::Cursor;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Notes that are kept of one walk.
const NOTES: usize = 50;

/// How many pieces a window that is too large is cut into, and each of those again.
const NARROW: u64 = 8;

/// A reading of one feed over one window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    /// Which feed.
    pub feed: Ability,
    /// Number of this reading: rows remember which saw them last. No two readings of a book share one.
    pub run: u64,
    /// First instant inside.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// How finely figures are asked for, in seconds. Always the same for one book.
    pub bucket_seconds: u64,
    /// The window is asked for in pieces of so many seconds, because whole it gave answers that are too large.
    #[serde(default)]
    pub(crate) slice_seconds: Option<u64>,
    /// What the feed shows as it stands was not looked at yet.
    #[serde(default)]
    pub(crate) look: bool,
    /// What is left, the next at the end.
    pub(crate) left: Vec<Cursor>,
    /// How often it began anew because the vendor no longer knew a cursor.
    pub restarts: u32,
    /// What was done so far.
    pub counts: Counts,
    /// What adapters found remarkable, each once.
    pub notes: Vec<String>,
}

/// What a reading has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Pages read.
    pub pages: u64,
    /// Attempts beyond a page's first.
    pub retries: u64,
    /// What became of the rows.
    pub kept: Kept,
}

impl Walk {
    /// A walk over `window` from its beginning. What lies farther back than the feed reaches is not asked for, so that
    /// its silence is not taken for a withdrawal.
    pub fn begin(access: &Access, feed: Ability, window: Window, run: u64, now: Timestamp) -> Self {
        let reach = access.api.reach(feed, &access.credential.kind);
        let oldest = reach.map_or(window.from, |reach| now.minus(reach).ceil(window.bucket));
        let mut walk = Walk {
            feed,
            run,
            from: window.from.max(oldest).min(window.to),
            to: window.to,
            bucket_seconds: window.bucket.as_secs(),
            slice_seconds: None,
            look: false,
            left: Vec::new(),
            restarts: 0,
            counts: Counts::default(),
            notes: Vec::new(),
        };
        walk.rewind(access, now);
        walk
    }

    /// The window that is read.
    pub fn window(&self) -> Window {
        Window { from: self.from, to: self.to, bucket: Duration::from_secs(self.bucket_seconds.max(1)) }
    }

    /// True when nothing is left to read.
    pub fn is_whole(&self) -> bool {
        self.left.is_empty() && !self.look
    }

    /// Pages that are known to be left; each may lead to more.
    pub fn left(&self) -> usize {
        self.left.len() + usize::from(self.look)
    }

    /// The book that a credential's feed is kept in.
    pub fn book(access: &Access, feed: Ability) -> String {
        book_of(&access.id, feed)
    }

    /// Begins anew.
    pub(crate) fn rewind(&mut self, access: &Access, now: Timestamp) {
        let whole = self.window();
        let slice = self.slice_seconds.map_or(Duration::MAX, |s| Duration::from_secs(s.max(1)));
        self.left.clear();
        let mut from = whole.from;
        while from < whole.to {
            let to = from.plus(slice).min(whole.to);
            self.left.extend(access.api.open(self.feed, Window { from, to, ..whole }, &access.credential));
            from = to;
        }
        self.left.reverse();
        self.look = self.as_it_stands(access, now).is_some();
    }

    /// The place to read next. What the feed shows as it stands comes first, under the instant at which it is asked.
    pub(crate) fn next(&mut self, access: &Access, now: Timestamp) -> Option<Cursor> {
        if self.look {
            let cursor = self.as_it_stands(access, now);
            if cursor.is_some() {
                return cursor;
            }
            // the window lies behind by now
            self.look = false;
        }
        self.left.last().cloned()
    }

    fn as_it_stands(&self, access: &Access, now: Timestamp) -> Option<Cursor> {
        let here = self.from <= now && now <= self.to;
        here.then(|| access.api.look(self.feed, now, &access.credential)).flatten()
    }

    /// Begins anew in smaller pieces; false where it cannot: lists have no window, and a bucket is not split.
    pub(crate) fn narrow(&mut self, access: &Access, now: Timestamp) -> bool {
        let windowed =
            matches!(self.feed, Ability::Usage | Ability::Cost | Ability::Audit | Ability::Content);
        let length = self.to.millis().saturating_sub(self.from.millis()) / 1000;
        let slice = self.slice_seconds.unwrap_or(u64::try_from(length).unwrap_or(0));
        let bucket = self.bucket_seconds.max(1);
        if !windowed || slice <= bucket {
            return false;
        }
        self.slice_seconds = Some((slice / NARROW).next_multiple_of(bucket).max(bucket));
        self.rewind(access, now);
        true
    }

    /// A page was read and its rows kept: on to what follows, depth first, so that little is left at any time.
    pub(crate) fn advance(&mut self, next: Vec<Cursor>, notes: Vec<String>) {
        if self.look {
            self.look = false;
        } else {
            self.left.pop();
        }
        self.left.extend(next.into_iter().rev());
        self.counts.pages += 1;
        for note in notes {
            if self.notes.len() < NOTES && !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }
}
