//! OpenAI responses (`POST /v1/responses`): request and whole answer. Fields by the official Python SDK 3.54.
//! What an answer echoes of its request (instructions, tools, metadata) is not read twice.
//! With `previous_response_id`, `conversation` or an `item_reference`, earlier text stays at the vendor, unseen.

use crate::wire::{self, Answered, Asked, Collector, Fields, ModelIn, Object, WireError};
use crate::{ChatFormat, ParsedChat};
use aegis_domain::{Status, Usage};
use serde_json::Value;
use serde_json::value::RawValue;

/// `openai.responses`.
pub(crate) struct Responses;

impl ChatFormat for Responses {
    fn id(&self) -> &'static str {
        "openai.responses"
    }

    fn vendor(&self) -> &'static str {
        "openai"
    }

    fn parse(&self, request: &RawValue, response: Option<&RawValue>) -> Result<ParsedChat, WireError> {
        wire::pair(
            self.vendor(),
            ModelIn::Body,
            (request, response),
            |r, out| read_request(r, out),
            |r, out| read_response(r, out),
        )
    }
}

fn read_request(request: &Object, out: &mut Collector) -> Result<Asked, WireError> {
    read_items(request, "instructions", "system", out)?;
    read_items(request, "input", "user", out)?;
    if let Some(variables) = wire::nested(request, "prompt")?.and_then(|p| wire::field(p, "variables")) {
        out.json("user", variables, Fields::All);
    }
    wire::each_object(request, "tools", |tool| {
        read_tool(tool, out);
        Ok(())
    })?;
    if let Some(format) = wire::nested(request, "text")?.and_then(|t| wire::field(t, "format")) {
        for key in ["description", "schema"] {
            format.get(key).into_iter().for_each(|v| out.json("schema", v, Fields::All));
        }
    }
    if let Some(metadata) = wire::field(request, "metadata") {
        out.json("metadata", metadata, Fields::All);
    }
    let user = match wire::name(request, "safety_identifier")? {
        Some(id) => Some(id),
        None => wire::name(request, "user")?,
    };
    let conversation_id = match wire::field(request, "conversation") {
        Some(Value::Object(c)) => wire::name(c, "id").map_err(|e| e.within("conversation"))?,
        _ => wire::name(request, "conversation")?,
    };
    Ok(Asked { model: wire::name(request, "model")?, user, conversation_id })
}

/// A tool's schema is the caller's; its other fields are the vendor's, and the secrets among them are not read.
fn read_tool(tool: &Object, out: &mut Collector) {
    let mut rest = tool.clone();
    if let Some(schema) = rest.remove("parameters") {
        out.json("tool_definition", &schema, Fields::All);
    }
    out.json("tool_definition", &Value::Object(rest), Fields::Vendor);
}

fn read_response(response: &Object, out: &mut Collector) -> Result<Answered, WireError> {
    let failed = wire::error(response, out);
    read_items(response, "output", "assistant", out)?;
    let status = match wire::text(response, "status")? {
        _ if failed => Status::Error,
        Some("failed") => Status::Error,
        Some("in_progress" | "queued" | "cancelled") => Status::Truncated,
        // `incomplete` is an answer that reached a limit, as `length` is in a chat.
        Some(_) | None => Status::Ok,
    };
    let usage = read_usage(response)?;
    Ok(Answered { model: wire::name(response, "model")?, ..Answered::with(status, usage) })
}

/// Reads the field `key`: nothing, a string, or a list of items.
fn read_items(holder: &Object, key: &str, speaker: &str, out: &mut Collector) -> Result<(), WireError> {
    match wire::field(holder, key) {
        Some(Value::String(text)) => {
            out.text(speaker, text.as_str());
            Ok(())
        }
        _ => wire::each_object(holder, key, |item| read_item(item, speaker, out)),
    }
}

