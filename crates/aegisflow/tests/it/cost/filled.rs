//! A server over a store of any number of events, all within a day: the more there are, the denser they lie.
//! Every property of an event repeats with a short period, so that each stretch of the day is like every other.

use crate::harness::Client;
use aegis_domain::{
    Action, Category, Clock, CostMicros, Decision, Direction, EventId, EventRecord, FailMode, FindingRecord,
    KeptPart, Labels, ManualClock, SCHEMA, Scope, Severity, Source, Status, Timestamp, Usage, signature,
};
use aegis_identity::access_token::AccessKey;
use aegis_server::access::tokens::NewToken;
use aegis_server::vault::Vault;
use aegis_server::{App, Keys, ServerConfig, rollups};
use aegis_store::sqlite::{self, Sqlite, SqliteConfig, Stats};
use aegis_store::{NewRecord, Stream};
use aegis_vault::kek::LocalKek;
use std::net::SocketAddr;
use std::sync::Arc;

/// Events in one append.
const BATCH: usize = 5_000;
/// How long the events take: what `range=24h` shows on the hour, whose last bucket has just begun.
const SPAN: i64 = 23 * 3_600_000;
/// On the hour.
pub const NOW: i64 = 1_795_435_200_000;

const VENDORS: [&str; 5] = ["openai", "anthropic", "mistral", "cohere", "deepseek"];
const TEAMS: [&str; 7] = ["claims", "sales", "legal", "hr", "it", "finance", "support"];

/// A filled store behind a router on loopback.
pub struct Filled {
    /// Somebody who may read.
    pub client: Client,
    sqlite: Sqlite,
    _dir: tempfile::TempDir,
}

impl Filled {
    /// With so many events.
    pub async fn with(events: usize) -> Filled {
        Filled::with_changed(events, |_, _| ()).await
    }

    /// The same, each changed by its number.
    pub async fn with_changed(events: usize, change: impl Fn(usize, &mut EventRecord)) -> Filled {
        let dir = crate::harness::folder();
        let sqlite =
            sqlite::open(SqliteConfig { queue_bytes: 256 << 20, ..SqliteConfig::new(dir.path()) }).unwrap();
        let (store, now) = (sqlite.store(), Timestamp::from_millis(NOW));
        for first in (0..events).step_by(BATCH) {
            let batch = (first..events.min(first + BATCH)).map(|n| record(n, events, &change)).collect();
            store.log.append(Stream::Events, batch).await.unwrap();
        }
        rollups::rebuild(&store, now).await.unwrap();

        let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(now));
        let session: Vec<u8> = (0..32).collect();
        let keys = Keys { fingerprint: [7; 32], session: AccessKey::from_bytes(&session).unwrap() };
        let token = NewToken {
            name: "reader".into(),
            scopes: vec![Scope::Read],
            expires_at: None,
            created_by: "test".into(),
            demo: false,
        };
        let (_, secret) = token.create(&store, now).await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let text = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let kek = LocalKek::parse(&text.into(), "env:TEST_KEK".into()).unwrap();
        let vault = Vault::open(store.clone(), Arc::new(kek), clock.clone()).await.unwrap();
        let app =
            App::new(ServerConfig::new(dir.path().into(), address), store, vault, &keys, clock).unwrap();
        let service = aegis_server::router(&app).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let client = Client::new(address).with_token(secret.expose());
        // The first call reads the token, and opens connections.
        client.get("/api/events?limit=1").await.ok();
        Filled { client, sqlite, _dir: dir }
    }

    /// Makes the rollups again.
    pub async fn rebuild(&self) -> rollups::Rebuilt {
        rollups::rebuild(&self.sqlite.store(), Timestamp::from_millis(NOW)).await.unwrap()
    }

    /// What the store did for one question.
    pub async fn cost_of(&self, path: &str) -> (Cost, serde_json::Value) {
        let before = self.sqlite.stats();
        let answer = self.client.get(path).await;
        let body = answer.ok();
        assert_ne!(answer.header("x-cache"), "hit", "{path} must be asked afresh");
        (Cost::between(before, self.sqlite.stats()), body)
    }
}

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub entries: u64,
    pub blocks: u64,
    pub tallies: u64,
}

impl Cost {
    fn between(before: Stats, after: Stats) -> Cost {
        Cost {
            entries: after.entries_examined - before.entries_examined,
            blocks: after.blocks_read - before.blocks_read,
            tallies: after.tallies_read - before.tallies_read,
        }
    }

    /// True when nothing of it is more than in `other`. Where blocks begin is chance: one in eight may be cut by it.
    pub fn at_most(self, other: Cost) -> bool {
        let blocks = other.blocks + other.blocks / 8 + 1;
        self.entries <= other.entries && self.blocks <= blocks && self.tallies <= other.tallies
    }
}

fn record(n: usize, of: usize, change: &impl Fn(usize, &mut EventRecord)) -> NewRecord {
    let mut event = event(n, Timestamp::from_millis(NOW - SPAN + n as i64 * SPAN / of as i64));
    change(n, &mut event);
    NewRecord {
        id: event.id.0,
        at: event.occurred_at,
        signature: signature(&event).0,
        external: None,
        body: serde_json::to_vec(&event).unwrap(),
    }
}

fn event(n: usize, at: Timestamp) -> EventRecord {
    // One event in six has something in it; the periods share no divisor, so that every pair of values comes up.
    let severity = [Severity::Low, Severity::Medium, Severity::High, Severity::Critical][n / 6 % 4];
    let findings = if n.is_multiple_of(6) { vec![finding(severity)] } else { Vec::new() };
    let action = if findings.is_empty() { Action::Allow } else { Action::Flag };
    let text = "The customer asks whether the policy covers a roof that leaks after a storm, and until when.";
    EventRecord {
        schema: SCHEMA,
        id: EventId::new(),
        external_id: None,
        occurred_at: at,
        received_at: at,
        vendor: VENDORS[n % VENDORS.len()].into(),
        model: format!("model-{}", n % 11),
        source: Source::App,
        subject_id: None,
        team: Some(TEAMS[n % TEAMS.len()].into()),
        app: Some("triage".into()),
        conversation_id: None,
        region: None,
        parts: vec![KeptPart { direction: Direction::Prompt, role: "user".into(), text: text.into() }],
        findings,
        injection: 0.0,
        decision: Decision { action, rule: "default".into(), version: 1, fail_mode: FailMode::Open },
        usage: Some(Usage { input_tokens: 30, output_tokens: 12, ..Usage::default() }),
        cost: Default::default(),
        latency_ms: Some(400 + (n % 13) as u32 * 50),
        ttft_ms: None,
        status: Status::Ok,
        labels: Labels::new(),
        uninspected_bytes: 0,
        cost_us: CostMicros { scan: 20, policy: 0, log: 0 },
        request_id: None,
        demo: false,
    }
}

fn finding(severity: Severity) -> FindingRecord {
    FindingRecord {
        detector: "us_ssn".into(),
        category: Category::Personal,
        severity,
        confidence: 0.9,
        part: 0,
        start: 0,
        end: 3,
        kept_start: 0,
        kept_end: 3,
        sample: "The".into(),
        fingerprint: "00112233445566778899aabbccddeeff".into(),
        tags: Vec::new(),
        reasons: Vec::new(),
        known_test: false,
    }
}
