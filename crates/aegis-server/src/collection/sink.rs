//! Where the pages of a walk go: figures into the ledger, lists into the inventory, the place into a checkpoint.
//! Called by the walker. Invariant: rows are durable before the checkpoint that leaves their page out.

use super::plan::{DAY, is_list};
use super::record::{Record, add, since};
use crate::App;
use crate::error::{ApiError, Code};
use crate::pipeline::collected;
use aegis_collect::{Book, Counts, Kept, Sink, Walk};
use aegis_domain::entities::{FeedRun, InventoryPage, OpenWalk};
use aegis_domain::{Ability, LedgerRow, Timestamp};
use aegis_store::{DocumentsExt, Put, StoreError, Versioned};
use aegis_vendors::admin::{Conversation, Row};
use serde::Serialize;
use serde_json::Value;

/// Keeps the pages of one walk.
pub(super) struct FeedSink<'a> {
    pub app: &'a App,
    /// Made by the demo: what comes by it is demo data.
    pub demo: bool,
    pub book: Book,
    /// The checkpoint as it is stored.
    pub open: Versioned<OpenWalk>,
    pub record: &'a mut Record,
    /// Which feed of the record.
    pub index: usize,
    /// The feed's part of the record before this walk.
    pub before: FeedRun,
    /// What the walk had done before this run.
    pub begun_with: Counts,
    /// Why conversations were not taken in.
    pub rejected: Vec<String>,
}

/// Reasons shown.
const MOST_REASONS: usize = 8;

impl Sink for FeedSink<'_> {
    async fn keep(&mut self, walk: &Walk, rows: Vec<Row>) -> Result<Kept, StoreError> {
        if is_list(walk.feed) {
            return self.list(walk, rows).await;
        }
        if walk.feed == Ability::Content {
            return self.content(rows).await;
        }
        let figure = |row| match row {
            Row::Ledger(row) => Some(row),
            Row::Audit(_) | Row::Key(_) | Row::Member(_) | Row::Model(_) | Row::Content(_) => None,
        };
        let rows: Vec<LedgerRow> = rows.into_iter().filter_map(figure).collect();
        let mut kept = Kept::default();
        for (row, put) in rows.iter().zip(self.book.put_each(walk.run, &rows).await?) {
            kept.count(put);
            let (count, changed) = self.open.value.days.entry(row.from.floor(DAY).millis()).or_default();
            *count += 1;
            *changed += u64::from(put == Put::Changed);
        }
        Ok(kept)
    }

    async fn checkpoint(&mut self, walk: &Walk) -> Result<(), StoreError> {
        self.open.value.walk = json(walk)?;
        self.app.store.documents.update(self.open.version, &self.open.value).await?;
        self.open.version += 1;
        self.tell(walk);
        self.record.write_sometimes().await
    }
}

impl FeedSink<'_> {
    /// Puts into the record how far the walk is.
    pub fn tell(&mut self, walk: &Walk) {
        let (before, begun_with, rejected) = (&self.before, &self.begun_with, &self.rejected);
        self.record.feed(self.index, |feed| {
            add(feed, before, &since(begun_with, &walk.counts));
            feed.left = walk.left() as u64;
            feed.notes.clone_from(&walk.notes);
            feed.notes.extend(rejected.iter().cloned());
        });
    }

    /// A page of a list, beside those that are shown until the walk is whole.
    async fn list(&mut self, walk: &Walk, rows: Vec<Row>) -> Result<Kept, StoreError> {
        let items: Vec<Value> = rows.iter().filter_map(item).collect::<Result<_, _>>()?;
        let kept = Kept { same: items.len() as u64, ..Kept::default() };
        if items.is_empty() {
            return Ok(kept);
        }
        let OpenWalk { key, feed, .. } = self.open.value;
        let page = InventoryPage { key, feed, reading: walk.run, page: walk.counts.pages, items };
        match self.app.store.documents.insert(&page).await {
            // read before, by a run that was cut before its checkpoint
            Err(StoreError::Duplicate { .. }) => {
                let id = aegis_domain::entities::Entity::id(&page);
                self.app
                    .store
                    .documents
                    .modify::<InventoryPage>(&id, &|found| found.items.clone_from(&page.items))
                    .await?;
            }
            done => done?,
        }
        Ok(kept)
    }
}

impl FeedSink<'_> {
    /// Conversations go the way of all events: engine, policy, log.
    async fn content(&mut self, rows: Vec<Row>) -> Result<Kept, StoreError> {
        let said = |row| match row {
            Row::Content(conversation) => Some(*conversation),
            Row::Ledger(_) | Row::Audit(_) | Row::Key(_) | Row::Member(_) | Row::Model(_) => None,
        };
        let said: Vec<Conversation> = rows.into_iter().filter_map(said).collect();
        let days: Vec<Timestamp> = said.iter().map(|c| c.interaction.occurred_at.floor(DAY)).collect();
        let kept = collected::keep(self.app, said, self.demo, self.open.value.key).await.map_err(unkept)?;
        for day in days {
            self.open.value.days.entry(day.millis()).or_default().0 += 1;
        }
        if !kept.reasons.is_empty() {
            self.rejected.extend(
                kept.reasons.into_iter().map(|why| format!("some messages were not taken in: {why}")),
            );
            self.rejected.truncate(MOST_REASONS);
            self.rejected.dedup();
        }
        Ok(Kept { new: kept.stored, same: kept.duplicates, ..Kept::default() })
    }
}

fn unkept(error: ApiError) -> StoreError {
    match error.code {
        Code::Busy => StoreError::Busy,
        _ => StoreError::Unavailable(error.cause.unwrap_or(error.message)),
    }
}

fn item(row: &Row) -> Option<Result<Value, StoreError>> {
    match row {
        Row::Key(key) => Some(json(key)),
        Row::Member(member) => Some(json(member)),
        Row::Model(model) => Some(json(model)),
        Row::Ledger(_) | Row::Audit(_) | Row::Content(_) => None,
    }
}

/// Values of the API as JSON.
pub(super) fn json<T: Serialize>(value: &T) -> Result<Value, StoreError> {
    serde_json::to_value(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}
