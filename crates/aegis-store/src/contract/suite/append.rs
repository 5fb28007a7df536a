//! Appending: what is acknowledged, what a repeat is, what happens when too much comes.

use super::{Backend, at, everything, named, record, walk};
use crate::{Appended, NewRecord, StoreError, Stream};
use std::collections::HashSet;
use uuid::Uuid;

const EVENTS: Stream = Stream::Events;

fn places(answers: &[Appended]) -> Vec<u64> {
    answers
        .iter()
        .map(|a| match a {
            Appended::Stored { seq } => *seq,
            Appended::Duplicate { id } => panic!("{id} was never stored before"),
        })
        .collect()
}

pub async fn answers_come_in_order_with_rising_places(backend: &dyn Backend) {
    let place = backend.place().await;
    let log = place.open().await.log;
    let mut last = 0;
    for batch in [vec![record(3), record(1), record(2)], vec![record(9)], vec![record(0); 1]] {
        for seq in places(&log.append(EVENTS, batch).await.unwrap()) {
            assert!(seq > last, "{seq} after {last}");
            last = seq;
        }
    }
    let (_, high) = *log.partitions(EVENTS).await.unwrap().last().unwrap();
    assert_eq!(high, last, "the high-water mark is the last place");
}

pub async fn nothing_appended_is_no_error(backend: &dyn Backend) {
    let place = backend.place().await;
    let log = place.open().await.log;
    assert_eq!(log.append(EVENTS, Vec::new()).await, Ok(Vec::new()));
    assert_eq!(log.partitions(EVENTS).await.unwrap().iter().map(|p| p.1).max().unwrap_or(0), 0);
}

pub async fn a_repeat_within_a_batch_is_stored_once(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    let first = named(1, 1);
    let id = first.id;
    let answers = store.log.append(EVENTS, vec![first, named(2, 2), named(3, 1)]).await.unwrap();
    assert!(matches!(answers[..2], [Appended::Stored { .. }, Appended::Stored { .. }]));
    assert_eq!(answers[2], Appended::Duplicate { id });
    assert_eq!(walk(&store, everything(10)).await.len(), 2);
}

pub async fn a_repeat_in_a_later_batch_is_stored_once(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    let batch: Vec<_> = (0..200).map(|n| named(n as i64, n)).collect();
    store.log.append(EVENTS, batch.clone()).await.unwrap();
    let again = (0..200).map(|n| named(1_000 + n as i64, n)).collect();
    let answers = store.log.append(EVENTS, again).await.unwrap();
    for (answer, first) in answers.iter().zip(&batch) {
        assert_eq!(*answer, Appended::Duplicate { id: first.id }, "answered with the first one's id");
    }
    assert_eq!(walk(&store, everything(1_000)).await.len(), 200);
}

pub async fn a_repeat_after_reopening_is_stored_once(backend: &dyn Backend) {
    let place = backend.place().await;
    let first = named(1, 1);
    let id = first.id;
    place.open().await.log.append(EVENTS, vec![first]).await.unwrap();
    let store = place.reopen().await;
    let answers = store.log.append(EVENTS, vec![named(2, 1), named(2, 2)]).await.unwrap();
    assert_eq!(answers[0], Appended::Duplicate { id });
    assert!(matches!(answers[1], Appended::Stored { .. }));
}

pub async fn many_repeats_at_once_are_stored_once(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    let tasks: Vec<_> = (0..16)
        .map(|writer| {
            let log = store.log.clone();
            let batch = (0..50).map(|n| named(writer, n)).collect();
            tokio::spawn(async move { log.append(EVENTS, batch).await.unwrap() })
        })
        .collect();
    let mut stored = 0;
    for task in tasks {
        stored += task.await.unwrap().iter().filter(|a| matches!(a, Appended::Stored { .. })).count();
    }
    assert_eq!(stored, 50, "each key was stored by one writer");
    assert_eq!(walk(&store, everything(1_000)).await.len(), 50);
}

