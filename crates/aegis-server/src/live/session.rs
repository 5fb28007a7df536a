//! One client's web socket: subscribe, resume, events, statistics each second, and an end when the role is gone.
//! Invariant: nothing of what a client sends can hold more than one frame of 16 KiB, or one subscription.

use super::hub::{Frame, Missed, Subscription, frames};
use crate::App;
use crate::access::{self, Caller};
use crate::http::query::FilterParams;
use crate::view;
use aegis_domain::{EventFilter, EventId, Role, Timestamp};
use aegis_store::{StoreError, Stream};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::{Instant, interval, timeout};

/// Events sent again after a broken connection; what is beyond is named as a gap.
const RESUMED: usize = 1_000;
/// How long a send may take before the client counts as gone.
const SEND: Duration = Duration::from_secs(10);
/// A client that says nothing for so long is gone; browsers answer our pings by themselves.
const SILENCE: Duration = Duration::from_secs(60);
/// How often the client's right to watch is looked at again.
const RECHECK: Duration = Duration::from_secs(2);

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum FromClient {
    Subscribe {
        #[serde(default)]
        filter: Map<String, Value>,
        #[serde(default)]
        resume_after: Option<EventId>,
    },
    Ping,
}

/// Why a session ends.
enum End {
    Gone,
    Refused,
}

/// Serves one client until it leaves or may no longer watch.
pub async fn serve(app: App, caller: Caller, mut socket: WebSocket) {
    app.metrics.live_subscribers.inc();
    let mut watching = None;
    let end = session(&app, &caller, &mut socket, &mut watching).await;
    if let Some((key, _)) = watching {
        app.live.unsubscribe(key);
    }
    app.metrics.live_subscribers.dec();
    let (code, reason) = match end {
        End::Gone => (1001, "going away"),
        End::Refused => (4401, "the role that allowed this is gone"),
    };
    let close = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
    let _ = timeout(Duration::from_secs(1), socket.send(close)).await;
}

async fn session(
    app: &App,
    caller: &Caller,
    socket: &mut WebSocket,
    watching: &mut Option<(u64, Subscription)>,
) -> End {
    let hello = json!({ "type": "hello", "version": env!("CARGO_PKG_VERSION"), "now": app.clock.now() });
    if !send(socket, hello.to_string().into()).await {
        return End::Gone;
    }
    let mut second = interval(Duration::from_secs(1));
    let mut recheck = interval(RECHECK);
    let mut heard = Instant::now();
    let mut last = Figures::default();
    loop {
        tokio::select! {
            () = app.stop.cancelled() => return End::Gone,
            _ = recheck.tick() => {
                if !access::still_holds(app, caller, Role::Viewer).await {
                    return End::Refused;
                }
            }
            frame = next_frame(watching) => {
                if !send(socket, frame).await {
                    return End::Gone;
                }
            }
            _ = second.tick() => {
                if heard.elapsed() > SILENCE || !tick(app, socket, watching, &mut last).await {
                    return End::Gone;
                }
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    heard = Instant::now();
                    if !answer(app, socket, watching, &text).await {
                        return End::Gone;
                    }
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return End::Gone,
                Some(Ok(_)) => heard = Instant::now(),
            }
        }
    }
}

async fn next_frame(watching: &mut Option<(u64, Subscription)>) -> Frame {
    match watching {
        Some((_, s)) => match s.frames.recv().await {
            Some(frame) => frame,
            None => std::future::pending().await,
        },
        None => std::future::pending().await,
    }
}

async fn send(socket: &mut WebSocket, frame: Frame) -> bool {
    matches!(timeout(SEND, socket.send(Message::Text((*frame).into()))).await, Ok(Ok(())))
}

#[derive(Default, Clone, Copy)]
struct Figures {
    seen: u64,
    matched: u64,
}

/// The statistics of a second, what was missed, and a ping.
async fn tick(
    app: &App,
    socket: &mut WebSocket,
    watching: &Option<(u64, Subscription)>,
    last: &mut Figures,
) -> bool {
    if let Some(missed) = watching.as_ref().and_then(|(_, s)| s.missed.lock().take())
        && !send(socket, gap(missed, "load")).await
    {
        return false;
    }
    let (matched, shown) = watching.as_ref().map_or((0, 0), |(_, s)| {
        (s.counters.matched.load(Ordering::Relaxed), s.counters.shown.load(Ordering::Relaxed))
    });
    let now = Figures { seen: app.live.seen.load(Ordering::Relaxed), matched };
    let stats = json!({
        "type": "stats",
        "at": app.clock.now(),
        "rate": now.matched.saturating_sub(last.matched),
        "total_rate": if last.seen == 0 { 0 } else { now.seen.saturating_sub(last.seen) },
        "shown": shown,
        "matched": matched,
        "subscribers": app.live.watching(),
    });
    *last = now;
    send(socket, stats.to_string().into()).await
        && matches!(timeout(SEND, socket.send(Message::Ping(Default::default()))).await, Ok(Ok(())))
}

