//! Answers that are slow, endless, cut, packed too well or no answers at all.

use crate::rig::{Rig, get, open, rig, rig_with};
use crate::server::{Server, Step, answer};
use aegis_outbound::guard::Answering;
use aegis_outbound::{Event, Limits, Lookup, OutboundError, Policy, Stage};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

const HEAD: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\n";

fn secs(s: u64) -> Duration {
    Duration::from_secs(s)
}

fn limits(first_byte: u64, idle: u64, whole: u64) -> Policy {
    let limits = Limits { first_byte: secs(first_byte), idle: secs(idle), whole: secs(whole), body: 1 << 20 };
    Policy { limits, ..open() }
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(text).unwrap();
    gzip.finish().unwrap()
}

/// What a call to a server with these steps ends with.
async fn error(steps: impl Fn() -> Vec<Step> + Send + Sync + 'static) -> OutboundError {
    let server = Server::start(move |_, _| steps()).await;
    rig().client.send(get(server.url("/")).policy(limits(30, 31, 60))).await.unwrap_err()
}

/// The same for a host that falls silent, once `wait` has passed.
async fn late(
    steps: impl Fn() -> Vec<Step> + Send + Sync + 'static,
    policy: Policy,
    wait: Duration,
) -> OutboundError {
    let server = Server::start(move |_, _| steps()).await;
    let Rig { client, time, .. } = rig();
    let (answer, ()) = tokio::join!(client.send(get(server.url("/")).policy(policy)), async {
        server.arrived().await;
        time.asleep(wait).await;
        time.advance(wait);
    });
    answer.unwrap_err()
}

#[tokio::test]
async fn a_silent_host_is_given_up_at_each_stage() {
    let silent = || vec![Step::Hold];
    let half_head = || vec![Step::Send(HEAD.into()), Step::Hold];
    let half_body = || vec![Step::Send(format!("{HEAD}content-length: 9\r\n\r\nhalf").into()), Step::Hold];
    let stage = |error| match error {
        OutboundError::TimedOut { stage, after, .. } => (stage, after),
        other => panic!("{other}"),
    };
    assert_eq!(stage(late(silent, limits(30, 31, 60), secs(30)).await), (Stage::FirstByte, secs(30)));
    assert_eq!(stage(late(half_head, limits(30, 31, 60), secs(30)).await), (Stage::FirstByte, secs(30)));
    assert_eq!(stage(late(half_body, limits(30, 31, 60), secs(31)).await), (Stage::Idle, secs(31)));
    assert_eq!(stage(late(half_body, limits(30, 99, 60), secs(60)).await), (Stage::Whole, secs(60)));
}

struct Silent;

