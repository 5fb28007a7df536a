//! One feed of a run: what was begun is finished, then what is planned is read, stretch by stretch.
//! Called by `work`. Invariants: a book has one walk at a time, each with a number of its own; a stretch counts as read
//! only when its walk is whole.

use super::plan::{self, DAY, Stretch, Wanted};
use super::record::Record;
use super::sink::{FeedSink, json};
use crate::App;
use crate::costs::{self, AbsorbError};
use aegis_collect::{Access, Book, Bounds, Ended, Stop, Walk, Walker};
use aegis_domain::entities::{Credential, Entity, FeedState, InventoryPage, OpenWalk};
use aegis_domain::{Ability, RunId, Timestamp, Window};
use aegis_store::{DocumentsExt, ListQuery, StoreError, Versioned};
use tokio_util::sync::CancellationToken;

/// Pages of a list that one run reads.
const LIST_PAGES: u64 = 5_000;
/// Pages of older readings of a list that are deleted at once.
const PAGE: usize = 200;

/// A feed that is read in a run.
pub(super) struct Feed<'a> {
    pub app: &'a App,
    pub access: &'a Access,
    pub key: &'a Credential,
    pub feed: Ability,
    /// Which feed of the record.
    pub index: usize,
    pub stop: &'a CancellationToken,
}

