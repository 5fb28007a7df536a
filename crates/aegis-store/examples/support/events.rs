//! Events of a plausible organisation, made fast and the same for the same seed: for filling a store to measure it.
//! Words follow a Zipf-like law over a few thousand, so that text compresses about as real text does.

use aegis_domain::{
    Action, Category, Cost, CostMicros, Decision, Direction, EventId, EventRecord, FailMode, FindingRecord,
    KeptPart, Labels, SCHEMA, Severity, Source, Status, SubjectId, Timestamp, Usage, signature,
};
use aegis_store::NewRecord;
use uuid::Uuid;

/// Vendors with their share of a hundred calls.
const VENDORS: [(&str, &str, u64); 6] = [
    ("openai", "gpt-4.1", 45),
    ("anthropic", "claude-sonnet-4", 30),
    ("google", "gemini-2.5-pro", 12),
    ("mistral", "mistral-large", 8),
    ("cohere", "command-a", 4),
    ("deepseek", "deepseek-chat", 1),
];
const TEAMS: [&str; 8] = ["claims", "support", "legal", "research", "finance", "hr", "platform", "sales"];
const APPS: [&str; 10] =
    ["triage", "chat", "drafts", "summaries", "search", "review", "notes", "coder", "translate", "faq"];

/// Makes events, one after another.
pub struct Maker {
    state: u64,
    words: Vec<String>,
}

impl Maker {
    pub fn new(seed: u64) -> Self {
        let mut maker = Maker { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, words: Vec::new() };
        const SYLLABLES: [&str; 24] = [
            "an", "ber", "con", "de", "er", "for", "ing", "is", "ket", "lo", "ment", "ni", "or", "per",
            "qua", "re", "sta", "ti", "un", "ver", "wa", "xi", "yo", "za",
        ];
        for _ in 0..4_000 {
            let syllables = 1 + maker.below(4);
            let word = (0..syllables).map(|_| SYLLABLES[maker.below(24) as usize]).collect();
            maker.words.push(word);
        }
        maker
    }

    /// xorshift64*: good enough for test data, and needs no crate.
    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 33) % n
    }

    fn text(&mut self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + 12);
        while text.len() < bytes {
            let most = 1 + self.below(self.words.len() as u64 - 1);
            let word = self.below(most) as usize;
            text.push_str(&self.words[word]);
            text.push(' ');
        }
        text
    }

    /// One event at `at`.
    pub fn event(&mut self, at: Timestamp) -> EventRecord {
        let mut share = self.below(100);
        let vendor = VENDORS.iter().find(|v| {
            let hit = share < v.2;
            share = share.saturating_sub(v.2);
            hit
        });
        let (vendor, model, _) = vendor.unwrap_or(&VENDORS[0]);
        let finding = (self.below(10) == 0).then(|| self.finding());
        let (prompt, answer) = (120 + self.below(160) as usize, 60 + self.below(120) as usize);
        let part = |direction, role: &str, text| KeptPart { direction, role: role.into(), text };
        let latency = 200 + self.below(4_000) as u32;
        EventRecord {
            schema: SCHEMA,
            id: EventId::new(),
            external_id: Some(format!("req-{:016x}", self.next())),
            occurred_at: at,
            received_at: at,
            vendor: (*vendor).into(),
            model: (*model).into(),
            source: Source::App,
            subject_id: Some(SubjectId(Uuid::from_u64_pair(0, self.below(300)))),
            team: Some(TEAMS[self.below(8) as usize].into()),
            app: Some(APPS[self.below(10) as usize].into()),
            conversation_id: None,
            region: None,
            parts: vec![
                part(Direction::Prompt, "user", self.text(prompt)),
                part(Direction::Response, "assistant", self.text(answer)),
            ],
            decision: Decision {
                action: if finding.is_some() { Action::Flag } else { Action::Allow },
                rule: "default".into(),
                version: 1,
                fail_mode: FailMode::Open,
            },
            findings: finding.into_iter().collect(),
            injection: self.below(1_000) as f32 / 1_000.0,
            usage: Some(Usage {
                input_tokens: 20 + self.below(800),
                output_tokens: 10 + self.below(400),
                ..Usage::default()
            }),
            cost: Cost::default(),
            latency_ms: Some(latency),
            ttft_ms: Some(latency / 4),
            status: if self.below(50) == 0 { Status::Error } else { Status::Ok },
            labels: Labels::new(),
            uninspected_bytes: 0,
            cost_us: CostMicros { scan: 20 + self.below(60) as u32, policy: 1, log: 0 },
            request_id: Some(format!("{:016x}", self.next())),
            demo: false,
        }
    }

    fn finding(&mut self) -> FindingRecord {
        let (detector, severity) = match self.below(10) {
            0 => ("us_ssn", Severity::Critical),
            1 | 2 => ("credit_card", Severity::High),
            3..=5 => ("phone", Severity::Medium),
            _ => ("email", Severity::Low),
        };
        FindingRecord {
            detector: detector.into(),
            category: Category::Personal,
            severity,
            confidence: 0.9,
            part: 0,
            start: 10,
            end: 21,
            kept_start: 10,
            kept_end: 21,
            sample: "•••-••-1234".into(),
            fingerprint: format!("{:016x}{:016x}", self.next(), self.next()),
            tags: Vec::new(),
            reasons: Vec::new(),
            known_test: false,
        }
    }

    /// One event at `at`, ready to append.
    pub fn record(&mut self, at: Timestamp, external: bool) -> NewRecord {
        let event = self.event(at);
        let mut key = [0; 16];
        key[..8].copy_from_slice(&self.next().to_le_bytes());
        key[8..].copy_from_slice(&self.next().to_le_bytes());
        NewRecord {
            id: event.id.0,
            at,
            signature: signature(&event).0,
            external: external.then_some(key),
            body: serde_json::to_vec(&event).expect("an event is always JSON"),
        }
    }
}
