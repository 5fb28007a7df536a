//! Times what the console asks of a store that `fill` has filled: pages, records, tallies.
//! `cargo run --release -p aegis-store --example page_bench -- --dir DIR [--runs 300] [--only NAME]`

#[path = "support/arguments.rs"]
mod arguments;

use aegis_domain::{EventFilter, Severity, Timestamp};
use aegis_store::sqlite::{self, Sqlite, SqliteConfig, Stats};
use aegis_store::{
    Deltas, Direction, Grain, PageQuery, Position, Store, Stream, Tally, TallyKey, TallyQuery,
};
use arguments::argument;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const HOUR: i64 = 3_600_000;
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let dir: String = argument("dir", String::new());
    let runs: u32 = argument("runs", 300);
    let opening = Instant::now();
    let db = sqlite::open(SqliteConfig::new(dir))?;
    let store = db.store();
    let newest = store.log.page(page(None)).await?.records;
    println!("open and first page: {:?}; {} records shown", opening.elapsed(), newest.len());
    let Some(last) = newest.first() else { return Err("fill the store first".into()) };
    let (last, high) = (last.at, last.seq);
    fill_tallies(&store, last).await?;

    let filtered = |vendor: &str, severity| {
        let mut filter = EventFilter::default();
        filter.vendor.any = vec![vendor.into()];
        filter.severity.any = vec![Some(severity)];
        PageQuery { masks: filter.masks(), ..page(None) }
    };
    let anywhere = |n: u32, query: &PageQuery| {
        // Spread over the whole log by a fixed stride, so that most of it is not in the cache.
        let share = u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        let back = 30 * 24 * HOUR / (1 << 24) * share as i64;
        PageQuery { to: Timestamp::from_millis(last.millis() - back), ..query.clone() }
    };
    let busy = filtered("openai", Severity::Critical);
    let rare = filtered("mistral", Severity::High);
    time(&db, "first page", runs, |_| store.log.page(page(None))).await?;
    time(&db, "a page anywhere", runs, |n| store.log.page(anywhere(n, &page(None)))).await?;
    time(&db, "openai, critical", runs, |_| store.log.page(busy.clone())).await?;
    time(&db, "openai, critical, anywhere", runs, |n| store.log.page(anywhere(n, &busy))).await?;
    time(&db, "mistral, high", runs, |_| store.log.page(rare.clone())).await?;
    time(&db, "mistral, high, anywhere", runs, |n| store.log.page(anywhere(n, &rare))).await?;
    let deep = position_of_page(&store, 1_000).await?;
    time(&db, "page 1,000", runs, |_| store.log.page(page(Some(deep)))).await?;
    let ids: Vec<_> =
        store.log.read(Stream::Events, 1, high / 2, 1_000).await?.iter().map(|r| r.id).collect();
    time(&db, "one record", runs, |n| store.log.get(Stream::Events, ids[n as usize % ids.len()])).await?;
    time(&db, "1,000 records by cursor", runs, |n| {
        store.log.read(Stream::Events, 1, u64::from(n) * 7_919 % high, 1_000)
    })
    .await?;
    let days = |dimension, grain, sketches| TallyQuery {
        set: "bench",
        grain,
        from: Timestamp::from_millis(0),
        to: Timestamp::from_millis(i64::MAX),
        dimension,
        value: None,
        sketches,
    };
    time(&db, "30 days of 300 users", runs, |_| store.tallies.read(days("user", Grain::Day, 0))).await?;
    time(&db, "30 days of 6 vendors, sketches", runs, |_| {
        store.tallies.read(days("vendor", Grain::Day, usize::MAX))
    })
    .await?;
    time(&db, "720 hours of 6 vendors", runs, |_| store.tallies.read(days("vendor", Grain::Hour, 0))).await?;
    let span = AtomicU64::new(store.tallies.absorbed("bench", 1).await?);
    time(&db, "add to 321 tallies", runs, |_| {
        let after = span.fetch_add(1, Ordering::Relaxed);
        let now = last.floor(Duration::from_millis(HOUR as u64));
        store.tallies.apply("bench", 1, after, after + 1, deltas(Grain::Hour, now))
    })
    .await?;
    db.shutdown().await?;
    Ok(())
}

