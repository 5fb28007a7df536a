//! The vendors' admin APIs over real HTTP: shapes as recorded, pages that add up to the books, keys, faults, clock.

mod anthropic;
mod azure_openai;
mod cohere;
mod control;
mod deepseek;
mod gemini;
mod huggingface;
mod mistral;
mod ollama;
mod openai;
mod openrouter;
mod perplexity;
mod xai;

use crate::shape::differences;
use aegis_domain::{ManualClock, Timestamp};
use aegis_sim::{Profile, SimConfig, router_at, serve};
use futures::FutureExt;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// 2026-11-05T10:30:00Z.
pub const NOW: i64 = 1_793_874_600;
/// 2026-11-01 and 2026-10-20, midnight in UTC.
pub const NOVEMBER: i64 = 1_793_491_200;
pub const OCTOBER_20: i64 = NOVEMBER - 12 * DAY;
pub const DAY: i64 = 86_400;

/// A simulator on a port of its own.
pub struct Sim {
    pub base: String,
    pub http: Client,
    task: JoinHandle<()>,
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Sim {
    pub async fn start() -> Self {
        Sim::with(SimConfig { seed: 7, faults: Profile::None }).await
    }

    pub async fn with(config: SimConfig) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(NOW * 1000)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = router_at(config, clock);
        let task =
            tokio::spawn(serve(listener, router, std::future::pending()).map(|served| served.unwrap()));
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Sim { base, http, task }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        self.http.request(method, url)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    /// The fields of a credential.
    pub async fn fields(&self, vendor: &str, kind: &str) -> Value {
        let all = body(self.get(&format!("/_sim/credentials?vendor={vendor}"))).await;
        let found = all["credentials"].as_array().unwrap().iter().find(|c| c["kind"] == kind).cloned();
        found.unwrap_or_else(|| panic!("{vendor} has no {kind}"))["fields"].clone()
    }

    /// The key of a credential.
    pub async fn key(&self, vendor: &str, kind: &str) -> String {
        self.fields(vendor, kind).await["api_key"].as_str().unwrap().to_owned()
    }

    /// The books of `from..to`.
    pub async fn books(&self, vendor: &str, from: i64, to: i64) -> Value {
        let path = format!("/_sim/books?vendor={vendor}&from={}&to={}", rfc3339(from), rfc3339(to));
        body(self.get(&path)).await
    }

    /// Sets the clock, and lets it stand.
    pub async fn set_clock(&self, at: i64) {
        body(self.post("/_sim/clock").json(&json!({"set": rfc3339(at)}))).await;
    }
}

pub fn rfc3339(at: i64) -> String {
    Timestamp::from_millis(at * 1000).to_string().replace(".000Z", "Z")
}

/// Sends, and reads what came back with status 200.
pub async fn body(request: RequestBuilder) -> Value {
    let (status, body) = answer(request).await;
    assert_eq!(status, 200, "{body}");
    body
}

/// Sends, and reads status and body.
pub async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response: Response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// A recorded answer.
pub fn recorded(path: &str) -> Value {
    let path = format!("{}/test-data/{path}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{path}"))).unwrap()
}

/// Holds an answer against a recorded one.
#[track_caller]
pub fn like(value: &Value, path: &str) {
    assert_eq!(differences(value, &recorded(path)), Vec::<String>::new(), "{path}: {value:#}");
}

/// Sends, and holds status and body against recorded ones.
pub async fn check(request: RequestBuilder, status: u16, path: &str) -> Value {
    let (got, value) = answer(request).await;
    assert_eq!(got, status, "{path}: {value}");
    like(&value, path);
    value
}

/// A decimal, also in exponent form, as billionths.
pub fn nanos(value: &Value) -> i64 {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let (mantissa, exponent) =
        text.split_once(['e', 'E']).map_or((text.as_str(), 0), |(m, e)| (m, e.parse().unwrap()));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().unwrap_or_else(|_| panic!("{text}"));
    let shift = 9 + exponent - fraction.len() as i32;
    let value =
        if shift >= 0 { digits * 10i128.pow(shift as u32) } else { digits / 10i128.pow(-shift as u32) };
    i64::try_from(value).unwrap()
}

/// The sum of a figure over the books' rows, or over a part of them.
pub fn total(books: &Value, figure: &str) -> i64 {
    books["rows"].as_array().unwrap().iter().map(|r| r[figure].as_i64().unwrap()).sum()
}

/// The books' rows, summed by a text.
pub fn summed(
    books: &Value,
    figure: &str,
    by: impl Fn(&Value) -> String,
) -> std::collections::BTreeMap<String, i64> {
    let mut sums = std::collections::BTreeMap::new();
    for row in books["rows"].as_array().unwrap() {
        *sums.entry(by(row)).or_default() += row[figure].as_i64().unwrap();
    }
    sums
}
