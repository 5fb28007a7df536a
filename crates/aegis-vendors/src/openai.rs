//! OpenAI chat completions (`POST /v1/chat/completions`): request and whole answer.
//! Fields by the official Python SDK 3.54, November 2026. Shared by the vendors who copy this format.

use crate::wire::{self, Collector, Fields, Object, WireError};
use crate::{ChatFormat, ParsedChat};
use aegis_domain::{Status, Usage};
use serde_json::Value;
use serde_json::value::RawValue;

/// `openai.chat`.
pub(crate) struct Chat;

impl ChatFormat for Chat {
    fn id(&self) -> &'static str {
        "openai.chat"
    }

    fn vendor(&self) -> &'static str {
        "openai"
    }

    fn parse(&self, request: &RawValue, response: Option<&RawValue>) -> Result<ParsedChat, WireError> {
        let request = wire::request(request)?;
        let response = wire::response(response)?;
        let mut out = Collector::new();
        let person = read_request(&request, &mut out).map_err(|e| e.within("request"))?;
        out.turn_to_response();
        let (status, usage) = match &response {
            Some(r) => read_response(r, &mut out).map_err(|e| e.within("response"))?,
            None => (Status::Ok, None),
        };
        let model = wire::model(&request, response.as_ref())?;
        let (parts, uninspected_bytes) = out.finish();
        Ok(ParsedChat {
            vendor: self.vendor(),
            model,
            parts,
            usage,
            status,
            uninspected_bytes,
            user: person.user,
            conversation_id: person.conversation_id,
        })
    }
}

struct Person {
    user: Option<String>,
    conversation_id: Option<String>,
}

fn read_request(request: &Object, out: &mut Collector) -> Result<Person, WireError> {
    wire::required_list(request, "messages")?;
    wire::each_object(request, "messages", |m| read_message(m, "user", out))?;
    for key in ["tools", "functions"] {
        wire::each_object(request, key, |tool| {
            out.json("tool_definition", &Value::Object(tool.clone()), Fields::All);
            Ok(())
        })?;
    }
    if let Some(format) =
        wire::nested(request, "response_format")?.and_then(|f| wire::field(f, "json_schema"))
    {
        out.json("schema", format, Fields::All);
    }
    if let Some(prediction) = wire::nested(request, "prediction")? {
        read_content(prediction, "prediction", out).map_err(|e| e.within("prediction"))?;
    }
    let metadata = wire::nested(request, "metadata")?;
    if let Some(metadata) = metadata {
        out.json("metadata", &Value::Object(metadata.clone()), Fields::All);
    }
    let user = match wire::text(request, "safety_identifier")? {
        Some(id) => Some(id),
        None => wire::text(request, "user")?,
    };
    let conversation = metadata.and_then(|m| wire::field(m, "conversation_id")).and_then(Value::as_str);
    Ok(Person {
        user: user.filter(|u| !u.is_empty()).map(str::to_owned),
        conversation_id: conversation.filter(|c| !c.is_empty()).map(str::to_owned),
    })
}

fn read_response(response: &Object, out: &mut Collector) -> Result<(Status, Option<Usage>), WireError> {
    if let Some(error) = wire::field(response, "error") {
        match error.as_object() {
            Some(e) => out.text("error", wire::text(e, "message").ok().flatten().unwrap_or_default()),
            None => out.json("error", error, Fields::All),
        }
        return Ok((Status::Error, read_usage(response)?));
    }
    let mut finished = true;
    wire::each_object(response, "choices", |choice| {
        finished &= !choice.get("finish_reason").is_some_and(Value::is_null);
        let Some(message) = wire::nested(choice, "message")? else { return Ok(()) };
        read_message(message, "assistant", out).map_err(|e| e.within("message"))
    })?;
    let status = if finished { Status::Ok } else { Status::Truncated };
    Ok((status, read_usage(response)?))
}

/// Reads a message of either direction; `speaker` where it names no role.
fn read_message(message: &Object, speaker: &str, out: &mut Collector) -> Result<(), WireError> {
    let role = wire::text(message, "role")?.unwrap_or(speaker);
    if let Some(name) = wire::text(message, "name")? {
        out.text(role, name);
    }
    for key in ["reasoning_content", "reasoning"] {
        if let Some(thought) = wire::text(message, key)? {
            out.text("thinking", thought);
        }
    }
    read_content(message, role, out)?;
    if let Some(refusal) = wire::text(message, "refusal")? {
        out.text(role, refusal);
    }
    wire::each_object(message, "tool_calls", |call| {
        out.embedded_json("tool_call", wire::inner_text(call, "function", "arguments")?);
        out.embedded_json("tool_call", wire::inner_text(call, "custom", "input")?);
        Ok(())
    })?;
    out.embedded_json("tool_call", wire::inner_text(message, "function_call", "arguments")?);
    out.text(role, wire::inner_text(message, "audio", "transcript")?);
    out.binary(role, wire::inner_text(message, "audio", "data")?);
    wire::each_object(message, "annotations", |annotation| {
        for key in ["title", "url"] {
            out.text("document", wire::inner_text(annotation, "url_citation", key)?);
        }
        Ok(())
    })
}

/// Reads `content`: nothing, a string, or a list of parts.
fn read_content(holder: &Object, role: &str, out: &mut Collector) -> Result<(), WireError> {
    match wire::field(holder, "content") {
        Some(Value::String(text)) => {
            out.text(role, text.as_str());
            Ok(())
        }
        _ => wire::each_object(holder, "content", |part| read_part(part, role, out)),
    }
}

fn read_part(part: &Object, role: &str, out: &mut Collector) -> Result<(), WireError> {
    match wire::text(part, "type")? {
        Some("text") => out.text(role, wire::text(part, "text")?.unwrap_or_default()),
        Some("refusal") => out.text(role, wire::text(part, "refusal")?.unwrap_or_default()),
        Some("image_url") => out.url(role, wire::inner_text(part, "image_url", "url")?),
        Some("input_audio") => out.binary(role, wire::inner_text(part, "input_audio", "data")?),
        Some("file") => {
            out.text("document", wire::inner_text(part, "file", "filename")?);
            out.binary("document", wire::inner_text(part, "file", "file_data")?);
        }
        // A kind from after this was written: read whatever it holds.
        Some(_) | None => out.json(role, &Value::Object(part.clone()), Fields::Vendor),
    }
    Ok(())
}

/// Cached and written tokens lie inside the prompt's, reasoning inside the completion's.
fn read_usage(response: &Object) -> Result<Option<Usage>, WireError> {
    let Some(usage) = wire::nested(response, "usage")? else { return Ok(None) };
    let read = || {
        let empty = Object::new();
        let prompt = wire::nested(usage, "prompt_tokens_details")?.unwrap_or(&empty);
        let completion = wire::nested(usage, "completion_tokens_details")?.unwrap_or(&empty);
        Ok(Usage {
            input_tokens: wire::count(usage, "prompt_tokens")?,
            cached_input_tokens: wire::count(prompt, "cached_tokens")?,
            cache_write_tokens: wire::count(prompt, "cache_write_tokens")?,
            output_tokens: wire::count(usage, "completion_tokens")?,
            reasoning_tokens: wire::count(completion, "reasoning_tokens")?,
        })
    };
    read().map(Some).map_err(|e: WireError| e.within("usage"))
}
