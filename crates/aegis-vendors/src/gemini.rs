//! Gemini generate content (`POST /v1beta/models/{model}:generateContent`, and the same of Vertex AI): request and
//! whole answer. Fields by google-genai 3.4; requests may also spell them in snake case, as protobuf's JSON may.

use crate::wire::{self, Answered, Asked, Collector, Fields, ModelIn, Object, WireError};
use crate::{ChatFormat, ParsedChat};
use aegis_domain::{Status, Usage};
use serde_json::Value;
use serde_json::value::RawValue;

/// `gemini.generate_content`.
pub(crate) struct GenerateContent;

impl ChatFormat for GenerateContent {
    fn id(&self) -> &'static str {
        "gemini.generate_content"
    }

    fn vendor(&self) -> &'static str {
        "gemini"
    }

    fn parse(&self, request: &RawValue, response: Option<&RawValue>) -> Result<ParsedChat, WireError> {
        wire::pair(
            self.vendor(),
            ModelIn::Path,
            (request, response),
            |r, out| {
                camel(r)?;
                read_request(r, out)
            },
            |r, out| {
                camel(r)?;
                read_response(r, out)
            },
        )
    }
}

/// Objects whose keys are the caller's.
const CALLERS: [&str; 9] = [
    "args",
    "response",
    "parameters",
    "parametersJsonSchema",
    "responseJsonSchema",
    "responseSchema",
    "labels",
    "headers",
    "partMetadata",
];

/// Spells the vendor's keys in one way. Both spellings of one key at once are refused, as the vendor does.
fn camel(object: &mut Object) -> Result<(), WireError> {
    for (key, mut value) in std::mem::take(object) {
        let name = camel_case(&key);
        if !CALLERS.contains(&name.as_str()) {
            camel_inside(&mut value)?;
        }
        if object.insert(name, value).is_some() {
            return Err(WireError::shape("", "without a key in two spellings"));
        }
    }
    Ok(())
}

fn camel_inside(value: &mut Value) -> Result<(), WireError> {
    match value {
        Value::Object(object) => camel(object),
        Value::Array(items) => items.iter_mut().try_for_each(camel_inside),
        _ => Ok(()),
    }
}

