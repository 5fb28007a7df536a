//! OpenAI chat completions (`POST /v1/chat/completions`): request and whole answer.
//! Fields by the official Python SDK 3.54, November 2026. The vendors who copy this format use the same reader; what
//! they add or name otherwise stands in a `Dialect`.
//! Invariant: a field that only one copy has is data of its dialect; how a message is read is code, once, for all.

use super::chat_usage::{self, UsageNames};
use crate::wire::{self, Answered, Asked, Collector, Fields, ModelIn, Object, WireError};
use crate::{ChatFormat, ParsedChat};
use aegis_domain::Status;
use serde_json::Value;
use serde_json::value::RawValue;

/// A chat in OpenAI's shape.
pub(crate) struct Dialect {
    /// `openai.chat`.
    pub id: &'static str,
    /// `openai`.
    pub vendor: &'static str,
    /// Where the model is named.
    pub model_in: ModelIn,
    /// Fields of the request that may name the model, the best first.
    pub model: &'static [&'static str],
    /// Fields of the request that may name the person, the best first.
    pub user: &'static [&'static str],
    /// A field of the request that names the conversation.
    pub conversation: Option<&'static str>,
    /// A field of the request that may stand in place of messages.
    pub instead_of_messages: Option<&'static str>,
    /// True where an error is the whole answer: `{"object":"error","message":…}`.
    pub flat_error: bool,
    /// Fields of the request with text, beside those that all have.
    pub request: &'static [More],
    /// Fields of a message with text, beside those that all have.
    pub message: &'static [More],
    /// Fields of a choice and of the answer that hold a content filter's verdicts.
    pub verdicts: &'static [&'static str],
    /// Fields of the answer with text, beside those that all have.
    pub response: &'static [More],
    /// How tokens and cost are stated.
    pub usage: UsageNames,
}

/// A field with text: its name, the role its text gets, and whose names the fields inside have.
pub(crate) struct More(pub &'static str, pub &'static str, pub Fields);

/// `openai.chat`.
pub(crate) static CHAT: Dialect = OPENAI;

/// What the copies start from.
pub(crate) const OPENAI: Dialect = Dialect {
    id: "openai.chat",
    vendor: "openai",
    model_in: ModelIn::Body,
    model: &["model"],
    user: &["safety_identifier", "user"],
    conversation: None,
    instead_of_messages: None,
    flat_error: false,
    request: &[More("stop", "metadata", Fields::All), More("web_search_options", "metadata", Fields::All)],
    message: &[],
    verdicts: &[],
    response: &[],
    usage: chat_usage::OPENAI,
};

impl ChatFormat for Dialect {
    fn id(&self) -> &'static str {
        self.id
    }

    fn vendor(&self) -> &'static str {
        self.vendor
    }

    fn parse(&self, request: &RawValue, response: Option<&RawValue>) -> Result<ParsedChat, WireError> {
        wire::pair(
            self.vendor,
            self.model_in,
            (request, response),
            |r, out| self.read_request(r, out),
            |r, out| {
                let (status, usage) = (self.read_response(r, out)?, self.usage.read(r)?);
                let cost = response.and_then(|raw| self.usage.cost(raw));
                Ok(Answered { model: wire::name(r, "model")?, cost, ..Answered::with(status, usage) })
            },
        )
    }
}

