//! A span to an interaction: whether it is a call to a model, of which vendor, by whom, how large and how long.

use super::attributes::Attributes;
use super::messages;
use super::proto::Span;
use crate::admin::Conversation;
use crate::wire::Collector;
use aegis_domain::{Direction, Interaction, LIMITS, Labels, Part, Source, Status, Timestamp, Usage};

/// Operations that are calls to a model. Agents' spans stand around such calls and would count them twice; what a tool
/// was given and answered stands in the calls before and after it.
const CALLS: [&str; 8] = [
    "chat",
    "text_completion",
    "generate_content",
    "embeddings",
    "completion",
    "embedding",
    "llm",
    "responses",
];

const PROVIDER: [&str; 4] = ["gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system"];
const MODEL: [&str; 5] = [
    "gen_ai.response.model",
    "gen_ai.request.model",
    "llm.model_name",
    "llm.response.model",
    "embedding.model_name",
];

/// Reads a span; none where it is no call to a model.
pub(super) fn span(span: &Span, resource: &Attributes) -> Result<Option<Interaction>, String> {
    let attributes = Attributes::of(&span.attributes);
    if !is_call(&attributes) {
        return Ok(None);
    }
    let mut out = Collector::new();
    messages::prompt(&attributes, &span.events, &mut out);
    out.turn_to_response();
    messages::answer(&attributes, &span.events, &mut out);
    let status = span.status.as_ref();
    let failed = status.is_some_and(|s| s.code == 2) || attributes.text(&["error.type"]).is_some();
    if failed {
        let why = status.map(|s| s.message.as_str()).filter(|m| !m.is_empty());
        out.text("error", why.or(attributes.text(&["error.type"])).unwrap_or_default());
    }
    let external_id =
        external_id(&span.trace_id, &span.span_id).ok_or("a span needs a trace id and a span id")?;
    let mut call = interaction(&attributes, resource, external_id, span.start_time_unix_nano, out)?;
    call.usage = usage(&attributes);
    call.status = if failed { Status::Error } else { Status::Ok };
    let took = span
        .end_time_unix_nano
        .checked_sub(span.start_time_unix_nano)
        .filter(|_| span.start_time_unix_nano > 0);
    call.latency_ms = took.map(|ns| u32::try_from(ns / 1_000_000).unwrap_or(u32::MAX));
    call.ttft_ms =
        attributes.millis(&["gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token"]);
    Ok(Some(call))
}

fn is_call(attributes: &Attributes) -> bool {
    let operation = ["gen_ai.operation.name", "llm.request.type", "openinference.span.kind"];
    match attributes.text(&operation) {
        Some(operation) => CALLS.contains(&operation.to_ascii_lowercase().as_str()),
        // Some exporters name no operation.
        None => attributes.text(&MODEL).is_some() && (attributes.any("gen_ai.") || attributes.any("llm.")),
    }
}

/// `trace/span` in hexadecimal: a span that is sent again is stored once.
pub(super) fn external_id(trace: &[u8], span: &[u8]) -> Option<String> {
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let whole = trace.len() == 16 && span.len() == 8;
    whole.then(|| format!("otlp/{}/{}", hex(trace), hex(span)))
}

/// What all signals share. The error names what is lacking.
pub(super) fn interaction(
    attributes: &Attributes,
    resource: &Attributes,
    external_id: String,
    nanos: u64,
    out: Collector,
) -> Result<Interaction, String> {
    let vendor = vendor(attributes, resource)?;
    let occurred_at = Timestamp::from_millis(i64::try_from(nanos / 1_000_000).unwrap_or(i64::MAX));
    let (parts, uninspected_bytes) = out.finish();
    if parts.len() > LIMITS.parts {
        return Err(format!("a call may have at most {} parts", LIMITS.parts));
    }
    Ok(Interaction {
        id: Conversation::id("otlp", &external_id, occurred_at),
        external_id: Some(external_id),
        occurred_at,
        vendor: vendor.to_owned(),
        model: attributes.name(&MODEL).unwrap_or_else(|| "unknown".to_owned()),
        source: Source::Otlp,
        user: attributes.name(&[
            "user.id",
            "enduser.id",
            "user.email",
            "traceloop.association.properties.user_id",
        ]),
        team: attributes.name(&["team.id"]).or_else(|| resource.name(&["team", "team.name"])),
        app: resource.name(&["service.name"]),
        conversation_id: attributes.name(&["gen_ai.conversation.id", "session.id", "thread.id"]),
        region: None,
        parts: parts.into_iter().map(bounded).collect(),
        usage: None,
        reported_cost: None,
        latency_ms: None,
        ttft_ms: None,
        status: Status::Ok,
        labels: labels(attributes, resource),
        uninspected_bytes,
    })
}