pub async fn streams_do_not_share_keys_or_places(backend: &dyn Backend) {
    let place = backend.place().await;
    let log = place.open().await.log;
    for stream in Stream::ALL {
        let answers = log.append(stream, vec![named(1, 1)]).await.unwrap();
        assert!(matches!(answers[0], Appended::Stored { .. }), "{stream:?} has keys of its own");
    }
    log.append(Stream::Audit, vec![record(5)]).await.unwrap();
    let (partition, high) = *log.partitions(EVENTS).await.unwrap().last().unwrap();
    assert_eq!(log.read(EVENTS, partition, 0, 10).await.unwrap().len(), 1);
    let (_, audit) = *log.partitions(Stream::Audit).await.unwrap().last().unwrap();
    assert!(audit > high);
}

pub async fn what_was_acknowledged_survives_reopening(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    let mut ids = HashSet::new();
    for round in 0..5 {
        let batch: Vec<_> = (0..40).map(|n| record(round * 100 + n)).collect();
        ids.extend(batch.iter().map(|r| r.id));
        store.log.append(EVENTS, batch).await.unwrap();
    }
    let before = store.log.partitions(EVENTS).await.unwrap();
    drop(store);
    let store = place.reopen().await;
    assert_eq!(store.log.partitions(EVENTS).await.unwrap(), before);
    let found: HashSet<Uuid> = walk(&store, everything(33)).await.iter().map(|r| r.id).collect();
    assert_eq!(found, ids);
}

pub async fn bodies_and_instants_come_back_as_given(backend: &dyn Backend) {
    let place = backend.place().await;
    let log = place.open().await.log;
    let year = |text: &str| text.parse().unwrap();
    let noise: Vec<u8> = (0..1_500_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let given = vec![
        NewRecord { body: Vec::new(), ..record(0) },
        NewRecord { body: noise, signature: u64::MAX >> 1, ..record(-5) },
        NewRecord { body: vec![0; 300_000], at: year("0001-01-01T00:00:00Z"), ..record(0) },
        NewRecord { body: b"\xff\xfe not UTF-8".to_vec(), at: year("9999-12-01T00:00:00Z"), ..record(0) },
        NewRecord { at: at(i64::MAX), ..record(0) },
        NewRecord { at: at(i64::MIN), ..record(0) },
    ];
    log.append(EVENTS, given.clone()).await.unwrap();
    for record in given {
        let kept = log.get(EVENTS, record.id).await.unwrap().unwrap();
        assert_eq!((kept.at, kept.signature), (record.at, record.signature));
        assert!(*kept.body == *record.body, "the body of {:?} is as given", record.at);
    }
}

pub async fn a_full_queue_refuses_whole_batches_and_loses_none(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open_with(60).await;
    let tasks: Vec<_> = (0..300)
        .map(|n| {
            let log = store.log.clone();
            tokio::spawn(async move {
                let batch: Vec<_> = (0..25).map(|i| record(n * 100 + i)).collect();
                let ids: Vec<_> = batch.iter().map(|r| r.id).collect();
                (log.append(EVENTS, batch).await, ids)
            })
        })
        .collect();
    let (mut kept, mut refused) = (HashSet::new(), 0);
    for task in tasks {
        match task.await.unwrap() {
            (Ok(answers), ids) => {
                assert_eq!(answers.len(), ids.len());
                kept.extend(ids);
            }
            (Err(StoreError::Busy), _) => refused += 1,
            (Err(e), _) => panic!("{e}"),
        }
    }
    assert!(refused > 0, "300 batches do not fit into a queue for two");
    let found: HashSet<_> = walk(&store, everything(500)).await.iter().map(|r| r.id).collect();
    assert_eq!(found, kept, "what was acknowledged is there, what was refused is not");
    assert_eq!(store.log.queue(), (0, 60));
    store.log.append(EVENTS, vec![record(1)]).await.unwrap();
}

pub async fn the_count_of_appends_is_announced(backend: &dyn Backend) {
    let place = backend.place().await;
    let log = place.open().await.log;
    let mut appended = log.appended();
    let before = *appended.borrow_and_update();
    log.append(EVENTS, vec![named(1, 1), named(2, 2), named(3, 1)]).await.unwrap();
    assert!(appended.has_changed().unwrap(), "announced before it is answered");
    assert_eq!(*appended.borrow_and_update(), before + 2);
    log.append_at(EVENTS, 1, record(4)).await.unwrap();
    assert_eq!(*appended.borrow_and_update(), before + 3);
}

pub async fn a_healthy_log_says_so(backend: &dyn Backend) {
    let place = backend.place().await;
    let log = place.open().await.log;
    log.check().await.unwrap();
    log.check().await.unwrap();
}
