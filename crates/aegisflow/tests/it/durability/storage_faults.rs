//! A full disk and a folder that cannot be written: a clear refusal, no lie about what was kept, nothing damaged, and
//! work goes on when the fault is gone. (Root ignores mode bits, so both are made by mounting.)

use super::load::{Sent, assert_each_once};
use super::mounts::Mounts;
use crate::harness::{Client, Launch, events, folder, skip};
use serde_json::{Value, json};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

const SMALL_DISK: &str = "mkdir -p \"$1\"; mount -t tmpfs -o size=16m tmpfs \"$1\"";
const READ_ONLY: &str = "mount --bind \"$1\" \"$1\"; mount -o remount,ro,bind \"$1\"";

/// Writes until nothing more fits.
fn fill(file: &Path) {
    let mut filler = File::create(file).unwrap();
    for size in [65_536, 4_096, 1] {
        while filler.write_all(&vec![b'x'; size]).is_ok() {}
    }
}

/// Text that does not compress.
fn noise(seed: usize) -> String {
    let mut state = seed as u64 | 1;
    let mut letters = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + (state >> 33) as u8 % 26)
    };
    (0..4_000).map(|_| letters()).collect()
}

/// Posts batches until one is refused; returns what was acknowledged and the refusal.
async fn post_until_refused(client: &Client, name: &str) -> (Sent, crate::harness::Answer) {
    let mut sent = Sent::default();
    for n in 0..2_000 {
        let ids: Vec<String> = (0..20).map(|item| format!("{name}-{n}-{item}")).collect();
        let text = |id: &String, item: usize| events::saying(id, &noise(n * 20 + item));
        let batch: Vec<Value> = ids.iter().enumerate().map(|(item, id)| text(id, item)).collect();
        let answer = client.ingest(&json!(batch)).await;
        if answer.status != 200 {
            // Nothing of a refused request was stored.
            return (sent, answer);
        }
        sent.note(&ids, &answer.json());
    }
    panic!("a disk of 16 MiB never gets full");
}

async fn wait_until_ready(client: &Client) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while client.get("/api/ready").await.status != 200 {
        assert!(Instant::now() < deadline, "space is there again, and it is not ready");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_clearly_and_keeps_what_it_promised() {
    let outer = folder();
    let dir = outer.path().join("small");
    let Some(mounts) = Mounts::make(SMALL_DISK, &dir) else {
        return skip::skip("full disk", "this user may not mount in a namespace");
    };
    let filler = mounts.path(&dir).join("filler");
    let launch = Launch::on(dir.join("data")).under(mounts.enter());
    let server = launch.start();
    let client = server.first_token(&["ingest", "read"]).await;
    let before = client.ingest(&events::event("before")).await.ok();
    fill(&filler);

    let (mut all, refusal) = post_until_refused(&client, "full").await;
    all.note(&["before".into()], &before);
    let error = refusal.refused(503, "unavailable");
    assert!(refusal.header("retry-after").parse::<u64>().is_ok_and(|s| s > 0), "{refusal}");
    assert!(!error.to_string().contains("sqlite"), "nothing of the inside: {error}");
    let ready = client.get("/api/ready").await;
    assert_eq!(ready.status, 503, "{ready}");
    let store =
        ready.json()["checks"].as_array().unwrap().iter().find(|c| c["name"] == "store").unwrap().clone();
    assert!(store["detail"].as_str().unwrap().contains("disk is full"), "{store}");
    assert_eq!(client.get("/api/health").await.status, 200);
    server.wait_for("disk is full");
    assert_each_once(&all, &client.all_events().await);

    // Killed on the full disk, it starts again there or says why not; either way nothing is lost.
    server.kill9();
    let server = match launch.try_start() {
        Ok(server) => server,
        Err(ended) => {
            println!("killed on a full disk, it says: {}", ended.stderr.trim());
            ended.refused_with("disk is full");
            std::fs::remove_file(&filler).unwrap();
            launch.start()
        }
    };
    let client = client.at(server.address);
    let _ = std::fs::remove_file(&filler);
    wait_until_ready(&client).await;
    assert_each_once(&all, &client.all_events().await);
    let after = client.ingest(&events::event("after")).await.ok();
    all.note(&["after".into()], &after);
    client.wait_until_absorbed().await;
    assert!(server.stop().status.success());
    launch.assert_rollups_equal_the_log();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn space_that_returns_is_used_without_a_restart() {
    let outer = folder();
    let dir = outer.path().join("small");
    let Some(mounts) = Mounts::make(SMALL_DISK, &dir) else {
        return skip::skip("full disk, space returns", "this user may not mount in a namespace");
    };
    let filler = mounts.path(&dir).join("filler");
    let launch = Launch::on(dir.join("data")).under(mounts.enter());
    let server = launch.start();
    let client = server.first_token(&["ingest", "read"]).await;
    let mut all = Sent::default();
    for round in 0..3 {
        fill(&filler);
        let (sent, refusal) = post_until_refused(&client, &format!("round{round}")).await;
        refusal.refused(503, "unavailable");
        all.take_up(sent);
        std::fs::remove_file(&filler).unwrap();
        wait_until_ready(&client).await;
        let name = format!("after{round}");
        let answer = client.ingest(&events::event(&name)).await.ok();
        all.note(&[name], &answer);
    }
    assert_each_once(&all, &client.all_events().await);
    client.wait_until_absorbed().await;
    assert!(server.stop().status.success());
    launch.assert_rollups_equal_the_log();
}

#[test]
fn a_disk_that_is_full_from_the_start_is_named() {
    let outer = folder();
    let dir = outer.path().join("small");
    let Some(mounts) = Mounts::make(SMALL_DISK, &dir) else {
        return skip::skip("full disk at the start", "this user may not mount in a namespace");
    };
    fill(&mounts.path(&dir).join("filler"));
    let Err(ended) = Launch::on(dir.join("data")).under(mounts.enter()).try_start() else {
        panic!("it cannot have started: there is no room for a database");
    };
    ended.refused_with("free some space");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_only_folder_is_named_and_left_alone() {
    let outer = folder();
    let dir = outer.path().join("data");
    let server = Launch::on(&dir).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let answer = client.ingest(&events::event("kept")).await.ok();
    let mut all = Sent::default();
    all.note(&["kept".into()], &answer);
    assert!(server.stop().status.success());

    let Some(mounts) = Mounts::make(READ_ONLY, &dir) else {
        return skip::skip("read-only folder", "this user may not mount in a namespace");
    };
    let inside = Launch::on(&dir).under(mounts.enter());
    let Err(ended) = inside.try_start() else { panic!("it cannot have started: the folder is read-only") };
    ended.refused_with("writable");
    let new = Launch::on(dir.join("new")).under(mounts.enter());
    let Err(ended) = new.try_start() else { panic!("it cannot have started: the folder cannot be made") };
    ended.refused_with("right to write");
    drop(mounts);

    let server = Launch::on(&dir).start();
    assert_each_once(&all, &client.at(server.address).all_events().await);
}