/// A role is at most 64 bytes; a longer one is no role.
fn bounded(part: Part) -> Part {
    let role = if part.role.len() <= 64 && !part.role.is_empty() {
        part.role
    } else {
        match part.direction {
            Direction::Prompt => "user".to_owned(),
            Direction::Response => "assistant".to_owned(),
        }
    };
    Part { role, ..part }
}

fn labels(attributes: &Attributes, resource: &Attributes) -> Labels {
    let mut labels = Labels::new();
    for (label, value) in [
        ("agent", attributes.name(&["gen_ai.agent.name"])),
        ("environment", resource.name(&["deployment.environment.name", "deployment.environment"])),
        ("response_id", attributes.name(&["gen_ai.response.id"])),
    ] {
        if let Some(value) = value.filter(|v| v.len() <= LIMITS.label) {
            labels.insert(label.to_owned(), value);
        }
    }
    labels
}

/// Our name for the provider, by today's names and by those before.
fn vendor(attributes: &Attributes, resource: &Attributes) -> Result<&'static str, String> {
    // A gateway in front of vendors names the vendor behind it; the bill is the gateway's.
    if resource.text(&["service.name"]) == Some("openrouter") {
        return Ok("openrouter");
    }
    let Some(provider) = attributes.text(&PROVIDER) else {
        return Err("gen_ai.provider.name is missing".to_owned());
    };
    Ok(match provider.to_ascii_lowercase().replace([' ', '-'], "_").as_str() {
        "openai" => "openai",
        "anthropic" => "anthropic",
        "gcp.gemini"
        | "gcp.gen_ai"
        | "gcp.vertex_ai"
        | "vertex_ai"
        | "vertexai"
        | "gemini"
        | "google"
        | "google_genai"
        | "google_generativeai" => "gemini",
        "x_ai" | "xai" => "xai",
        "azure.ai.openai" | "az.ai.openai" | "azure.ai.inference" | "az.ai.inference" | "azure"
        | "azure_openai" => "azure_openai",
        "mistral_ai" | "mistral" | "mistralai" => "mistral",
        "cohere" => "cohere",
        "huggingface" | "hugging_face" => "huggingface",
        "openrouter" => "openrouter",
        "perplexity" => "perplexity",
        "deepseek" => "deepseek",
        "ollama" => "ollama",
        _ => return Err("gen_ai.provider.name is of no vendor that is known here".to_owned()),
    })
}

/// Input holds what was cached, output what was reasoned, in every generation of names.
fn usage(attributes: &Attributes) -> Option<Usage> {
    let input = attributes.count(&[
        "gen_ai.usage.input_tokens",
        "gen_ai.usage.prompt_tokens",
        "llm.usage.prompt_tokens",
        "llm.token_count.prompt",
    ]);
    let output = attributes.count(&[
        "gen_ai.usage.output_tokens",
        "gen_ai.usage.completion_tokens",
        "llm.usage.completion_tokens",
        "llm.token_count.completion",
    ]);
    if input.is_none() && output.is_none() {
        return None;
    }
    let part = |names: &[&str]| attributes.count(names).unwrap_or(0);
    Some(Usage {
        input_tokens: input.unwrap_or(0),
        cached_input_tokens: part(&[
            "gen_ai.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_read_input_tokens",
            "llm.usage.cache_read_input_tokens",
            "llm.token_count.prompt_details.cache_read",
        ]),
        cache_write_tokens: part(&[
            "gen_ai.usage.cache_creation.input_tokens",
            "gen_ai.usage.cache_creation_input_tokens",
            "llm.usage.cache_creation_input_tokens",
            "llm.token_count.prompt_details.cache_write",
        ]),
        output_tokens: output.unwrap_or(0),
        reasoning_tokens: part(&[
            "gen_ai.usage.reasoning.output_tokens",
            "gen_ai.usage.reasoning_tokens",
            "llm.usage.reasoning_tokens",
            "llm.token_count.completion_details.reasoning",
        ]),
    })
}
