//! Cohere chat (`POST /v2/chat`): messages in OpenAI's shape; documents, plans, thoughts and citations of its own.
//! Fields by the official Python SDK 7.3. Tokens are those billed: the vendor's `tokens` count its template, too.

use crate::openai::chat::{Dialect, More, OPENAI};
use crate::wire::{self, Answered, Collector, Fields, ModelIn, Object, WireError};
use crate::{ChatFormat, ParsedChat};
use aegis_domain::{Status, Usage};
use serde_json::Value;
use serde_json::value::RawValue;

/// `cohere.chat`.
pub(crate) struct Chat;

static MESSAGES: Dialect = Dialect {
    id: "cohere.chat",
    vendor: "cohere",
    request: &[More("stop_sequences", "metadata", Fields::All)],
    message: &[More("tool_plan", "thinking", Fields::All)],
    ..OPENAI
};

impl ChatFormat for Chat {
    fn id(&self) -> &'static str {
        MESSAGES.id
    }

    fn vendor(&self) -> &'static str {
        MESSAGES.vendor
    }

    fn parse(&self, request: &RawValue, response: Option<&RawValue>) -> Result<ParsedChat, WireError> {
        wire::pair(
            self.vendor(),
            ModelIn::Body,
            (request, response),
            |r, out| {
                let asked = MESSAGES.read_request(r, out)?;
                for document in wire::list(r, "documents")? {
                    out.json("document", document, Fields::All);
                }
                Ok(asked)
            },
            read_response,
        )
    }
}

fn read_response(response: &mut Object, out: &mut Collector) -> Result<Answered, WireError> {
    let reason = wire::text(response, "finish_reason")?;
    let failed = wire::error(response, out) || matches!(reason, Some("ERROR" | "TIMEOUT"));
    let status = match (failed, wire::field(response, "message")) {
        // An answer that is an error says no more than why.
        (_, Some(Value::String(why))) => {
            out.text("error", why.as_str());
            Status::Error
        }
        (true, _) => Status::Error,
        (false, _) if response.get("finish_reason").is_some_and(Value::is_null) => Status::Truncated,
        (false, _) => Status::Ok,
    };
    if let Some(message) = response.get("message").and_then(Value::as_object) {
        MESSAGES.read_message(message, "assistant", out).map_err(|e| e.within("message"))?;
        wire::each_object(message, "citations", |citation| {
            read_citation(citation, out);
            Ok(())
        })
        .map_err(|e| e.within("message"))?;
    }
    Ok(Answered::with(status, read_usage(response)?))
}

fn read_citation(citation: &Object, out: &mut Collector) {
    for key in ["text", "sources"] {
        if let Some(value) = wire::field(citation, key) {
            out.json("document", value, Fields::Vendor);
        }
    }
}

fn read_usage(response: &Object) -> Result<Option<Usage>, WireError> {
    let Some(usage) = wire::nested(response, "usage")? else { return Ok(None) };
    let read = || {
        let billed = |key| Ok(wire::count_at(usage, &["billed_units", key])?.unwrap_or(0));
        Ok(Usage {
            input_tokens: billed("input_tokens")?,
            cached_input_tokens: wire::count(usage, "cached_tokens")?,
            output_tokens: billed("output_tokens")?,
            ..Usage::default()
        })
    };
    read().map(Some).map_err(|e: WireError| e.within("usage"))
}
