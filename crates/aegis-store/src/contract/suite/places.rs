//! Places: partitions, cursors, the shared partition, and what retention leaves of them.

use super::{Backend, at, everything, named, record, walk};
use crate::{Appended, NewRecord, StoreError, Stream};
use std::collections::HashSet;
use uuid::Uuid;

const EVENTS: Stream = Stream::Events;

pub async fn a_cursor_sees_every_record_once_while_many_write(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let log = store.log.clone();
            tokio::spawn(async move {
                for n in 0..30 {
                    let batch = (0..1 + n % 5).map(|i| record(writer * 1_000 + n * 10 + i)).collect();
                    log.append(EVENTS, batch).await.unwrap();
                }
            })
        })
        .collect();
    let (mut cursor, mut seen) = (0, Vec::new());
    let mut done = false;
    loop {
        // Marks are read before records: nothing may appear at or below a mark afterwards.
        let ended = done;
        if let Some(&(partition, high)) = store.log.partitions(EVENTS).await.unwrap().last() {
            while cursor < high {
                let records = store.log.read(EVENTS, partition, cursor, 7).await.unwrap();
                let Some(last) = records.last() else { break };
                assert!(records.windows(2).all(|w| w[0].seq < w[1].seq));
                cursor = last.seq;
                seen.extend(records.iter().map(|r| r.id));
            }
        }
        if ended {
            break;
        }
        done = writers.iter().all(tokio::task::JoinHandle::is_finished);
    }
    let distinct: HashSet<Uuid> = seen.iter().copied().collect();
    assert_eq!((seen.len(), distinct.len()), (720, 720));
}

pub async fn a_read_begins_beyond_its_cursor(backend: &dyn Backend) {
    let place = backend.place().await;
    let log = place.open().await.log;
    log.append(EVENTS, (0..300).map(record).collect()).await.unwrap();
    let (partition, high) = *log.partitions(EVENTS).await.unwrap().last().unwrap();
    let all = log.read(EVENTS, partition, 0, 1_000).await.unwrap();
    assert_eq!(all.len(), 300);
    for (cursor, limit) in [(0, 1), (1, 2), (63, 5), (64, 64), (65, 1_000), (299, 3)] {
        let got = log.read(EVENTS, partition, all[cursor].seq, limit).await.unwrap();
        let want = &all[cursor + 1..(cursor + 1 + limit).min(300)];
        assert_eq!(
            got.iter().map(|r| r.id).collect::<Vec<_>>(),
            want.iter().map(|r| r.id).collect::<Vec<_>>()
        );
    }
    assert!(log.read(EVENTS, partition, high, 10).await.unwrap().is_empty());
    assert!(log.read(EVENTS, partition, u64::MAX, 10).await.unwrap().is_empty());
    assert!(log.read(EVENTS, 4_000, 0, 10).await.unwrap().is_empty(), "no such partition");
}

pub async fn records_are_found_by_id(backend: &dyn Backend) {
    let place = backend.place().await;
    let log = place.open().await.log;
    let records: Vec<_> = (0..150).map(record).collect();
    log.append(EVENTS, records.clone()).await.unwrap();
    for wanted in [&records[0], &records[77], &records[149]] {
        let kept = log.get(EVENTS, wanted.id).await.unwrap().unwrap();
        assert_eq!((kept.id, kept.at, &kept.body[..]), (wanted.id, wanted.at, &wanted.body[..]));
    }
    assert!(log.get(EVENTS, Uuid::now_v7()).await.unwrap().is_none());
    assert!(log.get(Stream::Audit, records[0].id).await.unwrap().is_none(), "another stream");
}

pub async fn a_shared_place_is_taken_once(backend: &dyn Backend) {
    let place = backend.place().await;
    let log = place.open().await.log;
    log.append_at(Stream::Audit, 1, record(1)).await.unwrap();
    log.append_at(Stream::Audit, 2, record(2)).await.unwrap();
    let taken = log.append_at(Stream::Audit, 2, record(3)).await;
    assert!(matches!(taken, Err(StoreError::Conflict { .. })), "{taken:?}");
    let bodies = log.read(Stream::Audit, 0, 0, 10).await.unwrap();
    assert_eq!(bodies.iter().map(|r| (r.seq, r.at)).collect::<Vec<_>>(), [(1, at(1)), (2, at(2))]);
    let log = place.reopen().await.log;
    let taken = log.append_at(Stream::Audit, 1, record(4)).await;
    assert!(matches!(taken, Err(StoreError::Conflict { .. })), "{taken:?}");
}

