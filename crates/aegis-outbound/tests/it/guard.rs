//! Where a call must not get to, whichever way it is led there.

use crate::rig::{get, open, rig, rig_with};
use crate::server::{Server, Step, answer, redirect};
use aegis_outbound::{AllowList, OutboundError, Policy, Rules};

#[track_caller]
fn refusal(result: Result<aegis_outbound::Answer, OutboundError>) -> String {
    match result {
        Err(OutboundError::Refused(refusal)) => refusal.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn names_that_lead_to_metadata_are_refused_whatever_is_allowed() {
    let rig = rig();
    for (name, address) in [
        ("a.example", "169.254.169.254"),
        ("b.example", "fd00:ec2::254"),
        ("c.example", "::ffff:169.254.169.254"),
        ("d.example", "64:ff9b::a9fe:a9fe"),
        ("e.example", "2002:a9fe:a9fe::1"),
        ("f.example", "100.100.100.200"),
        ("g.example", "0.0.0.0"),
        ("h.example", "fe80::1"),
    ] {
        rig.names.set(name, &[&[address]]);
        let refused = refusal(rig.client.send(get(format!("http://{name}/latest/meta-data/"))).await);
        assert!(refused.starts_with(&format!("{name} leads to {address}, ")), "{refused}");
        assert!(refused.ends_with("which is never called"), "{refused}");
    }
}

#[tokio::test]
async fn addresses_and_schemes_are_refused_before_anything_is_asked() {
    let rig = rig();
    for url in [
        "http://169.254.169.254/",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/",
        "http://169.254.43518/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[fd00:ec2::254]/",
        "http://metadata.google.internal/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user:secret@127.0.0.1/",
    ] {
        refusal(rig.client.send(get(url)).await);
    }
    assert!(rig.names.asked.lock().is_empty());
    assert!(rig.client.breakers().list().is_empty(), "no host is to blame");
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_refused_the_second_time() {
    let server = Server::start(|_, _| answer(200, "", "ok")).await;
    let rig = rig();
    rig.names.set("rebind.example", &[&["127.0.0.1"], &["169.254.169.254"]]);
    let url = format!("http://rebind.example:{}/", server.address.port());
    assert_eq!(rig.client.send(get(&url)).await.unwrap().body, "ok");
    assert!(refusal(rig.client.send(get(&url)).await).contains("metadata"));
    assert_eq!(server.count(), 1);
    assert_eq!(rig.names.asked.lock().len(), 2, "one look-up for each connection, none to check beside it");
}

#[tokio::test]
async fn of_several_addresses_only_the_good_ones_are_connected_to() {
    let server = Server::start(|_, _| answer(200, "", "ok")).await;
    let rig = rig();
    rig.names.set("mixed.example", &[&["169.254.169.254", "0.0.0.0", "127.0.0.1"]]);
    let url = format!("http://mixed.example:{}/", server.address.port());
    assert_eq!(rig.client.send(get(url)).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_kept_connection_to_the_inside_serves_no_call_without_leave() {
    let kept = "HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok";
    let server = Server::start(move |_, _| vec![Step::Send(kept.into())]).await;
    let rig = rig();
    rig.names.set("inside.example", &[&["127.0.0.1"]]);
    let url = format!("http://inside.example:{}/", server.address.port());
    for _ in 0..2 {
        rig.client.send(get(&url)).await.unwrap();
    }
    assert_eq!(rig.names.asked.lock().len(), 1, "the second call took the kept connection");
    let public = Policy { rules: Rules { plain_http: true, ..Rules::default() }, ..open() };
    let refused = refusal(rig.client.send(get(&url).policy(public)).await);
    assert_eq!(
        refused,
        "inside.example leads to 127.0.0.1, this machine itself: allow private addresses for this destination if that is meant"
    );
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn redirects_to_the_inside_are_refused() {
    for location in [
        "http://169.254.169.254/latest/meta-data/iam/",
        "http://2852039166/",
        "//0xa9fea9fe/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://metadata.google.internal/",
        "http://evil.example/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://u:p@127.0.0.1/",
    ] {
        let server = Server::start(move |_, _| redirect(302, location)).await;
        let rig = rig();
        rig.names.set("evil.example", &[&["169.254.169.254"]]);
        refusal(rig.client.send(get(server.url("/"))).await);
        assert_eq!(server.count(), 1, "{location}");
    }
}

#[tokio::test]
async fn with_an_allow_list_nobody_else_is_called() {
    let other = Server::start(|_, _| answer(200, "", "")).await;
    let location = other.url("/");
    let server =
        Server::start(move |n, _| if n == 0 { answer(200, "", "") } else { redirect(302, &location) }).await;
    let list = AllowList::parse([server.address.to_string().as_str()]).unwrap();
    let rig = rig_with(|settings| settings.allow_list = Some(list));
    assert_eq!(rig.client.send(get(server.url("/"))).await.unwrap().status, 200);
    let refused = refusal(rig.client.send(get(server.url("/"))).await);
    assert!(refused.contains("is not on the egress allow-list"), "{refused}");
    refusal(rig.client.send(get(other.url("/"))).await);
    assert_eq!((server.count(), other.count()), (2, 0));
}

#[tokio::test]
async fn plain_http_needs_leave() {
    let refused = refusal(rig().client.send(get("http://api.example.com/").policy(Policy::default())).await);
    assert!(refused.contains("without encryption"), "{refused}");
}
