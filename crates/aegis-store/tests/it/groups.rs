//! Work that shares a transaction: what fails spoils no other work and leaves nothing behind.

use super::{all, open, record};
use aegis_store::{NewRecord, StoreError, Stream};
use rusqlite::Connection;

const EVENTS: Stream = Stream::Events;

fn is_duplicate<T>(answer: &Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::Duplicate { entity: "events", key }) if key == "id")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_with_a_taken_id_is_refused_alone() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).store();
    let first = record(1);
    store.log.append(EVENTS, vec![first.clone()]).await.unwrap();
    // Another process holds the file, so that all of these wait for one transaction.
    let other = Connection::open(dir.path().join("aegisflow.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let append = |batch: Vec<NewRecord>| {
        let log = store.log.clone();
        tokio::spawn(async move { log.append(EVENTS, batch).await })
    };
    let before = append(vec![record(2)]);
    let culprit = append(vec![record(3), NewRecord { at: super::at(9), ..first }]);
    let after: Vec<_> = (0..10).map(|n| append(vec![record(10 + n)])).collect();
    other.execute_batch("COMMIT").unwrap();
    let refused = culprit.await.unwrap();
    assert!(is_duplicate(&refused), "{refused:?}");
    before.await.unwrap().unwrap();
    for answer in after {
        answer.await.unwrap().unwrap();
    }
    let mut instants: Vec<_> = all(&store).await.iter().map(|r| r.at.millis()).collect();
    instants.sort_unstable();
    assert_eq!(instants, [1, 2].into_iter().chain(10..20).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_shared_place_given_a_taken_id_stays_free() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).store();
    let first = record(1);
    store.log.append(EVENTS, vec![first.clone()]).await.unwrap();
    let refused = store.log.append_at(EVENTS, 1, first).await;
    assert!(is_duplicate(&refused), "{refused:?}");
    assert_eq!(store.log.partitions(EVENTS).await.unwrap(), [(1, 1)]);
    store.log.append_at(EVENTS, 1, record(2)).await.unwrap();
    assert_eq!(all(&store).await.len(), 2);
}

#[tokio::test]
async fn a_file_held_for_long_is_busy_and_heals() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).store();
    let other = Connection::open(dir.path().join("aegisflow.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = store.log.append(EVENTS, vec![record(1)]).await;
    assert_eq!(refused, Err(StoreError::Busy));
    other.execute_batch("COMMIT").unwrap();
    store.log.append(EVENTS, vec![record(2)]).await.unwrap();
    assert_eq!(all(&store).await.len(), 1);
}
