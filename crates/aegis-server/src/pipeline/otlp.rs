//! The way in for OpenTelemetry exporters: calls to models among spans and log records become durable events.
//! Called by the OTLP routes. Invariants: as `ingest`; a span that is sent again is stored once; whoever sends must not
//! send again what was rejected, so a refusal that may pass is never called one.

use super::append::{self, Delivery, Judged};
use super::{Outcome, item, judging, stats};
use crate::App;
use crate::access::Caller;
use crate::error::{ApiError, Code};
use aegis_domain::{EventId, Interaction, Timestamp};
use aegis_vendors::otlp::{self, Encoding, OtlpError, Read, Signal};
use bytes::Bytes;
use std::time::Instant;

/// Bytes of a body unpacked: what receivers of OTLP take unless they are told otherwise.
pub const DECODED_LIMIT: usize = 20 * 1024 * 1024;
/// Reasons named in an answer.
const REASONS: usize = 8;

/// What of a request was not kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rejected {
    /// How many calls.
    pub count: u64,
    /// Why, for the first few; names fields and never repeats values.
    pub reasons: Vec<String>,
}

/// Takes in a decoded body.
pub async fn receive(
    app: &App,
    caller: &Caller,
    body: Bytes,
    signal: Signal,
    encoding: Encoding,
) -> Result<Rejected, ApiError> {
    let started = Instant::now();
    let now = app.clock.now();
    let length = body.len();
    let work = {
        let (app, caller) = (app.clone(), caller.clone());
        move || {
            let read = otlp::read(signal, &body, encoding).map_err(unreadable)?;
            Ok::<_, ApiError>(judge_all(&app, &caller, read, now))
        }
    };
    let (judged, mut rejected) = judging(app, length, work).await??;
    append::enter_people(app, &judged).await?;
    let outcomes = append::append(app, judged).await?;
    // Those that could not be read are not among the outcomes.
    app.metrics.items("rejected", rejected.count);
    app.pipeline.stats.add(&stats::Tally::rejected(rejected.count), now);
    for outcome in outcomes {
        if let Outcome::Rejected(e) = outcome {
            rejected.add(e.message);
        }
    }
    app.metrics.ingest_seconds.observe(started.elapsed().as_secs_f64());
    Ok(rejected)
}

fn unreadable(e: OtlpError) -> ApiError {
    let code = match e {
        OtlpError::Protobuf | OtlpError::Json => Code::BadRequest,
        OtlpError::TooMany => Code::PayloadTooLarge,
    };
    ApiError::new(code, e.to_string())
}

fn judge_all(
    app: &App,
    caller: &Caller,
    read: Read,
    now: Timestamp,
) -> (Vec<Result<Judged, ApiError>>, Rejected) {
    let owner = caller.owner();
    let delivery = Delivery::of(app, caller, now);
    let judge_one = |mut interaction: Interaction| {
        // The reader's id is everybody's: another sender may have named the same span.
        interaction.id = EventId::new();
        item::check(&interaction, now)?;
        let external = interaction.external_id.as_deref();
        let external = external.map(|id| append::external_key(&owner, interaction.source, id));
        append::judge(app, &delivery, interaction, external)
    };
    let rejected = Rejected { count: read.rejected, reasons: read.reasons };
    (read.interactions.into_iter().map(judge_one).collect(), rejected)
}

impl Rejected {
    fn add(&mut self, reason: String) {
        self.count += 1;
        if self.reasons.len() < REASONS && !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }
}
