//! Pages by time: what they hold, in which order, at what cost.

use super::{Backend, at, everything, record, walk};
use crate::{Direction, NewRecord, PageQuery, Position, Store, Stream};
use aegis_domain::Timestamp;

async fn filled(store: &Store, instants: impl IntoIterator<Item = i64>) {
    store.log.append(Stream::Events, instants.into_iter().map(record).collect()).await.unwrap();
}

async fn instants(store: &Store, query: PageQuery) -> Vec<Timestamp> {
    walk(store, query).await.iter().map(|r| r.at).collect()
}

pub async fn a_range_is_half_open(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    filled(&store, [1, 2, 3, 4, 5]).await;
    for direction in [Direction::Ascending, Direction::Descending] {
        let query = PageQuery { from: at(2), to: at(4), direction, ..everything(10) };
        let mut got = instants(&store, query).await;
        got.sort();
        assert_eq!(got, [at(2), at(3)], "{direction:?}");
    }
    let empty = PageQuery { from: at(4), to: at(4), ..everything(10) };
    assert!(instants(&store, empty).await.is_empty());
    let upside_down = PageQuery { from: at(5), to: at(1), ..everything(10) };
    assert!(instants(&store, upside_down).await.is_empty());
}

/// 90 records over 9 instants, so that every page boundary falls among equals.
async fn with_ties(store: &Store) {
    for _ in 0..5 {
        filled(store, (0..18).map(|n| n * 7 % 9)).await;
    }
}

pub async fn pages_go_down_through_ties(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    with_ties(&store).await;
    let all = walk(&store, everything(1_000)).await;
    assert_eq!(all.len(), 90);
    let order = |r: &crate::Record| (r.at, r.partition, r.seq);
    assert!(all.windows(2).all(|w| order(&w[0]) > order(&w[1])));
    for limit in [1, 4, 10, 89, 90] {
        let paged = walk(&store, everything(limit)).await;
        assert!(paged.iter().map(order).eq(all.iter().map(order)), "pages of {limit}");
    }
}

pub async fn pages_go_up_through_ties(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    with_ties(&store).await;
    let mut all = walk(&store, everything(1_000)).await;
    all.reverse();
    for limit in [1, 7, 90] {
        let query = PageQuery { direction: Direction::Ascending, ..everything(limit) };
        let paged = walk(&store, query).await;
        assert!(paged.iter().map(|r| r.id).eq(all.iter().map(|r| r.id)), "pages of {limit}");
    }
}

pub async fn the_last_page_says_so(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    assert!(store.log.page(everything(5)).await.unwrap().next.is_none(), "nor does an empty log go on");
    filled(&store, 0..10).await;
    let first = store.log.page(everything(5)).await.unwrap();
    assert!(first.next.is_some());
    let last = store.log.page(PageQuery { after: first.next, ..everything(5) }).await.unwrap();
    assert_eq!((last.records.len(), last.next), (5, None), "no empty page at the end");
}

pub async fn masks_narrow_a_page(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    let marked = |n: u64| NewRecord { signature: n, ..record(n as i64) };
    store.log.append(Stream::Events, (0..64).map(marked).collect()).await.unwrap();
    type Wanted = fn(u64) -> bool;
    let table: [(&[&[u64]], Wanted); 5] = [
        (&[], |_| true),
        (&[&[1]], |s| s & 1 != 0),
        (&[&[6]], |s| s & 6 == 6),
        (&[&[1, 8]], |s| s & 9 != 0),
        (&[&[1, 8], &[32], &[3]], |s| s & 9 != 0 && s & 32 != 0 && s & 3 == 3),
    ];
    for (masks, wanted) in table {
        let masks: Vec<Vec<u64>> = masks.iter().map(|any| any.to_vec()).collect();
        let query = PageQuery { masks: masks.clone(), ..everything(5) };
        let got: Vec<u64> = walk(&store, query).await.iter().map(|r| r.signature).collect();
        let want: Vec<u64> = (0..64).rev().filter(|s| wanted(*s)).collect();
        assert_eq!(got, want, "{masks:?}");
    }
    let nothing = PageQuery { masks: vec![Vec::new()], ..everything(5) };
    assert!(walk(&store, nothing).await.is_empty(), "one of no masks is never set");
}

pub async fn a_spent_budget_gives_a_short_page(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    let rare = |n: i64| NewRecord { signature: u64::from(n == 0), ..record(n) };
    store.log.append(Stream::Events, (0..100).map(rare).collect()).await.unwrap();
    let query = PageQuery { masks: vec![vec![1]], budget: 30, ..everything(10) };
    let first = store.log.page(query.clone()).await.unwrap();
    assert_eq!((first.records.len(), first.examined), (0, 30));
    assert_eq!(first.next.map(|p| p.at), Some(at(70)), "the page ends at the last record looked at");
    assert_eq!(instants(&store, query).await, [at(0)], "and the next goes on from there");
}

pub async fn a_position_outside_the_range_is_harmless(backend: &dyn Backend) {
    let place = backend.place().await;
    let store = place.open().await;
    filled(&store, 0..10).await;
    let query = PageQuery { from: at(3), to: at(6), ..everything(10) };
    let from = |ms, direction| {
        let after = Some(Position { at: at(ms), partition: u32::MAX, seq: u64::MAX });
        PageQuery { after, direction, ..query.clone() }
    };
    assert_eq!(instants(&store, from(100, Direction::Descending)).await.len(), 3);
    assert_eq!(instants(&store, from(-100, Direction::Descending)).await.len(), 0);
    assert_eq!(instants(&store, from(-100, Direction::Ascending)).await.len(), 3);
    assert_eq!(instants(&store, from(100, Direction::Ascending)).await.len(), 0);
}
