//! The ledger: replaced by key, withdrawn by window, read by place.

use super::{Backend, at};
use crate::{Ledger, NewRow, Put, Row, RowQuery, SAMPLES, Store};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;

/// A run and what it puts: instant, key, body.
type Step = (u64, Vec<(i64, u8, u8)>);

const BOOK: &str = "openai-key-1/usage";

fn row(ms: i64, key: u8, body: &str) -> NewRow {
    NewRow { at: at(ms), key: [key; 16], body: body.as_bytes().to_vec() }
}

fn window(from: i64, to: i64) -> RowQuery {
    RowQuery { book: BOOK.into(), from: at(from), to: at(to), after: None, limit: 1_000 }
}

async fn rows(ledger: &dyn Ledger, query: RowQuery) -> Vec<Row> {
    ledger.rows(query).await.unwrap()
}

/// (instant, first byte of the key, body) of what is there and not withdrawn.
async fn present(store: &Store) -> Vec<(i64, u8, String)> {
    let all = rows(&*store.ledger, window(i64::MIN, i64::MAX)).await;
    let stated =
        |row: &Row| row.body.clone().map(|b| (row.at.millis(), row.key[0], String::from_utf8(b).unwrap()));
    all.iter().filter_map(stated).collect()
}

pub async fn the_same_rows_again_change_nothing(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    let two = vec![row(0, 1, "a"), row(0, 2, "b")];
    assert_eq!(store.ledger.put(BOOK, 1, two.clone()).await.unwrap(), [Put::New, Put::New]);
    let first = rows(&*store.ledger, window(0, 1)).await;
    assert_eq!(store.ledger.put(BOOK, 2, two).await.unwrap(), [Put::Same, Put::Same]);
    assert_eq!(rows(&*store.ledger, window(0, 1)).await, first);
    assert!(first.iter().all(|r| r.revision == 0 && r.before.is_none()));
}

pub async fn a_revision_keeps_what_was_stated_before(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    store.ledger.put(BOOK, 1, vec![row(0, 1, "a")]).await.unwrap();
    assert_eq!(store.ledger.put(BOOK, 2, vec![row(0, 1, "b")]).await.unwrap(), [Put::Changed]);
    let [revised] = &rows(&*store.ledger, window(0, 1)).await[..] else { panic!("one row") };
    assert_eq!((revised.body.as_deref(), revised.before.as_deref()), (Some(&b"b"[..]), Some(&b"a"[..])));
    assert_eq!(revised.revision, 1);
}

pub async fn of_two_rows_in_one_place_the_later_counts(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    let put = store.ledger.put(BOOK, 1, vec![row(0, 1, "a"), row(0, 1, "b")]).await.unwrap();
    assert_eq!(put, [Put::New, Put::Changed]);
    assert_eq!(present(&store).await, [(0, 1, "b".to_owned())]);
}

pub async fn what_a_window_no_longer_has_is_withdrawn(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    store.ledger.put(BOOK, 1, vec![row(0, 1, "a"), row(5, 2, "b"), row(10, 3, "c")]).await.unwrap();
    store.ledger.put("another", 1, vec![row(5, 2, "b")]).await.unwrap();
    store.ledger.put(BOOK, 2, vec![row(0, 1, "a")]).await.unwrap();
    assert_eq!(store.ledger.withdraw(BOOK, at(0), at(10), 2, 10).await.unwrap(), 1);
    assert_eq!(store.ledger.withdraw(BOOK, at(0), at(10), 2, 10).await.unwrap(), 0, "once");
    assert_eq!(present(&store).await, [(0, 1, "a".to_owned()), (10, 3, "c".to_owned())]);
    let gone = &rows(&*store.ledger, window(5, 6)).await[0];
    assert_eq!((gone.body.as_deref(), gone.before.as_deref()), (None, Some(&b"b"[..])), "still to be seen");
    assert_eq!(store.ledger.put(BOOK, 3, vec![row(5, 2, "b")]).await.unwrap(), [Put::New], "and back again");
    assert_eq!(store.ledger.withdraw("nobody's", at(0), at(10), 2, 10).await.unwrap(), 0);
}