fn camel_case(key: &str) -> String {
    let mut words = key.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        name.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

fn read_request(request: &Object, out: &mut Collector) -> Result<Asked, WireError> {
    if let Some(system) = wire::nested(request, "systemInstruction")? {
        read_content(system, "system", out).map_err(|e| e.within("systemInstruction"))?;
    }
    match wire::field(request, "contents") {
        Some(Value::Object(one)) => read_content(one, "user", out).map_err(|e| e.within("contents"))?,
        _ => {
            wire::required_list(request, "contents")?;
            wire::each_object(request, "contents", |c| read_content(c, "user", out))?;
        }
    }
    wire::each_object(request, "tools", |tool| {
        read_tool(tool, out);
        Ok(())
    })?;
    if let Some(config) = wire::nested(request, "generationConfig")? {
        for (key, role) in
            [("responseSchema", "schema"), ("responseJsonSchema", "schema"), ("stopSequences", "metadata")]
        {
            if let Some(value) = wire::field(config, key) {
                out.json(role, value, Fields::All);
            }
        }
    }
    if let Some(labels) = wire::field(request, "labels") {
        out.json("metadata", labels, Fields::All);
    }
    Ok(Asked { model: model(request, "model")?, ..Asked::default() })
}

/// A function's schemas are the caller's; the rest of a tool is the vendor's, with secrets in places.
fn read_tool(tool: &Object, out: &mut Collector) {
    let mut rest = tool.clone();
    if let Some(functions) = rest.remove("functionDeclarations") {
        out.json("tool_definition", &functions, Fields::All);
    }
    out.json("tool_definition", &Value::Object(rest), Fields::Vendor);
}

fn read_response(response: &Object, out: &mut Collector) -> Result<Answered, WireError> {
    let failed = wire::error(response, out);
    let mut finished = true;
    wire::each_object(response, "candidates", |candidate| {
        finished &= wire::field(candidate, "finishReason").is_some();
        if let Some(content) = wire::nested(candidate, "content")? {
            read_content(content, "model", out).map_err(|e| e.within("content"))?;
        }
        out.text("error", wire::text(candidate, "finishMessage")?.unwrap_or_default());
        for key in ["citationMetadata", "groundingMetadata", "urlContextMetadata"] {
            if let Some(found) = wire::field(candidate, key) {
                out.json("document", found, Fields::Vendor);
            }
        }
        Ok(())
    })?;
    if let Some(feedback) = wire::nested(response, "promptFeedback")? {
        out.text("error", wire::text(feedback, "blockReasonMessage")?.unwrap_or_default());
    }
    let status = match (failed, finished) {
        (true, _) => Status::Error,
        (false, true) => Status::Ok,
        (false, false) => Status::Truncated,
    };
    let usage = read_usage(response)?;
    Ok(Answered { model: model(response, "modelVersion")?, ..Answered::with(status, usage) })
}

/// The last word of `models/x` and `projects/p/…/models/x`.
fn model(holder: &Object, key: &str) -> Result<Option<String>, WireError> {
    let name = wire::name(holder, key)?;
    Ok(name.map(|n| n.rsplit_once("models/").map_or(n.clone(), |(_, last)| last.to_owned())))
}

fn read_content(content: &Object, speaker: &str, out: &mut Collector) -> Result<(), WireError> {
    let role = wire::text(content, "role")?.filter(|r| !r.is_empty()).unwrap_or(speaker);
    match wire::field(content, "parts") {
        Some(Value::Object(one)) => read_part(one, role, out).map_err(|e| e.within("parts")),
        _ => wire::each_object(content, "parts", |part| read_part(part, role, out)),
    }
}

fn read_part(part: &Object, role: &str, out: &mut Collector) -> Result<(), WireError> {
    let speaker = if part.get("thought") == Some(&Value::Bool(true)) { "thinking" } else { role };
    for (key, value) in part {
        match key.as_str() {
            "text" => out.text(speaker, wire::text(part, key)?.unwrap_or_default()),
            "thoughtSignature" => out.unread(wire::text(part, key)?.unwrap_or_default()),
            "functionCall" | "toolCall" => read_held(part, key, "args", "tool_call", out)?,
            "functionResponse" | "toolResponse" => {
                read_held(part, key, "response", "tool", out)?;
                if let Some(response) = wire::nested(part, key)? {
                    wire::each_object(response, "parts", |p| read_part(p, "tool", out))
                        .map_err(|e| e.within(key))?;
                }
            }
            "executableCode" => out.text("tool_call", wire::inner_text(part, key, "code")?),
            "codeExecutionResult" => out.text("tool", wire::inner_text(part, key, "output")?),
            "inlineData" => {
                out.text("document", wire::inner_text(part, key, "displayName")?);
                out.binary(speaker, wire::inner_text(part, key, "data")?);
            }
            "fileData" => {
                out.text("document", wire::inner_text(part, key, "displayName")?);
                out.url("document", wire::inner_text(part, key, "fileUri")?);
            }
            "partMetadata" => out.json("metadata", value, Fields::All),
            // How a video is cut, and kinds from after this was written.
            _ => out.json(speaker, value, Fields::Vendor),
        }
    }
    Ok(())
}

/// Reads the caller's object `inner` of the part's field `key`.
fn read_held(
    part: &Object,
    key: &str,
    inner: &str,
    role: &str,
    out: &mut Collector,
) -> Result<(), WireError> {
    if let Some(held) = wire::nested(part, key)?.and_then(|o| wire::field(o, inner)) {
        out.json(role, held, Fields::All);
    }
    Ok(())
}

/// What a tool of the vendor put into the prompt lies beside the prompt, thoughts beside the answer.
fn read_usage(response: &Object) -> Result<Option<Usage>, WireError> {
    let Some(usage) = wire::nested(response, "usageMetadata")? else { return Ok(None) };
    let read = || {
        let count = |key| wire::count(usage, key);
        let thoughts = count("thoughtsTokenCount")?;
        Ok(Usage {
            input_tokens: count("promptTokenCount")?.saturating_add(count("toolUsePromptTokenCount")?),
            cached_input_tokens: count("cachedContentTokenCount")?,
            cache_write_tokens: 0,
            output_tokens: count("candidatesTokenCount")?.saturating_add(thoughts),
            reasoning_tokens: thoughts,
        })
    };
    read().map(Some).map_err(|e: WireError| e.within("usageMetadata"))
}
