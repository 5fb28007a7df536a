//! What is to be sent, and what came back: plain values, so that tests compare them whole.
//! The sender follows redirects itself, a few, each checked like any address; the credential stays behind where one
//! leads to another host.
//! Invariant: no secret is in a request; it names the field that holds one, and the sender puts it in.

use std::fmt;

/// GET or POST: admin APIs that only read need no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Read by a query in the body. Safe to send again.
    Post,
}

/// Where a request goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A path (beginning with `/`, percent-encoded) on a host of the catalogue, with a query that the sender encodes.
    Host {
        /// Its name in the catalogue.
        host: &'static str,
        /// Path below the host's base.
        path: String,
        /// Names and values, in order.
        query: Vec<(String, String)>,
    },
    /// A whole address that the vendor gave (`nextLink`, `Link`): followed with the credential only to a host of the
    /// catalogue, and without it elsewhere.
    Link(String),
}

/// How the sender proves who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// Not at all: a redirect to a signed address, a public list.
    None,
    /// `Authorization: Bearer` with this secret field.
    Bearer(&'static str),
    /// This header with this secret field.
    Header(&'static str, &'static str),
    /// `Authorization: Bearer` and this header, both with this secret field: for a vendor whose documents disagree.
    BearerAndHeader(&'static str, &'static str),
    /// `Authorization: Bearer` with a token of this scope, got by `AdminApi::exchange` and kept until a minute before
    /// it ends.
    Exchanged(&'static str),
}

/// A body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// `application/json`.
    Json(serde_json::Value),
    /// `application/x-www-form-urlencoded`; a value may be a secret field of the credential.
    Form(Vec<(&'static str, FormValue)>),
}

/// A value of a form.
#[derive(Clone, PartialEq, Eq)]
pub enum FormValue {
    /// As it stands.
    Plain(String),
    /// A signed assertion: good for a token while it lasts, so `Debug` does not show it.
    Signed(String),
    /// This secret field of the credential.
    Secret(&'static str),
}

impl fmt::Debug for FormValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormValue::Plain(text) => f.debug_tuple("Plain").field(text).finish(),
            FormValue::Signed(_) => f.write_str("Signed(..)"),
            FormValue::Secret(field) => f.debug_tuple("Secret").field(field).finish(),
        }
    }
}

/// A request to a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// GET or POST.
    pub method: Method,
    /// Where to.
    pub place: Place,
    /// Beside what the sender adds itself.
    pub headers: Vec<(&'static str, String)>,
    /// Who asks.
    pub auth: Auth,
    /// What is sent.
    pub body: Option<Body>,
}

impl Request {
    /// A GET on a host of the catalogue.
    pub fn get(host: &'static str, path: impl Into<String>, auth: Auth) -> Self {
        Request {
            method: Method::Get,
            place: Place::Host { host, path: path.into(), query: Vec::new() },
            headers: Vec::new(),
            auth,
            body: None,
        }
    }

    /// A POST of JSON to a host of the catalogue.
    pub fn post(host: &'static str, path: impl Into<String>, auth: Auth, body: serde_json::Value) -> Self {
        Request { method: Method::Post, body: Some(Body::Json(body)), ..Request::get(host, path, auth) }
    }

    /// With one more parameter of the query.
    pub fn with(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        if let Place::Host { query, .. } = &mut self.place {
            query.push((name.into(), value.to_string()));
        }
        self
    }

    /// A GET of an address that the vendor gave.
    pub fn link(address: impl Into<String>, auth: Auth) -> Self {
        Request { place: Place::Link(address.into()), ..Request::get("", "", auth) }
    }

    /// With one more header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// What came back: whole, within the sender's bound on size.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: &'a [(String, String)],
    /// The body, unpacked.
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// True for 2xx.
    pub fn ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The first header called `name` (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}
