//! Refuses changes that another site's page asks for with our cookies (CSRF, also of log-in and of web sockets).
//! Called by `guard` after authentication. Browsers send `Origin` with every cross-origin change and every web socket,
//! and `Sec-Fetch-Site` with everything; a page can forge neither.
//! Invariant: a request that carries one of our cookies and changes something passes only with proof that it came from
//! a page of ours. Bearer tokens are no ambient authority and need none.

use super::Caller;
use super::authenticate::cookies;
use crate::App;
use crate::error::{ApiError, Code};
use aegis_identity::cookie::Cookie;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};

/// Refuses a change that a page of another origin asks for with our cookie.
pub fn check_origin(app: &App, parts: &Parts, _caller: &Caller) -> Result<(), ApiError> {
    if !changes(parts) || parts.headers.contains_key(header::AUTHORIZATION) {
        return Ok(());
    }
    let jar = app.access.jar;
    let with_cookie = [Cookie::Access, Cookie::Refresh]
        .into_iter()
        .any(|cookie| cookies(&parts.headers).any(|text| text.contains(jar.name(cookie))));
    let evidence = Evidence {
        origin: text(&parts.headers, "origin"),
        site: text(&parts.headers, "sec-fetch-site"),
        host: text(&parts.headers, "host").or(parts.uri.authority().map(|a| a.as_str())),
        with_cookie,
    };
    let own = app.config.public_url.as_deref();
    evidence.judge(own, app.config.is_https()).map_err(|why| ApiError::new(Code::BadOrigin, why))
}

/// A web socket's upgrade is a GET that opens a channel both ways.
fn changes(parts: &Parts) -> bool {
    let safe = [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE].contains(&parts.method);
    !safe || parts.headers.contains_key(header::UPGRADE)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    // What is no text is not ours either.
    headers.get(name).map(|value| value.to_str().unwrap_or("null"))
}

struct Evidence<'a> {
    origin: Option<&'a str>,
    site: Option<&'a str>,
    host: Option<&'a str>,
    with_cookie: bool,
}

impl Evidence<'_> {
    fn judge(&self, public_url: Option<&str>, https: bool) -> Result<(), &'static str> {
        let foreign = Err("a page of another origin asked for this change; do it in the console itself");
        if self.site.is_some_and(|site| site != "same-origin" && site != "none") {
            return foreign;
        }
        match self.origin {
            Some(origin) if self.is_ours(origin, public_url, https) => Ok(()),
            Some(_) => foreign,
            None if self.site.is_some() || !self.with_cookie => Ok(()),
            None => {
                Err("a change made with a cookie needs an Origin header; programs should use an API token")
            }
        }
    }

    /// Ours is the public address, and whatever host the request itself was sent to: a page cannot choose `Host`, and a
    /// name bound to our address by somebody else holds none of our cookies.
    fn is_ours(&self, origin: &str, public_url: Option<&str>, https: bool) -> bool {
        let Some(origin) = Site::read(origin) else { return false };
        if public_url.and_then(Site::read).is_some_and(|own| own == origin) {
            return true;
        }
        let Some(host) = self.host else { return false };
        let scheme_fits = origin.https || !https;
        let scheme = if origin.https { "https" } else { "http" };
        scheme_fits && Site::read(&format!("{scheme}://{host}")) == Some(origin)
    }
}

/// An origin, with the port its scheme implies filled in.
#[derive(PartialEq, Eq)]
struct Site {
    https: bool,
    host: String,
    port: u16,
}

impl Site {
    fn read(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let https = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let authority = uri.authority()?;
        if authority.as_str().contains('@') {
            return None;
        }
        let port = authority.port_u16().unwrap_or(if https { 443 } else { 80 });
        Some(Site { https, host: authority.host().to_ascii_lowercase(), port })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: Option<&str> = Some("https://aegis.corp.example/");

    fn passes(origin: Option<&str>, site: Option<&str>, host: &str, with_cookie: bool) -> bool {
        Evidence { origin, site, host: Some(host), with_cookie }.judge(PUBLIC, true).is_ok()
    }

    #[test]
    fn only_our_own_pages_may_change_things() {
        let own = "aegis.corp.example";
        for (origin, site, host, expected) in [
            (Some("https://aegis.corp.example"), Some("same-origin"), own, true),
            (Some("https://AEGIS.corp.example:443"), None, own, true),
            (Some("https://aegis.corp.example"), None, "127.0.0.1:8080", true),
            (Some("https://127.0.0.1:8443"), None, "127.0.0.1:8443", true),
            (None, Some("same-origin"), own, true),
            (None, Some("none"), own, true),
            (None, None, own, false),
            (Some("null"), None, own, false),
            (Some(""), None, own, false),
            (Some("https://evil.example"), None, own, false),
            (Some("https://evil.example"), Some("same-origin"), own, false),
            (Some("https://aegis.corp.example.evil.example"), None, own, false),
            (Some("https://aegis.corp.example@evil.example"), None, own, false),
            (Some("http://aegis.corp.example"), None, own, false),
            (Some("https://aegis.corp.example:8443"), None, own, false),
            (Some("https://aegis.corp.example"), Some("cross-site"), own, false),
            (None, Some("same-site"), own, false),
            (None, Some("cross-site"), own, false),
        ] {
            assert_eq!(passes(origin, site, host, true), expected, "{origin:?} {site:?} {host}");
        }
    }

    #[test]
    fn without_cookies_only_foreign_pages_are_refused() {
        assert!(passes(None, None, "aegis.corp.example", false), "curl may log in");
        assert!(!passes(Some("https://evil.example"), None, "aegis.corp.example", false), "log-in CSRF");
        assert!(!passes(None, Some("cross-site"), "aegis.corp.example", false));
    }

    #[test]
    fn over_plain_http_the_request_s_own_host_counts() {
        let judge = |origin| {
            Evidence { origin: Some(origin), site: None, host: Some("127.0.0.1:8080"), with_cookie: true }
                .judge(None, false)
                .is_ok()
        };
        assert!(judge("http://127.0.0.1:8080"));
        assert!(!judge("http://localhost:8080"));
        assert!(!judge("http://127.0.0.1:9090"));
    }
}
