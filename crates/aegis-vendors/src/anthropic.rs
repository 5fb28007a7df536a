//! Anthropic messages (`POST /v1/messages`): request and whole answer.
//! Fields by the official Python SDK 2.12, API version 2026-10-21.

use crate::wire::{self, Answered, Asked, Collector, Fields, ModelIn, Object, WireError};
use crate::{ChatFormat, ParsedChat};
use aegis_domain::{Status, Usage};
use serde_json::Value;
use serde_json::value::RawValue;

/// `anthropic.messages`.
pub(crate) struct Messages;

impl ChatFormat for Messages {
    fn id(&self) -> &'static str {
        "anthropic.messages"
    }

    fn vendor(&self) -> &'static str {
        "anthropic"
    }

    fn parse(&self, request: &RawValue, response: Option<&RawValue>) -> Result<ParsedChat, WireError> {
        wire::pair(
            self.vendor(),
            ModelIn::Body,
            (request, response),
            |r, out| {
                let user = read_request(r, out)?;
                Ok(Asked { model: wire::name(r, "model")?, user, conversation_id: None })
            },
            |r, out| {
                let (status, usage) = read_response(r, out)?;
                Ok(Answered { model: wire::name(r, "model")?, ..Answered::with(status, usage) })
            },
        )
    }
}

/// Returns the user's id, where the request names one.
fn read_request(request: &Object, out: &mut Collector) -> Result<Option<String>, WireError> {
    read_content(request, "system", "system", out)?;
    wire::required_list(request, "messages")?;
    wire::each_object(request, "messages", |message| {
        let role = wire::text(message, "role")?.unwrap_or("user");
        read_content(message, "content", role, out)
    })?;
    for key in ["tools", "mcp_servers"] {
        wire::each_object(request, key, |tool| {
            read_tool(tool, out);
            Ok(())
        })?;
    }
    if let Some(stop) = wire::field(request, "stop_sequences") {
        out.json("metadata", stop, Fields::All);
    }
    let format = wire::nested(request, "output_config")?.and_then(|c| wire::field(c, "format"));
    if let Some(schema) = format.and_then(|f| f.get("schema")) {
        out.json("schema", schema, Fields::All);
    }
    let user = wire::inner_text(request, "metadata", "user_id")?;
    Ok((!user.is_empty()).then(|| user.to_owned()))
}

/// A tool's own fields are the vendor's (a secret for an MCP server may stand among them), its schema and examples
/// the caller's.
fn read_tool(tool: &Object, out: &mut Collector) {
    let mut rest = tool.clone();
    for key in ["input_schema", "input_examples"] {
        if let Some(value) = rest.remove(key) {
            out.json("tool_definition", &value, Fields::All);
        }
    }
    out.json("tool_definition", &Value::Object(rest), Fields::Vendor);
}

fn read_response(response: &Object, out: &mut Collector) -> Result<(Status, Option<Usage>), WireError> {
    if wire::error(response, out) {
        return Ok((Status::Error, read_usage(response)?));
    }
    let role = wire::text(response, "role")?.unwrap_or("assistant");
    read_content(response, "content", role, out)?;
    out.text(role, wire::inner_text(response, "stop_details", "explanation")?);
    let broken_off = response.get("stop_reason").is_some_and(Value::is_null);
    let status = if broken_off { Status::Truncated } else { Status::Ok };
    Ok((status, read_usage(response)?))
}

/// Reads the field `key`: nothing, a string, or a list of blocks.
fn read_content(holder: &Object, key: &str, role: &str, out: &mut Collector) -> Result<(), WireError> {
    match wire::field(holder, key) {
        Some(Value::String(text)) => {
            out.text(role, text.as_str());
            Ok(())
        }
        _ => wire::each_object(holder, key, |block| read_block(block, role, out)),
    }
}

fn read_block(block: &Object, role: &str, out: &mut Collector) -> Result<(), WireError> {
    match wire::text(block, "type")?.unwrap_or_default() {
        "text" => {
            out.text(role, wire::text(block, "text")?.unwrap_or_default());
            wire::each_object(block, "citations", |citation| {
                for key in ["cited_text", "document_title", "title", "url"] {
                    out.text("document", wire::text(citation, key)?.unwrap_or_default());
                }
                out.unread(wire::text(citation, "encrypted_index")?.unwrap_or_default());
                Ok(())
            })
        }
        "image" => read_source(block, role, out),
        "document" => {
            for key in ["title", "context"] {
                out.text("document", wire::text(block, key)?.unwrap_or_default());
            }
            read_source(block, "document", out)
        }
        "search_result" => {
            for key in ["title", "source"] {
                out.text("document", wire::text(block, key)?.unwrap_or_default());
            }
            read_content(block, "content", "document", out)
        }
        "thinking" => {
            out.text("thinking", wire::text(block, "thinking")?.unwrap_or_default());
            out.unread(wire::text(block, "signature")?.unwrap_or_default());
            Ok(())
        }
        "redacted_thinking" => {
            out.unread(wire::text(block, "data")?.unwrap_or_default());
            Ok(())
        }
        "tool_use" | "server_tool_use" | "mcp_tool_use" => {
            if let Some(input) = wire::field(block, "input") {
                out.json("tool_call", input, Fields::All);
            }
            Ok(())
        }
        "tool_result" | "mcp_tool_result" => read_content(block, "content", "tool", out),
        // What the vendor's own tools answer (searches, fetched pages, code runs), compactions, and kinds from
        // after this was written: read whatever they hold.
        kind => {
            let role = if kind.ends_with("_tool_result") { "tool" } else { role };
            out.json(role, &Value::Object(block.clone()), Fields::Vendor);
            Ok(())
        }
    }
}

/// Reads where an image or a document comes from.
fn read_source(block: &Object, role: &str, out: &mut Collector) -> Result<(), WireError> {
    let Some(source) = wire::nested(block, "source")? else { return Ok(()) };
    let read = |out: &mut Collector| {
        match wire::text(source, "type")? {
            Some("text") => out.text(role, wire::text(source, "data")?.unwrap_or_default()),
            Some("content") => return read_content(source, "content", role, out),
            Some("url") => out.url(role, wire::text(source, "url")?.unwrap_or_default()),
            Some("base64") => out.binary(role, wire::text(source, "data")?.unwrap_or_default()),
            Some(_) | None => out.json(role, &Value::Object(source.clone()), Fields::Vendor),
        }
        Ok(())
    };
    read(out).map_err(|e: WireError| e.within("source"))
}

/// The vendor's `input_tokens` leave out what was read from or written to the cache; ours hold all.
/// Thinking lies inside the output.
fn read_usage(response: &Object) -> Result<Option<Usage>, WireError> {
    let Some(usage) = wire::nested(response, "usage")? else { return Ok(None) };
    let read = || {
        let empty = Object::new();
        let output = wire::nested(usage, "output_tokens_details")?.unwrap_or(&empty);
        let cached = wire::count(usage, "cache_read_input_tokens")?;
        let written = wire::count(usage, "cache_creation_input_tokens")?;
        let fresh = wire::count(usage, "input_tokens")?;
        Ok(Usage {
            input_tokens: fresh.saturating_add(cached).saturating_add(written),
            cached_input_tokens: cached,
            cache_write_tokens: written,
            output_tokens: wire::count(usage, "output_tokens")?,
            reasoning_tokens: wire::count(output, "thinking_tokens")?,
        })
    };
    read().map(Some).map_err(|e: WireError| e.within("usage"))
}