impl Dialect {
    /// Reads what stands in a request.
    pub fn read_request(&self, request: &Object, out: &mut Collector) -> Result<Asked, WireError> {
        match self.instead_of_messages.and_then(|key| wire::field(request, key)) {
            Some(prompt) => out.json("user", prompt, Fields::All),
            None => {
                wire::required_list(request, "messages")?;
            }
        }
        wire::each_object(request, "messages", |m| self.read_message(m, "user", out))?;
        for key in ["tools", "functions"] {
            wire::each_object(request, key, |tool| {
                out.json("tool_definition", &Value::Object(tool.clone()), Fields::All);
                Ok(())
            })?;
        }
        if let Some(schema) =
            wire::nested(request, "response_format")?.and_then(|f| wire::field(f, "json_schema"))
        {
            out.json("schema", schema, Fields::All);
        }
        if let Some(prediction) = wire::nested(request, "prediction")? {
            read_content(prediction, "prediction", out).map_err(|e| e.within("prediction"))?;
        }
        let metadata = wire::nested(request, "metadata")?;
        if let Some(metadata) = metadata {
            out.json("metadata", &Value::Object(metadata.clone()), Fields::All);
        }
        read_more(self.request, request, out);
        let labelled = metadata.and_then(|m| wire::field(m, "conversation_id")).and_then(Value::as_str);
        let conversation = match self.conversation {
            Some(key) => wire::name(request, key)?,
            None => None,
        };
        Ok(Asked {
            model: first_name(request, self.model)?,
            user: first_name(request, self.user)?,
            conversation_id: conversation.or_else(|| labelled.filter(|c| !c.is_empty()).map(str::to_owned)),
        })
    }

    fn read_response(&self, response: &Object, out: &mut Collector) -> Result<Status, WireError> {
        // What went wrong after the answer had begun stands beside what had been said until then.
        let mut failed = wire::error(response, out);
        let why = wire::field(response, "message").or_else(|| wire::field(response, "detail"));
        if let Some(why) = why.filter(|_| self.flat_error) {
            out.json("error", why, Fields::Vendor);
            failed = true;
        }
        let mut unfinished = false;
        wire::each_object(response, "choices", |choice| {
            failed |= wire::error(choice, out);
            unfinished |= choice.get("finish_reason").is_some_and(Value::is_null);
            self.read_verdicts(choice, out);
            // Perplexity's whole answers hold an empty `delta`, too.
            for key in ["message", "delta"] {
                if let Some(message) = wire::nested(choice, key)? {
                    self.read_message(message, "assistant", out).map_err(|e| e.within(key))?;
                }
            }
            Ok(())
        })?;
        let status = match (failed, unfinished) {
            (true, _) => Status::Error,
            (false, true) => Status::Truncated,
            (false, false) => Status::Ok,
        };
        read_more(self.response, response, out);
        self.read_verdicts(response, out);
        Ok(status)
    }

    /// Reads what a content filter found; what it looked for in vain is of no use to anybody.
    fn read_verdicts(&self, holder: &Object, out: &mut Collector) {
        let lists = self.verdicts.iter().filter_map(|key| wire::field(holder, key));
        for verdicts in lists {
            match verdicts {
                Value::Array(prompts) => {
                    prompts.iter().filter_map(Value::as_object).for_each(|p| self.read_verdicts(p, out));
                }
                Value::Object(categories) => {
                    let found =
                        categories.iter().filter(|(_, v)| is_found(v)).map(|(k, v)| (k.clone(), v.clone()));
                    out.json("content_filter", &Value::Object(found.collect()), Fields::Vendor);
                }
                _ => {}
            }
        }
    }

    /// Reads a message of either direction; `speaker` where it names no role.
    pub fn read_message(
        &self,
        message: &Object,
        speaker: &str,
        out: &mut Collector,
    ) -> Result<(), WireError> {
        let role = wire::text(message, "role")?.unwrap_or(speaker);
        out.text(role, wire::text(message, "name")?.unwrap_or_default());
        for key in ["reasoning_content", "reasoning"] {
            out.text("thinking", wire::text(message, key)?.unwrap_or_default());
        }
        wire::each_object(message, "reasoning_details", |detail| {
            read_thought(detail, out);
            Ok(())
        })?;
        read_content(message, role, out)?;
        out.text(role, wire::text(message, "refusal")?.unwrap_or_default());
        wire::each_object(message, "tool_calls", |call| {
            read_call(call, "function", "arguments", out)?;
            read_call(call, "custom", "input", out)
        })?;
        read_call(message, "function_call", "arguments", out)?;
        out.text(role, wire::inner_text(message, "audio", "transcript")?);
        out.binary(role, wire::inner_text(message, "audio", "data")?);
        wire::each_object(message, "annotations", |annotation| {
            for key in ["title", "url"] {
                out.text("document", wire::inner_text(annotation, "url_citation", key)?);
            }
            Ok(())
        })?;
        read_more(self.message, message, out);
        Ok(())
    }
}

