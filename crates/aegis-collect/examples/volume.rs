//! Syncs a vendor with a million rows of usage into a ledger on disk, and again, and says how fast that went and how much
//! memory it took above an idle process. The vendor is simulated in a process of its own.
//! `cargo run --release -p aegis-collect --example volume -- [ROWS=1000000] [DAYS=90]`
// Whoever starts something here waits for it; there is no server to hang it on.
#![allow(clippy::disallowed_methods)]

use aegis_collect::{Access, Book, Bounds, Ended, Kept, Sender, Sink, Walk, Walker};
use aegis_domain::{Ability, Clock, SystemClock, Window};
use aegis_outbound::{Call, Client, Limits, Pace, Party, Policy, Reach, Roots, Rules, Settings, SystemTime};
use aegis_sim::{Profile, SimConfig, router_at, serve};
use aegis_store::StoreError;
use aegis_store::sqlite::{SqliteConfig, open};
use aegis_vendors::admin::{Credential, Row, admin};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

type Failed = Box<dyn std::error::Error>;

const DAY: Duration = Duration::from_secs(86_400);
const RULES: Rules = Rules { reach: Reach::Private, plain_http: true };

fn main() -> Result<(), Failed> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    if arguments.first().is_some_and(|a| a == "simulate") {
        return runtime.block_on(simulate());
    }
    let number = |i: usize, default: u64| arguments.get(i).map_or(Ok(default), |a| a.parse());
    let (rows, days) = (number(0, 1_000_000)?, number(1, 90)?);
    // the vendor ends when its input does: with this process, however that ends
    let mut vendor = Command::new(std::env::current_exe()?)
        .arg("simulate")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut base = String::new();
    BufReader::new(vendor.stdout.take().ok_or("no output")?).read_line(&mut base)?;
    let measured = runtime.block_on(measure(base.trim(), rows, days));
    drop(vendor.stdin.take());
    vendor.wait()?;
    measured
}

/// The vendor's process: says where it is, and serves until its input ends.
async fn simulate() -> Result<(), Failed> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let mut out = std::io::stdout();
    writeln!(out, "http://{}", listener.local_addr()?)?;
    out.flush()?;
    let router = router_at(SimConfig { seed: 7, faults: Profile::None }, Arc::new(SystemClock));
    let ended = async {
        let wait = || std::io::stdin().read_to_end(&mut Vec::new());
        // input that cannot be read has ended
        let _ = tokio::task::spawn_blocking(wait).await;
    };
    Ok(serve(listener, router, ended).await?)
}

/// Counts rows; checkpoints are made, and kept in memory.
struct Counting {
    book: Book,
    checkpoint: Option<String>,
}

impl Sink for Counting {
    async fn keep(&mut self, walk: &Walk, rows: Vec<Row>) -> Result<Kept, StoreError> {
        self.book.keep(walk.run, &rows).await
    }

    async fn checkpoint(&mut self, walk: &Walk) -> Result<(), StoreError> {
        self.checkpoint = serde_json::to_string(walk).ok();
        Ok(())
    }
}

async fn measure(base: &str, rows: u64, days: u64) -> Result<(), Failed> {
    let time = Arc::new(SystemTime::default());
    let usual_pace = Pace::per_minute(1_000_000, 1_000);
    let settings = Settings { roots: Roots::None, usual_pace, time: time.clone(), ..Settings::default() };
    let client = Client::new(settings)?;
    let policy = Policy { rules: RULES, ..Policy::default() };
    let (today, span) = (SystemClock.now().floor(DAY), json!({"rows": rows, "days": days}));
    let call = Call::post(
        Party::new("sim", "sim"),
        "bench",
        format!("{base}/_sim/scale"),
        "application/json".parse()?,
        span.to_string(),
    );
    client.send(call.policy(policy)).await?;
    let call = Call::get(Party::new("sim", "sim"), "bench", format!("{base}/_sim/credentials?vendor=openai"));
    let keys: Value = serde_json::from_slice(&client.send(call.policy(policy)).await?.body)?;
    let key = keys["credentials"].as_array().and_then(|all| all.iter().find(|c| c["kind"] == "admin"));
    let key = key.and_then(|c| c["fields"]["api_key"].as_str()).ok_or("the simulator has no admin key")?;
    let mut credential = Credential { kind: "admin".into(), ..Credential::default() };
    credential.secrets.insert("key".into(), key.into());
    let mut access = Access::new("volume", admin("openai").ok_or("no adapter")?, credential);
    access.rules = RULES;
    access.bases.insert("api".into(), format!("{base}/openai"));
    let sender = Sender::new(client, time, Policy { limits: Limits::default(), ..policy });

    let dir = tempfile::tempdir()?;
    let db = open(SqliteConfig::new(dir.path()))?;
    let book = Book::new(db.store().ledger, Walk::book(&access, Ability::Usage));
    let window = Window { from: today.minus(DAY * u32::try_from(days)?), to: today, bucket: DAY };
    let idle = status("VmRSS")?;
    for (run, what) in [(1, "first sync"), (2, "the same again")] {
        std::fs::write("/proc/self/clear_refs", "5")?;
        let mut walk = Walk::begin(&access, Ability::Usage, window, run, SystemClock.now());
        let mut sink = Counting { book: book.clone(), checkpoint: None };
        let stop = CancellationToken::new();
        let (began, busy) = (Instant::now(), processor()?);
        let walker = Walker { sender: &sender, access: &access, bounds: Bounds::default(), stop: &stop };
        let ended = walker.run(&mut walk, &mut sink).await;
        if ended != Ended::Whole {
            return Err(format!("{what}: {ended:?}").into());
        }
        let took = began.elapsed().as_secs_f64();
        let kept = walk.counts.kept;
        let all = kept.new + kept.changed + kept.same;
        println!(
            "{what}: {all} rows in {took:.1} s, {:.0} rows/s; {} pages; {:.1} s of processor; peak {:.0} MB over {idle:.0} MB idle",
            all as f64 / took,
            walk.counts.pages,
            processor()? - busy,
            status("VmHWM")? - idle,
        );
        if all < rows {
            return Err(format!("{what}: only {all} rows").into());
        }
    }
    db.shutdown().await?;
    Ok(())
}

/// A line of /proc/self/status, in MB.
fn status(name: &str) -> Result<f64, Failed> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(':'));
    let kb: f64 = line.and_then(|l| l.split_whitespace().next()).ok_or("no such line")?.parse()?;
    Ok(kb / 1024.0)
}

/// Seconds of processor time that this process took, at a hundred ticks a second.
fn processor() -> Result<f64, Failed> {
    let text = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = text.rsplit(')').next().ok_or("no fields")?.split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).ok_or("no figure");
    Ok((ticks(11)? + ticks(12)?) / 100.0)
}