impl Feed<'_> {
    fn id(&self) -> String {
        FeedState::id_of(self.key.id, self.feed)
    }

    /// What is known about it.
    pub async fn state(&self) -> Result<FeedState, StoreError> {
        let documents = &self.app.store.documents;
        loop {
            if let Some(found) = documents.get::<FeedState>(&self.id()).await? {
                return Ok(found.value);
            }
            match documents.insert(&FeedState::new(self.key.id, self.key.vendor.clone(), self.feed)).await {
                Ok(()) | Err(StoreError::Duplicate { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }

    async fn change(&self, change: impl Fn(&mut FeedState) + Send + Sync) -> Result<FeedState, StoreError> {
        let changed = self.app.store.documents.modify::<FeedState>(&self.id(), &change).await?;
        changed.ok_or_else(|| StoreError::Conflict { entity: FeedState::COLLECTION, id: self.id() })
    }

    /// What there is to know for a plan.
    pub fn wanted(&self, asked: Option<(Timestamp, Timestamp)>) -> Wanted {
        let kind = &self.access.credential.kind;
        Wanted {
            asked,
            now: self.app.clock.now(),
            reread: self.access.api.reread(self.feed, kind),
            reach: self.access.api.reach(self.feed, kind),
            backfill: DAY * self.app.config.backfill_days,
        }
    }

    /// Reads it as far as it is planned, or something stops it.
    pub async fn read(&self, record: &mut Record) -> Result<(), Stop> {
        let mut state = self.state().await?;
        if let Some(open) = self.app.store.documents.get::<OpenWalk>(&self.id()).await? {
            // one that an older version wrote is begun anew by the plan
            if let Ok(walk) = serde_json::from_value::<Walk>(open.value.walk.clone()) {
                state = self.walk(record, walk, open).await?;
            } else {
                self.close().await?;
            }
        }
        let wanted = self.wanted(record.run.window);
        let plan = plan::stretches(&state, &wanted);
        if plan::is_windowed(self.feed) {
            let (from, to) =
                (plan.iter().map(|s| s.window.from).min(), plan.iter().map(|s| s.window.to).max());
            record.feed(self.index, |feed| {
                (feed.from, feed.to) = (from.into_iter().chain(feed.from).min(), to.max(feed.to));
            });
        }
        for stretch in plan {
            self.begin(record, stretch, plan::goal(&wanted)).await?;
        }
        Ok(())
    }

    async fn begin(&self, record: &mut Record, stretch: Stretch, goal: Timestamp) -> Result<(), Stop> {
        let windowed = plan::is_windowed(self.feed);
        let state = self
            .change(|state| {
                state.readings += 1;
                if windowed && state.goal.is_none() {
                    state.goal = Some(goal);
                }
            })
            .await?;
        let began = self.app.clock.now();
        let walk = Walk::begin(self.access, self.feed, stretch.window, state.readings, began);
        let open = OpenWalk {
            key: self.key.id,
            feed: self.feed,
            began,
            walk: json(&walk)?,
            days: Default::default(),
        };
        self.app.store.documents.insert(&open).await?;
        // Where the feed reaches less far than was asked for, the rest needs no asking again.
        self.walk(record, walk, Versioned { version: 1, value: open }).await?;
        if stretch.back {
            self.change(|state| plan::was_read(state, stretch.window, began)).await?;
            record.run.days_read += days(stretch.window);
        }
        Ok(())
    }

    /// Walks to the end, and notes what that means for the feed.
    async fn walk(
        &self,
        record: &mut Record,
        mut walk: Walk,
        open: Versioned<OpenWalk>,
    ) -> Result<FeedState, Stop> {
        let book = Book::new(self.app.store.ledger.clone(), Walk::book(self.access, self.feed));
        let before = record.run.feeds[self.index].clone();
        let run = record.run.id;
        let mut sink = FeedSink {
            app: self.app,
            demo: self.key.demo,
            book: book.clone(),
            open,
            record,
            index: self.index,
            before,
            begun_with: walk.counts,
            rejected: Vec::new(),
        };
        let mut bounds = Bounds::default();
        if plan::is_list(self.feed) {
            bounds.pages = LIST_PAGES;
        }
        let walker =
            Walker { sender: &self.app.outbound.sender, access: self.access, bounds, stop: self.stop };
        let ended = walker.run(&mut walk, &mut sink).await;
        match ended {
            Ended::Whole => {
                if plan::is_ledger(self.feed) {
                    walk.counts.kept.withdrawn += book.sweep(&walk).await?;
                }
                sink.tell(&walk);
                let open = sink.open.value;
                self.add_up(&walk, &open).await?;
                let state = self.change(|state| ended_whole(state, &walk, &open, run)).await?;
                self.close().await?;
                self.forget_older(state.shown).await?;
                Ok(state)
            }
            Ended::Stopped(stop) => {
                sink.tell(&walk);
                self.add_up(&walk, &sink.open.value).await?;
                if stop != Stop::Cancelled {
                    self.change(|state| stopped(state, &walk, &stop, run)).await?;
                }
                Err(stop)
            }
        }
    }

    /// Adds up the days that were read, for spend and reconciliation.
    async fn add_up(&self, walk: &Walk, open: &OpenWalk) -> Result<(), StoreError> {
        if !plan::is_ledger(self.feed) || walk.counts.pages == 0 {
            return Ok(());
        }
        let (app, book) = (self.app, Walk::book(self.access, self.feed));
        // a vendor's bucket may begin before the window that it touches: months do
        let first = open.days.keys().next().map(|first| Timestamp::from_millis(*first));
        let from = first.map_or(walk.from, |first| first.min(walk.from));
        match costs::absorb(&app.store, &self.key.vendor, &book, (from, walk.to), app.clock.now()).await {
            Ok(_) => Ok(()),
            Err(AbsorbError::Store(error)) => Err(error),
            Err(error) => {
                tracing::error!(%error, "a day of a vendor's figures cannot be added up");
                Ok(())
            }
        }
    }

    /// Deletes the checkpoint.
    async fn close(&self) -> Result<(), StoreError> {
        self.app.store.documents.delete(OpenWalk::COLLECTION, &self.id(), None).await.map(|_| ())
    }

    /// Deletes the pages of readings that are not shown any more.
    async fn forget_older(&self, shown: Option<u64>) -> Result<(), StoreError> {
        let Some(shown) = shown.filter(|_| plan::is_list(self.feed)) else { return Ok(()) };
        let first = InventoryPage::prefix(self.key.id, self.feed, 0);
        let end = InventoryPage::prefix(self.key.id, self.feed, shown);
        let documents = &self.app.store.documents;
        loop {
            let query = ListQuery { index: None, after: Some(first.clone()), limit: PAGE };
            let found = documents.list::<InventoryPage>(query).await?;
            let old: Vec<String> = found.iter().map(|page| page.value.id()).filter(|id| *id < end).collect();
            for id in &old {
                documents.delete(InventoryPage::COLLECTION, id, None).await?;
            }
            if old.len() < PAGE {
                return Ok(());
            }
        }
    }
}

/// How many days a window has.
pub(super) fn days(window: Window) -> u64 {
    u64::try_from(window.to.millis() - window.from.millis()).unwrap_or(0) / DAY.as_millis() as u64
}

fn days_of(walk: &Walk) -> impl Iterator<Item = Timestamp> {
    let (from, to) = (walk.from.floor(DAY).millis(), walk.to.millis());
    (from..to).step_by(DAY.as_millis() as usize).map(Timestamp::from_millis)
}

fn ended_whole(state: &mut FeedState, walk: &Walk, open: &OpenWalk, run: RunId) {
    (state.error, state.paused) = (None, false);
    if !plan::is_windowed(state.feed) {
        state.fresh_at = Some(open.began);
        state.shown = plan::is_list(state.feed).then_some(walk.run);
        return;
    }
    plan::was_read(state, walk.window(), open.began);
    for at in days_of(walk).filter(|at| *at <= open.began) {
        let (rows, changed) = open.days.get(&at.millis()).copied().unwrap_or_default();
        let day = state.day(at);
        if day.read_at == Some(open.began) {
            continue; // noted before a crash
        }
        let was_over = day.read_at.is_some_and(|read| read >= at.plus(DAY));
        day.changed = if was_over { day.changed + changed } else { 0 };
        (day.read_at, day.run, day.rows, day.failed) = (Some(open.began), Some(run), rows, false);
    }
}

fn stopped(state: &mut FeedState, walk: &Walk, stop: &Stop, run: RunId) {
    state.error = Some(stop.to_string());
    state.paused = !stop.resumes();
    if !plan::is_windowed(state.feed) {
        return;
    }
    for at in days_of(walk) {
        let day = state.day(at);
        if day.read_at.is_none() {
            (day.failed, day.run) = (true, Some(run));
        }
    }
}
