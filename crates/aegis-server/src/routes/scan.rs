//! `/compliance/scan`: a place to try the engine on a text, and to ask it again about an event.
//! Invariant: nothing of a text that is tried is kept.

use crate::App;
use crate::detectors::Engine;
use crate::error::{ApiError, ErrorBody};
use crate::http::{Access, Body, Params, Routes};
use crate::pipeline::record;
use crate::view::{self, FindingView};
use aegis_detect::{Finding, Mode, Plan, Redactor, Scan, mask};
use aegis_domain::{Action, EventId, Role};
use aegis_store::Stream;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::time::Instant;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("compliance")
        .add(Access::Role(Role::Analyst), routes!(scan))
        .add(Access::Role(Role::Analyst), routes!(rescan))
}

/// A text to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ScanRequest {
    /// At most 1 MiB.
    text: String,
}

/// Longest text to try.
const LONGEST: usize = 1024 * 1024;

/// What the engine says of a text. Offsets are UTF-8 bytes of the text given.
#[derive(Serialize, ToSchema)]
struct ScanAnswer {
    /// What was found.
    findings: Vec<FindingView>,
    /// How likely it attacks a model, 0 to 1.
    injection: f32,
    /// The text as it would be kept.
    redacted: String,
    /// What would be decided.
    action: Action,
    /// Time in the engine, in µs.
    scan_us: u64,
    /// Length of the text.
    bytes: usize,
}

/// What the engine says of a text, and the text with what was found replaced.
#[derive(Serialize, ToSchema)]
struct TrialAnswer {
    /// What it says.
    #[serde(flatten)]
    answer: ScanAnswer,
    /// The text is a JSON object or list: it is replaced inside its strings and numbers, and stays one.
    json: bool,
    /// In each mode.
    redactions: Redactions,
}

/// A text with every finding replaced, in each mode. Attacks on a model stay as they are. Pseudonyms and values of the
/// same form depend on a key made for this answer alone: another scan gives other ones.
#[derive(Serialize, ToSchema)]
struct Redactions {
    /// By its sample: `•••-••-6789`.
    mask: Replaced,
    /// By type and number: `[SSN_1]`. Equal values have equal numbers.
    placeholder: Replaced,
    /// By a keyed token: `SSN_7F3K9Q2M`. Equal values have equal tokens, so they can be turned back.
    pseudonym: Replaced,
    /// By another value of the same form: a card of the same issuer with a right check digit, a date moved. Secrets
    /// and what has no form become placeholders.
    same_form: Replaced,
}

/// A text with its findings replaced.
#[derive(Serialize, ToSchema)]
struct Replaced {
    /// The text.
    text: String,
    /// Where each finding lies in it, in the order of `findings`; empty where nothing stands for it.
    spans: Vec<Place>,
}

/// UTF-8 bytes of a text.
#[derive(Serialize, ToSchema)]
struct Place {
    /// First.
    start: usize,
    /// After the last.
    end: usize,
}

fn try_out(engine: &Engine, text: &str) -> TrialAnswer {
    let (scan, scan_us) = timed(engine, "user", text);
    let (redactions, json) = redactions(text, &scan.findings);
    TrialAnswer { answer: answer(engine, text, &scan, scan_us, 0), json, redactions }
}

fn redactions(text: &str, findings: &[Finding]) -> (Redactions, bool) {
    let key = rand::random();
    let replaced = |mode| {
        let (redacted, json) = Redactor::new(key, Plan::all(mode)).redact_any(text, findings);
        let spans = redacted.kept_spans.into_iter().map(|span| Place { start: span.start, end: span.end });
        (Replaced { text: redacted.text, spans: spans.collect() }, json)
    };
    let (mask, json) = replaced(Mode::Mask);
    let [placeholder, pseudonym, same_form] =
        [Mode::Placeholder, Mode::Pseudonym, Mode::SameForm].map(|mode| replaced(mode).0);
    (Redactions { mask, placeholder, pseudonym, same_form }, json)
}

fn timed(engine: &Engine, role: &str, text: &str) -> (Scan, u64) {
    let started = Instant::now();
    let scan = engine.scan_part(role, text);
    (scan, started.elapsed().as_micros() as u64)
}

fn answer(engine: &Engine, text: &str, scan: &Scan, scan_us: u64, part: u32) -> ScanAnswer {
    let masked = mask(text, &scan.findings);
    let findings = scan.findings.iter().zip(&masked.kept_spans).enumerate();
    ScanAnswer {
        findings: findings
            .map(|(i, (f, kept))| view::finding(i.to_string(), &record(f, part, kept.start, kept.end)))
            .collect(),
        injection: scan.injection,
        redacted: masked.text,
        action: engine.decide(scan),
        scan_us,
        bytes: text.len(),
    }
}

/// Scans a text, and shows it with what was found replaced, in every mode. Nothing of it is kept.
#[utoipa::path(post, path = "/compliance/scan", request_body = ScanRequest, responses(
    (status = 200, body = TrialAnswer), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 413, body = ErrorBody), (status = 415, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
async fn scan(
    State(app): State<App>,
    Body(request): Body<ScanRequest>,
) -> Result<Json<TrialAnswer>, ApiError> {
    if request.text.len() > LONGEST {
        return Err(ApiError::field("text", "must have at most 1 MiB; use `aegisflow scan` for files"));
    }
    let engine = app.detectors.engine();
    tokio::task::spawn_blocking(move || Json(try_out(&engine, &request.text)))
        .await
        .map_err(ApiError::internal)
}

/// A part of an event, scanned again.
#[derive(Serialize, ToSchema)]
struct RescanPart {
    /// Index into the event's `parts`.
    index: usize,
    /// What the engine says of the kept text.
    #[serde(flatten)]
    answer: ScanAnswer,
}

/// An event, scanned again.
#[derive(Serialize, ToSchema)]
struct RescanAnswer {
    /// Which.
    event_id: EventId,
    /// Each part as kept.
    parts: Vec<RescanPart>,
}

/// Scans the kept (masked) text of an event again, with the engine as it is now. Nothing is changed.
#[utoipa::path(post, path = "/compliance/scan/{event_id}", params(("event_id" = EventId, Path)), responses(
    (status = 200, body = RescanAnswer), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 503, body = ErrorBody)))]
async fn rescan(State(app): State<App>, Params(id): Params<EventId>) -> Result<Json<RescanAnswer>, ApiError> {
    let record =
        app.store.log.get(Stream::Events, id.0).await?.ok_or_else(|| ApiError::not_found("event"))?;
    let event = view::parse(&record)?;
    let engine = app.detectors.engine();
    let parts = tokio::task::spawn_blocking(move || {
        let parts = event.parts.iter().enumerate();
        parts
            .map(|(index, p)| {
                let (scan, scan_us) = timed(&engine, &p.role, &p.text);
                RescanPart { index, answer: answer(&engine, &p.text, &scan, scan_us, index as u32) }
            })
            .collect()
    })
    .await
    .map_err(ApiError::internal)?;
    Ok(Json(RescanAnswer { event_id: id, parts }))
}
