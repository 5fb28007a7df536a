//! SIGTERM under load: the server finishes what it has taken, ends within ten seconds, and loses nothing acknowledged;
//! no client can hold it up.

use super::load::{BATCH, Sent, assert_each_once, load};
use crate::harness::{Launch, Random, folder};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const DRAIN: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_under_load_keeps_what_was_acknowledged() {
    let dir = folder();
    let launch = Launch::on(dir.path());
    let mut chance = Random::seeded("stops");
    let server = launch.start();
    let client = server.first_token(&["ingest", "read"]).await;
    let mut loads = Vec::new();
    for (connection, size) in [(0, 1), (1, BATCH), (2, 1), (3, BATCH)] {
        let name = format!("c{connection}");
        loads.push(tokio::spawn(load(client.another(), name, size, Vec::new(), chance.fork())));
    }
    tokio::time::sleep(Duration::from_millis(chance.between(300, 900))).await;
    let ended = tokio::task::spawn_blocking(|| server.stop()).await.unwrap();
    assert!(ended.status.success(), "{}", ended.stderr);
    assert!(ended.took < DRAIN, "it took {:?}", ended.took);

    let mut all = Sent::default();
    for load in loads {
        all.take_up(load.await.unwrap());
    }
    assert!(all.acknowledged.len() > BATCH, "the load was too light to prove anything");
    let server = launch.start();
    let client = client.at(server.address);
    assert_each_once(&all, &client.all_events().await);
    client.wait_until_absorbed().await;
    assert!(server.stop().status.success());
    launch.assert_rollups_equal_the_log();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_client_holds_up_a_stop() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let head = |length: usize| {
        format!(
            "POST /api/pipeline/ingest HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
             Authorization: Bearer {}\r\nContent-Length: {length}\r\n\r\n",
            client.token()
        )
    };
    let connect = || TcpStream::connect(server.address).unwrap();
    let silent = connect();
    let mut half_a_head = connect();
    half_a_head.write_all(b"POST /api/pipeline/ingest HTTP/1.1\r\nHost:").unwrap();
    let mut half_a_body = connect();
    half_a_body.write_all(format!("{}[{{", head(1_000)).as_bytes()).unwrap();
    let mut kept_alive = connect();
    kept_alive.write_all(b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    assert!(kept_alive.read(&mut [0; 1_024]).unwrap() > 0);
    // So that the halves have been read.
    tokio::time::sleep(Duration::from_millis(200)).await;

    let ended = tokio::task::spawn_blocking(|| server.stop()).await.unwrap();
    assert!(ended.status.success(), "{}", ended.stderr);
    assert!(ended.took < DRAIN, "it took {:?}", ended.took);
    drop((silent, half_a_head, half_a_body, kept_alive));
}

#[test]
fn a_stop_as_soon_as_it_is_ready_is_orderly_too() {
    let dir = folder();
    let launch = Launch::on(dir.path());
    for _ in 0..3 {
        let ended = launch.start().stop();
        assert!(ended.status.success(), "{:?}: {}", ended.status, ended.stderr);
    }
}
