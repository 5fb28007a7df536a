//! Events as the API shows them. Stored forms never leave; these do.

use crate::App;
use crate::http::query::usd;
use aegis_domain::{
    Action, Category, CostMicros, Decision, Direction, EventId, EventRecord, FindingRecord, KeptPart, Labels,
    Severity, Source, Status, SubjectId, Timestamp, Usage,
};
use aegis_store::{Record, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// Money, as decimal strings of US dollars. The kinds are never mixed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CostView {
    /// By the vendor's own word.
    pub reported_usd: Option<String>,
    /// By our price book.
    pub observed_usd: Option<String>,
    /// The price used.
    pub price_id: Option<String>,
}

/// An event in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventRow {
    /// Ours.
    pub id: EventId,
    /// The caller's.
    pub external_id: Option<String>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When we got it.
    pub received_at: Timestamp,
    /// Vendor id.
    pub vendor: String,
    /// Model.
    pub model: String,
    /// How we came to know of it.
    pub source: Source,
    /// Who, as the application named them; none when unknown or erased.
    pub user: Option<String>,
    /// Who, as the log names them.
    pub subject_id: Option<SubjectId>,
    /// Team.
    pub team: Option<String>,
    /// Application.
    pub app: Option<String>,
    /// Conversation.
    pub conversation_id: Option<String>,
    /// Region.
    pub region: Option<String>,
    /// How it ended.
    pub status: Status,
    /// What was decided.
    pub action: Action,
    /// Worst severity; none: nothing found.
    pub severity: Option<Severity>,
    /// How many findings.
    pub findings_count: usize,
    /// Which detectors found something.
    pub detectors: Vec<String>,
    /// How likely it attacks a model, 0 to 1.
    pub injection: f32,
    /// Tokens.
    pub usage: Option<Usage>,
    /// Whole duration.
    pub latency_ms: Option<u32>,
    /// Time to first token.
    pub ttft_ms: Option<u32>,
    /// Money.
    pub cost: CostView,
    /// Bytes nobody could look at.
    pub uninspected_bytes: u64,
    /// The worst finding with the words round it, or the beginning of what was said last, masked.
    pub preview: String,
    /// Made by the demo.
    pub demo: bool,
    /// Partition of the log.
    pub partition: u32,
    /// Place in it.
    pub seq: u64,
}

/// A finding.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingView {
    /// Unique within its event.
    pub id: String,
    /// The detector's id.
    pub detector: String,
    /// What kind of data.
    pub category: Category,
    /// How bad.
    pub severity: Severity,
    /// 0 to 1.
    pub confidence: f32,
    /// Index into `parts`.
    pub part: u32,
    /// UTF-8 bytes of the original part.
    pub start: u32,
    /// End there.
    pub end: u32,
    /// UTF-8 bytes of the kept part.
    pub kept_start: u32,
    /// End there.
    pub kept_end: u32,
    /// The value made unrecognisable.
    pub sample: String,
    /// Keyed fingerprint: the same value has the same one.
    pub fingerprint: String,
    /// Rules it touches.
    pub tags: Vec<String>,
    /// Why it fired.
    pub reasons: Vec<String>,
    /// A documented test value.
    pub known_test: bool,
}

/// An event, whole.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventView {
    /// What lists show.
    #[serde(flatten)]
    pub row: EventRow,
    /// Version of the stored form.
    pub schema: u32,
    /// What was said, as kept: masked.
    pub parts: Vec<KeptPart>,
    /// What was found.
    pub findings: Vec<FindingView>,
    /// What was decided, and by what.
    pub decision: Decision,
    /// Free labels.
    pub labels: Labels,
    /// What security cost, in microseconds.
    pub cost_us: CostMicros,
    /// The request that brought it.
    pub request_id: Option<String>,
}

/// Reads a stored event.
pub fn parse(record: &Record) -> Result<EventRecord, StoreError> {
    serde_json::from_slice(&record.body).map_err(|e| StoreError::Corrupt(format!("event {}: {e}", record.id)))
}

/// Events for a list.
pub async fn rows(app: &App, events: &[(Record, EventRecord)]) -> Result<Vec<EventRow>, StoreError> {
    let names = app.people.names(app, events.iter().filter_map(|(_, e)| e.subject_id)).await?;
    let name = |e: &EventRecord| Some(names.get(&e.subject_id?)?.to_string());
    Ok(events.iter().map(|(record, e)| named(record, e, name(e))).collect())
}

/// One event for a list.
pub async fn row(app: &App, record: &Record, e: &EventRecord) -> Result<EventRow, StoreError> {
    let names = app.people.names(app, e.subject_id).await?;
    Ok(named(record, e, names.into_values().next().map(|name| name.to_string())))
}

