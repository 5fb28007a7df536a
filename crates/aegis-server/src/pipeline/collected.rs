//! The way in for what collectors bring: pieces of conversations from vendors' own apps become durable events, by the
//! same engine, policy and log as what is posted. Called by the collection for each page of a content feed.
//! Invariants: what is counted as stored is durable; a piece that is read again, with whichever credential, is stored
//! once. A piece is the vendor's: no caller can name one before it is collected.

use super::append::{Batch, Delivery, Judged, Outcome};
use super::{append, item, judging};
use crate::App;
use crate::error::ApiError;
use aegis_domain::{CredentialId, Direction, Interaction, LIMITS, Source, Timestamp};
use aegis_store::Stream;
use aegis_vendors::admin::Conversation;
use std::time::Duration;

/// Pieces judged and appended together, and the bytes of text after which no more are added: so much is in memory
/// twice, and waits for one commit.
const BATCH: usize = 500;
const BATCH_BYTES: usize = 4 << 20;

/// Reasons kept.
const REASONS: usize = 8;

/// The label that names the credential a piece came by.
const LABEL: &str = "credential";

/// What became of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Durable now.
    pub(crate) stored: u64,
    /// Durable since earlier.
    pub(crate) duplicates: u64,
    /// Not accepted.
    pub(crate) rejected: u64,
    /// Why, for the first few; names fields and never repeats values.
    pub(crate) reasons: Vec<String>,
}

/// Keeps the pieces of a page and returns when they are durable. They may be kept again: an error leaves some of them
/// stored and the rest to be brought once more.
pub(crate) async fn keep(
    app: &App,
    conversations: Vec<Conversation>,
    demo: bool,
    credential: CredentialId,
) -> Result<Kept, ApiError> {
    let mut kept = Kept::default();
    let mut pieces = conversations.into_iter().map(|c| c.interaction).peekable();
    while pieces.peek().is_some() {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while let Some(piece) = pieces.next_if(|_| batch.len() < BATCH && bytes < BATCH_BYTES) {
            bytes += piece.parts.iter().map(|p| p.text.len()).sum::<usize>();
            batch.push(piece);
        }
        for outcome in keep_batch(app, batch, bytes, demo, credential).await? {
            kept.count(outcome);
        }
    }
    Ok(kept)
}

async fn keep_batch(
    app: &App,
    pieces: Vec<Interaction>,
    bytes: usize,
    demo: bool,
    credential: CredentialId,
) -> Result<Vec<Outcome>, ApiError> {
    let now = app.clock.now();
    let (engine, prices) = (app.detectors.engine(), app.prices.taken());
    let delivery = Delivery { engine, prices, received_at: now, request_id: None, demo };
    let work = {
        let app = app.clone();
        move || {
            let judge = |piece| judge(&app, &delivery, fitted(piece, credential));
            pieces.into_iter().map(judge).collect::<Vec<_>>()
        }
    };
    let judged = judging(app, bytes, work).await?;
    append::enter_people(app, &judged).await?;
    let batch = Batch::of(judged);
    let appended = append::append_patiently(app, Stream::Events, &batch.records).await?;
    batch.settle(app, appended)
}

fn judge(app: &App, delivery: &Delivery, piece: Interaction) -> Result<Judged, ApiError> {
    item::check(&piece, delivery.received_at)?;
    if piece.occurred_at < oldest_kept(app, delivery.received_at) {
        return Err(ApiError::field("occurred_at", "is older than what is kept"));
    }
    let Some(id) = &piece.external_id else { return Err(ApiError::field("external_id", "missing")) };
    // Not by credential: two that see the same workspace bring the same pieces.
    let external = append::external_key(&format!("vendor:{}", piece.vendor), piece.source, id);
    append::judge(app, delivery, piece, Some(external))
}

/// What housekeeping would delete at once is not taken in: it would come again with every reading.
pub(crate) fn oldest_kept(app: &App, now: Timestamp) -> Timestamp {
    now.minus(Duration::from_secs(86_400) * app.config.retention_days)
}

/// Puts right what a vendor leaves out or makes longer than a name: text that was said is not lost for that.
fn fitted(mut piece: Interaction, credential: CredentialId) -> Interaction {
    piece.source = Source::Collector;
    if piece.model.is_empty() {
        piece.model = "unknown".into();
    }
    for part in &mut piece.parts {
        if part.role.is_empty() || part.role.len() > item::ROLE {
            let usual = match part.direction {
                Direction::Prompt => "user",
                Direction::Response => "assistant",
            };
            part.role = usual.into();
        }
    }
    if piece.labels.len() < LIMITS.labels {
        piece.labels.insert(LABEL.into(), credential.to_string());
    }
    piece
}

