//! Through a proxy, and past it.

use crate::rig::{get, rig_with};
use crate::server::{Server, Step, answer};
use aegis_outbound::{AddressChecks, Proxy};

#[tokio::test]
async fn calls_go_through_it_and_names_are_its_business() {
    let reply = |_: usize, request: &str| match request.starts_with("CONNECT") {
        true => vec![Step::Send(b"HTTP/1.1 502 X\r\n\r\n".to_vec())],
        false => answer(200, "", "by proxy"),
    };
    let proxy = Server::start(reply).await;
    let direct = Server::start(|_, _| answer(200, "", "direct")).await;
    let url = format!("http://user:hunter2@proxy.example:{}", proxy.address.port());
    let past = "past.example, 127.0.0.0/8";
    let rig = rig_with(|settings| {
        settings.proxy = Some(Proxy::new(url.into(), past, AddressChecks::LeftToProxy).unwrap());
    });
    rig.names.set("proxy.example", &[&["127.0.0.1"]]);
    rig.names.set("past.example", &[&["127.0.0.1"]]);

    assert_eq!(rig.client.send(get("http://vendor.example/x")).await.unwrap().body, "by proxy");
    let error = rig.client.send(get("https://vendor.example/secret")).await.unwrap_err();
    assert_eq!(error.word(), "unreachable", "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
    assert_eq!(*rig.names.asked.lock(), ["proxy.example", "proxy.example"]);
    let requests = proxy.requests();
    assert!(requests[0].starts_with("GET http://vendor.example/x HTTP/1.1\r\n"), "{}", requests[0]);
    assert!(requests[1].starts_with("CONNECT vendor.example:443 HTTP/1.1\r\n"), "{}", requests[1]);
    assert!(requests.iter().all(|request| request.to_lowercase().contains("proxy-authorization: basic ")));

    for url in ["http://169.254.169.254/", "http://metadata.google.internal/", "http://[fd00:ec2::254]/"] {
        assert_eq!(rig.client.send(get(url)).await.unwrap_err().word(), "refused", "{url}");
    }
    let past = format!("http://past.example:{}/", direct.address.port());
    assert_eq!(rig.client.send(get(past)).await.unwrap().body, "direct");
    assert_eq!(rig.client.send(get(direct.url("/"))).await.unwrap().body, "direct");
    assert_eq!(proxy.count(), 2);
}
