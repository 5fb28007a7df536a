//! The layer around all vendors: counts a call, and lets it go wrong where a rule says so.
//! Called by axum for every request below a vendor's prefix. The simulator's own `/_sim` is neither counted nor hit.

use super::calls::Call;
use super::faults::{Kind, Rule};
use super::{Admin, Trouble, Vendor};
use crate::serve::Connection;
use aegis_domain::Clock;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::{StreamExt, stream};
use std::io;
use std::time::Duration;

/// Answers larger than this are not cut in half but at their first piece.
const MAX_CUT: usize = 64 * 1024 * 1024;
/// From the last byte of a cut body to the end of its connection.
const FLUSH: Duration = Duration::from_millis(50);

/// Counts, fails, or passes on.
pub(crate) async fn layer(State(admin): State<Admin>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let (name, below) =
        path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_start_matches('/'), ""));
    let Some(vendor) = admin.find(name).map(|a| a.vendor) else { return next.run(request).await };
    let below = format!("/{below}");
    let rule = admin.faults.hit(vendor.id, &below);
    let mut call = Call {
        number: 0,
        at: admin.clock.now().to_string(),
        elapsed_ms: admin.elapsed_ms(),
        vendor: vendor.id.into(),
        method: request.method().to_string(),
        path: below,
        query: request.uri().query().unwrap_or("").into(),
        status: 0,
        fault: rule.as_ref().map(|r| r.kind.name()),
    };
    let connection = request.extensions().get::<ConnectInfo<Connection>>().map(|c| c.0.clone());
    let (response, status) = match rule {
        Some(rule) => fail(&rule, vendor, connection, request, next).await,
        None => {
            let response = next.run(request).await;
            let status = response.status().as_u16();
            (response, status)
        }
    };
    call.status = status;
    admin.calls.enter(call);
    response
}

async fn fail(
    rule: &Rule,
    vendor: &Vendor,
    connection: Option<Connection>,
    request: Request,
    next: Next,
) -> (Response, u16) {
    let response = match rule.kind {
        Kind::RateLimit => (vendor.trouble)(Trouble::TooMany(rule.retry_after)),
        Kind::Error => (vendor.trouble)(Trouble::Broken(rule.status)),
        Kind::Slow => {
            tokio::time::sleep(Duration::from_millis(rule.delay_ms)).await;
            next.run(request).await
        }
        Kind::Cut => cut(next.run(request).await).await,
        Kind::BadJson => ([("content-type", "application/json")], "{\"data\": [{\"id\": ").into_response(),
        Kind::Reset => {
            if let Some(connection) = connection {
                connection.reset();
            }
            return (broken_body(Vec::new()), 0);
        }
    };
    let status = response.status().as_u16();
    (response, status)
}

/// The first half of a body, under the length of the whole.
async fn cut(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    let bytes = to_bytes(body, MAX_CUT).await.unwrap_or_default();
    if let Ok(length) = bytes.len().max(1).to_string().parse() {
        head.headers.insert("content-length", length);
    }
    let half = bytes.slice(..bytes.len() / 2);
    let broken = broken_body(half.to_vec()).into_body();
    Response::from_parts(head, broken)
}

/// Some bytes, then the connection breaks. The wait lets the bytes leave first: they would be dropped with it.
fn broken_body(bytes: Vec<u8>) -> Response {
    let begin = stream::iter((!bytes.is_empty()).then_some(Ok(bytes)));
    let end = stream::once(async {
        tokio::time::sleep(FLUSH).await;
        Err(io::Error::new(io::ErrorKind::ConnectionReset, "cut on purpose"))
    });
    Response::new(Body::from_stream(begin.chain(end)))
}
