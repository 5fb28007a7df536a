//! Answers of requests that make something, kept for a repeat under the same `Idempotency-Key`: a caller whose
//! connection broke gets the first answer again, a token's secret included, and nothing is made twice.
//! Kept in memory only, because such an answer may hold a secret; what was made stays unique without it.

use crate::error::{ApiError, Code};
use aegis_domain::Timestamp;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use parking_lot::Mutex;
use secrecy::zeroize::Zeroizing;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::time::Duration;

/// The header that names a request.
pub const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer is one given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// How long an answer can be had again.
const KEPT: Duration = Duration::from_secs(3600);
/// Answers kept at most; beyond, the oldest is forgotten.
const MOST: usize = 4096;
/// Bytes of a body or an answer: what makes something is small.
const MOST_BYTES: usize = 1 << 20;

/// The key of a request, if it has one.
pub fn key(headers: &HeaderMap) -> Result<Option<&str>, ApiError> {
    let Some(value) = headers.get(KEY) else { return Ok(None) };
    match value.to_str() {
        Ok(key) if (1..=200).contains(&key.len()) => Ok(Some(key)),
        _ => {
            Err(ApiError::new(Code::BadRequest, "Idempotency-Key takes 1 to 200 printable ASCII characters"))
        }
    }
}

/// The answers kept.
#[derive(Default)]
pub struct Replays(Mutex<HashMap<Hash, Entry>>);

type Hash = [u8; 32];

struct Entry {
    at: Timestamp,
    body: Hash,
    /// None while the first request is under way.
    answer: Option<Answer>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Zeroizing<Vec<u8>>,
}

/// A request that may go on; dropped without an answer, its key is free again.
struct Claim<'a> {
    replays: &'a Replays,
    name: Hash,
}

/// What a request under a key is.
enum Turn<'a> {
    First(Claim<'a>),
    Repeat(Response),
}

impl Replays {
    /// Runs a request under its key, or answers it as before. `owner` is who asks.
    pub async fn once<F>(
        &self,
        key: &str,
        owner: &str,
        now: Timestamp,
        request: Request,
        run: impl FnOnce(Request) -> F,
    ) -> Result<Response, ApiError>
    where
        F: Future<Output = Result<Response, ApiError>>,
    {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, MOST_BYTES)
            .await
            .map_err(|_| ApiError::new(Code::PayloadTooLarge, "the body is larger than this route takes"))?;
        let name = hash(&[owner, parts.uri.path(), key]);
        let claim = match self.claim(name, Sha256::digest(&body).into(), now)? {
            Turn::First(claim) => claim,
            Turn::Repeat(answer) => return Ok(answer),
        };
        let response = run(Request::from_parts(parts, Body::from(body))).await?;
        if !response.status().is_success() {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, MOST_BYTES).await.map_err(ApiError::internal)?;
        claim.keep(Answer {
            status: parts.status,
            headers: parts.headers.clone(),
            body: Zeroizing::new(body.to_vec()),
        });
        Ok(Response::from_parts(parts, Body::from(body)))
    }

    fn claim(&self, name: Hash, body: Hash, now: Timestamp) -> Result<Turn<'_>, ApiError> {
        let mut entries = self.0.lock();
        if let Some(entry) = entries.get(&name).filter(|entry| now < entry.at.plus(KEPT)) {
            if entry.body != body {
                return Err(ApiError::field("Idempotency-Key", "was used with another body; take a new key"));
            }
            return entry.answer.as_ref().map(|answer| Turn::Repeat(answer.again())).ok_or_else(|| {
                ApiError::new(Code::Conflict, "the first request with this Idempotency-Key is under way")
            });
        }
        if entries.len() >= MOST {
            entries.retain(|_, entry| now < entry.at.plus(KEPT));
        }
        if entries.len() >= MOST
            && let Some(oldest) = entries.iter().min_by_key(|(_, entry)| entry.at).map(|(name, _)| *name)
        {
            entries.remove(&oldest);
        }
        entries.insert(name, Entry { at: now, body, answer: None });
        Ok(Turn::First(Claim { replays: self, name }))
    }
}

impl Claim<'_> {
    fn keep(self, answer: Answer) {
        if let Some(entry) = self.replays.0.lock().get_mut(&self.name) {
            entry.answer = Some(answer);
        }
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        let mut entries = self.replays.0.lock();
        if entries.get(&self.name).is_some_and(|entry| entry.answer.is_none()) {
            entries.remove(&self.name);
        }
    }
}

impl Answer {
    fn again(&self) -> Response {
        let mut response = Response::new(Body::from(Bytes::copy_from_slice(&self.body)));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
        response
    }
}

/// Of parts that cannot run into one another.
fn hash(parts: &[&str]) -> Hash {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}
