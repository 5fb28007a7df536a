//! Sends an adapter's request: address, credential, body; and gives the answer as adapters read it.
//! Called by `walker` and `check`. Invariant: a secret goes into a header marked so, or into a body, and only to an
//! origin of the catalogue.

use crate::access::Access;
use crate::place::{Destination, destination, redirected};
use crate::tokens::Tokens;
use aegis_outbound::{
    Call, Client, HeaderName, HeaderValue, Method, OutboundError, Party, Policy, Repeat, Time, header,
};
use aegis_vendors::admin::{self, Answer, Auth, Body, Fault, FormValue, Request, Unreadable};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::time::Duration;

/// Redirects followed.
const REDIRECTS: usize = 3;

/// Sends requests for all credentials: one for the whole process.
pub struct Sender {
    client: Client,
    time: Arc<dyn Time>,
    policy: Policy,
    tokens: Tokens,
}

/// An answer, whole.
#[derive(Debug)]
pub struct Reply {
    inner: aegis_outbound::Answer,
    headers: Vec<(String, String)>,
}

impl Reply {
    fn new(inner: aegis_outbound::Answer) -> Self {
        let text = |v: &HeaderValue| String::from_utf8_lossy(v.as_bytes()).into_owned();
        let headers = inner.headers.iter().map(|(n, v)| (n.as_str().to_owned(), text(v))).collect();
        Reply { inner, headers }
    }

    /// The answer as adapters read it.
    pub fn answer(&self) -> Answer<'_> {
        Answer { status: self.inner.status.as_u16(), headers: &self.headers, body: &self.inner.body }
    }

    /// Attempts beyond the first.
    pub fn retries(&self) -> u64 {
        u64::from(self.inner.trip.attempts.saturating_sub(1))
    }

    /// How long the host asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.trip.retry_after
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The guarded client gave up, or did not begin.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// The request cannot be made: a field of the credential is empty or wrong.
    #[error("the call cannot be made: {0}")]
    Unusable(String),
    /// The vendor gives no token for this credential.
    #[error("the vendor gave no token for this credential")]
    Exchange(Fault),
    /// The vendor's token cannot be read.
    #[error("the vendor's token cannot be read: {0}")]
    Token(#[from] Unreadable),
}

impl Sender {
    /// Sends through `client`; `policy` bounds time, size and retries, its rules are each credential's own.
    pub fn new(client: Client, time: Arc<dyn Time>, policy: Policy) -> Self {
        Sender { client, time, policy, tokens: Tokens::default() }
    }

    /// The clock that waits and tokens go by.
    pub fn time(&self) -> &Arc<dyn Time> {
        &self.time
    }

    /// Forgets the tokens of a credential: it was replaced.
    pub fn forget(&self, id: &str) {
        self.tokens.forget(id, None);
    }

    /// Sends one request. Any status is an answer; a token that the vendor no longer takes is replaced once.
    pub async fn send(
        &self,
        access: &Access,
        purpose: &'static str,
        request: &Request,
    ) -> Result<Reply, SendError> {
        let to = destination(access, &request.place)?;
        let Auth::Exchanged(scope) = request.auth else {
            return self.call(access, purpose, request, &to, None).await;
        };
        if !to.trusted() {
            return self.call(access, purpose, request, &to, None).await;
        }
        let (token, kept) = match self.tokens.get(&access.id, scope, self.time.now()) {
            Some(token) => (token, true),
            None => (self.exchange(access, scope).await?, false),
        };
        let reply = self.call(access, purpose, request, &to, Some(&token)).await?;
        if reply.answer().status != 401 || !kept {
            return Ok(reply);
        }
        self.tokens.forget(&access.id, Some(scope));
        let token = self.exchange(access, scope).await?;
        self.call(access, purpose, request, &to, Some(&token)).await
    }

    async fn exchange(&self, access: &Access, scope: &'static str) -> Result<SecretString, SendError> {
        let now = self.time.now();
        let request = access.api.exchange(scope, &access.credential, now);
        let request = request.map_err(|fault| SendError::Unusable(fault.to_string()))?;
        let to = destination(access, &request.place)?;
        let reply = self.call(access, "token", &request, &to, None).await?;
        if !reply.answer().ok() {
            return Err(SendError::Exchange(access.api.fault(&reply.answer())));
        }
        let (token, lasts) = access.api.token(&reply.answer())?;
        self.tokens.keep(&access.id, scope, token.clone(), now, lasts);
        Ok(token)
    }

