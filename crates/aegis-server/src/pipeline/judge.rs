//! Detect, decide, price, protect: an `Interaction` with its raw text goes in, an `EventRecord` without it comes out.
//! Pure but for the time it measures. Called on a thread that may be busy for a while.
//! Invariant: no raw value of a finding is in the record, in whatever field it came.

use crate::detectors::Engine;
use aegis_detect::{Finding, Scan, mask};
use aegis_domain::{
    Action, Cost, CostMicros, Currency, Decision, Direction, EventRecord, FailMode, FindingRecord,
    Interaction, KeptPart, Labels, Money, Part, SCHEMA, SubjectId, Tier, Timestamp,
};
use aegis_prices::{Call, PriceBook, Priced};
use data_encoding::HEXLOWER;
use std::sync::Arc;
use std::time::Instant;

/// What a record needs to know that the interaction does not say.
pub struct Circumstances {
    /// When we got it.
    pub received_at: Timestamp,
    /// The request that brought it.
    pub request_id: Option<String>,
    /// Made by the demo.
    pub demo: bool,
    /// Who, as the directory calls them.
    pub subject_id: Option<SubjectId>,
}

/// Judges one interaction.
pub fn judge(engine: &Engine, prices: &PriceBook, mut i: Interaction, c: Circumstances) -> EventRecord {
    let started = Instant::now();
    protect_names(engine, &mut i);
    let cost = cost(prices, &i);
    let mut findings = Vec::new();
    let mut parts = Vec::with_capacity(i.parts.len());
    let mut injection = 0f32;
    let mut action = Action::Allow;
    for (index, part) in i.parts.into_iter().enumerate() {
        let scan = engine.scan_part(&part.role, &part.text);
        injection = injection.max(scan.injection);
        action = action.max(engine.decide(&scan));
        parts.push(keep(part, &scan, index as u32, &mut findings));
    }
    let scan = started.elapsed().as_micros().min(u128::from(u32::MAX)) as u32;
    EventRecord {
        schema: SCHEMA,
        id: i.id,
        external_id: i.external_id,
        occurred_at: i.occurred_at,
        received_at: c.received_at,
        vendor: i.vendor,
        model: i.model,
        source: i.source,
        subject_id: c.subject_id,
        team: i.team,
        app: i.app,
        conversation_id: i.conversation_id,
        region: i.region,
        parts,
        findings,
        injection,
        decision: Decision {
            action,
            rule: engine.rule().to_string(),
            version: engine.version(),
            // What is reported has happened already: there is nothing to refuse.
            fail_mode: FailMode::Open,
        },
        usage: i.usage,
        cost,
        latency_ms: i.latency_ms,
        ttft_ms: i.ttft_ms,
        status: i.status,
        labels: i.labels,
        uninspected_bytes: i.uninspected_bytes,
        cost_us: CostMicros { scan, policy: 0, log: 0 },
        request_id: c.request_id,
        demo: c.demo,
    }
}

/// The label that names the tier a call was served in, by the vendor's word for it.
const TIER: &str = "service_tier";

/// What a call cost by its vendor's word, or where that is wanting by the price book. Never both, so that they are never
/// added; neither where nothing is known.
fn cost(prices: &PriceBook, i: &Interaction) -> Cost {
    if let Some(nano) = i.reported_cost.and_then(nano_dollars) {
        return Cost { reported: Some(nano), ..Cost::default() };
    }
    let priced = prices.price(&Call {
        vendor: &i.vendor,
        model: &i.model,
        at: i.occurred_at,
        tier: i.labels.get(TIER).map_or(Some(Tier::Standard), |word| Tier::of_vendor(word)),
        usage: i.usage.as_ref(),
    });
    match priced {
        Priced::Observed { nano, price_id } => {
            Cost { reported: None, observed: Some(nano), price_id: Some(price_id) }
        }
        Priced::NotPriced(_) => Cost::default(),
    }
}

