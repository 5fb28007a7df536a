//! What goes along when a host sends a call on.

use crate::rig::{get, open, party, rig};
use crate::server::{Server, answer, redirect};
use aegis_outbound::{
    Call, HeaderName, HeaderValue, Method, OutboundError, Policy, Refusal, SecretString, header,
};
use std::sync::{Arc, OnceLock};

fn with_secrets(call: Call) -> Call {
    call.secret(header::AUTHORIZATION, SecretString::from("Bearer hunter2"))
        .secret(HeaderName::from_static("x-api-key"), SecretString::from("hunter2"))
        .header(header::COOKIE, HeaderValue::from_static("hunter2"))
        .header(header::ACCEPT, HeaderValue::from_static("text/plain"))
}

#[tokio::test]
async fn secrets_stay_with_their_origin() {
    let other = Server::start(|_, _| answer(200, "", "file")).await;
    let away = other.url("/file");
    let server = Server::start(move |n, _| redirect(307, if n == 0 { "/again" } else { &away })).await;
    let answer = rig().client.send(with_secrets(get(server.url("/")))).await.unwrap();
    assert_eq!(answer.body, "file");
    let [first, second] = &server.requests()[..] else { panic!("two requests") };
    assert_eq!((first.matches("hunter2").count(), second.matches("hunter2").count()), (3, 3), "same origin");
    let away = &other.requests()[0];
    assert!(!away.contains("hunter2") && away.contains("accept: text/plain"), "{away}");
}

#[tokio::test]
async fn secrets_do_not_come_back_with_a_return() {
    let away = Arc::new(OnceLock::<String>::new());
    let to = away.clone();
    let reply = move |n, _: &_| if n == 0 { redirect(302, to.get().unwrap()) } else { answer(200, "", "") };
    let server = Server::start(reply).await;
    let back = server.url("/back");
    let other = Server::start(move |_, _| redirect(302, &back)).await;
    away.set(other.url("/")).unwrap();
    rig().client.send(with_secrets(get(server.url("/")))).await.unwrap();
    let counts: Vec<_> = server.requests().iter().map(|request| request.matches("hunter2").count()).collect();
    assert_eq!(counts, [3, 0]);
}

#[tokio::test]
async fn a_body_is_not_carried_to_another_origin() {
    let other = Server::start(|_, _| answer(200, "", "")).await;
    let away = other.url("/");
    let server = Server::start(move |_, _| redirect(308, &away)).await;
    let call = Call::new(Method::PUT, party("key-1"), "test", server.url("/")).body("hunter2").policy(open());
    let refused = rig().client.send(call).await.unwrap_err();
    assert!(matches!(refused, OutboundError::Refused(Refusal::CarriesBody { .. })), "{refused}");
    assert_eq!(other.count(), 0);
}

#[tokio::test]
async fn loops_end() {
    let server = Server::start(|n, _| redirect(302, &format!("/{}", n % 2))).await;
    let refused = rig().client.send(get(server.url("/"))).await.unwrap_err();
    assert!(refused.to_string().contains("redirects more than 3 times"), "{refused}");
    assert_eq!(server.count(), 4);
}

#[tokio::test]
async fn with_no_redirects_allowed_one_is_an_answer() {
    let server = Server::start(|_, _| redirect(302, "/next")).await;
    let answer =
        rig().client.send(get(server.url("/")).policy(Policy { redirects: 0, ..open() })).await.unwrap();
    assert_eq!((answer.status.as_u16(), server.count()), (302, 1));
}
