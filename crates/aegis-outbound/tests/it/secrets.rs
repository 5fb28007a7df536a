//! Secrets stay out of everything that is printed.

use crate::rig::{get, open, party, rig, rig_with};
use crate::server::{Server, Step, answer, redirect};
use aegis_outbound::{
    AddressChecks, Call, HeaderName, HeaderValue, Limits, OutboundError, Policy, Proxy, SecretString, header,
};

const SECRET: &str = "hunter2";

fn loaded(url: &str) -> Call {
    Call::post(party("key-1"), "test", url, HeaderValue::from_static("text/plain"), SECRET)
        .secret(header::AUTHORIZATION, SecretString::from(format!("Bearer {SECRET}")))
        .header(HeaderName::from_static("x-custom"), HeaderValue::from_static(SECRET))
        .policy(open())
}

/// Both printed forms, and those of every error beneath.
fn printed(error: &OutboundError) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut next = std::error::Error::source(error);
    while let Some(source) = next {
        text += &format!("{source} {source:?}");
        next = source.source();
    }
    text
}

#[tokio::test]
async fn no_error_shows_one() {
    let big = format!("x-h: {SECRET}\r\n").repeat(1000);
    let garbage = format!("{SECRET} {SECRET}\r\n\r\n");
    let cut = format!("HTTP/1.1 200 {SECRET}\r\nset-cookie: {SECRET}\r\ncontent-length: 99\r\n\r\n{SECRET}");
    let location = format!("http://169.254.169.254/{SECRET}?k={SECRET}");
    let downgrade = format!("{SECRET}://x/");
    let bad = format!("http://[{SECRET}/");
    let large = format!("{SECRET}{}", "x".repeat(5000));
    let server = Server::start(move |_, request| match request {
        r if r.contains("/cut/") => vec![Step::Send(cut.clone().into())],
        r if r.contains("/big/") => answer(200, &big, ""),
        r if r.contains("/garbage/") => vec![Step::Send(garbage.clone().into())],
        r if r.contains("/redirect/") => redirect(303, &location),
        r if r.contains("/scheme/") => redirect(303, &downgrade),
        r if r.contains("/bad/") => redirect(303, &bad),
        r if r.contains("/gzip/") => answer(200, "content-encoding: gzip\r\n", SECRET),
        r if r.contains("/large/") => answer(200, "", &large),
        _ => redirect(307, &format!("/{SECRET}")),
    })
    .await;
    let rig = rig();
    let mut seen = 0;
    let at = |path: &str| server.url(&format!("/{path}/{SECRET}?key={SECRET}#{SECRET}"));
    let mut urls: Vec<_> =
        ["cut", "big", "garbage", "redirect", "scheme", "bad", "gzip", "large", "loop"].map(at).into();
    urls.push(format!("http://127.0.0.1:1/{SECRET}?key={SECRET}"));
    urls.push(format!("https://{}/{SECRET}", server.address));
    urls.push(format!("http://user:{SECRET}@127.0.0.1/"));
    urls.push(format!("http://{SECRET}:{SECRET}@127.0.0.1/"));
    urls.push(format!("http://127.0.0.1 /{SECRET}"));
    urls.push(format!("{SECRET}:{SECRET}"));
    urls.push(format!("http://nowhere.example/{SECRET}"));
    for url in urls {
        let limits = Limits { body: 1000, ..Limits::default() };
        let call = loaded(&url).policy(Policy { limits, ..open() });
        let shown = format!("{call:?} {call:#?}");
        assert!(!shown.contains(SECRET), "{shown}");
        let error = rig.client.send(call).await.expect_err(&url);
        assert!(!printed(&error).contains(SECRET), "{}", printed(&error));
        seen += 1;
    }
    assert_eq!(seen, 16);
}

#[tokio::test]
async fn a_secret_that_no_header_may_hold_is_not_quoted() {
    for name in ["x-api-key", "authorization"] {
        let name = HeaderName::from_static(name);
        let call =
            get("http://127.0.0.1:1/").secret(name.clone(), SecretString::from(format!("{SECRET}\r\nx: y")));
        let error = rig().client.send(call).await.unwrap_err();
        assert_eq!(error, OutboundError::BadHeader(name));
        assert!(!printed(&error).contains(SECRET));
    }
    for name in ["host", "transfer-encoding", "content-length", "connection", "proxy-authorization"] {
        let name = HeaderName::from_static(name);
        let call = get("http://127.0.0.1:1/").header(name.clone(), HeaderValue::from_static("x"));
        assert_eq!(rig().client.send(call).await.unwrap_err(), OutboundError::BadHeader(name));
    }
}

#[tokio::test]
async fn answers_and_settings_show_none() {
    let server = Server::start(|_, _| answer(200, &format!("set-cookie: {SECRET}\r\n"), SECRET)).await;
    let rig = rig();
    let answer = rig.client.send(loaded(&server.url("/"))).await.unwrap();
    let stream = rig.client.stream(loaded(&server.url("/"))).await.unwrap();
    let proxy = Proxy::new(format!("http://u:{SECRET}@p:1").into(), "", AddressChecks::LeftToProxy).unwrap();
    let shown = format!("{answer:?} {stream:?} {proxy:?} {:?}", rig.client);
    assert!(!shown.contains(SECRET), "{shown}");
    assert!(server.requests()[0].contains(&format!("authorization: Bearer {SECRET}\r\n")), "but it is sent");
    let through = rig_with(|settings| settings.proxy = Some(proxy));
    let error = through.client.send(get("https://x.example/")).await.unwrap_err();
    assert!(!printed(&error).contains(SECRET), "{}", printed(&error));
}
