//! One attempt: the requests of a call, redirects included, up to the head of the last answer.
//! Called by `client` under a permit.
//! Invariant: every place is checked before it is asked: its text here, its address when it is connected to.

use crate::allow_list::AllowList;
use crate::call::{Call, Policy, Value};
use crate::error::OutboundError;
use crate::explain::explain;
use crate::guard::{Reach, Refusal, Target};
use crate::limits::{MAX_FIELDS, MAX_HEAD};
use crate::redirect::{self, Hop};
use crate::settings::Transports;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use secrecy::ExposeSecret;

/// Headers that say how a message is carried: the library sets them, and a caller's would smuggle.
const OURS: &[HeaderName] = &[
    header::HOST,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::TE,
    header::TRAILER,
    header::EXPECT,
    header::PROXY_AUTHORIZATION,
];

/// Returns the first request of a call, or why it is not made.
pub(crate) fn first(call: &Call, allow_list: Option<&AllowList>) -> Result<Hop, OutboundError> {
    let target = Target::parse(&call.url, call.policy.rules)?;
    allow_list.map_or(Ok(()), |list| list.check(&target))?;
    let mut headers = HeaderMap::new();
    for (name, value) in &call.headers {
        if OURS.contains(name) {
            return Err(OutboundError::BadHeader(name.clone()));
        }
        let value = match value {
            Value::Plain(value) => value.clone(),
            Value::Secret(secret) => {
                let value = HeaderValue::from_str(secret.expose_secret());
                let mut value = value.map_err(|_| OutboundError::BadHeader(name.clone()))?;
                value.set_sensitive(true);
                value
            }
        };
        headers.append(name, value);
    }
    if call.method != Method::HEAD && !headers.contains_key(header::ACCEPT_ENCODING) {
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(Hop { target, method: call.method.clone(), headers, body: call.body.clone() })
}

/// Sends the request and follows where it leads. Returns the last answer, and who gave it.
pub(crate) async fn follow(
    transports: &Transports,
    allow_list: Option<&AllowList>,
    policy: &Policy,
    mut hop: Hop,
) -> Result<(Target, reqwest::Response), OutboundError> {
    for _ in 0..=policy.redirects {
        let response = ask(transports, policy.rules.reach, &hop).await?;
        let next = match policy.redirects {
            0 => None,
            _ => redirect::next(&hop, response.status(), response.headers(), policy.rules)?,
        };
        let Some(next) = next else { return Ok((hop.target, response)) };
        allow_list.map_or(Ok(()), |list| list.check(&next.target))?;
        hop = next;
    }
    let (host, limit) = (hop.target.host_port(), policy.redirects);
    Err(Refusal::TooManyRedirects { host, limit }.into())
}

async fn ask(transports: &Transports, reach: Reach, hop: &Hop) -> Result<reqwest::Response, OutboundError> {
    let client = match (&transports.proxied, reach) {
        (Some((proxy, client)), _) if proxy.takes(&hop.target) => client,
        (_, Reach::Public) => &transports.public,
        (_, Reach::Private) => &transports.private,
    };
    let mut request = reqwest::Request::new(hop.method.clone(), hop.target.url().clone());
    *request.headers_mut() = hop.headers.clone();
    if !hop.body.is_empty() {
        *request.body_mut() = Some(hop.body.clone().into());
    }
    let host = hop.target.host_port();
    let response = client.execute(request).await.map_err(|error| explain(error, &host))?;
    let fields = response.headers();
    let size: usize = fields.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if size > MAX_HEAD || fields.len() > MAX_FIELDS {
        return Err(OutboundError::Unreadable { host, what: "its head is too large".into() });
    }
    Ok(response)
}