/// What a vendor says a call cost. A figure below nothing or above any call's is no one's bill.
fn nano_dollars(stated: Money) -> Option<i64> {
    const MOST: i64 = 1_000_000 * 1_000_000_000;
    let dollars = Some(stated).filter(|m| m.currency == Currency::USD)?;
    dollars.nano().filter(|nano| (0..=MOST).contains(nano))
}

fn keep(part: Part, scan: &Scan, index: u32, findings: &mut Vec<FindingRecord>) -> KeptPart {
    let role = part.role;
    if scan.findings.is_empty() {
        return KeptPart { direction: part.direction, role, text: part.text };
    }
    let masked = mask(&part.text, &scan.findings);
    for (finding, kept) in scan.findings.iter().zip(&masked.kept_spans) {
        findings.push(record(finding, index, kept.start, kept.end));
    }
    KeptPart { direction: part.direction, role, text: masked.text }
}

/// A finding as kept. `kept` are the bytes of its sample in the masked text.
pub fn record(f: &Finding, part: u32, kept_start: usize, kept_end: usize) -> FindingRecord {
    FindingRecord {
        detector: Arc::from(f.detector),
        category: f.category,
        severity: f.severity,
        confidence: f.confidence,
        part,
        start: f.span.start as u32,
        end: f.span.end as u32,
        kept_start: kept_start as u32,
        kept_end: kept_end as u32,
        sample: f.sample.clone(),
        fingerprint: HEXLOWER.encode(&f.fingerprint),
        tags: f.tags.iter().map(|t| Arc::from(*t)).collect(),
        reasons: f.reasons.iter().map(|r| Arc::from(*r)).collect(),
        known_test: f.known_test,
    }
}

/// Names and labels are free text, too: a value found there is masked in place, and shown to the reader as a part
/// called `metadata`, so that it counts like any other finding.
fn protect_names(engine: &Engine, i: &mut Interaction) {
    // The same few names come with every event; ids are new each time.
    let mut names = String::new();
    line(&mut names, "model", Some(&i.model));
    line(&mut names, "team", i.team.as_deref());
    line(&mut names, "app", i.app.as_deref());
    line(&mut names, "region", i.region.as_deref());
    for (key, value) in &i.labels {
        line(&mut names, key, Some(value));
    }
    for part in &i.parts {
        line(&mut names, "role", Some(&part.role));
    }
    let mut ids = String::new();
    line(&mut ids, "external_id", i.external_id.as_deref());
    line(&mut ids, "conversation_id", i.conversation_id.as_deref());

    let found = [(engine.scan_often(&names), names), (Some(engine.scan(&ids)), ids)];
    let found = found.into_iter().filter_map(|(scan, text)| Some((scan?, text)));
    let found: Vec<(Scan, String)> = found.filter(|(scan, _)| !scan.findings.is_empty()).collect();
    if found.is_empty() {
        return;
    }
    let masked = |value: &str| -> String {
        // Alone, a value lacks the words around it: whatever was found in the whole is cut out as well.
        let mut out = mask(value, &engine.scan(value).findings).text;
        for (scan, text) in &found {
            for finding in &scan.findings {
                out = out.replace(&text[finding.span.clone()], &finding.sample);
            }
        }
        out
    };
    i.model = masked(&i.model);
    for value in [&mut i.external_id, &mut i.team, &mut i.app, &mut i.conversation_id, &mut i.region]
        .into_iter()
        .flatten()
    {
        *value = masked(value);
    }
    i.labels = i.labels.iter().map(|(k, v)| (masked(k), masked(v))).collect::<Labels>();
    for part in &mut i.parts {
        part.role = masked(&part.role);
    }
    for (_, text) in found {
        i.parts.push(Part { direction: Direction::Prompt, role: "metadata".into(), text });
    }
}

fn line(text: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        text.extend([name, ": ", value, "\n"]);
    }
}