impl Kept {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Stored(_) => self.stored += 1,
            Outcome::Duplicate(_) => self.duplicates += 1,
            Outcome::Rejected(e) => self.reject(e),
        }
    }

    /// One more not accepted.
    pub(crate) fn reject(&mut self, e: ApiError) {
        self.rejected += 1;
        if self.reasons.len() < REASONS && !self.reasons.contains(&e.message) {
            self.reasons.push(e.message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_app::TestApp;
    use aegis_domain::{Action, EventRecord, Labels, Part, Status};
    use aegis_store::{Direction as Order, PageQuery};

    const SSN: &str = "536-90-4399";

    fn piece(id: &str, at: Timestamp, text: &str) -> Conversation {
        let part =
            |direction, role: &str, text: &str| Part { direction, role: role.into(), text: text.into() };
        Conversation {
            interaction: Interaction {
                id: Conversation::id("openai", id, at),
                external_id: Some(id.into()),
                occurred_at: at,
                vendor: "openai".into(),
                model: String::new(),
                source: Source::Collector,
                user: Some("maria@corp.example".into()),
                team: None,
                app: Some("chatgpt".into()),
                conversation_id: Some("conv-1".into()),
                region: None,
                parts: vec![
                    part(Direction::Prompt, "user", text),
                    part(Direction::Response, &"r".repeat(65), "ok"),
                ],
                usage: None,
                reported_cost: None,
                latency_ms: None,
                ttft_ms: None,
                status: Status::Ok,
                labels: Labels::new(),
                uninspected_bytes: 7,
            },
        }
    }

    async fn events(app: &App) -> Vec<EventRecord> {
        let query = PageQuery {
            stream: Stream::Events,
            from: Timestamp::from_millis(0),
            to: Timestamp::from_millis(i64::MAX),
            masks: Vec::new(),
            direction: Order::Ascending,
            after: None,
            limit: 10_000,
            budget: 100_000,
        };
        let page = app.store.log.page(query).await.unwrap();
        page.records.iter().map(|r| serde_json::from_slice(&r.body).unwrap()).collect()
    }

    #[tokio::test]
    async fn pieces_are_judged_kept_masked_and_once() {
        let test = TestApp::start().await;
        let app = &test.app;
        let (first, second) = (CredentialId::new(), CredentialId::new());
        let minute = |n: u64| app.clock.now().minus(Duration::from_secs(60 * n));
        let page = || {
            vec![
                piece("m1", minute(2), &format!("My SSN is {SSN}.")),
                piece("m2", minute(1), "Hello."),
                piece("m1", minute(2), "twice on a page"),
            ]
        };
        let kept = keep(app, page(), true, first).await.unwrap();
        assert_eq!(kept, Kept { stored: 2, duplicates: 1, ..Kept::default() });
        // Read again, also with another credential: nothing is added.
        for credential in [first, second] {
            let kept = keep(app, page(), true, credential).await.unwrap();
            assert_eq!(kept, Kept { duplicates: 3, ..Kept::default() });
        }

        let events = events(app).await;
        assert_eq!(events.len(), 2);
        let (flagged, allowed) = (&events[0], &events[1]);
        assert_eq!((flagged.decision.action, allowed.decision.action), (Action::Flag, Action::Allow));
        assert_eq!(&*flagged.findings[0].detector, "us_ssn");
        assert!(!serde_json::to_string(&events).unwrap().contains(SSN));
        assert_eq!(
            (flagged.source, flagged.vendor.as_str(), flagged.demo),
            (Source::Collector, "openai", true)
        );
        assert_eq!((flagged.model.as_str(), flagged.parts[1].role.as_str()), ("unknown", "assistant"));
        assert_eq!((flagged.external_id.as_deref(), flagged.uninspected_bytes), (Some("m1"), 7));
        assert_eq!(flagged.labels.get(LABEL), Some(&first.to_string()));
        let subject = flagged.subject_id.unwrap();
        let names = app.people.names(app, [subject]).await.unwrap();
        assert_eq!(names.get(&subject).map(|n| &**n), Some("maria@corp.example"));
        let (totals, _, sources) = app.pipeline.stats.read(app.clock.now());
        assert_eq!((totals.stored, totals.duplicates), (2, 7));
        assert!(sources.iter().any(|s| s.source == Source::Collector && s.stored == 2));
        test.stop().await;
    }

    #[tokio::test]
    async fn what_cannot_be_kept_is_counted_and_spoils_nothing_else() {
        let test = TestApp::start_with(|config| config.retention_days = 30).await;
        let app = &test.app;
        let days = |n: u64| app.clock.now().minus(Duration::from_secs(86_400 * n));
        let mut nameless = piece("m", days(1), "no id");
        nameless.interaction.external_id = None;
        let page = vec![
            piece("old", days(31), "gone by tomorrow"),
            piece("ancient", days(500), "before everything"),
            nameless,
            piece("good", days(29), "kept"),
        ];
        let kept = keep(app, page, false, CredentialId::new()).await.unwrap();
        assert_eq!((kept.stored, kept.duplicates, kept.rejected), (1, 0, 3));
        assert_eq!(
            kept.reasons,
            [
                "occurred_at: is older than what is kept",
                "occurred_at: must lie between 400 days ago and 5 minutes ahead",
                "external_id: missing",
            ]
        );
        assert_eq!(events(app).await[0].external_id.as_deref(), Some("good"));
        test.stop().await;
    }

    #[tokio::test]
    async fn a_page_larger_than_a_batch_is_kept_whole() {
        let test = TestApp::start().await;
        let at = test.app.clock.now();
        let page: Vec<_> = (0..BATCH * 2 + 1).map(|n| piece(&format!("m{n}"), at, "Hello.")).collect();
        let kept = keep(&test.app, page, false, CredentialId::new()).await.unwrap();
        assert_eq!(kept, Kept { stored: 1001, ..Kept::default() });
        assert_eq!(events(&test.app).await.len(), 1001);
        test.stop().await;
    }
}
