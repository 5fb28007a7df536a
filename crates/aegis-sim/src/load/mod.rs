//! Puts a server under load and says what it took: for benches. The load shares its machine with the server, so it
//! spends as little as it can: bodies are written once, and only ids are patched from post to post.
//! Called by `examples/load.rs` and by `make bench`.
//! Invariant: no external id is sent twice in a run, and runs that begin in different milliseconds share none.

mod body;
mod wire;

use aegis_domain::Clock;
use body::Body;
use std::time::Duration;
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::Instant;
use wire::{read_answer, stored};

/// What load to make.
#[derive(Debug, Clone)]
pub struct LoadConfig {
    /// Address and port of the server; plain HTTP.
    pub address: String,
    /// An API token with the scope `ingest`.
    pub token: String,
    /// Connections, each with one post under way.
    pub connections: usize,
    /// Events in a post; with 1, the post is one object, as single callers send it.
    pub batch: usize,
    /// For how long.
    pub duration: Duration,
    /// Bytes of one event, roughly; at least 400.
    pub event_bytes: usize,
}

/// What the server took.
#[derive(Debug, Clone, Copy, Default)]
pub struct LoadReport {
    /// Events it acknowledged.
    pub accepted: u64,
    /// Posts it answered.
    pub posts: u64,
    /// Posts it was too busy for.
    pub busy: u64,
    /// Bytes of bodies that were acknowledged.
    pub bytes: u64,
    /// How long it took in all.
    pub elapsed: Duration,
    /// Half of the posts were answered within this.
    pub p50: Duration,
    /// 99 of 100 posts were answered within this.
    pub p99: Duration,
    /// The slowest.
    pub max: Duration,
}

impl LoadReport {
    /// Acknowledged events per second.
    pub fn events_per_second(&self) -> f64 {
        self.accepted as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }
}

/// Why the load could not go on.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The connection broke.
    #[error("connection to {address} broke: {source}")]
    Io {
        /// The server.
        address: String,
        /// What happened.
        source: std::io::Error,
    },
    /// The server answered something else than 200, 207 or 429.
    #[error("server answered {status}: {body}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// The beginning of the answer.
        body: String,
    },
    /// The answer is no HTTP/1.1 answer with a length.
    #[error("server's answer cannot be read: {0}")]
    Unreadable(&'static str),
}

/// One connection's share.
#[derive(Default)]
struct Share {
    report: LoadReport,
    /// Microseconds of each acknowledged post.
    times: Vec<u32>,
}

/// Puts the server under load.
pub async fn run_load(config: LoadConfig, clock: &dyn Clock) -> Result<LoadReport, LoadError> {
    let began = Instant::now();
    let run = clock.now();
    let mut connections = JoinSet::new();
    for n in 0..config.connections {
        let config = config.clone();
        connections.spawn(async move {
            let mut body = Body::new(&config, n, run.millis().unsigned_abs(), &run.to_string());
            connection(&config, &mut body, began + config.duration).await
        });
    }
    let mut total = Share::default();
    while let Some(share) = connections.join_next().await {
        let share = share.unwrap_or_else(|e| std::panic::resume_unwind(e.into_panic()))?;
        total.report.accepted += share.report.accepted;
        total.report.posts += share.report.posts;
        total.report.busy += share.report.busy;
        total.report.bytes += share.report.bytes;
        total.times.extend(share.times);
    }
    total.times.sort_unstable();
    let at = |share: f64| {
        let index = (total.times.len() as f64 * share) as usize;
        let micros = total.times.get(index.min(total.times.len().saturating_sub(1))).copied().unwrap_or(0);
        Duration::from_micros(u64::from(micros))
    };
    Ok(LoadReport { elapsed: began.elapsed(), p50: at(0.5), p99: at(0.99), max: at(1.0), ..total.report })
}

async fn connection(config: &LoadConfig, body: &mut Body, end: Instant) -> Result<Share, LoadError> {
    let broke = |source| LoadError::Io { address: config.address.clone(), source };
    let stream = TcpStream::connect(&config.address).await.map_err(broke)?;
    stream.set_nodelay(true).map_err(broke)?;
    let mut stream = BufReader::with_capacity(64 * 1024, stream);
    let mut share = Share::default();
    let mut answer = Vec::new();
    while Instant::now() < end {
        body.renew();
        let began = Instant::now();
        stream.get_mut().write_all(&body.bytes).await.map_err(broke)?;
        let head = read_answer(&mut stream, &mut answer, &config.address).await?;
        match head.status {
            200 | 207 => {
                share.report.accepted +=
                    stored(&answer).ok_or(LoadError::Unreadable("it has no count `stored`"))?;
                share.report.posts += 1;
                share.report.bytes += body.payload.len() as u64;
                share.times.push(began.elapsed().as_micros().min(u128::from(u32::MAX)) as u32);
            }
            429 | 503 => {
                share.report.busy += 1;
                tokio::time::sleep(head.retry_after).await;
            }
            status => {
                let body = String::from_utf8_lossy(&answer[..answer.len().min(300)]).into_owned();
                return Err(LoadError::Refused { status, body });
            }
        }
    }
    Ok(share)
}
