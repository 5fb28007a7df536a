//! Moves a walk on, page by page: ask, send, judge, read, keep, checkpoint.
//! Called by schedules and by "sync now". Invariants: rows are kept before the checkpoint that leaves their page out, and
//! putting rows again changes nothing, so a cut anywhere costs a page at most; pages, waits and restarts are bounded.

use crate::access::Access;
use crate::book::Kept;
use crate::send::{SendError, Sender};
use crate::stop::{Ended, Stop};
use crate::walk::Walk;
use aegis_outbound::OutboundError;
use aegis_store::StoreError;
use aegis_vendors::admin::{Cursor, Fault, Page, Row, Unreadable};
use std::future::Future;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Where rows and checkpoints go.
pub trait Sink: Send {
    /// Keeps the rows of a page; answers when they are durable. Rows that are there already change nothing.
    fn keep(&mut self, walk: &Walk, rows: Vec<Row>) -> impl Future<Output = Result<Kept, StoreError>> + Send;

    /// Keeps where the walk is, after `keep`.
    fn checkpoint(&mut self, walk: &Walk) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// What one run may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Pages in one run.
    pub pages: u64,
    /// Places left at once; a list that fans out wider is not walked.
    pub left: usize,
    /// How often one page is asked for when the vendor says to wait, or sends no whole JSON.
    pub asks: u32,
    /// The longest wait that is waited for within a run.
    pub patience: Duration,
    /// How often a walk begins anew.
    pub restarts: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds { pages: 100_000, left: 100_000, asks: 4, patience: Duration::from_secs(120), restarts: 3 }
    }
}

/// Walks for one credential.
#[derive(Clone, Copy)]
pub struct Walker<'a> {
    /// Who sends.
    pub sender: &'a Sender,
    /// For whom.
    pub access: &'a Access,
    /// How much.
    pub bounds: Bounds,
    /// Ends a run between two waits.
    pub stop: &'a CancellationToken,
}

/// What asking for a page came to.
enum Asked {
    Page(Page),
    Restart,
    TooLarge(SendError),
}

impl Walker<'_> {
    /// Walks until the window is read or something stops it; `walk` is where it then stands.
    pub async fn run<S: Sink>(&self, walk: &mut Walk, sink: &mut S) -> Ended {
        let first = walk.counts.pages;
        while let Some(cursor) = walk.next(self.access, self.sender.time().now()) {
            if walk.counts.pages - first >= self.bounds.pages {
                return Ended::Stopped(Stop::Pages(self.bounds.pages));
            }
            // a page that is dropped half way is read again: its rows are the same rows
            let step = self.stop.run_until_cancelled(self.step(walk, &cursor, sink)).await;
            if let Err(stop) = step.unwrap_or(Err(Stop::Cancelled)) {
                return Ended::Stopped(stop);
            }
        }
        Ended::Whole
    }

    async fn step<S: Sink>(&self, walk: &mut Walk, cursor: &Cursor, sink: &mut S) -> Result<(), Stop> {
        match self.ask(walk, cursor).await? {
            Asked::Page(page) => {
                if walk.left() + page.next.len() > self.bounds.left {
                    let vendor = self.vendor();
                    return Err(Stop::Act(format!("{vendor} lists more places than are walked at once")));
                }
                walk.counts.kept += sink.keep(walk, page.rows).await?;
                walk.advance(page.next, page.notes);
            }
            Asked::Restart if walk.restarts < self.bounds.restarts => {
                walk.restarts += 1;
                walk.rewind(self.access, self.sender.time().now());
            }
            Asked::Restart => return Err(Stop::of_fault(self.vendor(), &Fault::Restart)),
            Asked::TooLarge(error) => {
                if !walk.narrow(self.access, self.sender.time().now()) {
                    return Err(Stop::of_send(self.vendor(), error));
                }
            }
        }
        Ok(sink.checkpoint(walk).await?)
    }

    /// Asks for a page as often as it takes, within bounds.
    async fn ask(&self, walk: &mut Walk, cursor: &Cursor) -> Result<Asked, Stop> {
        let (api, credential) = (self.access.api, &self.access.credential);
        let request = match api.ask(cursor, credential) {
            Ok(request) => request,
            Err(error) if outdated(&error) => return Ok(Asked::Restart),
            Err(error) => return Err(Stop::of_unreadable(self.vendor(), &error)),
        };
        let mut asked = 0;
        loop {
            asked += 1;
            let reply = self.sender.send(self.access, walk.feed.as_str(), &request).await;
            let reply = match reply {
                Ok(reply) => reply,
                Err(error @ SendError::Outbound(OutboundError::TooLarge { .. })) => {
                    return Ok(Asked::TooLarge(error));
                }
                Err(error) => return Err(Stop::of_send(self.vendor(), error)),
            };
            walk.counts.retries += reply.retries();
            let (wait, stop) = if reply.answer().ok() {
                match api.read(cursor, &reply.answer(), credential) {
                    Ok(page) => return Ok(Asked::Page(page)),
                    Err(error @ Unreadable::NotJson) => {
                        (Duration::from_millis(500), Stop::of_unreadable(self.vendor(), &error))
                    }
                    Err(error) if outdated(&error) => return Ok(Asked::Restart),
                    Err(error) => return Err(Stop::of_unreadable(self.vendor(), &error)),
                }
            } else {
                match api.fault(&reply.answer()) {
                    Fault::Restart => return Ok(Asked::Restart),
                    fault @ Fault::Missing { .. } => {
                        let absent =
                            api.absent(cursor).ok_or_else(|| Stop::of_fault(self.vendor(), &fault))?;
                        return Ok(Asked::Page(Page { notes: vec![absent.to_owned()], ..Page::default() }));
                    }
                    fault @ Fault::TooMany { after } => {
                        let after = after.into_iter().chain(reply.retry_after()).max();
                        let stop = Stop::of_fault(self.vendor(), &fault);
                        (after.unwrap_or(Duration::from_secs(10)), stop)
                    }
                    // the client has tried it often enough
                    fault => return Err(Stop::of_fault(self.vendor(), &fault)),
                }
            };
            if asked >= self.bounds.asks || wait > self.bounds.patience {
                return Err(stop);
            }
            walk.counts.retries += 1;
            self.sender.time().sleep(wait).await;
        }
    }

    fn vendor(&self) -> &'static str {
        self.access.api.catalogue().name
    }
}

/// True for a stored cursor of an older form.
fn outdated(error: &Unreadable) -> bool {
    matches!(error, Unreadable::Shape { field, .. } if field == "cursor")
}
