//! Reads a messages request, with the vendor's own words for what is wrong with it.

use super::{Refusal, unknown_model};
use crate::api::models::{self, Vendor};
use crate::api::prompt::{Prompt, Said, Speaker, tokens};
use serde_json::{Value, json};

/// Understands a request, or refuses it.
pub(super) fn read(request: &Value) -> Result<Prompt, Refusal> {
    let Some(name) = request.get("model").and_then(Value::as_str) else {
        return Err(Refusal::invalid("model: Field required"));
    };
    let Some(max_tokens) = request.get("max_tokens").and_then(Value::as_u64).filter(|n| *n > 0) else {
        return Err(Refusal::invalid("max_tokens: Field required"));
    };
    let Some(messages) = request.get("messages").and_then(Value::as_array) else {
        return Err(Refusal::invalid("messages: Field required"));
    };
    if messages.is_empty() {
        return Err(Refusal::invalid("messages: at least one message is required"));
    }
    let model = models::find(Vendor::Anthropic, name).ok_or_else(|| unknown_model(name))?;
    let mut other_tokens = 0;
    let mut said = Vec::new();
    if let Some(system) = request.get("system") {
        read_content(system, Speaker::System, &mut said, &mut other_tokens);
    }
    for (i, message) in messages.iter().enumerate() {
        let by = match message.get("role").and_then(Value::as_str) {
            Some("user") => Speaker::User,
            Some("assistant") => Speaker::Assistant,
            Some("system") => Speaker::System,
            _ => {
                let message = format!("messages.{i}.role: Input should be 'user' or 'assistant'");
                return Err(Refusal::invalid(message));
            }
        };
        let Some(content) = message.get("content") else {
            return Err(Refusal::invalid(format!("messages.{i}.content: Field required")));
        };
        read_content(content, by, &mut said, &mut other_tokens);
    }
    let tools = request.get("tools").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    other_tokens += tools.iter().map(|t| tokens(&t.to_string())).sum::<u64>();
    let json = request.pointer("/output_config/format/schema").cloned();
    let tools = tools.iter().filter_map(tool).collect();
    let prompt = Prompt { model, said, tools, json, max_tokens: Some(max_tokens), other_tokens };
    let asked = prompt.tokens();
    if asked > model.context {
        let message = format!("prompt is too long: {asked} tokens > {} maximum", model.context);
        return Err(Refusal::invalid(message));
    }
    Ok(prompt)
}

/// Text blocks are said by the message's role, tool results by the tool; everything else counts as tokens.
fn read_content(content: &Value, by: Speaker, said: &mut Vec<Said>, other_tokens: &mut u64) {
    let blocks = match content {
        Value::String(text) => {
            said.push(Said { by, text: text.clone() });
            return;
        }
        other => other.as_array().map(Vec::as_slice).unwrap_or_default(),
    };
    for block in blocks {
        let (by, text) = match block.get("type").and_then(Value::as_str) {
            Some("text") => (by, block.get("text").and_then(Value::as_str)),
            Some("document") => (by, block.pointer("/source/data").and_then(Value::as_str)),
            Some("tool_result") => {
                let inner = block.get("content");
                let text = inner.and_then(Value::as_str);
                (Speaker::Tool, text.or_else(|| inner?.pointer("/0/text")?.as_str()))
            }
            Some("image") => {
                *other_tokens += 1_100;
                continue;
            }
            _ => {
                *other_tokens += tokens(&block.to_string());
                continue;
            }
        };
        said.push(Said { by, text: text.unwrap_or_default().to_owned() });
    }
}

fn tool(tool: &Value) -> Option<(String, Value)> {
    let schema = tool.get("input_schema").cloned().unwrap_or_else(|| json!({"type": "object"}));
    Some((tool.get("name")?.as_str()?.to_owned(), schema))
}