fn named(record: &Record, e: &EventRecord, user: Option<String>) -> EventRow {
    let mut detectors: Vec<String> = Vec::new();
    for f in &e.findings {
        if !detectors.iter().any(|d| **d == *f.detector) {
            detectors.push(f.detector.to_string());
        }
    }
    EventRow {
        id: e.id,
        external_id: e.external_id.clone(),
        occurred_at: e.occurred_at,
        received_at: e.received_at,
        vendor: e.vendor.clone(),
        model: e.model.clone(),
        source: e.source,
        user,
        subject_id: e.subject_id,
        team: e.team.clone(),
        app: e.app.clone(),
        conversation_id: e.conversation_id.clone(),
        region: e.region.clone(),
        status: e.status,
        action: e.decision.action,
        severity: e.severity(),
        findings_count: e.findings.len(),
        detectors,
        injection: e.injection,
        usage: e.usage,
        latency_ms: e.latency_ms,
        ttft_ms: e.ttft_ms,
        cost: CostView {
            reported_usd: e.cost.reported.map(usd),
            observed_usd: e.cost.observed.map(usd),
            price_id: e.cost.price_id.clone(),
        },
        uninspected_bytes: e.uninspected_bytes,
        preview: preview(e),
        demo: e.demo,
        partition: record.partition,
        seq: record.seq,
    }
}

/// An event, whole.
pub async fn event(app: &App, record: &Record) -> Result<EventView, StoreError> {
    let e = parse(record)?;
    Ok(EventView {
        row: row(app, record, &e).await?,
        schema: e.schema,
        findings: findings(e.id, &e.findings),
        parts: e.parts,
        decision: e.decision,
        labels: e.labels,
        cost_us: e.cost_us,
        request_id: e.request_id,
    })
}

/// An event's findings.
pub fn findings(event: EventId, list: &[FindingRecord]) -> Vec<FindingView> {
    list.iter().enumerate().map(|(i, f)| finding(format!("{event}.{i}"), f)).collect()
}

/// One finding.
pub fn finding(id: String, f: &FindingRecord) -> FindingView {
    FindingView {
        id,
        detector: f.detector.to_string(),
        category: f.category,
        severity: f.severity,
        confidence: f.confidence,
        part: f.part,
        start: f.start,
        end: f.end,
        kept_start: f.kept_start,
        kept_end: f.kept_end,
        sample: f.sample.clone(),
        fingerprint: f.fingerprint.clone(),
        tags: f.tags.iter().map(|t| t.to_string()).collect(),
        reasons: f.reasons.iter().map(|r| r.to_string()).collect(),
        known_test: f.known_test,
    }
}

/// Characters of a preview, and most of them before a finding.
const PREVIEW: usize = 160;
const BEFORE: usize = 60;

/// What there is to see of an event at a glance: the worst finding with the words round it, or what was said last.
fn preview(e: &EventRecord) -> String {
    let prompts = || e.parts.iter().filter(|p| p.direction == Direction::Prompt);
    let said = || prompts().rfind(|p| p.role == "user").or_else(|| prompts().next()).or(e.parts.first());
    // of equals the first
    let worst = e.findings.iter().rev().max_by_key(|f| f.severity);
    let found = worst.and_then(|f| Some((e.parts.get(f.part as usize)?, f.kept_start as usize)));
    let (text, at) = match found {
        Some((part, at)) => (part.text.as_str(), at),
        None => (said().map_or("", |p| p.text.as_str()), 0),
    };
    excerpt(text, at)
}

/// The words of `text` round `at`, on one line.
fn excerpt(text: &str, at: usize) -> String {
    let head = text.get(..at).unwrap_or_default();
    let from = head.char_indices().rev().nth(BEFORE).map_or(0, |(from, _)| from);
    // not in the middle of a word
    let skipped = if from == 0 { 0 } else { from + head[from..].find(char::is_whitespace).unwrap_or(0) };
    let shown: String = text[skipped..].chars().take(PREVIEW).collect();
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if skipped == 0 { words } else { format!("… {words}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_what_was_found() {
        assert_eq!(excerpt("my ssn is\n •••-••-8145", 11), "my ssn is •••-••-8145");
        let long = format!("{}my card is •••• 8077, thanks", "é words that say nothing ".repeat(40));
        let shown = excerpt(&long, long.find('•').expect("a masked value"));
        assert!(shown.starts_with("… ") && shown.contains("my card is •••• 8077"), "{shown}");
        assert!(shown.chars().count() <= PREVIEW + 2);
        assert_eq!(excerpt("é", 1), "é");
        assert_eq!(excerpt("", 5), "");
    }
}