fn page(after: Option<Position>) -> PageQuery {
    PageQuery {
        stream: Stream::Events,
        from: Timestamp::from_millis(0),
        to: Timestamp::from_millis(i64::MAX),
        masks: Vec::new(),
        direction: Direction::Descending,
        after,
        limit: 50,
        budget: 20_000,
    }
}

async fn position_of_page(store: &Store, number: usize) -> Outcome<Position> {
    let mut after = None;
    for _ in 1..number {
        after = store.log.page(page(after)).await?.next;
    }
    after.ok_or_else(|| "the log is too short".into())
}

/// Thirty days of rollups up to `last`, unless they are there.
async fn fill_tallies(store: &Store, last: Timestamp) -> Outcome<()> {
    if store.tallies.absorbed("bench", 1).await? > 0 {
        return Ok(());
    }
    let mut span = 0;
    for (grain, step, buckets) in [(Grain::Hour, HOUR, 720), (Grain::Day, 24 * HOUR, 30)] {
        for bucket in 0..buckets {
            let bucket = last.floor(Duration::from_millis(step as u64)).millis() - bucket * step;
            let mut deltas: Deltas = Vec::new();
            for (dimension, values) in [("all", 1), ("vendor", 6), ("model", 6), ("team", 8), ("user", 300)] {
                for value in 0..values {
                    let bins = |n: i32| (0..40 + n).map(|bin| (bin * 2, 1 + bin as u64)).collect();
                    let tally =
                        Tally { counters: vec![bucket % 1_000; 12], sketches: vec![bins(0), bins(9)] };
                    let value = format!("value-{value}");
                    let bucket = Timestamp::from_millis(bucket);
                    deltas.push((TallyKey { grain, bucket, dimension, value }, tally));
                }
            }
            store.tallies.apply("bench", 1, span, span + 1, deltas).await?;
            span += 1;
        }
    }
    Ok(())
}

/// What one span adds to the tallies of a bucket: 321 of them.
fn deltas(grain: Grain, bucket: Timestamp) -> Deltas {
    let mut deltas = Vec::new();
    for (dimension, values) in [("all", 1), ("vendor", 6), ("model", 6), ("team", 8), ("user", 300)] {
        for value in 0..values {
            let bins = |n: i32| (0..40 + n).map(|bin| (bin * 2, 1 + bin as u64)).collect();
            let tally = Tally { counters: vec![i64::from(value); 12], sketches: vec![bins(0), bins(9)] };
            deltas.push((TallyKey { grain, bucket, dimension, value: format!("value-{value}") }, tally));
        }
    }
    deltas
}

/// Runs a query so often and prints its times and its cost.
async fn time<T, F>(db: &Sqlite, name: &str, runs: u32, query: impl Fn(u32) -> F) -> Outcome<()>
where
    F: Future<Output = Result<T, aegis_store::StoreError>>,
{
    let only: String = argument("only", String::new());
    if !name.contains(&only) {
        return Ok(());
    }
    let (before, mut times) = (db.stats(), Vec::new());
    for n in 0..runs {
        let start = Instant::now();
        query(n).await?;
        times.push(start.elapsed());
    }
    let after = db.stats();
    times.sort_unstable();
    let part = |p: usize| times[(times.len() * p / 100).min(times.len() - 1)];
    let each = |of: fn(&Stats) -> u64| (of(&after) - of(&before)) / u64::from(runs.max(1));
    println!(
        "{name:<32} p50 {:>9.2?} p99 {:>9.2?}   {:>6} entries {:>4} blocks {:>6} tallies",
        part(50),
        part(99),
        each(|s| s.entries_examined),
        each(|s| s.blocks_read),
        each(|s| s.tallies_read),
    );
    Ok(())
}
