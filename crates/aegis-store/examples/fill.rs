//! Fills a store with events through its contract and says how fast that went.
//! `cargo run --release -p aegis-store --example fill -- --dir DIR [--events 10000000] [--batch 500] [--writers 8]
//! [--external 1] [--days 30] [--queue 50000]`. Events spread evenly over the days up to now, in order.
// Whoever starts something here waits for it; there is no server to hang it on.
#![allow(clippy::disallowed_methods)]

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/events.rs"]
mod events;

use aegis_domain::{Clock, SystemClock, Timestamp};
use aegis_store::sqlite::{self, SqliteConfig};
use aegis_store::{Appended, Stream};
use arguments::argument;
use events::Maker;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

struct Plan {
    events: u64,
    batch: u64,
    from: Timestamp,
    span: u64,
    external: bool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir: String = argument("dir", String::new());
    if dir.is_empty() {
        return Err("say where: --dir DIR".into());
    }
    let days: u64 = argument("days", 30);
    let plan = Arc::new(Plan {
        events: argument("events", 10_000_000),
        batch: argument("batch", 500),
        from: SystemClock.now().minus(Duration::from_secs(days * 86_400)),
        span: days * 86_400_000,
        external: argument("external", 1) == 1,
    });
    let db = sqlite::open(SqliteConfig::new(dir))?;
    let store = db.store();
    let next = Arc::new(AtomicU64::new(0));
    let (start, mut tasks) = (Instant::now(), Vec::new());
    for seed in 1..=argument("writers", 8) {
        let (plan, next, log) = (Arc::clone(&plan), Arc::clone(&next), Arc::clone(&store.log));
        tasks.push(tokio::spawn(async move {
            let mut maker = Maker::new(seed);
            let (mut bytes, mut waits) = (0u64, Vec::new());
            loop {
                let first = next.fetch_add(plan.batch, Ordering::Relaxed);
                if first >= plan.events {
                    return Ok::<_, aegis_store::StoreError>((bytes, waits));
                }
                let count = plan.batch.min(plan.events - first);
                let at = |i: u64| {
                    Timestamp::from_millis(
                        plan.from.millis()
                            + (u128::from(i) * u128::from(plan.span) / u128::from(plan.events)) as i64,
                    )
                };
                let records: Vec<_> =
                    (first..first + count).map(|i| maker.record(at(i), plan.external)).collect();
                bytes += records.iter().map(|r| r.body.len() as u64).sum::<u64>();
                let asked = Instant::now();
                let appended = log.append(Stream::Events, records).await?;
                waits.push(asked.elapsed());
                assert!(appended.iter().all(|a| matches!(a, Appended::Stored { .. })));
            }
        }));
    }
    let (mut bytes, mut waits) = (0, Vec::new());
    for task in tasks {
        let (b, w) = task.await??;
        bytes += b;
        waits.extend(w);
    }
    let took = start.elapsed().as_secs_f64();
    waits.sort_unstable();
    let part = |p: usize| waits.get(waits.len() * p / 1_000).copied().unwrap_or_default();
    let stats = db.stats();
    println!(
        "{} events of {} bytes in {took:.1} s: {:.0} events/s, {} commits; wait p50 {:?} p99 {:?} p99.9 {:?}",
        plan.events,
        bytes / plan.events,
        plan.events as f64 / took,
        stats.commits,
        part(500),
        part(990),
        part(999),
    );
    println!("processor: {}", processor_time(plan.events));
    let closing = Instant::now();
    db.shutdown().await?;
    let size = std::fs::metadata(db.path())?.len();
    let per = |bytes: u64| bytes as f64 / plan.events as f64;
    println!(
        "closed in {:?}; {:.1} MB on disk, {:.0} bytes per event; {:.0} bytes written per event",
        closing.elapsed(),
        size as f64 / 1e6,
        per(size),
        per(written()),
    );
    Ok(())
}
/// Bytes this process sent to disk (Linux).
fn written() -> u64 {
    let io = std::fs::read_to_string("/proc/self/io").unwrap_or_default();
    io.lines().find_map(|l| l.strip_prefix("write_bytes: ")?.parse().ok()).unwrap_or(0)
}

/// Microseconds of processor time per event, by thread (Linux). On a shared machine this says more than the clock.
fn processor_time(events: u64) -> String {
    let mut threads: Vec<(String, u64)> = Vec::new();
    for task in std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten() {
        let read = |file: &str| std::fs::read_to_string(task.path().join(file)).unwrap_or_default();
        // Nanoseconds on a processor come first.
        let nanos = read("schedstat").split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0u64);
        let name = read("comm").trim().to_owned();
        match threads.iter_mut().find(|t| t.0 == name) {
            Some(thread) => thread.1 += nanos,
            None => threads.push((name, nanos)),
        }
    }
    let each =
        |(name, nanos): &(String, u64)| format!("{name} {:.2} µs", *nanos as f64 / 1e3 / events as f64);
    threads.iter().map(each).collect::<Vec<_>>().join(", ")
}
