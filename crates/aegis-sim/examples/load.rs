//! Puts a server under load and prints what it took:
//! `cargo run --release -p aegis-sim --example load -- 127.0.0.1:8080 TOKEN [CONNECTIONS=8] [BATCH=500] [SECONDS=60]`

use aegis_domain::SystemClock;
use aegis_sim::{LoadConfig, run_load};
use std::time::Duration;

/// Two threads would take turns with the server's; one is enough to send what it takes.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(address), Some(token)) = (arguments.first(), arguments.get(1)) else {
        return Err("usage: load ADDRESS TOKEN [CONNECTIONS=8] [BATCH=500] [SECONDS=60]".into());
    };
    let number = |i: usize, default: u64| arguments.get(i).map_or(Ok(default), |a| a.parse());
    let config = LoadConfig {
        address: address.clone(),
        token: token.clone(),
        connections: number(2, 8)? as usize,
        batch: number(3, 500)? as usize,
        duration: Duration::from_secs(number(4, 60)?),
        event_bytes: 500,
    };
    println!("{} connections, {} events a post, {:?}", config.connections, config.batch, config.duration);
    let r = run_load(config, &SystemClock).await?;
    println!(
        "{:.0} events/s acknowledged ({} events, {:.1} MB/s), post p50 {:?} p99 {:?} max {:?}, busy {}",
        r.events_per_second(),
        r.accepted,
        r.bytes as f64 / 1e6 / r.elapsed.as_secs_f64(),
        r.p50,
        r.p99,
        r.max,
        r.busy
    );
    Ok(())
}
