//! Talks HTTP to a server: as nobody, as a person with cookies, as a machine with a token.

use super::Answer;
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderValue, ORIGIN};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// A caller.
#[derive(Clone)]
pub struct Client {
    pub address: SocketAddr,
    http: reqwest::Client,
    bearer: Option<String>,
    cookie: Option<String>,
}

impl Client {
    /// A caller without credential.
    pub fn new(address: SocketAddr) -> Self {
        let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).timeout(Duration::from_secs(60));
        let http = http.build().unwrap();
        Client { address, http, bearer: None, cookie: None }
    }

    /// The same, with a token.
    pub fn with_token(self, token: &str) -> Self {
        Client { bearer: Some(token.into()), ..self }
    }

    /// The same caller at another server: for a folder that was started again.
    pub fn at(&self, address: SocketAddr) -> Self {
        Client { bearer: self.bearer.clone(), cookie: self.cookie.clone(), ..Client::new(address) }
    }

    /// The same, with connections of its own.
    pub fn another(&self) -> Self {
        self.at(self.address)
    }

    /// The token, without `Bearer`.
    pub fn token(&self) -> &str {
        self.bearer.as_deref().unwrap_or_default()
    }

    /// Goes on with the cookies an answer set.
    pub fn keep_cookies(&mut self, answer: &Answer) {
        let set = answer.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap());
        let pairs: Vec<&str> = set.map(|v| v.split(';').next().unwrap()).collect();
        self.cookie = Some(pairs.join("; "));
    }

    /// The value of a cookie it goes with.
    pub fn cookie_value(&self, name: &str) -> String {
        let pairs = self.cookie.as_deref().unwrap_or_default().split("; ");
        let value = pairs.filter_map(|p| p.split_once('=')).find(|p| p.0 == name).map(|p| p.1);
        value.unwrap_or_else(|| panic!("no cookie {name}")).to_string()
    }

    /// A request with this caller's credential.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.http.request(method, format!("http://{}{path}", self.address));
        if let Some(token) = &self.bearer {
            request = request.bearer_auth(token);
        }
        if let Some(cookie) = &self.cookie {
            let origin = HeaderValue::from_str(&format!("http://{}", self.address)).unwrap();
            request = request.header(COOKIE, cookie).header(ORIGIN, origin);
        }
        request
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await.unwrap()
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, path).json(body)).await.unwrap()
    }

    /// Posts events; fails as the connection does.
    pub async fn try_ingest(&self, body: &Value) -> reqwest::Result<Answer> {
        send(self.request(Method::POST, "/api/pipeline/ingest").json(body)).await
    }

    /// Posts events.
    pub async fn ingest(&self, body: &Value) -> Answer {
        self.try_ingest(body).await.unwrap()
    }

    /// Posts bytes as events, with headers of the caller's choice.
    pub async fn ingest_bytes(&self, body: impl Into<Vec<u8>>, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.request(Method::POST, "/api/pipeline/ingest").body(body.into());
        if !headers.iter().any(|h| h.0 == "content-type") {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        send(request).await.unwrap()
    }

    /// Makes a token; needs an admin.
    pub async fn make_token(&self, name: &str, scopes: &[&str]) -> Client {
        let answer = self.post("/api/tokens", &json!({ "name": name, "scopes": scopes })).await;
        let token = answer.ok()["token"].as_str().unwrap().to_string();
        Client { bearer: Some(token), ..Client::new(self.address) }
    }

    /// Every event of the last day, page by page; demands that no page repeats another.
    pub async fn all_events(&self) -> Vec<Value> {
        let mut events = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(&format!("/api/events?limit=500&range=24h{cursor}")).await.ok();
            events.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return events,
            }
        }
    }

    /// Waits until every consumer of the log has read all of it.
    pub async fn wait_until_absorbed(&self) {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let status = self.get("/api/pipeline/status").await.ok();
            let marks = status["partitions"].as_array().unwrap();
            let at = |name: &str, partition: &Value| {
                let of = |c: &&Value| c["name"] == name && c["partition"] == *partition;
                status["consumers"].as_array().unwrap().iter().find(of).and_then(|c| c["position"].as_u64())
            };
            let done = |p: &Value| at("rollups", &p["id"]) >= p["high_water"].as_u64();
            if marks.iter().all(done) {
                return;
            }
            assert!(Instant::now() < deadline, "the rollups do not catch up: {status:#}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// Sends a request and reads the answer to its end.
pub async fn send(request: RequestBuilder) -> reqwest::Result<Answer> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Answer { status, headers, body: response.bytes().await?.to_vec() })
}
