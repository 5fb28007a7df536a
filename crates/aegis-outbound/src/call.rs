//! What a caller asks for.
//! Made by collectors, deliveries, validators; read by `client`.
//! Invariant: nothing secret in `Debug`: not the URL beyond its host, not a secret header, not the body.

use crate::guard::{Rules, Target};
use crate::limits::Limits;
use crate::retry::Retry;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, header};
use secrecy::SecretString;
use std::fmt;
use std::sync::Arc;

/// On whose account a call goes: the vendor or destination, and the id of the key used.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Party {
    /// Id of the vendor or destination; also names the rate and the label in metrics.
    pub vendor: Arc<str>,
    /// Id of the stored key; not the key.
    pub key: Arc<str>,
}

impl Party {
    /// The key `key` of `vendor`.
    pub fn new(vendor: &str, key: &str) -> Self {
        Party { vendor: vendor.into(), key: key.into() }
    }
}

/// How a destination is to be treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Where it may lie.
    pub rules: Rules,
    /// Redirects followed; with none, a redirect is an answer like any other.
    pub redirects: u8,
    /// How long and large an answer may be.
    pub limits: Limits,
    /// How often it is tried.
    pub retry: Retry,
}

impl Default for Policy {
    fn default() -> Self {
        Policy { rules: Rules::default(), redirects: 3, limits: Limits::default(), retry: Retry::default() }
    }
}

/// Whether a call may be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeat {
    /// As its method says: GET, HEAD, OPTIONS, PUT, DELETE may (RFC 9110, 9.2.2).
    #[default]
    ByMethod,
    /// It may: it only reads, or carries a key by which the host knows a repeat.
    Safe,
    /// It may not.
    Never,
}

pub(crate) enum Value {
    Plain(HeaderValue),
    Secret(SecretString),
}

/// One call.
pub struct Call {
    pub(crate) party: Party,
    pub(crate) purpose: &'static str,
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: Vec<(HeaderName, Value)>,
    pub(crate) body: Bytes,
    pub(crate) policy: Policy,
    pub(crate) repeat: Repeat,
}

impl Call {
    /// A call with the default policy. `purpose` is a word for metrics and logs, such as `usage`.
    pub fn new(method: Method, party: Party, purpose: &'static str, url: impl Into<String>) -> Self {
        Call {
            party,
            purpose,
            method,
            url: url.into(),
            headers: Vec::new(),
            body: Bytes::new(),
            policy: Policy::default(),
            repeat: Repeat::default(),
        }
    }

    /// A GET.
    pub fn get(party: Party, purpose: &'static str, url: impl Into<String>) -> Self {
        Call::new(Method::GET, party, purpose, url)
    }

    /// A POST with a body of that media type.
    pub fn post(
        party: Party,
        purpose: &'static str,
        url: impl Into<String>,
        media_type: HeaderValue,
        body: impl Into<Bytes>,
    ) -> Self {
        Call { body: body.into(), ..Call::new(Method::POST, party, purpose, url) }
            .header(header::CONTENT_TYPE, media_type)
    }

    /// Adds a header that may be shown.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, Value::Plain(value)));
        self
    }

    /// Adds a header with a secret in it.
    pub fn secret(mut self, name: HeaderName, value: SecretString) -> Self {
        self.headers.push((name, Value::Secret(value)));
        self
    }

    /// Sets the body, as it is sent.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Sets how the destination is treated.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Says whether it may be sent twice.
    pub fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }

    pub(crate) fn may_repeat(&self) -> bool {
        match self.repeat {
            Repeat::Safe => true,
            Repeat::Never => false,
            Repeat::ByMethod => self.method.is_idempotent(),
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = match Target::parse(&self.url, self.policy.rules) {
            Ok(target) => target.to_string(),
            Err(refusal) => format!("refused ({})", refusal.word()),
        };
        f.debug_struct("Call")
            .field("party", &self.party)
            .field("purpose", &self.purpose)
            .field("method", &self.method)
            .field("to", &to)
            .field("headers", &self.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
            .field("body_bytes", &self.body.len())
            .field("policy", &self.policy)
            .field("repeat", &self.repeat)
            .finish()
    }
}
