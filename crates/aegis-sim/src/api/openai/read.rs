//! Reads a chat completion request, with the vendor's own words for what is wrong with it.

use super::{Refusal, unknown_model};
use crate::api::models::{self, Vendor};
use crate::api::prompt::{Prompt, Said, Speaker, tokens};
use serde_json::{Value, json};

/// Understands a request, or refuses it.
pub(super) fn read(request: &Value) -> Result<Prompt, Refusal> {
    let Some(name) = request.get("model").and_then(Value::as_str) else {
        return Err(Refusal::invalid("you must provide a model parameter", None, None));
    };
    let model = models::find(Vendor::OpenAi, name).ok_or_else(|| unknown_model(name))?;
    let Some(messages) = request.get("messages").and_then(Value::as_array) else {
        let message = "Missing required parameter: 'messages'.";
        return Err(Refusal::invalid(message, Some("messages"), Some("missing_required_parameter")));
    };
    if messages.is_empty() {
        let message = "Invalid 'messages': empty array. Expected an array with minimum length 1.";
        return Err(Refusal::invalid(message, Some("messages"), Some("empty_array")));
    }
    let mut other_tokens = 0;
    let mut said = Vec::with_capacity(messages.len());
    for (i, message) in messages.iter().enumerate() {
        let by = speaker(message, i)?;
        said.push(Said { by, text: content(message, &mut other_tokens) });
    }
    let tools = request.get("tools").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    other_tokens += tools.iter().map(|t| tokens(&t.to_string())).sum::<u64>();
    let max_tokens = ["max_completion_tokens", "max_tokens"].iter().find_map(|k| request.get(k)?.as_u64());
    let prompt = Prompt {
        model,
        said,
        tools: tools.iter().filter_map(tool).collect(),
        json: json_wanted(request),
        max_tokens,
        other_tokens,
    };
    let asked = prompt.tokens();
    if asked > model.context {
        let message = format!(
            "This model's maximum context length is {} tokens. However, your messages resulted in {asked} tokens. Please reduce the length of the messages.",
            model.context
        );
        return Err(Refusal::invalid(message, Some("messages"), Some("context_length_exceeded")));
    }
    Ok(prompt)
}

fn speaker(message: &Value, i: usize) -> Result<Speaker, Refusal> {
    match message.get("role").and_then(Value::as_str) {
        Some("system" | "developer") => Ok(Speaker::System),
        Some("user") => Ok(Speaker::User),
        Some("assistant") => Ok(Speaker::Assistant),
        Some("tool" | "function") => Ok(Speaker::Tool),
        Some(other) => {
            let message = format!(
                "Invalid value: '{other}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'."
            );
            Err(Refusal::invalid(message, Some(&format!("messages[{i}].role")), Some("invalid_value")))
        }
        None => {
            let param = format!("messages[{i}].role");
            let message = format!("Missing required parameter: '{param}'.");
            Err(Refusal::invalid(message, Some(&param), Some("missing_required_parameter")))
        }
    }
}

/// A message's text; images and files count as tokens.
fn content(message: &Value, other_tokens: &mut u64) -> String {
    match message.get("content") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            let mut texts = Vec::new();
            for part in parts {
                match part.get("text").and_then(Value::as_str) {
                    Some(text) => texts.push(text),
                    None => *other_tokens += 765, // a 1024 × 1024 image at high detail
                }
            }
            texts.join("\n")
        }
        _ => String::new(),
    }
}

fn tool(tool: &Value) -> Option<(String, Value)> {
    let function = tool.get("function")?;
    let schema = function.get("parameters").cloned().unwrap_or_else(|| json!({"type": "object"}));
    Some((function.get("name")?.as_str()?.to_owned(), schema))
}

fn json_wanted(request: &Value) -> Option<Value> {
    match request.pointer("/response_format/type")?.as_str()? {
        "json_schema" => request.pointer("/response_format/json_schema/schema").cloned(),
        "json_object" => Some(json!({"type": "object"})),
        _ => None,
    }
}
