//! When a call is sent again, as the host sees it.

use crate::rig::{get, party, patient, rig, rig_with};
use crate::server::{Server, answer};
use aegis_outbound::{Call, Event, HeaderValue, OutboundError, Pace, Repeat};
use std::collections::HashMap;
use std::time::Duration;

#[tokio::test]
async fn a_wait_the_host_asks_for_is_kept() {
    for (asked, secs) in [("retry-after: 7\r\n", 7), ("retry-after: Mon, 23 Nov 2026 09:00:41 GMT\r\n", 41)] {
        let server =
            Server::start(move |n, _| if n == 0 { answer(503, asked, "") } else { answer(200, "", "ok") })
                .await;
        let rig = rig();
        let wait = Duration::from_secs(secs);
        let (answer, ()) = tokio::join!(rig.client.send(get(server.url("/")).policy(patient())), async {
            rig.time.asleep(wait).await;
            assert_eq!(server.count(), 1);
            rig.time.advance(wait - Duration::from_millis(1));
            rig.time.asleep(wait).await;
            rig.time.advance(Duration::from_millis(1));
        });
        let trip = answer.unwrap().trip;
        assert_eq!((trip.attempts, trip.elapsed, server.count()), (2, wait, 2), "{asked}");
        assert!(rig.log.0.lock().contains(&Event::Retry { wait }));
    }
}

#[tokio::test]
async fn a_longer_wait_than_allowed_is_handed_to_the_caller() {
    let server = Server::start(|_, _| answer(429, "retry-after: 3600\r\n", "slow down")).await;
    let answer = rig().client.send(get(server.url("/")).policy(patient())).await.unwrap();
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (429, &b"slow down"[..]));
    assert_eq!((answer.trip.retry_after, server.count()), (Some(Duration::from_secs(3600)), 1));
}

#[tokio::test]
async fn attempts_are_bounded_and_the_last_answer_is_given() {
    let server = Server::start(|n, _| answer(500, "", n.to_string())).await;
    let answer = rig().client.send(get(server.url("/")).policy(patient())).await.unwrap();
    assert_eq!((answer.status.as_u16(), &answer.body[..], answer.trip.attempts), (500, &b"3"[..], 4));
    assert_eq!(server.count(), 4);
}

#[tokio::test]
async fn the_breaker_counts_attempts_not_calls() {
    let (server, rig) = (Server::start(|_, _| answer(500, "", "")).await, rig());
    rig.client.send(get(server.url("/")).policy(patient())).await.unwrap();
    let second = rig.client.send(get(server.url("/")).policy(patient())).await.unwrap();
    assert_eq!((second.status.as_u16(), second.trip.attempts, second.trip.breaker.word()), (500, 1, "open"));
    assert_eq!(server.count(), 5);
}

#[tokio::test]
async fn only_what_may_be_sent_twice_is() {
    for (method, repeat, requests) in [
        ("GET", Repeat::ByMethod, 4),
        ("POST", Repeat::ByMethod, 1),
        ("POST", Repeat::Safe, 4),
        ("PUT", Repeat::ByMethod, 4),
        ("GET", Repeat::Never, 1),
    ] {
        let server = Server::start(|_, _| answer(502, "", "")).await;
        let call = Call::new(method.parse().unwrap(), party("key-1"), "test", server.url("/"))
            .body("x")
            .repeat(repeat);
        rig().client.send(call.policy(patient())).await.unwrap();
        assert_eq!(server.count(), requests, "{method} {repeat:?}");
        assert!(server.requests().iter().all(|request| request.ends_with("\r\n\r\nx")));
    }
}

#[tokio::test]
async fn a_cut_body_is_asked_for_again_and_comes_whole() {
    let cut = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 100\r\n\r\nhalf";
    let reply = move |n, _: &_| {
        if n < 2 { vec![crate::server::Step::Send(cut.into())] } else { answer(200, "", "whole") }
    };
    let server = Server::start(reply).await;
    let answer = rig().client.send(get(server.url("/")).policy(patient())).await.unwrap();
    assert_eq!((&answer.body[..], answer.trip.attempts), (&b"whole"[..], 3));
}

#[tokio::test]
async fn a_host_that_says_never_is_believed() {
    let server = Server::start(|_, _| answer(500, "x-should-retry: false\r\n", "")).await;
    rig().client.send(get(server.url("/")).policy(patient())).await.unwrap();
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn an_unreachable_host_is_said_with_the_number_of_tries() {
    let error = rig().client.send(get("http://nowhere.example/").policy(patient())).await.unwrap_err();
    assert_eq!(error.to_string(), "nowhere.example:80 cannot be reached (tried 4 times): no such name");
}

#[tokio::test]
async fn a_vendor_s_pace_is_kept_by_everybody_who_calls_it() {
    let server = Server::start(|_, _| answer(200, "", "")).await;
    let rig =
        rig_with(|settings| settings.paces = HashMap::from([("custom".into(), Pace::per_minute(6, 2))]));
    for _ in 0..2 {
        rig.client.send(get(server.url("/"))).await.unwrap();
    }
    let wait = Duration::from_secs(10);
    let (answer, ()) = tokio::join!(rig.client.send(get(server.url("/"))), async {
        rig.time.asleep(wait).await;
        assert_eq!(server.count(), 2);
        rig.time.advance(wait);
    });
    assert_eq!((answer.unwrap().trip.elapsed, server.count()), (wait, 3));
    assert!(rig.log.0.lock().contains(&Event::Paced { wait }));
    let mut hasty = patient();
    hasty.retry.total = Duration::from_secs(1);
    let call =
        Call::post(party("key-2"), "test", server.url("/"), HeaderValue::from_static("text/plain"), "x")
            .policy(hasty);
    let error = rig.client.send(call).await.unwrap_err();
    assert_eq!(error, OutboundError::OverBudget { vendor: "custom".into(), retry_in: wait });
    assert_eq!(server.count(), 3);
}
