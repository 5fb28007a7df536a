//! A simulator on a port of its own, a store in a folder of its own, and a collector between them.

use aegis_collect::{Access, Book, Bounds, Ended, Kept, Sender, Sink, Stop, Walk, Walker};
use aegis_domain::{Ability, Clock, ManualClock, Timestamp, Window};
use aegis_outbound::{
    Call, Client, Limits, Pace, Party, Policy, Reach, Retry, Roots, Rules, Settings, Sleep, Time,
};
use aegis_sim::{Profile, SimConfig, router_at, serve};
use aegis_store::sqlite::{SqliteConfig, open};
use aegis_store::{Ledger, RowQuery, StoreError};
use aegis_vendors::admin::{AdminApi, Credential, Row, admin};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// 2026-11-05T10:30:00Z.
pub const NOW: i64 = 1_793_874_600_000;
pub const DAY: Duration = Duration::from_secs(86_400);
pub const OPEN: Rules = Rules { reach: Reach::Private, plain_http: true };

/// Time-outs are the machine's; they are made so long, and no other wait is.
const LONG: Duration = Duration::from_secs(3600);

/// The simulator's clock and the collector's are one. Waits pass at once, and time with them.
pub struct OneTime {
    clock: Arc<ManualClock>,
    began: Instant,
    passed: Mutex<Duration>,
}

impl OneTime {
    fn new(clock: Arc<ManualClock>) -> Arc<Self> {
        Arc::new(OneTime { clock, began: Instant::now(), passed: Mutex::default() })
    }

    fn pass(&self, duration: Duration) {
        *self.passed.lock() += duration;
    }
}

impl Clock for OneTime {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

impl Time for OneTime {
    fn monotonic(&self) -> Duration {
        self.began.elapsed() + *self.passed.lock()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        if duration > LONG / 2 {
            return Box::pin(tokio::time::sleep(duration));
        }
        self.pass(duration);
        Box::pin(tokio::task::yield_now())
    }
}

pub struct Rig {
    pub sender: Sender,
    pub clock: Arc<ManualClock>,
    pub ledger: Arc<dyn Ledger>,
    time: Arc<OneTime>,
    base: String,
    client: Client,
    task: JoinHandle<()>,
    dir: TempDir,
}

impl Drop for Rig {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn policy() -> Policy {
    let retry = Retry { base: Duration::from_millis(1), attempts: 4, ..Retry::default() };
    let limits = Limits { first_byte: LONG, idle: LONG, whole: LONG, ..Limits::default() };
    Policy { rules: OPEN, retry, limits, ..Policy::default() }
}

fn client(time: Arc<OneTime>) -> Client {
    let usual_pace = Pace::per_minute(1_000_000, 1_000);
    Client::new(Settings { roots: Roots::None, usual_pace, time, ..Settings::default() }).unwrap()
}

fn ledger(dir: &TempDir, clock: &Arc<ManualClock>) -> Arc<dyn Ledger> {
    open(SqliteConfig { clock: clock.clone(), ..SqliteConfig::new(dir.path()) }).unwrap().store().ledger
}

impl Rig {
    pub async fn start() -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(NOW)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = router_at(SimConfig { seed: 7, faults: Profile::None }, clock.clone());
        let task = tokio::spawn(async { serve(listener, router, std::future::pending()).await.unwrap() });
        let time = OneTime::new(clock.clone());
        let client = client(time.clone());
        let sender = Sender::new(client.clone(), time.clone(), policy());
        let dir = tempfile::tempdir().unwrap();
        let ledger = ledger(&dir, &clock);
        Rig { sender, clock, ledger, time, base, client, task, dir }
    }