    /// Sends, and follows where a GET is redirected: the credential stays behind where that is no host of the catalogue.
    async fn call(
        &self,
        access: &Access,
        purpose: &'static str,
        request: &Request,
        to: &Destination,
        token: Option<&SecretString>,
    ) -> Result<Reply, SendError> {
        let mut reply = self.once(access, purpose, request, to, token).await?;
        let mut at = None;
        for _ in 0..REDIRECTS {
            let answer = reply.answer();
            let moved = matches!(answer.status, 301 | 302 | 303 | 307 | 308);
            let location =
                answer.header("location").filter(|_| moved && request.method == admin::Method::Get);
            let Some(location) = location else { break };
            let next = redirected(at.as_ref().unwrap_or(to), location)?;
            reply = self.once(access, purpose, request, &next, token).await?;
            at = Some(next);
        }
        Ok(reply)
    }

    async fn once(
        &self,
        access: &Access,
        purpose: &'static str,
        request: &Request,
        to: &Destination,
        token: Option<&SecretString>,
    ) -> Result<Reply, SendError> {
        let method = match request.method {
            admin::Method::Get => Method::GET,
            admin::Method::Post => Method::POST,
        };
        let party = Party::new(access.api.catalogue().id, &access.id);
        let mut call = Call::new(method, party, purpose, to.url.as_str())
            .policy(Policy { rules: access.rules, redirects: 0, ..self.policy })
            // admin APIs only read: a query by POST, too
            .repeat(Repeat::Safe)
            .header(header::ACCEPT, HeaderValue::from_static("application/json, */*;q=0.5"));
        if to.trusted() {
            for (name, value) in &request.headers {
                let value = HeaderValue::from_str(value);
                let value = value.map_err(|_| SendError::Unusable(format!("{name} is no header value")))?;
                call = call.header(HeaderName::from_static(name), value);
            }
            call = prove(call, access, &request.auth, token)?;
        }
        if let Some(body) = &request.body {
            let (media_type, bytes) = pack(access, body, to.trusted())?;
            call = call.header(header::CONTENT_TYPE, HeaderValue::from_static(media_type)).body(bytes);
        }
        Ok(Reply::new(self.client.send(call).await?))
    }
}

/// Adds what proves who asks.
fn prove(call: Call, access: &Access, auth: &Auth, token: Option<&SecretString>) -> Result<Call, SendError> {
    let plain = |field: &str| {
        let secret = access.credential.secret(field).filter(|s| !s.expose_secret().trim().is_empty());
        secret.map(|s| SecretString::from(s.expose_secret().trim())).ok_or_else(|| missing(field))
    };
    let bearer = |secret: &SecretString| SecretString::from(format!("Bearer {}", secret.expose_secret()));
    Ok(match auth {
        Auth::None => call,
        Auth::Bearer(field) => call.secret(header::AUTHORIZATION, bearer(&plain(field)?)),
        Auth::Header(name, field) => call.secret(HeaderName::from_static(name), plain(field)?),
        Auth::BearerAndHeader(name, field) => {
            let secret = plain(field)?;
            let call = call.secret(header::AUTHORIZATION, bearer(&secret));
            call.secret(HeaderName::from_static(name), secret)
        }
        Auth::Exchanged(_) => match token {
            Some(token) => call.secret(header::AUTHORIZATION, bearer(token)),
            None => return Err(SendError::Unusable("no token".to_owned())),
        },
    })
}

fn missing(field: &str) -> SendError {
    SendError::Unusable(format!("{field} is not filled in"))
}

fn pack(access: &Access, body: &Body, trusted: bool) -> Result<(&'static str, Vec<u8>), SendError> {
    match body {
        Body::Json(value) => Ok(("application/json", value.to_string().into_bytes())),
        Body::Form(_) if !trusted => {
            Err(SendError::Unusable("a form is sent to the vendor's own address only".to_owned()))
        }
        Body::Form(fields) => {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            for (name, value) in fields {
                let value = match value {
                    FormValue::Plain(text) | FormValue::Signed(text) => text.as_str(),
                    FormValue::Secret(field) => {
                        access.credential.secret(field).ok_or_else(|| missing(field))?.expose_secret()
                    }
                };
                form.append_pair(name, value);
            }
            Ok(("application/x-www-form-urlencoded", form.finish().into_bytes()))
        }
    }
}
