//! Reads what applications and AI vendors say to each other, in each vendor's own format, and gives back what
//! an `Interaction` is made of: text by part, tokens, how it ended, who asked.
//! Called by ingest, which is handed raw pairs. Does no I/O and keeps no state.
//! Invariant: every string of a pair is in `parts`, or counted in `uninspected_bytes`, or is of no one's text
//! (ids, enumerations, figures). No bytes from outside make it panic; no error repeats them.

pub mod admin;
mod anthropic;
mod azure_openai;
mod cohere;
mod deepseek;
mod gemini;
mod huggingface;
mod mistral;
mod ollama;
mod openai;
mod openrouter;
pub mod otlp;
mod perplexity;
mod registry;
mod wire;
mod xai;

pub use registry::{FORMATS, format};
pub use wire::WireError;

use aegis_domain::{Money, Part, Status, Usage};
use serde_json::value::RawValue;

/// A request and its answer, read.
#[derive(Clone)]
pub struct ParsedChat {
    /// The vendor's id: `openai`.
    pub vendor: &'static str,
    /// The model as answered, else as asked for; empty where the vendor names it in a path and the answer does not.
    pub model: String,
    /// Prompt parts, then response parts, in the vendor's order. A role is the vendor's own word for the speaker,
    /// or one of `thinking`, `tool_call`, `tool` (what a tool answered), `document`, `tool_definition`, `schema`,
    /// `prediction`, `metadata`, `error`.
    pub parts: Vec<Part>,
    /// Tokens, where the vendor said.
    pub usage: Option<Usage>,
    /// What it cost, where the vendor said: its own word, in its own digits.
    pub reported_cost: Option<Money>,
    /// How long it took, where the vendor said.
    pub latency_ms: Option<u32>,
    /// `Error` when the vendor answered with one, `Truncated` when the answer says that it never finished; else,
    /// and without any answer, `Ok`.
    pub status: Status,
    /// Bytes of the pair that hold content in a form nobody here reads: images, audio, files, sealed thoughts.
    pub uninspected_bytes: u64,
    /// The person, where the request names one.
    pub user: Option<String>,
    /// The conversation, where the request names one.
    pub conversation_id: Option<String>,
}

/// One vendor's chat format.
pub trait ChatFormat: Sync {
    /// What callers name it by: `openai.chat`.
    fn id(&self) -> &'static str;

    /// The vendor's id: `openai`.
    fn vendor(&self) -> &'static str;

    /// Reads a request and, where there was one, its answer: a whole one, not a stream's chunks.
    /// Unknown fields are passed over; a field of the wrong type where text or figures belong is an error.
    fn parse(&self, request: &RawValue, response: Option<&RawValue>) -> Result<ParsedChat, WireError>;
}
