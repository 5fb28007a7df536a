//! What vendors' audit logs say: kept in a stream of its own, for the list and for whoever reads the log.
//! Called by the collection for each page of an audit feed.
//! Invariants: what is counted as stored is durable; an act that is read again is stored once; a person is in the
//! directory before an act names them; values in texts are masked as in events, but for the address, which the list
//! shows to admins alone.

use crate::App;
use crate::detectors::Engine;
use crate::error::ApiError;
use crate::pipeline::collected::{Kept, oldest_kept};
use crate::pipeline::{append_patiently, judging};
use aegis_detect::{Mode, Plan, Redactor, mask};
use aegis_domain::entities::Credential;
use aegis_domain::{CredentialId, LIMITS, Timestamp, VendorAct};
use aegis_store::{Appended, ExternalKey, NewRecord, Stream};
use aegis_vendors::admin::AuditEntry;
use aegis_vendors::admin::read::clip;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How far ahead a vendor's clock may be.
const AHEAD: Duration = Duration::from_secs(5 * 60);
/// Bytes of a vendor's record as JSON; a larger one is left out.
const RAW: usize = 32 << 10;
/// Acts masked and appended together.
const BATCH: usize = 500;

/// What the acts of a page share.
#[derive(Clone)]
struct Origin {
    vendor: String,
    credential_id: CredentialId,
    received_at: Timestamp,
    demo: bool,
}

/// Keeps the acts of a page and returns when they are durable. They may be kept again: an error leaves some of them
/// stored and the rest to be brought once more.
pub(crate) async fn keep(
    app: &App,
    credential: &Credential,
    entries: Vec<AuditEntry>,
) -> Result<Kept, ApiError> {
    let now = app.clock.now();
    let origin = Origin {
        vendor: credential.vendor.clone(),
        credential_id: credential.id,
        received_at: now,
        demo: credential.demo,
    };
    let mut kept = Kept::default();
    let mut good = Vec::with_capacity(entries.len());
    for entry in entries {
        match check(&entry, oldest_kept(app, now), now) {
            Ok(()) => good.push(entry),
            Err(e) => kept.reject(e),
        }
    }
    for batch in good.chunks(BATCH) {
        for appended in keep_batch(app, &origin, batch.to_vec()).await? {
            match appended {
                Appended::Stored { .. } => kept.stored += 1,
                Appended::Duplicate { .. } => kept.duplicates += 1,
            }
        }
    }
    Ok(kept)
}

fn check(entry: &AuditEntry, oldest: Timestamp, now: Timestamp) -> Result<(), ApiError> {
    if entry.at < oldest {
        return Err(ApiError::field("at", "is older than what is kept"));
    }
    if entry.at > now.plus(AHEAD) {
        return Err(ApiError::field("at", "lies ahead"));
    }
    if entry.id.is_empty() {
        return Err(ApiError::field("id", "missing"));
    }
    Ok(())
}

async fn keep_batch(app: &App, origin: &Origin, batch: Vec<AuditEntry>) -> Result<Vec<Appended>, ApiError> {
    for actor in batch.iter().filter_map(actor) {
        app.people.enter(app, &actor).await?;
    }
    let work = {
        let (app, origin) = (app.clone(), origin.clone());
        move || {
            let engine = app.detectors.engine();
            batch.into_iter().map(|entry| record(&app, &engine, &origin, entry)).collect()
        }
    };
    // Never on the runtime: the texts of a page are of any length.
    let records: Result<Vec<NewRecord>, ApiError> = judging(app, usize::MAX, work).await?;
    Ok(append_patiently(app, Stream::VendorAudit, &records?).await?)
}

/// Who, short enough for a name.
fn actor(entry: &AuditEntry) -> Option<String> {
    entry.actor.as_deref().map(|who| clip(who.trim(), LIMITS.name)).filter(|who| !who.is_empty())
}

/// The log's form of an act. Takes its time.
fn record(app: &App, engine: &Engine, origin: &Origin, entry: AuditEntry) -> Result<NewRecord, ApiError> {
    let text = |text: &str| {
        let text = clip(text, LIMITS.name);
        mask(&text, &engine.scan(&text).findings).text
    };
    let external = external_key(&origin.vendor, &entry);
    let act = VendorAct {
        id: uuid::Uuid::now_v7(),
        external_id: text(&entry.id),
        at: entry.at,
        received_at: origin.received_at,
        vendor: origin.vendor.clone(),
        credential_id: origin.credential_id,
        kind: text(&entry.kind),
        subject_id: actor(&entry).map(|who| app.people.subject_id(&who)),
        address: entry.address.as_deref().map(|address| clip(address, LIMITS.name)),
        object: entry.object.as_deref().map(text),
        raw: masked(engine, &entry.raw),
        demo: origin.demo,
    };
    let body = serde_json::to_vec(&act).map_err(ApiError::internal)?;
    Ok(NewRecord { id: act.id, at: act.at, signature: 0, external: Some(external), body })
}

