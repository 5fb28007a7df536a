//! Log records of the GenAI conventions: what was said, where spans do not carry it. Tokens and time stand on the span,
//! which is an event of its own: a record brings text only, so that nothing counts twice.

use super::attributes::{Attributes, structured};
use super::proto::{self, Any, LogRecord};
use super::{Encoding, OtlpError, Read, call, decode, messages};
use crate::wire::Collector;
use aegis_domain::Interaction;
use std::collections::BTreeMap;

/// Reads the body of `POST /v1/logs`.
pub fn logs(body: &[u8], encoding: Encoding) -> Result<Read, OtlpError> {
    let logs: proto::Logs = decode(body, encoding)?;
    let mut read = Read::default();
    for resource_logs in &logs.resource_logs {
        let resource = Attributes::of(resource_logs.resource.iter().flat_map(|r| &r.attributes));
        // Before, each message was a record; those of one span are one call.
        let mut spans: BTreeMap<(&[u8], &[u8]), Vec<&LogRecord>> = BTreeMap::new();
        for record in resource_logs.scope_logs.iter().flat_map(|s| &s.log_records) {
            match name(record) {
                "gen_ai.client.inference.operation.details" => read.keep(details(record, &resource)),
                event if is_message(event) => {
                    spans.entry((&record.trace_id, &record.span_id)).or_default().push(record);
                }
                _ => read.passed_over += 1,
            }
        }
        for records in spans.values() {
            read.keep(call_of(records, &resource));
        }
    }
    Ok(read)
}

fn name(record: &LogRecord) -> &str {
    let attribute = || Attributes::of(&record.attributes).text(&["event.name"]).unwrap_or_default();
    if record.event_name.is_empty() { attribute() } else { &record.event_name }
}

fn is_message(event: &str) -> bool {
    event == "gen_ai.choice"
        || event.starts_with("gen_ai.content.")
        || (event.starts_with("gen_ai.") && event.ends_with(".message"))
}

fn at(record: &LogRecord) -> u64 {
    if record.time_unix_nano > 0 { record.time_unix_nano } else { record.observed_time_unix_nano }
}

/// An id beside the span's own: the first record's time tells batches of one span apart.
fn external_id(record: &LogRecord) -> Result<String, String> {
    let id = call::external_id(&record.trace_id, &record.span_id);
    id.map(|id| format!("{id}/log/{}", at(record)))
        .ok_or_else(|| "a record needs a trace id and a span id".to_owned())
}

/// A record that holds a whole call: in its attributes, or in a body of the same names.
fn details(record: &LogRecord, resource: &Attributes) -> Result<Option<Interaction>, String> {
    let inside: &[proto::KeyValue] = match record.body.as_ref().and_then(|b| b.value.as_ref()) {
        Some(Any::Map(map)) => &map.values,
        _ => &[],
    };
    let attributes = Attributes::of(inside.iter().chain(&record.attributes));
    let mut out = Collector::new();
    messages::prompt(&attributes, &[], &mut out);
    out.turn_to_response();
    messages::answer(&attributes, &[], &mut out);
    if out.is_empty() {
        return Ok(None);
    }
    call::interaction(&attributes, resource, external_id(record)?, at(record), out).map(Some)
}

/// The records of one span, in time.
fn call_of(records: &[&LogRecord], resource: &Attributes) -> Result<Option<Interaction>, String> {
    let mut records = records.to_vec();
    records.sort_by_key(|record| at(record));
    let Some(first) = records.first() else { return Ok(None) };
    let mut out = Collector::new();
    for answers in [false, true] {
        for record in &records {
            read_record(record, answers, &mut out);
        }
        out.turn_to_response();
    }
    let attributes = Attributes::of(records.iter().flat_map(|r| &r.attributes));
    call::interaction(&attributes, resource, external_id(first)?, at(first), out).map(Some)
}

fn read_record(record: &LogRecord, answers: bool, out: &mut Collector) {
    let event = name(record);
    messages::read_event(event, &Attributes::of(&record.attributes), answers, out);
    let is_answer = event == "gen_ai.choice" || event.ends_with(".completion");
    let Some(body) = record.body.as_ref().and_then(|b| b.value.as_ref()).filter(|_| is_answer == answers)
    else {
        return;
    };
    let role = match event.strip_prefix("gen_ai.").and_then(|e| e.strip_suffix(".message")) {
        Some(role) => role,
        None if is_answer => "assistant",
        None => "user",
    };
    let mut unread = 0;
    messages::read_messages(&structured(body, &mut unread), role, out);
    out.unread_bytes(unread);
}
