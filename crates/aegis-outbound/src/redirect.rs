//! Where an answer sends a call on to. Pure.
//! Called by `attempt` after each answer.
//! Invariants: nothing secret reaches an origin it was not meant for; never from encrypted to plain.

use crate::guard::{Refusal, Rules, Target};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, StatusCode, header};

/// Headers that may go along to another origin. Everything else may be or name a secret: vendors use many names for
/// their keys, operators add their own.
const HARMLESS: &[HeaderName] =
    &[header::ACCEPT, header::ACCEPT_ENCODING, header::ACCEPT_LANGUAGE, header::USER_AGENT];

/// One request on the way of a call.
#[derive(Clone)]
pub(crate) struct Hop {
    pub target: Target,
    pub method: Method,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Returns the next request, none when the answer is no redirect, or why it is not followed.
pub(crate) fn next(
    hop: &Hop,
    status: StatusCode,
    headers: &HeaderMap,
    rules: Rules,
) -> Result<Option<Hop>, Refusal> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = headers.get(header::LOCATION) else { return Ok(None) };
    let bad = || Refusal::BadRedirect { host: hop.target.host_port() };
    // some servers send UTF-8
    let location = std::str::from_utf8(location.as_bytes()).map_err(|_| bad())?;
    let target = hop.target.join(location, Rules { plain_http: true, ..rules })?;
    let (from, to) = (hop.target.host_port(), target.host_port());
    if !target.encrypted() && (hop.target.encrypted() || !rules.plain_http) {
        return Err(Refusal::Downgrade { from, to });
    }
    let mut next = Hop { target, ..hop.clone() };
    // RFC 9110, 15.4: 303 asks for a GET; 301 and 302 are so taken for POST
    let becomes_get = match status.as_u16() {
        303 => !matches!(hop.method, Method::GET | Method::HEAD),
        301 | 302 => hop.method == Method::POST,
        _ => false,
    };
    if becomes_get {
        next.method = Method::GET;
        next.body = Bytes::new();
        next.headers.remove(header::CONTENT_TYPE);
        next.headers.remove(header::CONTENT_ENCODING);
    }
    if !hop.target.same_origin(&next.target) {
        if !next.body.is_empty() {
            return Err(Refusal::CarriesBody { from, to });
        }
        next.headers = next
            .headers
            .iter()
            .filter(|(name, _)| HARMLESS.contains(name))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
    }
    Ok(Some(next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn follow(
        method: Method,
        body: &'static str,
        status: u16,
        location: &'static str,
    ) -> Result<Option<Hop>, Refusal> {
        let hop = Hop {
            target: Target::parse("https://api.example.com/v1", Rules::default()).unwrap(),
            method,
            headers: HeaderMap::from_iter([
                (header::AUTHORIZATION, HeaderValue::from_static("Bearer x")),
                (HeaderName::from_static("x-tenant"), HeaderValue::from_static("x")),
                (header::ACCEPT, HeaderValue::from_static("text/plain")),
                (header::CONTENT_TYPE, HeaderValue::from_static("text/plain")),
            ]),
            body: Bytes::from_static(body.as_bytes()),
        };
        let headers = HeaderMap::from_iter([(header::LOCATION, HeaderValue::from_static(location))]);
        next(&hop, StatusCode::from_u16(status).unwrap(), &headers, Rules::default())
    }

    #[test]
    fn methods_bodies_and_headers_change_as_they_must() {
        for (method, body, status, location, expected) in [
            (Method::GET, "", 302, "/v2", Some((Method::GET, "", 4))),
            (Method::POST, "x", 302, "/v2", Some((Method::GET, "", 3))),
            (Method::POST, "x", 303, "/v2", Some((Method::GET, "", 3))),
            (Method::PUT, "x", 302, "/v2", Some((Method::PUT, "x", 4))),
            (Method::POST, "x", 307, "/v2", Some((Method::POST, "x", 4))),
            (Method::HEAD, "", 303, "/v2", Some((Method::HEAD, "", 4))),
            (Method::GET, "", 307, "https://files.example.com/x", Some((Method::GET, "", 1))),
            (Method::GET, "", 307, "https://api.example.com:8443/x", Some((Method::GET, "", 1))),
            (Method::POST, "x", 303, "https://files.example.com/x", Some((Method::GET, "", 1))),
            (Method::GET, "", 304, "/v2", None),
            (Method::GET, "", 200, "/v2", None),
        ] {
            let next = follow(method.clone(), body, status, location).unwrap();
            let next = next
                .as_ref()
                .map(|hop| (hop.method.clone(), std::str::from_utf8(&hop.body).unwrap(), hop.headers.len()));
            assert_eq!(next, expected, "{method} {status} {location}");
        }
    }

    #[test]
    fn what_must_not_be_followed_is_not() {
        for (method, body, status, location, words) in [
            (Method::GET, "", 302, "http://api.example.com/", "without encryption"),
            (Method::POST, "x", 307, "https://other.example.com/", "with its body"),
            (Method::POST, "x", 308, "https://api.example.com:444/", "with its body"),
            (Method::GET, "", 301, "http://169.254.169.254/", "metadata"),
            (Method::GET, "", 301, "https://127.0.0.1/", "allow private"),
            (Method::GET, "", 301, "file:///etc/passwd", "only https"),
            (Method::GET, "", 301, "https://u:p@example.com/", "user name"),
        ] {
            let refused = follow(method, body, status, location).err().expect(location).to_string();
            assert!(refused.contains(words), "{location}: {refused}");
        }
    }
}
