//! Ollama's own API (`POST /api/chat`, `/api/generate`): request and whole answer. Fields by the server's source of
//! August 2026. Figures that are 0 are left out by the server, and so are those it did not measure: both are 0 here.

use crate::openai::chat::{Dialect, More, OPENAI};
use crate::wire::{self, Answered, Asked, Collector, Fields, ModelIn, Object, WireError};
use crate::{ChatFormat, ParsedChat};
use aegis_domain::{Status, Usage};
use serde_json::Value;
use serde_json::value::RawValue;

/// `ollama.chat`.
pub(crate) struct Chat;

/// `ollama.generate`.
pub(crate) struct Generate;

static MESSAGES: Dialect = Dialect {
    id: "ollama.chat",
    vendor: "ollama",
    request: &[],
    message: &[More("thinking", "thinking", Fields::All)],
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
                wire::each_object(r, "messages", |m| read_images(m, out))?;
                read_settings(r, out)?;
                Ok(asked)
            },
            |r, out| {
                if let Some(message) = wire::nested(r, "message")? {
                    MESSAGES.read_message(message, "assistant", out).map_err(|e| e.within("message"))?;
                    read_images(message, out).map_err(|e| e.within("message"))?;
                }
                read_end(r, out)
            },
        )
    }
}

impl ChatFormat for Generate {
    fn id(&self) -> &'static str {
        "ollama.generate"
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
                for (key, role) in
                    [("system", "system"), ("template", "system"), ("prompt", "user"), ("suffix", "user")]
                {
                    out.text(role, wire::text(r, key)?.unwrap_or_default());
                }
                read_images(r, out)?;
                read_settings(r, out)?;
                unread_context(r, out);
                Ok(Asked { model: wire::name(r, "model")?, ..Asked::default() })
            },
            |r, out| {
                out.text("thinking", wire::text(r, "thinking")?.unwrap_or_default());
                out.text("assistant", wire::text(r, "response")?.unwrap_or_default());
                read_end(r, out)
            },
        )
    }
}

fn read_images(holder: &Object, out: &mut Collector) -> Result<(), WireError> {
    for image in wire::list(holder, "images")? {
        match image {
            Value::String(content) => out.binary("user", content),
            other => out.json("user", other, Fields::All),
        }
    }
    Ok(())
}

/// Reads the settings of a call that hold text: a schema (or the word `json`), and what ends the answer.
fn read_settings(request: &Object, out: &mut Collector) -> Result<(), WireError> {
    match wire::field(request, "format") {
        Some(Value::String(word)) if word == "json" => {}
        Some(schema) => out.json("schema", schema, Fields::All),
        None => {}
    }
    if let Some(stop) = wire::nested(request, "options")?.and_then(|o| wire::field(o, "stop")) {
        out.json("metadata", stop, Fields::All);
    }
    Ok(())
}

/// An earlier conversation as token ids, which nobody here turns back into text.
fn unread_context(request: &Object, out: &mut Collector) {
    match wire::field(request, "context") {
        Some(Value::Array(ids)) if ids.is_empty() => {}
        Some(ids) => out.unread(&ids.to_string()),
        None => {}
    }
}

fn read_end(response: &Object, out: &mut Collector) -> Result<Answered, WireError> {
    let status = match response.get("done") {
        _ if wire::error(response, out) => Status::Error,
        Some(Value::Bool(false)) => Status::Truncated,
        _ => Status::Ok,
    };
    let counted = ["prompt_eval_count", "eval_count"].iter().any(|key| wire::field(response, key).is_some());
    let usage = Usage {
        input_tokens: wire::count(response, "prompt_eval_count")?,
        output_tokens: wire::count(response, "eval_count")?,
        ..Usage::default()
    };
    let whole = wire::count_at(response, &["total_duration"])?;
    Ok(Answered {
        model: wire::name(response, "model")?,
        latency_ms: whole.map(|ns| u32::try_from(ns / 1_000_000).unwrap_or(u32::MAX)),
        ..Answered::with(status, counted.then_some(usage))
    })
}
