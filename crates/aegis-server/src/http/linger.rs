//! Hears a refused client out: reads, into nothing and within bounds, what is left of a large body, because a client
//! that does not listen while it sends would meet a broken connection instead of our answer.
//! Used by `around`. Small bodies are none of its business: the HTTP library reads those to their end by itself.
//! Invariant: memory is one chunk; a client that asks first (`Expect: 100-continue`) is answered before it sends.

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{Version, header};
use futures::{Stream, StreamExt};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::oneshot;

/// Bodies up to this size are in the connection's buffers by the time they are refused.
const SMALL: u64 = 16 * 1024;
/// Bytes read into nothing; whoever sends more has the connection closed on them.
const MOST: usize = 128 * 1024 * 1024;
/// Time for that.
const LONGEST: Duration = Duration::from_secs(15);

/// The way back to a body whose handler may not want it all.
pub struct Rest(Option<oneshot::Receiver<BodyDataStream>>);

/// Puts a body that can be had back in the place of a large one.
pub fn lend(request: Request) -> (Request, Rest) {
    // In HTTP/2 a refusal travels beside the body.
    if request.version() >= Version::HTTP_2
        || request.body().size_hint().upper().is_some_and(|bytes| bytes <= SMALL)
    {
        return (request, Rest(None));
    }
    let (parts, body) = request.into_parts();
    let waits = parts.headers.contains_key(header::EXPECT);
    let (back, rest) = oneshot::channel();
    let lent = Lent { body: Some(body.into_data_stream()), sends: !waits, back: Some(back) };
    (Request::from_parts(parts, Body::from_stream(lent)), Rest(Some(rest)))
}

impl Rest {
    /// Before a refusal is answered: see the module.
    pub async fn hear_out(self) {
        if let Some(mut rest) = self.0
            && let Ok(body) = rest.try_recv()
        {
            let _ = tokio::time::timeout(LONGEST, discard(body)).await;
        }
    }
}

async fn discard(mut body: BodyDataStream) {
    let mut read = 0;
    while let Some(Ok(chunk)) = body.next().await {
        read += chunk.len();
        if read > MOST {
            return;
        }
    }
}

/// A body that comes back when its handler lets go of it before the end.
struct Lent {
    /// None: read to its end.
    body: Option<BodyDataStream>,
    /// The client sends of itself, or was told to go on: reading tells it.
    sends: bool,
    back: Option<oneshot::Sender<BodyDataStream>>,
}

impl Stream for Lent {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.sends = true;
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let polled = Pin::new(body).poll_next(cx);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        polled
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (true, Some(back), Some(body)) = (self.sends, self.back.take(), self.body.take()) {
            // Nobody takes it where the request was served.
            let _ = back.send(body);
        }
    }
}
