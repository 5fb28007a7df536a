//! The frame that every parser fills: a request, then its answer, then what both say beside their text.

use super::{Collector, Object, WireError, request, response};
use crate::ParsedChat;
use aegis_domain::{Money, Status, Usage};
use serde_json::value::RawValue;

/// What a request says beside its text.
#[derive(Default)]
pub(crate) struct Asked {
    /// The model asked for.
    pub model: Option<String>,
    /// The person.
    pub user: Option<String>,
    /// The conversation.
    pub conversation_id: Option<String>,
}

/// What an answer says beside its text.
pub(crate) struct Answered {
    /// The model that answered.
    pub model: Option<String>,
    /// How it ended.
    pub status: Status,
    /// Tokens.
    pub usage: Option<Usage>,
    /// What it cost, by the vendor's word.
    pub cost: Option<Money>,
    /// How long it took, by the vendor's word.
    pub latency_ms: Option<u32>,
}

impl Answered {
    /// An answer of which no more is known than how it ended.
    pub fn with(status: Status, usage: Option<Usage>) -> Self {
        Answered { model: None, status, usage, cost: None, latency_ms: None }
    }
}

/// Where a vendor's pairs name their model.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ModelIn {
    /// In the body: a pair without one is refused.
    Body,
    /// In the path, which is not part of the pair: the answer may name it, or the caller must.
    Path,
}

/// Reads a pair by the two functions of a format.
pub(crate) fn pair(
    vendor: &'static str,
    model_in: ModelIn,
    raw: (&RawValue, Option<&RawValue>),
    ask: impl FnOnce(&mut Object, &mut Collector) -> Result<Asked, WireError>,
    answer: impl FnOnce(&mut Object, &mut Collector) -> Result<Answered, WireError>,
) -> Result<ParsedChat, WireError> {
    let mut request = request(raw.0)?;
    let response = response(raw.1)?;
    let mut out = Collector::new();
    let asked = ask(&mut request, &mut out).map_err(|e| e.within("request"))?;
    out.turn_to_response();
    let answered = match response {
        Some(mut r) => answer(&mut r, &mut out).map_err(|e| e.within("response"))?,
        None => Answered::with(Status::Ok, None),
    };
    let named = [answered.model, asked.model].into_iter().flatten().find(|m| !m.is_empty());
    let model = match (named, model_in) {
        (Some(model), _) => model,
        (None, ModelIn::Path) => String::new(),
        (None, ModelIn::Body) => return Err(WireError::shape("request.model", "a string")),
    };
    let (parts, uninspected_bytes) = out.finish();
    Ok(ParsedChat {
        vendor,
        model,
        parts,
        usage: answered.usage,
        reported_cost: answered.cost,
        latency_ms: answered.latency_ms,
        status: answered.status,
        uninspected_bytes,
        user: asked.user,
        conversation_id: asked.conversation_id,
    })
}
