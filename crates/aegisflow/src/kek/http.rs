//! Sends a transit KEK's requests: a time-out, no redirects, no proxy, an answer of bounded size.
//! Called at start and when the vault's keys change; the operator names the address, so no guard stands before it.

use aegis_vault::ExposeSecret;
use aegis_vault::kek::transit::{Answer, Call, MAX_ANSWER, Request};
use anyhow::Context;
use reqwest::Client;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use std::sync::Arc;
use std::time::Duration;

/// How long an answer may take: a start must not hang.
const PATIENCE: Duration = Duration::from_secs(10);

struct Http(Client);

/// The way to a transit engine.
#[expect(
    clippy::disallowed_methods,
    reason = "called before the server, at an address the operator gives on the command line"
)]
pub fn call() -> anyhow::Result<Arc<dyn Call>> {
    let client = Client::builder().timeout(PATIENCE).redirect(Policy::none()).no_proxy();
    // Calls are rare, and not all of one runtime: a connection kept would be found dead.
    let client = client.pool_max_idle_per_host(0).build();
    Ok(Arc::new(Http(client.context("no HTTP client can be made for the transit KEK")?)))
}

#[async_trait::async_trait]
impl Call for Http {
    async fn post(&self, request: Request) -> Result<Answer, String> {
        let mut token = HeaderValue::from_str(request.token.expose_secret())
            .map_err(|_| "the token has letters that no token has".to_string())?;
        token.set_sensitive(true);
        let mut call = self
            .0
            .post(&request.url)
            .header("X-Vault-Token", token)
            .header("X-Vault-Request", "true")
            .header(CONTENT_TYPE, "application/json")
            .body(request.body.expose_secret().to_owned());
        if let Some(namespace) = &request.namespace {
            call = call.header("X-Vault-Namespace", namespace);
        }
        let mut response = call.send().await.map_err(unreachable)?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(unreachable)? {
            if body.len() + piece.len() > MAX_ANSWER {
                return Err("its answer is too long; check the address".into());
            }
            body.extend_from_slice(&piece);
        }
        let body = String::from_utf8(body).map_err(|_| "its answer is no text; check the address")?;
        Ok(Answer { status, body: body.into() })
    }
}

/// In words, with what lies beneath: reqwest's own text names only the outermost thing.
fn unreachable(error: reqwest::Error) -> String {
    let mut said = "it cannot be reached".to_string();
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(&error);
    while let Some(inner) = cause {
        said = format!("{said}: {inner}");
        cause = inner.source();
    }
    if error.is_timeout() { format!("{said} within {} s", PATIENCE.as_secs()) } else { said }
}