pub async fn samples_are_never_withdrawn(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    store.ledger.put(BOOK, SAMPLES, vec![row(0, 1, "a"), row(0, 3, "c")]).await.unwrap();
    store.ledger.put(BOOK, 1, vec![row(0, 2, "b"), row(0, 3, "c")]).await.unwrap();
    assert_eq!(store.ledger.withdraw(BOOK, at(0), at(10), 2, 10).await.unwrap(), 2, "the latest run counts");
    assert_eq!(present(&store).await, [(0, 1, "a".to_owned())]);
}

pub async fn pages_of_a_book_meet_each_row_once(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    let many: Vec<_> = (0..50).map(|n| row(i64::from(n / 7), n, "x")).collect();
    store.ledger.put(BOOK, 1, many).await.unwrap();
    let mut query = RowQuery { limit: 4, ..window(1, 6) };
    let mut seen = Vec::new();
    loop {
        let page = rows(&*store.ledger, query.clone()).await;
        let Some(last) = page.last() else { break };
        query.after = Some((last.at, last.key));
        seen.extend(page.iter().map(|r| r.key[0]));
    }
    assert_eq!(seen, (7..42).collect::<Vec<u8>>());
}

pub async fn forgetting_takes_the_oldest_of_one_book(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    store.ledger.put(BOOK, 1, (0..9).map(|n| row(i64::from(n), n, "x")).collect()).await.unwrap();
    store.ledger.put("another", 1, vec![row(0, 1, "x")]).await.unwrap();
    assert_eq!(store.ledger.forget(BOOK, at(5), 3).await.unwrap(), 3);
    assert_eq!(present(&store).await[0].0, 3);
    assert_eq!(store.ledger.forget(BOOK, at(5), 30).await.unwrap(), 2);
    assert_eq!(rows(&*store.ledger, RowQuery { book: "another".into(), ..window(0, 9) }).await.len(), 1);
}

pub async fn rows_survive_reopening(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    store.ledger.put(BOOK, 1, vec![row(0, 1, "a")]).await.unwrap();
    drop(store);
    let store = place.reopen().await;
    assert_eq!(present(&store).await, [(0, 1, "a".to_owned())]);
}

/// Whatever is put and withdrawn, the book holds what a plain map would.
pub async fn the_ledger_behaves_like_a_plain_map(backend: &dyn Backend) {
    let steps = proptest::collection::vec(
        (0..4u64, proptest::collection::vec((0..6i64, 0..4u8, 0..3u8), 0..6)),
        1..8,
    );
    let mut runner =
        TestRunner::new(Config { cases: backend.cases(), failure_persistence: None, ..Config::default() });
    let handle = tokio::runtime::Handle::current();
    let case = |steps: Vec<Step>| {
        let check = async {
            let place = backend.place().await;
            let store = place.open().await;
            let mut model: BTreeMap<(i64, u8), (u64, String)> = BTreeMap::new();
            for (run, puts) in steps {
                let rows = puts.iter().map(|(ms, key, body)| row(*ms, *key, &body.to_string())).collect();
                store.ledger.put(BOOK, run, rows).await.unwrap();
                for (ms, key, body) in puts {
                    model.insert((ms, key), (run, body.to_string()));
                }
                store.ledger.withdraw(BOOK, at(0), at(3), run, 100).await.unwrap();
                model.retain(|(ms, _), (seen, _)| *ms >= 3 || *seen == run);
            }
            let want: Vec<_> = model.into_iter().map(|((ms, key), (_, body))| (ms, key, body)).collect();
            prop_assert_eq!(present(&store).await, want);
            Ok(())
        };
        tokio::task::block_in_place(|| handle.block_on(check))
    };
    runner.run(&steps, case).unwrap();
}