    /// Forgets all that a process holds in memory: connections, breakers, tokens, the open store.
    pub fn restart(&mut self) {
        self.time = OneTime::new(self.clock.clone());
        self.client = client(self.time.clone());
        self.sender = Sender::new(self.client.clone(), self.time.clone(), policy());
        self.ledger = ledger(&self.dir, &self.clock);
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Takes no answer that is larger than this.
    pub fn limit_answers(&mut self, bytes: u64) {
        let time = self.sender.time().clone();
        let limits = Limits { body: bytes, ..policy().limits };
        self.sender = Sender::new(self.client.clone(), time, Policy { limits, ..policy() });
    }

    /// Asks the simulator itself.
    pub async fn sim(&self, path: &str) -> Value {
        let call = Call::get(Party::new("sim", "sim"), "test", format!("{}{path}", self.base));
        let answer = self.client.send(call.policy(policy())).await.unwrap();
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// Sets what goes wrong, in place of what did.
    pub async fn faults(&self, rules: Vec<Value>) {
        let body = json!({"profile": "none", "rules": rules}).to_string();
        let url = format!("{}/_sim/faults", self.base);
        let json = "application/json".parse().unwrap();
        let call = Call::post(Party::new("sim", "sim"), "test", url, json, body);
        assert_eq!(self.client.send(call.policy(policy())).await.unwrap().status, 200);
    }

    /// A credential of the simulator, as the product would store it.
    pub async fn access(&self, vendor: &str, sim_kind: &str) -> Access {
        let all = self.sim(&format!("/_sim/credentials?vendor={vendor}")).await;
        let found = all["credentials"].as_array().unwrap().iter().find(|c| c["kind"] == sim_kind);
        let form = &found.unwrap_or_else(|| panic!("{vendor} has no {sim_kind}"))["form"];
        let api = admin(vendor).unwrap();
        let mut access = Access::new(format!("{vendor}-{sim_kind}"), api, credential(api, form));
        access.rules = OPEN;
        access.bases = serde_json::from_value(form["base_urls"].clone()).unwrap();
        access
    }

    /// The same, proved first: what checks learn is put in.
    pub async fn proved(&self, vendor: &str, sim_kind: &str) -> Access {
        let mut access = self.access(vendor, sim_kind).await;
        let proof = aegis_collect::check(&self.sender, &access).await;
        assert_eq!(proof.failed, None);
        access.credential.learnt = proof.learnt;
        access
    }

    /// Thirty days and what there is of today.
    pub fn window(&self) -> Window {
        self.days(30)
    }

    /// The last days and what there is of today.
    pub fn days(&self, days: u32) -> Window {
        Window { from: self.now().floor(DAY).minus(days * DAY), to: self.now().ceil(DAY), bucket: DAY }
    }

    pub fn sink(&self, access: &Access, feed: Ability) -> Keep {
        let book = Book::new(self.ledger.clone(), Walk::book(access, feed));
        Keep { book, rows: 0, saved: None, cut: None }
    }

    /// Reads a feed whole, going on as often as it stops for a reason that passes.
    pub async fn collect(&self, access: &Access, feed: Ability, window: Window, run: u64) -> Walk {
        let mut walk = Walk::begin(access, feed, window, run, self.now());
        let mut sink = self.sink(access, feed);
        self.finish(access, &mut walk, &mut sink).await;
        walk
    }

    /// Lets the time of a breaker pass.
    pub fn rest(&self) {
        self.time.pass(Duration::from_secs(30));
    }

    pub async fn finish(&self, access: &Access, walk: &mut Walk, sink: &mut Keep) {
        let stop = CancellationToken::new();
        let walker = Walker { sender: &self.sender, access, bounds: Bounds::default(), stop: &stop };
        for _ in 0..20 {
            match walker.run(walk, sink).await {
                Ended::Whole => {
                    walk.counts.kept.withdrawn += sink.book.sweep(walk).await.unwrap();
                    return;
                }
                Ended::Stopped(stop) => {
                    assert!(stop.resumes(), "{}: {stop}", access.id);
                    self.rest();
                }
            }
        }
        panic!("{} does not come to an end", access.id);
    }

    /// One page, or whatever stops it.
    pub async fn one_page(&self, access: &Access, walk: &mut Walk, sink: &mut Keep) -> Ended {
        let stop = CancellationToken::new();
        let bounds = Bounds { pages: 1, ..Bounds::default() };
        Walker { sender: &self.sender, access, bounds, stop: &stop }.run(walk, sink).await
    }

    /// Every row of a book as kept.
    pub async fn rows(&self, book: &str) -> Vec<aegis_store::Row> {
        let mut all: Vec<aegis_store::Row> = Vec::new();
        loop {
            let after = all.last().map(|r| (r.at, r.key));
            let (from, to) = (Timestamp::from_millis(0), Timestamp::from_millis(i64::MAX / 2));
            let query = RowQuery { book: book.into(), from, to, after, limit: 1_000 };
            let rows = self.ledger.rows(query).await.unwrap();
            if rows.is_empty() {
                return all;
            }
            all.extend(rows);
        }
    }
}

/// A process that ends at the page of this number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    BeforeRows(u64),
    /// Rows are kept, the checkpoint is not.
    BeforeCheckpoint(u64),
}

/// Keeps rows in the ledger and the checkpoint as text.
pub struct Keep {
    pub book: Book,
    /// Rows of all kinds.
    pub rows: usize,
    pub saved: Option<String>,
    /// Where the process ends, as far as this can tell.
    pub cut: Option<Cut>,
}

impl Sink for Keep {
    async fn keep(&mut self, walk: &Walk, rows: Vec<Row>) -> Result<Kept, StoreError> {
        if self.cut == Some(Cut::BeforeRows(walk.counts.pages + 1)) {
            return Err(StoreError::Busy);
        }
        self.rows += rows.len();
        self.book.keep(walk.run, &rows).await
    }

    async fn checkpoint(&mut self, walk: &Walk) -> Result<(), StoreError> {
        if self.cut == Some(Cut::BeforeCheckpoint(walk.counts.pages)) {
            return Err(StoreError::Busy);
        }
        self.saved = Some(serde_json::to_string(walk).unwrap());
        Ok(())
    }
}

/// What a person would fill in, as the product would store it.
fn credential(api: &dyn AdminApi, form: &Value) -> Credential {
    let kind = api.catalogue().kind(form["kind"].as_str().unwrap()).unwrap();
    let fields: BTreeMap<String, String> = serde_json::from_value(form["fields"].clone()).unwrap();
    let (secrets, public): (BTreeMap<_, _>, BTreeMap<_, _>) =
        fields.into_iter().partition(|(name, _)| kind.field(name).unwrap().secret);
    let secrets = secrets.into_iter().map(|(name, value)| (name, value.into())).collect();
    Credential { kind: kind.id.into(), public, secrets, learnt: BTreeMap::new() }
}

/// True when a run ended as one does that may go on.
pub fn goes_on(ended: &Ended) -> bool {
    matches!(ended, Ended::Whole | Ended::Stopped(Stop::Pages(_)))
}
