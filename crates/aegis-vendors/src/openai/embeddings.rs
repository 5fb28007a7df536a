//! OpenAI embeddings (`POST /v1/embeddings`): text in, vectors out. Vectors are figures and of no one's text.

use super::chat_usage;
use crate::wire::{self, Answered, Asked, Collector, ModelIn, Object, WireError};
use crate::{ChatFormat, ParsedChat};
use aegis_domain::Status;
use serde_json::Value;
use serde_json::value::RawValue;

/// `openai.embeddings`.
pub(crate) struct Embeddings;

impl ChatFormat for Embeddings {
    fn id(&self) -> &'static str {
        "openai.embeddings"
    }

    fn vendor(&self) -> &'static str {
        "openai"
    }

    fn parse(&self, request: &RawValue, response: Option<&RawValue>) -> Result<ParsedChat, WireError> {
        wire::pair(
            self.vendor(),
            ModelIn::Body,
            (request, response),
            |r, out| {
                read_input(r, out)?;
                let user = wire::name(r, "user")?;
                Ok(Asked { model: wire::name(r, "model")?, user, conversation_id: None })
            },
            |r, out| {
                let status = if wire::error(r, out) { Status::Error } else { Status::Ok };
                let usage = chat_usage::OPENAI.read(r)?;
                Ok(Answered { model: wire::name(r, "model")?, ..Answered::with(status, usage) })
            },
        )
    }
}

/// Reads `input`: a string, strings, token ids, or lists of them. Nobody here turns ids back into text.
fn read_input(request: &Object, out: &mut Collector) -> Result<(), WireError> {
    match wire::field(request, "input") {
        Some(Value::String(text)) => out.text("user", text.as_str()),
        Some(Value::Array(items)) => {
            for item in items {
                match item {
                    Value::String(text) => out.text("user", text.as_str()),
                    ids => out.unread(&ids.to_string()),
                }
            }
        }
        _ => return Err(WireError::shape("input", "a string or a list")),
    }
    Ok(())
}
