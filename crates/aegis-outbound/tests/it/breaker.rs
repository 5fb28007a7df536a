//! The breaker as the host sees it: by the requests that arrive.

use crate::rig::{Rig, get, open, party, rig};
use crate::server::{Server, Step, answer};
use aegis_outbound::{BreakerState, Call, OutboundError};
use std::time::Duration;
use tokio::task::JoinSet;

async fn fails(rig: &Rig, url: &str) {
    let answer = rig.client.send(get(url)).await.unwrap();
    assert_eq!(answer.status, 500);
}

#[track_caller]
fn paused(result: Result<aegis_outbound::Answer, OutboundError>) -> Option<Duration> {
    match result {
        Err(OutboundError::Paused { retry_in, .. }) => retry_in,
        other => panic!("not held: {other:?}"),
    }
}

#[tokio::test]
async fn five_failures_then_none_for_thirty_seconds_then_exactly_one() {
    let reply = |n, _: &_| {
        let mut steps = answer(500, "", "");
        if n >= 5 {
            steps.insert(0, Step::Wait);
        }
        steps
    };
    let (server, rig) = (Server::start(reply).await, rig());
    let url = server.url("/");
    for _ in 0..5 {
        fails(&rig, &url).await;
    }
    for _ in 0..20 {
        assert_eq!(paused(rig.client.send(get(&url)).await), Some(Duration::from_secs(30)));
    }
    rig.time.advance(Duration::from_millis(29_999));
    assert_eq!(paused(rig.client.send(get(&url)).await), Some(Duration::from_millis(1)));
    assert_eq!(server.count(), 5);

    rig.time.advance(Duration::from_millis(1));
    for _ in 0..5 {
        server.arrived().await;
    }
    let mut probes = JoinSet::new();
    let (client, call) = (rig.client.clone(), get(&url));
    probes.spawn(async move { client.send(call).await });
    server.arrived().await;
    for _ in 0..20 {
        tokio::select! {
            held = rig.client.send(get(&url)) => assert_eq!(paused(held), None, "one is trying"),
            () = server.arrived() => panic!("a second try arrived"),
        }
    }
    assert_eq!(server.count(), 6);
    server.go();
    assert_eq!(probes.join_next().await.unwrap().unwrap().unwrap().status, 500);
    assert_eq!(
        paused(rig.client.send(get(&url)).await),
        Some(Duration::from_secs(30)),
        "it failed, so all wait again"
    );
    assert_eq!(server.count(), 6);
}

#[tokio::test]
async fn other_keys_and_hosts_are_not_affected_and_a_good_probe_closes_it() {
    let (bad, good) = (
        Server::start(|n, _| answer(if n < 5 { 503 } else { 200 }, "", "")).await,
        Server::start(|_, _| answer(200, "", "")).await,
    );
    let rig = rig();
    let mut changes = rig.client.breakers().subscribe();
    for _ in 0..5 {
        rig.client.send(get(bad.url("/"))).await.unwrap();
    }
    paused(rig.client.send(get(bad.url("/"))).await);
    rig.client.send(get(good.url("/"))).await.unwrap();
    let other_key = Call::get(party("key-2"), "test", bad.url("/")).policy(open());
    rig.client.send(other_key).await.unwrap();
    rig.time.advance(Duration::from_secs(30));
    let answer = rig.client.send(get(bad.url("/"))).await.unwrap();
    assert_eq!(answer.trip.breaker, BreakerState::Closed { failures: 0 });
    let told: Vec<_> =
        std::iter::from_fn(|| changes.try_recv().ok()).map(|change| change.state.word()).collect();
    assert_eq!(told, ["open", "half_open", "closed"]);
    assert_eq!(rig.client.breakers().list().len(), 3);
}

#[tokio::test]
async fn refusals_and_rate_limits_open_nothing() {
    let server = Server::start(|n, _| answer([429, 401, 404, 400][n % 4], "", "")).await;
    let rig = rig();
    for _ in 0..12 {
        rig.client.send(get(server.url("/"))).await.unwrap();
    }
    assert_eq!(server.count(), 12);
}

#[tokio::test]
async fn cut_answers_and_refused_connections_are_failures() {
    let cut = |_, _: &_| vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf".to_vec())];
    let (server, rig) = (Server::start(cut).await, rig());
    for _ in 0..5 {
        let error = rig.client.send(get(server.url("/"))).await.unwrap_err();
        assert_eq!(error.word(), "unreachable", "{error}");
    }
    paused(rig.client.send(get(server.url("/"))).await);
    assert_eq!(server.count(), 5);
    for _ in 0..5 {
        let error = rig.client.send(get("http://127.0.0.1:1/")).await.unwrap_err();
        assert!(error.to_string().contains("127.0.0.1:1 cannot be reached: Connection refused"), "{error}");
    }
    paused(rig.client.send(get("http://127.0.0.1:1/")).await);
}

#[tokio::test]
async fn a_call_that_is_given_up_gives_its_try_back() {
    let reply = |n, _: &_| if n < 5 { answer(500, "", "") } else { vec![Step::Hold] };
    let (server, rig) = (Server::start(reply).await, rig());
    for _ in 0..5 {
        fails(&rig, &server.url("/")).await;
        server.arrived().await;
    }
    rig.time.advance(Duration::from_secs(30));
    for _ in 0..3 {
        tokio::select! {
            biased;
            other = rig.client.send(get(server.url("/"))) => panic!("{other:?}"),
            () = server.arrived() => {}
        }
    }
    assert_eq!(server.count(), 8);
}

#[tokio::test]
async fn a_stream_lets_others_pass_once_it_has_begun() {
    let reply = |n, _: &_| match n {
        0..5 => answer(500, "", ""),
        5 => vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf".to_vec()), Step::Wait],
        _ => answer(200, "", ""),
    };
    let (server, rig) = (Server::start(reply).await, rig());
    for _ in 0..5 {
        fails(&rig, &server.url("/")).await;
    }
    rig.time.advance(Duration::from_secs(30));
    let mut stream = rig.client.stream(get(server.url("/"))).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "half");
    rig.client.send(get(server.url("/"))).await.unwrap();
    server.go();
    let error = stream.next().await.unwrap_err();
    assert_eq!(stream.next().await.unwrap_err(), error, "a broken body never looks like one that ended");
    assert_eq!(rig.client.breakers().list()[0].state, BreakerState::Closed { failures: 1 });
}