fn is_found(verdict: &Value) -> bool {
    ["filtered", "detected"].iter().any(|key| verdict.get(key) == Some(&Value::Bool(true)))
}

fn first_name(object: &Object, keys: &[&str]) -> Result<Option<String>, WireError> {
    for key in keys {
        if let Some(name) = wire::name(object, key)? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn read_more(more: &[More], object: &Object, out: &mut Collector) {
    for More(key, role, fields) in more {
        if let Some(value) = wire::field(object, key) {
            out.json(role, value, *fields);
        }
    }
}

/// Reads what a call hands to a tool: JSON in a string, or (Mistral, Ollama) as it is.
fn read_call(holder: &Object, outer: &str, key: &str, out: &mut Collector) -> Result<(), WireError> {
    let Some(call) = wire::nested(holder, outer)? else { return Ok(()) };
    match wire::field(call, key) {
        Some(given @ Value::Object(_)) => out.json("tool_call", given, Fields::All),
        _ => out.embedded_json("tool_call", wire::inner_text(holder, outer, key)?),
    }
    Ok(())
}

/// Reads a piece of reasoning (OpenRouter): mostly a copy of `reasoning`, or sealed, or a call of the vendor's tools.
fn read_thought(detail: &Object, out: &mut Collector) {
    let mut rest = detail.clone();
    for key in ["text", "summary"] {
        if let Some(Value::String(copy)) = rest.get(key) {
            out.copy("thinking", copy);
            rest.remove(key);
        }
    }
    if let Some(Value::String(given)) = rest.get("arguments") {
        out.embedded_json("tool_call", given);
        rest.remove("arguments");
    }
    rest.remove("format");
    out.json("thinking", &Value::Object(rest), Fields::Vendor);
}

/// Reads `content`: nothing, a string, or a list of parts.
pub(crate) fn read_content(holder: &Object, role: &str, out: &mut Collector) -> Result<(), WireError> {
    read_parts(holder, "content", role, out)
}

fn read_parts(holder: &Object, key: &str, role: &str, out: &mut Collector) -> Result<(), WireError> {
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
        Some("text") => out.text(role, wire::text(part, "text")?.unwrap_or_default()),
        Some("refusal") => out.text(role, wire::text(part, "refusal")?.unwrap_or_default()),
        // A list of parts (Mistral) or a string (Cohere).
        Some("thinking") => read_parts(part, "thinking", "thinking", out)?,
        Some("image_url") => match part.get("image_url") {
            Some(Value::String(url)) => out.url(role, url),
            _ => out.url(role, wire::inner_text(part, "image_url", "url")?),
        },
        Some("input_audio") => match part.get("input_audio") {
            Some(Value::String(data)) => out.binary(role, data),
            _ => out.binary(role, wire::inner_text(part, "input_audio", "data")?),
        },
        Some("file") => {
            out.text("document", wire::inner_text(part, "file", "filename")?);
            out.binary("document", wire::inner_text(part, "file", "file_data")?);
        }
        Some("document" | "document_url" | "reference") => read_document(part, out),
        // A kind from after this was written: read whatever it holds.
        Some(_) | None => out.json(role, &Value::Object(part.clone()), Fields::Vendor),
    }
    Ok(())
}

/// Reads a document of a message: its own data is the caller's, whatever stands around it the vendor's.
fn read_document(part: &Object, out: &mut Collector) {
    let mut rest = part.clone();
    if let Some(document) = rest.remove("document") {
        out.json("document", &document, Fields::All);
    }
    out.json("document", &Value::Object(rest), Fields::Vendor);
}