/// The vendor's record with every value that was found masked; none where it is too large, or there is none.
fn masked(engine: &Engine, raw: &Value) -> Option<Value> {
    let text = serde_json::to_string(raw).ok().filter(|text| text.len() <= RAW && !raw.is_null())?;
    let findings = engine.scan(&text).findings;
    // Masking draws nothing at random: no key is needed.
    let masked = Redactor::new([0; 32], Plan::all(Mode::Mask)).redact_json(&text, &findings)?;
    serde_json::from_str(&masked.text).ok()
}

/// Unique per act of a vendor, whichever credential brings it. An id may be counted from 1 in each of a customer's
/// accounts, so the instant and the kind are part of it.
fn external_key(vendor: &str, entry: &AuditEntry) -> ExternalKey {
    let mut hash = Sha256::new();
    for part in
        [vendor.as_bytes(), entry.id.as_bytes(), &entry.at.millis().to_be_bytes(), entry.kind.as_bytes()]
    {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut key = [0; 16];
    key.copy_from_slice(&hash.finalize()[..16]);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_app::TestApp;
    use aegis_store::{Direction, PageQuery};
    use serde_json::json;

    const MAIL: &str = "maria.lopez@corp.example";

    fn credential(vendor: &str, now: Timestamp) -> Credential {
        Credential::new(vendor.into(), "admin".into(), "admin key".into(), "ada".into(), now)
    }

    fn entry(id: &str, at: Timestamp) -> AuditEntry {
        AuditEntry {
            id: id.into(),
            at,
            kind: "api_key.created".into(),
            actor: Some(MAIL.into()),
            address: Some("203.0.113.7".into()),
            object: Some("key of jan@corp.example".into()),
            raw: json!({"id": id, "actor": {"email": MAIL, "ip": "203.0.113.7"}, "n": 1}),
        }
    }

    async fn kept_acts(app: &App) -> Vec<VendorAct> {
        let query = PageQuery {
            stream: Stream::VendorAudit,
            from: Timestamp::from_millis(0),
            to: Timestamp::from_millis(i64::MAX),
            masks: Vec::new(),
            direction: Direction::Ascending,
            after: None,
            limit: 10_000,
            budget: 100_000,
        };
        let page = app.store.log.page(query).await.unwrap();
        page.records.iter().map(|r| serde_json::from_slice(&r.body).unwrap()).collect()
    }

    #[tokio::test]
    async fn acts_are_kept_once_without_names_and_values_in_the_clear() {
        let test = TestApp::start().await;
        let app = &test.app;
        let now = app.clock.now();
        let (first, second) = (credential("openai", now), credential("openai", now));
        let other = credential("anthropic", now);
        let page = || vec![entry("a1", now), entry("a2", now), entry("a1", now)];
        let kept = keep(app, &first, page()).await.unwrap();
        assert_eq!(kept, Kept { stored: 2, duplicates: 1, ..Kept::default() });
        let again = keep(app, &second, page()).await.unwrap();
        assert_eq!(again, Kept { duplicates: 3, ..Kept::default() });
        // The same id at another vendor, or at another instant, is another act.
        assert_eq!(keep(app, &other, vec![entry("a1", now)]).await.unwrap().stored, 1);
        let earlier = now.minus(Duration::from_secs(1));
        assert_eq!(keep(app, &first, vec![entry("a1", earlier)]).await.unwrap().stored, 1);

        let acts = kept_acts(app).await;
        assert_eq!(acts.len(), 4);
        let text = serde_json::to_string(&acts).unwrap();
        assert!(!text.contains("maria") && !text.contains("jan@"), "{text}");
        let act = &acts[1];
        assert_eq!((act.external_id.as_str(), act.kind.as_str()), ("a1", "api_key.created"));
        assert_eq!((act.credential_id, act.address.as_deref()), (first.id, Some("203.0.113.7")));
        let raw = act.raw.as_ref().unwrap();
        assert_eq!((&raw["id"], &raw["n"]), (&json!("a1"), &json!(1)), "the rest of the record stays");
        assert!(!raw.to_string().contains("203.0.113.7"), "{raw}");
        let subject = act.subject_id.unwrap();
        assert_eq!(app.people.names(app, [subject]).await.unwrap().get(&subject).map(|n| &**n), Some(MAIL));
        test.stop().await;
    }

    #[tokio::test]
    async fn what_is_too_old_too_large_or_nameless_is_said() {
        let test = TestApp::start_with(|config| config.retention_days = 30).await;
        let app = &test.app;
        let now = app.clock.now();
        let days = |n: u64| now.minus(Duration::from_secs(86_400 * n));
        let mut large = entry("large", days(1));
        large.raw = json!({ "text": "x".repeat(RAW) });
        let page = vec![entry("old", days(31)), entry("new", now.plus(AHEAD * 2)), entry("", now), large];
        let kept = keep(app, &credential("openai", now), page).await.unwrap();
        assert_eq!((kept.stored, kept.duplicates, kept.rejected), (1, 0, 3));
        assert_eq!(kept.reasons, ["at: is older than what is kept", "at: lies ahead", "id: missing"]);
        assert_eq!(kept_acts(app).await[0].raw, None);
        test.stop().await;
    }
}