fn gap(missed: Missed, reason: &str) -> Frame {
    json!({ "type": "gap", "from": missed.from, "to": missed.to, "count": missed.count, "reason": reason })
        .to_string()
        .into()
}

fn error(code: &str, message: &str) -> Frame {
    json!({ "type": "error", "code": code, "message": message }).to_string().into()
}

async fn answer(
    app: &App,
    socket: &mut WebSocket,
    watching: &mut Option<(u64, Subscription)>,
    text: &str,
) -> bool {
    match serde_json::from_str::<FromClient>(text) {
        Ok(FromClient::Ping) => send(socket, json!({ "type": "pong" }).to_string().into()).await,
        Ok(FromClient::Subscribe { filter, resume_after }) => {
            let filter = match read_filter(app, filter) {
                Ok(filter) => filter,
                Err(message) => return send(socket, error("validation_failed", &message)).await,
            };
            if let Some((key, _)) = watching.take() {
                app.live.unsubscribe(key);
            }
            let (key, subscription) = app.live.subscribe(filter.clone());
            *watching = Some((key, subscription));
            match resume_after {
                Some(id) => resume(app, socket, &filter, id).await,
                None => true,
            }
        }
        Err(_) => send(socket, error("bad_request", "expected {\"type\":\"subscribe\"|\"ping\", …}")).await,
    }
}

/// The filter of a list, given as arrays instead of comma lists.
fn read_filter(app: &App, filter: Map<String, Value>) -> Result<EventFilter, String> {
    let mut params = Map::new();
    for (name, value) in filter {
        let text = match value {
            Value::Array(list) => {
                let words: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
                Value::String(words.ok_or_else(|| format!("{name}: expected a list of words"))?.join(","))
            }
            other => other,
        };
        params.insert(name, text);
    }
    let params: FilterParams = serde_json::from_value(Value::Object(params))
        .map_err(|_| "filter: expected lists of words".to_string())?;
    params.filter(app).map_err(|e| e.message)
}

/// Sends what came after `id`. The subscription stands already, so nothing falls between the two; an event may come
/// twice, and its id tells.
async fn resume(app: &App, socket: &mut WebSocket, filter: &EventFilter, id: EventId) -> bool {
    match missed_since(app, filter, id).await {
        Ok((frames, gap_after)) => {
            for frame in frames {
                if !send(socket, frame).await {
                    return false;
                }
            }
            match gap_after {
                Some(missed) => send(socket, gap(missed, "resume")).await,
                None => true,
            }
        }
        Err(e) => {
            tracing::warn!(error = %e, "a live stream could not be resumed");
            send(socket, error("unavailable", "what was missed could not be read; the list of events has it"))
                .await
        }
    }
}

async fn missed_since(
    app: &App,
    filter: &EventFilter,
    id: EventId,
) -> Result<(Vec<Frame>, Option<Missed>), StoreError> {
    let Some(record) = app.store.log.get(Stream::Events, id.0).await? else {
        return Ok((Vec::new(), None));
    };
    let records = app.store.log.read(Stream::Events, record.partition, record.seq, RESUMED).await?;
    let mut out = Vec::new();
    for record in &records {
        let event = view::parse(record)?;
        if filter.matches(&event) {
            out.extend(frames(app, record, &event).await?);
        }
    }
    let beyond = match records.last() {
        Some(last) if records.len() == RESUMED => beyond(app, record.partition, last.seq, last.at).await?,
        _ => None,
    };
    Ok((out, beyond))
}

async fn beyond(app: &App, partition: u32, seq: u64, at: Timestamp) -> Result<Option<Missed>, StoreError> {
    let marks = app.store.log.partitions(Stream::Events).await?;
    let high_water = marks.iter().find(|p| p.0 == partition).map_or(seq, |p| p.1);
    let count = high_water.saturating_sub(seq);
    Ok((count > 0).then_some(Missed { from: at, to: app.clock.now(), count }))
}
