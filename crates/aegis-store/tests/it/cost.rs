//! Cost grows with what is shown, never with what is stored: counted, not timed.

use super::{at, open, page};
use aegis_store::sqlite::{Sqlite, Stats};
use aegis_store::{
    Deltas, Grain, NewRecord, PageQuery, Position, Store, Stream, Tally, TallyKey, TallyQuery,
};
use uuid::Uuid;

const HOUR: i64 = 3_600_000;

/// Appends events `from`..`to`, ten milliseconds apart. Every sixth has bit 1, every fortieth bit 2.
async fn fill(store: &Store, from: i64, to: i64) {
    for first in (from..to).step_by(5_000) {
        let event = |n: i64| NewRecord {
            id: Uuid::now_v7(),
            at: at(n * 10),
            signature: u64::from(n % 6 == 0) | u64::from(n % 40 == 0) << 1,
            external: None,
            body: b"{}".to_vec(),
        };
        store.log.append(Stream::Events, (first..first + 5_000).map(event).collect()).await.unwrap();
    }
}

/// Adds events to 30 days of hourly tallies of 20 vendors.
async fn tally(store: &Store, after: u64, upto: u64) {
    let key = |hour: i64, value: i64| TallyKey {
        grain: Grain::Hour,
        bucket: at(hour * HOUR),
        dimension: "vendor",
        value: format!("vendor-{value}"),
    };
    let sketch = vec![(0..40).map(|bin| (bin, upto)).collect()];
    let deltas: Deltas = (0..720)
        .flat_map(|hour| (0..20).map(move |value| (hour, value)))
        .map(|(h, v)| (key(h, v), Tally { counters: vec![upto as i64; 9], sketches: sketch.clone() }))
        .collect();
    store.tallies.apply("rollups", 1, after, upto, deltas).await.unwrap();
}

/// What was counted while `query` ran: index entries, blocks, tallies, steps.
async fn counted(db: &Sqlite, query: impl Future<Output = usize>) -> [u64; 4] {
    let before = db.stats();
    assert!(query.await > 0, "there is something to show");
    let of = |s: Stats| [s.entries_examined, s.blocks_read, s.tallies_read, s.query_steps];
    let (before, after) = (of(before), of(db.stats()));
    std::array::from_fn(|i| after[i] - before[i])
}

/// The cost of each view at the present size.
async fn costs(db: &Sqlite, size: i64) -> Vec<(&'static str, [u64; 4])> {
    let store = db.store();
    let rows = async |query: PageQuery| store.log.page(query).await.unwrap().records.len();
    // Page 1,000 of fifty begins beyond the fifty-thousandth newest.
    let n = size - 50_000;
    let deep = Position { at: at(n * 10), partition: 1, seq: n as u64 + 1 };
    let tallies = TallyQuery {
        set: "rollups",
        grain: Grain::Hour,
        from: at(0),
        to: at(720 * HOUR),
        dimension: "vendor",
        value: None,
        sketches: 0,
    };
    vec![
        ("first page", counted(db, rows(page(50))).await),
        ("two masks", counted(db, rows(PageQuery { masks: vec![vec![1], vec![2]], ..page(50) })).await),
        ("page 1,000", counted(db, rows(PageQuery { after: Some(deep), ..page(50) })).await),
        ("tallies", counted(db, async { store.tallies.read(tallies).await.unwrap().len() }).await),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_million_events_cost_no_more_than_a_hundred_thousand() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path());
    let store = db.store();
    fill(&store, 0, 100_000).await;
    tally(&store, 0, 100_000).await;
    let small = costs(&db, 100_000).await;
    fill(&store, 100_000, 1_000_000).await;
    tally(&store, 100_000, 1_000_000).await;
    let large = costs(&db, 1_000_000).await;
    assert_eq!(small, large);
    let entries: Vec<u64> = large.iter().map(|(_, counts)| counts[0]).collect();
    // The filter's fifty are each the only one of 120 that have both bits.
    assert!(entries[0] == 50 && entries[1] <= 6_000 && entries[2] == 50, "{entries:?}");
    assert_eq!(large[3].1[2], 720 * 20, "the tallies of the buckets shown, and no more");
    db.shutdown().await.unwrap();
}
