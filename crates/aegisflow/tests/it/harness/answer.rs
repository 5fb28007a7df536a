//! What came back, and what every refusal owes: the one envelope, with the request's id.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("no JSON ({e}): {self}"))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("")
    }

    /// The body, of an answer that must be good.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!((200..300).contains(&self.status), "expected a good answer: {self}");
        self.json()
    }

    /// The error object, of an answer that must be the envelope with this status and code.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{self}");
        let error = self.envelope();
        assert_eq!(error["code"], code, "{self}");
        error
    }

    /// The error object, of an answer that must be the envelope.
    #[track_caller]
    pub fn envelope(&self) -> Value {
        assert!(self.header("content-type").starts_with("application/json"), "{self}");
        let body = self.json();
        let error = &body["error"];
        assert!(
            error["message"].as_str().is_some_and(|m| !m.is_empty()),
            "an error says what is wrong: {self}"
        );
        let id = error["request_id"].as_str().unwrap_or_default();
        assert!(!id.is_empty() && id == self.header("x-request-id"), "an error names its request: {self}");
        error.clone()
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.text();
        write!(f, "{} {}", self.status, text.chars().take(2_000).collect::<String>())
    }
}
