//! Posts events to the server and keeps at it: a busy server is asked again after the time it names, one out of reach
//! for a minute, with the same external ids, so that nothing is stored twice.

use super::{Report, TrafficError};
use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use serde::Deserialize;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::bytes::Bytes;
use tokio_util::sync::CancellationToken;
use tracing::warn;

/// Where events go.
#[derive(Clone)]
pub struct Ingest {
    /// Address of the server: `http://127.0.0.1:8080`.
    pub base: String,
    /// An API token with the scope `ingest`.
    pub token: String,
}

impl std::fmt::Debug for Ingest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ingest").field("base", &self.base).finish_non_exhaustive()
    }
}

/// A server that has not answered for so long will not.
const PATIENCE: Duration = Duration::from_secs(60);
/// No pause is longer, whatever the server asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
struct Answer {
    stored: u64,
    duplicates: u64,
    rejected: u64,
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    error: Option<ItemError>,
}

#[derive(Deserialize)]
struct ItemError {
    code: String,
    message: String,
}

/// What came of one attempt.
enum Attempt {
    Taken(Answer),
    Busy(Duration),
    Failed(String),
    Refused(StatusCode, String),
}

/// Posts to one server.
#[derive(Clone)]
pub(crate) struct Poster {
    client: reqwest::Client,
    url: String,
    token: String,
}

impl Poster {
    pub fn new(ingest: &Ingest) -> Result<Self, TrafficError> {
        let url = format!("{}/api/pipeline/ingest", ingest.base.trim_end_matches('/'));
        Ok(Poster { client: client()?, url, token: ingest.token.clone() })
    }

    /// Posts a JSON body until the server has it. Cancelled, it gives up and reports nothing stored.
    pub async fn post(&self, body: Bytes, cancel: &CancellationToken) -> Result<Report, TrafficError> {
        let began = Instant::now();
        let mut report = Report::default();
        let mut pause = Duration::from_millis(100);
        loop {
            let attempt = tokio::select! {
                attempt = self.attempt(body.clone()) => attempt,
                () = cancel.cancelled() => return Ok(report),
            };
            let wait = match attempt {
                Attempt::Taken(answer) => {
                    self.complain(&answer);
                    report.stored += answer.stored;
                    report.duplicates += answer.duplicates;
                    report.rejected += answer.rejected;
                    return Ok(report);
                }
                Attempt::Refused(status, body) => {
                    return Err(TrafficError::Refused {
                        url: self.url.clone(),
                        status: status.as_u16(),
                        body,
                    });
                }
                Attempt::Failed(reason) if began.elapsed() >= PATIENCE => {
                    return Err(TrafficError::Unreachable { url: self.url.clone(), reason });
                }
                Attempt::Busy(wait) => wait.min(LONGEST_PAUSE),
                Attempt::Failed(_) => {
                    pause = (pause * 2).min(Duration::from_secs(5));
                    pause
                }
            };
            report.retries += 1;
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = cancel.cancelled() => return Ok(report),
            }
        }
    }

    async fn attempt(&self, body: Bytes) -> Attempt {
        let request = self
            .client
            .post(&self.url)
            .header(AUTHORIZATION, format!("Bearer {}", self.token))
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        let response = match request.send().await {
            Ok(response) => response,
            Err(e) => return Attempt::Failed(e.to_string()),
        };
        let status = response.status();
        let after =
            response.headers().get(RETRY_AFTER).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
        let text = match response.bytes().await {
            Ok(text) => text,
            Err(e) => return Attempt::Failed(e.to_string()),
        };
        match status {
            StatusCode::OK | StatusCode::MULTI_STATUS | StatusCode::UNPROCESSABLE_ENTITY => {
                match serde_json::from_slice(&text) {
                    Ok(answer) => Attempt::Taken(answer),
                    Err(_) => Attempt::Refused(status, beginning(&text)),
                }
            }
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                Attempt::Busy(Duration::from_secs(after.unwrap_or(1)))
            }
            status if status.is_server_error() => Attempt::Failed(beginning(&text)),
            status => Attempt::Refused(status, beginning(&text)),
        }
    }

    /// Says once per post why events were not taken; a demo that loses events should not look healthy.
    fn complain(&self, answer: &Answer) {
        if let Some(error) = answer.items.iter().find_map(|i| i.error.as_ref()) {
            warn!(rejected = answer.rejected, code = %error.code, message = %error.message, "ingest rejected events");
        }
    }
}

/// The client for ingest and simulator; both are on this machine, so no proxy is asked and no authority trusted.
#[expect(
    clippy::disallowed_methods,
    reason = "the simulator stands for the outside world, and imports nothing of ours"
)]
pub(crate) fn client() -> Result<reqwest::Client, TrafficError> {
    reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(60))
        .build()
        .map_err(TrafficError::Client)
}

fn beginning(body: &[u8]) -> String {
    String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned()
}