impl Lookup for Silent {
    fn lookup(&self, _: &str) -> Answering {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_does_not_come_up_is_given_up() {
    let rig = rig_with(|settings| settings.lookup = Arc::new(Silent));
    let error = rig.client.send(get("https://slow.example/")).await.unwrap_err();
    assert_eq!(error.to_string(), "slow.example did not accept a connection within 10 s");
}

#[tokio::test]
async fn a_cut_body_is_never_a_whole_one() {
    let half = packed(&[7; 9000]);
    let cuts: [(&str, Vec<u8>); 4] = [
        ("content-length: 9\r\n", b"half".to_vec()),
        ("transfer-encoding: chunked\r\n", b"4\r\nhalf\r\n".to_vec()),
        ("transfer-encoding: chunked\r\n", b"9\r\nhalf".to_vec()),
        // whole for HTTP, cut for gzip
        ("content-encoding: gzip\r\n", half[..half.len() - 4].to_vec()),
    ];
    for (headers, body) in cuts {
        let error =
            error(move || vec![Step::Send([format!("{HEAD}{headers}\r\n").as_bytes(), &body].concat())])
                .await;
        assert!(matches!(error.word(), "unreachable" | "unreadable"), "{headers}: {error}");
    }
}

#[tokio::test]
async fn endless_and_exploding_bodies_are_cut_off() {
    let endless = || vec![Step::Send(format!("{HEAD}\r\n").into()), Step::Forever(vec![b'x'; 1000])];
    let chunks = || {
        vec![
            Step::Send(format!("{HEAD}transfer-encoding: chunked\r\n\r\n").into()),
            Step::Forever(b"1\r\nx\r\n".repeat(500)),
        ]
    };
    let bomb = || answer(200, "content-encoding: gzip\r\n", packed(&vec![0; 32 << 20]));
    let announced = || answer(200, "", vec![0; (1 << 20) + 1]);
    for error in [error(endless).await, error(chunks).await, error(bomb).await, error(announced).await] {
        assert!(error.to_string().contains("answered with more than 1048576 bytes"), "{error}");
    }
}

#[tokio::test]
async fn a_body_at_the_limit_comes_whole_packed_or_not() {
    let text: Vec<u8> = (0..1 << 20).map(|i: u32| (i >> 3) as u8).collect();
    let (plain, gzip) = (answer(200, "", &text), answer(200, "content-encoding: gzip\r\n", packed(&text)));
    let replies = parking_lot::Mutex::new(vec![plain, gzip, answer(200, "content-encoding: gzip\r\n", "")]);
    let server = Server::start(move |_, _| replies.lock().remove(0)).await;
    for expected in [&text[..], &text[..], b""] {
        let answer = rig().client.send(get(server.url("/")).policy(limits(30, 31, 60))).await.unwrap();
        assert!(answer.body == expected);
    }
    assert!(server.requests()[0].contains("accept-encoding: gzip\r\n"));
}

#[tokio::test]
async fn floods_of_headers_and_other_protocols_are_refused() {
    let many = || answer(200, &"x-h: y\r\n".repeat(1000), "");
    let large = || answer(200, &format!("x-h: {}\r\n", "y".repeat(100_000)), "");
    let endless = || vec![Step::Send(HEAD.into()), Step::Forever(b"x-h: y\r\n".repeat(100))];
    let other = || vec![Step::Send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec())];
    let packed = || answer(200, "content-encoding: br\r\n", "x");
    let not_packed = || answer(200, "content-encoding: gzip\r\n", "this is no gzip at all");
    for (error, words) in [
        (error(many).await, "head is too large"),
        (error(large).await, "head is too large"),
        (error(endless).await, "head is too large"),
        (error(other).await, "invalid HTTP"),
        (error(packed).await, "not asked for"),
        (error(not_packed).await, "no gzip"),
    ] {
        assert!(error.word() == "unreadable" && error.to_string().contains(words), "{error}");
    }
}

#[tokio::test]
async fn a_stream_comes_in_pieces_as_they_arrive() {
    let piece = |text: &str| Step::Send(format!("{:x}\r\n{text}\r\n", text.len()).into());
    let steps = move || {
        let head = Step::Send(format!("{HEAD}transfer-encoding: chunked\r\n\r\n").into());
        vec![head, piece("one"), Step::Wait, piece("two"), Step::Wait, Step::Send(b"0\r\n\r\n".to_vec())]
    };
    let server = Server::start(move |_, _| steps()).await;
    let rig = rig();
    let mut stream = rig.client.stream(get(server.url("/"))).await.unwrap();
    for expected in ["one", "two"] {
        assert_eq!(stream.next().await.unwrap().unwrap(), expected);
        server.go();
    }
    assert_eq!((stream.next().await, stream.next().await), (Ok(None), Ok(None)));
    drop(stream);
    assert_eq!(rig.log.0.lock().last(), Some(&Event::Body { bytes: 6 }));
}

#[tokio::test]
async fn a_long_stream_is_bounded_like_any_other() {
    let endless = || vec![Step::Send(format!("{HEAD}\r\n").into()), Step::Forever(vec![b'x'; 1000])];
    let server = Server::start(move |_, _| endless()).await;
    let mut stream = rig().client.stream(get(server.url("/")).policy(limits(30, 31, 60))).await.unwrap();
    let mut read = 0;
    let error = loop {
        match stream.next().await {
            Ok(Some(piece)) => read += piece.len(),
            Ok(None) => panic!("it has no end"),
            Err(error) => break error,
        }
    };
    assert!(error.word() == "too_large" && read <= 1 << 20, "{read} {error}");
}
