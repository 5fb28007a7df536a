//! Where credentials go, and where not; and how long tokens serve.

use crate::rig::{OPEN, Rig};
use aegis_collect::Access;
use aegis_domain::Ability;
use aegis_vendors::admin::{Auth, Credential, Request, admin};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A server that answers once, and the head it was sent.
async fn once() -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.windows(4).any(|w| w == b"\r\n\r\n") {
            assert!(stream.read_buf(&mut head).await.unwrap() > 0);
        }
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
        stream.write_all(answer).await.unwrap();
        String::from_utf8(head).unwrap().to_lowercase()
    });
    (base, task)
}

fn mistral(base: &str) -> Access {
    let mut credential = Credential { kind: "admin".into(), ..Credential::default() };
    credential.secrets.insert("key".into(), "s3cret-of-the-credential".into());
    let mut access = Access::new("m", admin("mistral").unwrap(), credential);
    access.bases.insert("api".into(), base.to_owned());
    access.rules = OPEN;
    access
}

#[tokio::test]
async fn a_credential_goes_to_the_catalogues_hosts_and_nowhere_else() {
    let rig = Rig::start().await;
    let auth = || Auth::BearerAndHeader("x-api-key", "key");
    let (ours, sent) = once().await;
    let request = Request::get("api", "/v1/models", auth()).with("q", "a b");
    rig.sender.send(&mistral(&ours), "test", &request).await.unwrap();
    let head = sent.await.unwrap();
    assert!(head.starts_with("get /v1/models?q=a+b http/1.1"), "{head}");
    assert!(head.contains("authorization: bearer s3cret-of-the-credential\r\n"), "{head}");
    assert!(head.contains("x-api-key: s3cret-of-the-credential\r\n"), "{head}");

    let (ours, sent) = once().await;
    rig.sender.send(&mistral(&ours), "test", &Request::link(format!("{ours}/next"), auth())).await.unwrap();
    assert!(sent.await.unwrap().contains("s3cret"), "a link to a host of the catalogue");

    let (foreign, sent) = once().await;
    rig.sender.send(&mistral(&ours), "test", &Request::link(format!("{foreign}/x"), auth())).await.unwrap();
    let head = sent.await.unwrap();
    assert!(head.starts_with("get /x") && !head.contains("s3cret"), "{head}");
}

#[tokio::test]
async fn what_cannot_be_sent_says_which_field() {
    let rig = Rig::start().await;
    let mut access = mistral("http://127.0.0.1:1");
    access.credential.secrets.clear();
    let request = Request::get("api", "/v1/models", Auth::Bearer("key"));
    let error = rig.sender.send(&access, "test", &request).await.unwrap_err();
    assert_eq!(error.to_string(), "the call cannot be made: key is not filled in");
}

#[tokio::test]
async fn a_token_is_exchanged_once_and_again_when_it_ends_or_is_forgotten() {
    let rig = Rig::start().await;
    let access = rig.access("azure_openai", "app").await;
    let exchanges = async || {
        let calls = rig.sim("/_sim/calls?vendor=azure_openai&path=/login").await;
        calls["total"].as_u64().unwrap()
    };
    let read = async |run| rig.collect(&access, Ability::Cost, rig.window(), run).await;
    read(1).await;
    read(2).await;
    assert_eq!(exchanges().await, 1);
    rig.clock.advance(Duration::from_secs(3600));
    read(3).await;
    assert_eq!(exchanges().await, 2);
    rig.sender.forget(&access.id);
    read(4).await;
    assert_eq!(exchanges().await, 3);
}
