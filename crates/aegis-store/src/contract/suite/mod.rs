//! What every backend must pass: one function per promise of the contract.
//! A backend's tests implement `Backend` and call `aegis_store::promises!`, which makes a test of each.
//! Panics are how a promise is found broken; this is test code, compiled with the feature `suite` alone.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

pub mod append;
pub mod documents;
pub mod ledger;
pub mod model;
pub mod pages;
pub mod places;
pub mod tallies;

use super::{Direction, NewRecord, Page, PageQuery, Record, Store, Stream};
use aegis_domain::Timestamp;
use uuid::Uuid;

/// Makes places to keep things in.
#[async_trait::async_trait]
pub trait Backend: Send + Sync {
    /// A new, empty place.
    async fn place(&self) -> Box<dyn Place>;

    /// How many random cases a property is tried on.
    fn cases(&self) -> u32 {
        24
    }
}

/// One place of storage, which outlives the stores opened on it.
#[async_trait::async_trait]
pub trait Place: Send + Sync {
    /// Opens the store; its queue takes at most so many records.
    async fn open_with(&self, queue_records: usize) -> Store;

    /// Closes the store that is open, keeping what it acknowledged.
    async fn close(&self);

    /// Opens the store with its usual bounds.
    async fn open(&self) -> Store {
        self.open_with(50_000).await
    }

    /// Closes and opens again.
    async fn reopen(&self) -> Store {
        self.close().await;
        self.open().await
    }
}

/// Makes a test of each promise: `promises!(backend)`, where `backend()` makes a `Backend`.
#[macro_export]
macro_rules! promises {
    ($backend:path) => {
        $crate::promises! { $backend =>
            append {
                answers_come_in_order_with_rising_places,
                nothing_appended_is_no_error,
                a_repeat_within_a_batch_is_stored_once,
                a_repeat_in_a_later_batch_is_stored_once,
                a_repeat_after_reopening_is_stored_once,
                many_repeats_at_once_are_stored_once,
                streams_do_not_share_keys_or_places,
                what_was_acknowledged_survives_reopening,
                bodies_and_instants_come_back_as_given,
                a_full_queue_refuses_whole_batches_and_loses_none,
                the_count_of_appends_is_announced,
                a_healthy_log_says_so,
            }
            places {
                a_cursor_sees_every_record_once_while_many_write,
                a_read_begins_beyond_its_cursor,
                records_are_found_by_id,
                a_shared_place_is_taken_once,
                chain_writers_never_lose_a_link,
                the_shared_partition_is_read_like_any_other,
                purging_takes_the_oldest_and_at_most_the_limit,
                purging_leaves_the_neighbours_whole,
                purging_frees_keys_but_no_places,
            }
            pages {
                a_range_is_half_open,
                pages_go_down_through_ties,
                pages_go_up_through_ties,
                the_last_page_says_so,
                masks_narrow_a_page,
                a_spent_budget_gives_a_short_page,
                a_position_outside_the_range_is_harmless,
            }
            documents {
                a_document_is_found_by_id_and_key,
                a_taken_id_or_key_is_named,
                one_of_many_inserts_of_a_key_wins,
                a_key_given_up_is_free_again,
                an_update_names_the_version_it_saw,
                one_of_many_updates_of_a_version_wins,
                a_delete_can_name_a_version,
                lists_go_by_id_and_by_index,
                add_if_never_exceeds_its_bound,
                add_if_changes_the_version,
                changes_come_in_order_with_deletions,
                asking_again_from_the_last_change_misses_nothing,
                modify_survives_races,
                documents_survive_reopening,
            }
            tallies {
                a_span_counts_once,
                a_gap_or_overlap_is_refused,
                partitions_are_absorbed_apart,
                partitions_absorbed_at_once_add_up,
                a_read_takes_one_dimension_over_a_range,
                a_sum_is_what_was_read_added_up,
                a_read_without_sketches_has_none,
                a_dump_pages_through_everything,
                replacing_a_set_takes_its_cursors_along,
                clearing_a_set_forgets_it_all,
                a_crowded_bucket_is_cut_and_loses_nothing,
                purging_takes_old_buckets_of_one_grain,
                any_split_into_spans_gives_the_same_sums,
                tallies_survive_reopening,
            }
            ledger {
                the_same_rows_again_change_nothing,
                a_revision_keeps_what_was_stated_before,
                of_two_rows_in_one_place_the_later_counts,
                what_a_window_no_longer_has_is_withdrawn,
                samples_are_never_withdrawn,
                pages_of_a_book_meet_each_row_once,
                forgetting_takes_the_oldest_of_one_book,
                rows_survive_reopening,
                the_ledger_behaves_like_a_plain_map,
            }
            model {
                the_log_behaves_like_a_plain_list,
            }
        }
    };
    ($backend:path => $($module:ident { $($promise:ident,)+ })+) => {
        $(mod $module {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                let backend = $backend();
                $crate::suite::$module::$promise(&backend).await;
            })+
        })+
    };
}

/// An instant of the tests, in milliseconds.
fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(ms)
}

/// A record with a body that names its instant.
fn record(ms: i64) -> NewRecord {
    NewRecord {
        id: Uuid::now_v7(),
        at: at(ms),
        signature: 0,
        external: None,
        body: format!("body of {ms}").into_bytes(),
    }
}

/// A record the caller has a name for.
fn named(ms: i64, name: u64) -> NewRecord {
    let mut key = [7; 16];
    key[..8].copy_from_slice(&name.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    NewRecord { external: Some(key), ..record(ms) }
}

/// A page of everything, newest first.
fn everything(limit: usize) -> PageQuery {
    PageQuery {
        stream: Stream::Events,
        from: at(i64::MIN),
        to: at(i64::MAX),
        masks: Vec::new(),
        direction: Direction::Descending,
        after: None,
        limit,
        budget: 1_000_000,
    }
}

/// All records a query leads to, page by page; checks each page's bounds on the way.
async fn walk(store: &Store, mut query: PageQuery) -> Vec<Record> {
    let mut all = Vec::new();
    loop {
        let Page { records, next, examined } = store.log.page(query.clone()).await.unwrap();
        assert!(records.len() <= query.limit, "a page keeps its limit");
        assert!(examined <= query.budget, "a page keeps its budget");
        all.extend(records);
        let Some(next) = next else { return all };
        assert_ne!(query.after, Some(next), "a page with more to come goes on");
        query.after = Some(next);
    }
}
