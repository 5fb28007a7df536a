//! `kill -9` spares the page cache, so surviving it proves no sync. Here the system calls are watched: between the
//! reading of a request and the writing of its answer, the write-ahead log is written and then synced.

use super::trace::{self, Call};
use crate::harness::{Client, Launch, Random, events, folder, skip};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 8;
const POSTS: usize = 10;

fn can_trace() -> bool {
    skip::has_program("strace")
        && Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|s| s.success())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledgement_waits_for_a_sync_of_the_log() {
    if !can_trace() {
        return skip::skip("syncs before answers", "strace is not there or may not trace");
    }
    let dir = folder();
    let trace = dir.path().join("trace");
    let calls = "trace=read,recvfrom,write,writev,sendto,pwrite64,fsync,fdatasync";
    // -D: the server is our child, the tracer is beside it.
    let strace = ["strace", "-D", "-f", "-y", "-s", "1000", "-e", calls, "-o", trace.to_str().unwrap()];
    let server = Launch::on(dir.path().join("data")).under(strace).start();
    let client = server.first_token(&["ingest"]).await;

    let mut chance = Random::seeded("syncs");
    let mut posted = Vec::new();
    for connection in 0..CONNECTIONS {
        posted.push(tokio::spawn(post(client.another(), connection, chance.fork())));
    }
    let mut ids = Vec::new();
    for connection in posted {
        ids.extend(connection.await.unwrap());
    }
    assert!(server.stop().status.success());
    wait_for_end(&trace);

    let calls = trace::read(&trace);
    for id in &ids {
        assert_synced(&calls, id);
    }
    let syncs = calls.iter().filter(|c| c.is_sync() && c.on("-wal")).count();
    println!("{} answers, {syncs} syncs of the write-ahead log", ids.len());
}

/// Posts single events and small batches; returns the ids of the requests, all of them acknowledged.
async fn post(client: Client, connection: usize, mut chance: Random) -> Vec<String> {
    let mut ids = Vec::new();
    for n in 0..POSTS {
        let id = format!("sync-{connection}-{n}.");
        let batch: Vec<Value> =
            (0..=n % 4).map(|item| events::varied(&format!("{id}{item}"), &mut chance)).collect();
        let request = client.request(Method::POST, "/api/pipeline/ingest").header("x-request-id", &id);
        let answer = request.json(&json!(batch)).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        ids.push(id);
    }
    ids
}

/// The tracer ends after the traced: its last line says how the program ended.
fn wait_for_end(trace: &Path) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !std::fs::read_to_string(trace).is_ok_and(|t| t.trim_end().ends_with("+++ exited with 0 +++")) {
        assert!(Instant::now() < deadline, "the trace has no end");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn assert_synced(calls: &[Call], id: &str) {
    let mark = format!("x-request-id: {id}\\r\\n");
    let of =
        |names: &[&str]| calls.iter().find(|c| names.contains(&c.name.as_str()) && c.text.contains(&mark));
    let request = of(&["read", "recvfrom"]).unwrap_or_else(|| panic!("the request {id} was not seen"));
    let answer =
        of(&["write", "writev", "sendto"]).unwrap_or_else(|| panic!("the answer to {id} was not seen"));
    let written = |c: &&Call| c.name == "pwrite64" && c.on("-wal") && c.begin > request.end;
    let written: Vec<&Call> = calls.iter().filter(written).filter(|c| c.end < answer.begin).collect();
    assert!(!written.is_empty(), "{id} was answered before the write-ahead log was written");
    let first = written.iter().map(|c| c.end).min().unwrap();
    let synced = |c: &Call| c.is_sync() && c.on("-wal") && c.begin > first && c.end < answer.begin;
    assert!(calls.iter().any(synced), "{id} was answered before the write-ahead log was synced");
}
