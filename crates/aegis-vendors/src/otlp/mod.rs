//! Calls to models as OpenTelemetry exporters report them: spans and log records of the GenAI conventions, of today and of
//! before, of OpenLLMetry and of OpenInference. One function per signal; the routes that receive bodies call them.
//! Pure: an interaction's id follows from trace and span, so that a batch sent again gives the same ones.
//! Invariants: no bytes make it panic; what is neither a call nor readable is counted, not lost in silence; text is in
//! parts, or counted as not inspected.

mod answer;
mod attributes;
mod bounds;
mod call;
mod logs;
mod messages;
mod proto;

pub use answer::{Signal, accepted, refusal};
pub use logs::logs;

use aegis_domain::Interaction;
use attributes::Attributes;
use prost::Message;
use serde::de::DeserializeOwned;

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `application/x-protobuf`.
    Protobuf,
    /// `application/json`.
    Json,
}

/// A body that is no export request in its encoding. Says nothing of what stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OtlpError {
    /// Not protobuf, cut short, or nested too deeply.
    #[error("the body is not an OTLP export request in protobuf")]
    Protobuf,
    /// Not JSON, or a field of the wrong type.
    #[error("the body is not an OTLP export request in JSON")]
    Json,
    /// Readable or not, it would take too much memory.
    #[error("the body holds more than {} values; send it in several requests", bounds::MOST_VALUES)]
    TooMany,
}

/// What a body held.
#[derive(Clone, Default)]
pub struct Read {
    /// Calls to models.
    pub interactions: Vec<Interaction>,
    /// Records that are of other things: database calls, agents' steps around calls. Nothing is wrong with them.
    pub passed_over: u64,
    /// Calls that cannot be kept, for `partialSuccess.rejected…`.
    pub rejected: u64,
    /// Why, for the first few; names fields and never repeats values.
    pub reasons: Vec<String>,
}

/// Interactions of one body at most; the rest is rejected.
const MOST: usize = 10_000;
/// Reasons kept.
const REASONS: usize = 8;

impl Read {
    fn keep(&mut self, found: Result<Option<Interaction>, String>) {
        match found {
            Ok(Some(_)) if self.interactions.len() >= MOST => {
                self.reject(format!("a request may hold at most {MOST} calls"));
            }
            Ok(Some(interaction)) => self.interactions.push(interaction),
            Ok(None) => self.passed_over += 1,
            Err(reason) => self.reject(reason),
        }
    }

    fn reject(&mut self, reason: String) {
        self.rejected += 1;
        if self.reasons.len() < REASONS && !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }
}

/// Reads the body of a request.
pub fn read(signal: Signal, body: &[u8], encoding: Encoding) -> Result<Read, OtlpError> {
    match signal {
        Signal::Traces => traces(body, encoding),
        Signal::Logs => logs(body, encoding),
    }
}

/// Reads the body of `POST /v1/traces`.
pub fn traces(body: &[u8], encoding: Encoding) -> Result<Read, OtlpError> {
    let traces: proto::Traces = decode(body, encoding)?;
    let mut read = Read::default();
    for resource_spans in &traces.resource_spans {
        let resource = Attributes::of(resource_spans.resource.iter().flat_map(|r| &r.attributes));
        for span in resource_spans.scope_spans.iter().flat_map(|s| &s.spans) {
            read.keep(call::span(span, &resource));
        }
    }
    Ok(read)
}

fn decode<T: Message + Default + DeserializeOwned>(body: &[u8], encoding: Encoding) -> Result<T, OtlpError> {
    if bounds::too_many(body, encoding) {
        return Err(OtlpError::TooMany);
    }
    match encoding {
        Encoding::Protobuf => T::decode(body).map_err(|_| OtlpError::Protobuf),
        // A list would be read as a message's fields in order.
        Encoding::Json if body.trim_ascii_start().first() != Some(&b'{') => Err(OtlpError::Json),
        Encoding::Json => serde_json::from_slice(body).map_err(|_| OtlpError::Json),
    }
}
