//! What the simulator understands of a request, whichever vendor's: enough to give a plausible answer.
//! Filled by each vendor's own reading of its request.

use super::models::Model;
use serde_json::Value;

/// A request, understood.
pub(crate) struct Prompt {
    pub model: &'static Model,
    /// Everything that was said, in order.
    pub said: Vec<Said>,
    /// Tools the model may call: name and JSON Schema of the input.
    pub tools: Vec<(String, Value)>,
    /// The answer must be JSON: by this schema, or any.
    pub json: Option<Value>,
    /// At most so many output tokens.
    pub max_tokens: Option<u64>,
    /// Tokens of tool definitions, images and the like.
    pub other_tokens: u64,
}

/// One turn.
pub(crate) struct Said {
    pub by: Speaker,
    pub text: String,
}

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speaker {
    System,
    User,
    Assistant,
    /// A tool's answer.
    Tool,
}

/// Roughly how many tokens a text has: about four bytes each in English.
pub(crate) fn tokens(text: &str) -> u64 {
    (text.len() as u64).div_ceil(4)
}

/// The request less what only says how to send the answer, so that a stream and a whole answer say the same.
pub(crate) fn essence(request: &Value) -> String {
    let mut request = request.clone();
    if let Some(fields) = request.as_object_mut() {
        fields.remove("stream");
        fields.remove("stream_options");
    }
    request.to_string()
}

impl Prompt {
    /// Input tokens, a few for each turn's own frame among them.
    pub fn tokens(&self) -> u64 {
        3 + self.other_tokens + self.said.iter().map(|s| tokens(&s.text) + 4).sum::<u64>()
    }

    /// The system's words.
    pub fn system(&self) -> &str {
        self.said.iter().find(|s| s.by == Speaker::System).map_or("", |s| &s.text)
    }

    /// The last thing the user said.
    pub fn question(&self) -> &str {
        self.said.iter().rev().find(|s| s.by == Speaker::User).map_or("", |s| &s.text)
    }

    /// What a tool just answered, when it is the model's turn after that.
    pub fn tool_answer(&self) -> Option<&str> {
        self.said.last().filter(|s| s.by == Speaker::Tool).map(|s| s.text.as_str())
    }
}