pub async fn chain_writers_never_lose_a_link(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    let writers: Vec<_> = (0..6)
        .map(|writer| {
            let log = store.log.clone();
            tokio::spawn(async move {
                let mut written = 0;
                while written < 10 {
                    let marks = log.partitions(Stream::Audit).await.unwrap();
                    let head = marks.iter().find(|p| p.0 == 0).map_or(0, |p| p.1);
                    match log.append_at(Stream::Audit, head + 1, record(writer)).await {
                        Ok(()) => written += 1,
                        Err(StoreError::Conflict { .. }) => {}
                        Err(e) => panic!("{e}"),
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let chain = store.log.read(Stream::Audit, 0, 0, 100).await.unwrap();
    assert_eq!(chain.iter().map(|r| r.seq).collect::<Vec<_>>(), (1..=60).collect::<Vec<_>>());
}

pub async fn the_shared_partition_is_read_like_any_other(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    store.log.append_at(EVENTS, 1, named(10, 1)).await.unwrap();
    let answers = store.log.append(EVENTS, vec![named(5, 1), record(20)]).await.unwrap();
    assert!(matches!(answers[0], Appended::Duplicate { .. }), "keys are one per stream");
    let marks = store.log.partitions(EVENTS).await.unwrap();
    assert_eq!(marks[0], (0, 1));
    assert_eq!(marks.len(), 2);
    let instants: Vec<_> = walk(&store, everything(1)).await.iter().map(|r| r.at).collect();
    assert_eq!(instants, [at(20), at(10)]);
}

pub async fn purging_takes_the_oldest_and_at_most_the_limit(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    store.log.append(EVENTS, [5, 1, 4, 2, 3].map(record).into()).await.unwrap();
    assert_eq!(store.log.purge(EVENTS, at(5), 3).await.unwrap(), 3);
    let left: Vec<_> = walk(&store, everything(10)).await.iter().map(|r| r.at).collect();
    assert_eq!(left, [at(5), at(4)]);
    assert_eq!(store.log.purge(EVENTS, at(5), 100).await.unwrap(), 1, "an instant is kept at its bound");
    assert_eq!(store.log.purge(EVENTS, at(5), 100).await.unwrap(), 0);
    assert_eq!(store.log.purge(Stream::Audit, at(9), 100).await.unwrap(), 0);
}

pub async fn purging_leaves_the_neighbours_whole(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    // Every third record is old.
    let instant = |n: i64| if n % 3 == 0 { n } else { 10_000 + n };
    let records: Vec<_> = (0..401).map(|n| record(instant(n))).collect();
    store.log.append(EVENTS, records.clone()).await.unwrap();
    let (partition, high) = *store.log.partitions(EVENTS).await.unwrap().last().unwrap();
    assert_eq!(store.log.purge(EVENTS, at(10_000), 1_000).await.unwrap(), 134);
    let kept: Vec<_> = records.iter().filter(|r| r.at >= at(10_000)).collect();
    for record in &records {
        let found = store.log.get(EVENTS, record.id).await.unwrap();
        assert_eq!(found.is_some(), record.at >= at(10_000));
    }
    let read = store.log.read(EVENTS, partition, 0, 1_000).await.unwrap();
    assert_eq!(read.iter().map(|r| r.id).collect::<Vec<_>>(), kept.iter().map(|r| r.id).collect::<Vec<_>>());
    assert!(read.iter().zip(&kept).all(|(got, want)| *got.body == *want.body));
    assert!(read.iter().any(|r| r.seq == high), "holes are legal, places do not move");
    assert_eq!(walk(&store, everything(50)).await.len(), kept.len());
}

pub async fn purging_frees_keys_but_no_places(backend: &dyn Backend) {
    let place = backend.place().await;
    let log = place.open().await.log;
    let batch: Vec<NewRecord> = (0..100).map(|n| named(n as i64, n)).collect();
    log.append(EVENTS, batch).await.unwrap();
    let high = log.partitions(EVENTS).await.unwrap().last().unwrap().1;
    assert_eq!(log.purge(EVENTS, at(50), 1_000).await.unwrap(), 50);
    let answers = log.append(EVENTS, vec![named(1, 3), named(1, 60)]).await.unwrap();
    assert!(matches!(answers[0], Appended::Stored { .. }), "a purged key can come again");
    assert!(matches!(answers[1], Appended::Duplicate { .. }), "a kept one cannot");
    assert_eq!(log.purge(EVENTS, at(1_000), 1_000).await.unwrap(), 51);
    let log = place.reopen().await.log;
    let Appended::Stored { seq } = log.append(EVENTS, vec![named(1, 60)]).await.unwrap()[0] else {
        panic!("the key of a purged record is free after reopening too");
    };
    assert!(seq > high + 1, "places are never used again, even of an empty log");
}