fn read_item(item: &Object, speaker: &str, out: &mut Collector) -> Result<(), WireError> {
    match wire::text(item, "type")? {
        None | Some("message") => {
            let role = wire::text(item, "role")?.unwrap_or(speaker);
            read_content(item, "content", role, out)
        }
        Some("reasoning") => {
            read_content(item, "summary", "thinking", out)?;
            read_content(item, "content", "thinking", out)?;
            out.unread(wire::text(item, "encrypted_content")?.unwrap_or_default());
            Ok(())
        }
        Some(_) => read_act(item, out),
    }
}

/// Reads a call of a tool, what it answered, or an item of a kind from after this was written.
fn read_act(item: &Object, out: &mut Collector) -> Result<(), WireError> {
    let mut rest = item.clone();
    for key in ["call_id", "status", "name", "role"] {
        rest.remove(key);
    }
    for key in ["arguments", "input"] {
        match rest.remove(key) {
            Some(Value::String(given)) => out.embedded_json("tool_call", &given),
            Some(given) => out.json("tool_call", &given, Fields::All),
            None => {}
        }
    }
    if let Some(action) = rest.remove("action") {
        out.json("tool_call", &action, Fields::All);
    }
    match rest.remove("output") {
        Some(Value::String(answer)) => out.embedded_json("tool", &answer),
        Some(list @ Value::Array(_)) => {
            let holder = Object::from_iter([("output".to_owned(), list)]);
            read_content(&holder, "output", "tool", out)?;
        }
        Some(answer) => out.json("tool", &answer, Fields::All),
        None => {}
    }
    out.json("tool", &Value::Object(rest), Fields::Vendor);
    Ok(())
}

/// Reads the field `key`: nothing, a string, or a list of parts.
fn read_content(holder: &Object, key: &str, role: &str, out: &mut Collector) -> Result<(), WireError> {
    match wire::field(holder, key) {
        Some(Value::String(text)) => {
            out.text(role, text.as_str());
            Ok(())
        }
        _ => wire::each_object(holder, key, |part| read_part(part, role, out)),
    }
}

fn read_part(part: &Object, role: &str, out: &mut Collector) -> Result<(), WireError> {
    match wire::text(part, "type")? {
        Some("input_text" | "output_text" | "text" | "summary_text" | "reasoning_text") => {
            out.text(role, wire::text(part, "text")?.unwrap_or_default());
            wire::each_object(part, "annotations", |a| {
                out.json("document", &Value::Object(a.clone()), Fields::Vendor);
                Ok(())
            })
        }
        Some("refusal") => {
            out.text(role, wire::text(part, "refusal")?.unwrap_or_default());
            Ok(())
        }
        Some("input_image") => {
            out.url(role, wire::text(part, "image_url")?.unwrap_or_default());
            Ok(())
        }
        Some("input_file") => {
            out.text("document", wire::text(part, "filename")?.unwrap_or_default());
            out.url("document", wire::text(part, "file_url")?.unwrap_or_default());
            out.binary("document", wire::text(part, "file_data")?.unwrap_or_default());
            Ok(())
        }
        // Audio, results of programs, and kinds from after this was written.
        Some(_) | None => {
            out.json(role, &Value::Object(part.clone()), Fields::Vendor);
            Ok(())
        }
    }
}

/// Cached and written tokens lie inside the input's, reasoning inside the output's.
fn read_usage(response: &Object) -> Result<Option<Usage>, WireError> {
    let Some(usage) = wire::nested(response, "usage")? else { return Ok(None) };
    let read = || {
        let at = |path: &[&str]| Ok(wire::count_at(usage, path)?.unwrap_or(0));
        Ok(Usage {
            input_tokens: wire::count(usage, "input_tokens")?,
            cached_input_tokens: at(&["input_tokens_details", "cached_tokens"])?,
            cache_write_tokens: at(&["input_tokens_details", "cache_write_tokens"])?,
            output_tokens: wire::count(usage, "output_tokens")?,
            reasoning_tokens: at(&["output_tokens_details", "reasoning_tokens"])?,
        })
    };
    read().map(Some).map_err(|e: WireError| e.within("usage"))
}
