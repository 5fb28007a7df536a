//! The engine with the settings an admin gave it. Rebuilt when a setting changes and once a day, because whether a
//! date can be a birth date depends on today.
//! Called by the pipeline, the scan routes and the catalogue.

use crate::App;
use crate::config::ServerConfig;
use aegis_detect::{Compiled, CustomDetector, DetectorInfo, Origin, Scan, Scanner, ScannerConfig, Scratch};
use aegis_domain::entities::DetectorSetting;
use aegis_domain::{Action, Timestamp};
use aegis_store::{DocumentsExt, ListQuery, StoreError};
use parking_lot::RwLock;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

/// The rule every decision of this engine names.
const RULE: &str = "default";

/// Texts known to be clean at most.
const CLEAN_TEXTS: usize = 8_192;

/// Texts this engine found nothing in, by a hash whose keys nobody knows.
#[derive(Default)]
struct Clean {
    keys: RandomState,
    texts: RwLock<HashSet<u64>>,
}

/// A scanner and what to do with what it finds; immutable but for what it remembers.
pub struct Engine {
    scanner: Scanner,
    custom: Vec<CustomDetector>,
    settings: HashMap<String, DetectorSetting>,
    act_on_test_values: bool,
    version: u32,
    clean: Clean,
}

impl Engine {
    /// Scans a text that comes again and again, as the names of teams and apps do: once found clean it is not looked
    /// at again by this engine. None: nothing was found.
    pub fn scan_often(&self, text: &str) -> Option<Scan> {
        let name = self.clean.keys.hash_one(text);
        if self.clean.texts.read().contains(&name) {
            return None;
        }
        let scan = self.scan(text);
        if !scan.findings.is_empty() {
            return Some(scan);
        }
        let mut texts = self.clean.texts.write();
        if texts.len() >= CLEAN_TEXTS {
            texts.clear();
        }
        texts.insert(name);
        None
    }

    /// Scans a short text of the system's own, such as a name or an address: at once, so no classifier is asked.
    pub fn scan(&self, text: &str) -> Scan {
        with_scratch(|scratch| self.scanner.first_stage_with(scratch, text, Origin::User))
    }

    /// Scans a part of an interaction. What a tool or a document says to a model is suspect sooner than what its user
    /// says. Takes its time where the operator's classifier is asked: not for the runtime's threads.
    pub fn scan_part(&self, role: &str, text: &str) -> Scan {
        let origin = match role {
            "tool" | "tool_definition" | "document" => Origin::Data,
            _ => Origin::User,
        };
        with_scratch(|scratch| self.scanner.scan_with(scratch, text, origin))
    }

    /// Whether a classifier of the operator's is asked about parts that look like an attack.
    pub fn has_second_stage(&self) -> bool {
        self.scanner.has_second_stage()
    }

    /// What a scan calls for: flag where a detector that is on is confident enough, else allow.
    pub fn decide(&self, scan: &Scan) -> Action {
        let flagged = scan.findings.iter().any(|f| {
            // A detector that is not in the catalogue is an administrator's own, made to be acted on.
            let acts = info(f.detector).is_none_or(|d| d.default_action == "flag");
            let (enabled, threshold) = self.setting(f.detector);
            acts && enabled && f.confidence >= threshold && (!f.known_test || self.act_on_test_values)
        });
        if flagged { Action::Flag } else { Action::Allow }
    }

    /// Whether a detector is on, and from which confidence it acts.
    pub fn setting(&self, detector: &str) -> (bool, f32) {
        match self.settings.get(detector) {
            Some(s) => (s.enabled, s.threshold),
            None => (true, info(detector).map_or(0.5, |d| d.threshold)),
        }
    }

    /// The detectors of the administrators.
    pub fn custom(&self) -> &[CustomDetector] {
        &self.custom
    }

    /// The rule a decision names.
    pub fn rule(&self) -> &'static str {
        RULE
    }

    /// Its version: counts the changes of settings.
    pub fn version(&self) -> u32 {
        self.version
    }
}

/// A scan needs some memory; each thread keeps its own from one to the next.
fn with_scratch(scan: impl FnOnce(&mut Scratch) -> Scan) -> Scan {
    thread_local! {
        static SCRATCH: RefCell<Scratch> = RefCell::default();
    }
    SCRATCH.with_borrow_mut(scan)
}

/// A detector's entry in the catalogue.
pub fn info(id: &str) -> Option<&'static DetectorInfo> {
    aegis_detect::catalogue().find(|d| d.id == id)
}

/// See the module.
pub struct Detectors {
    key: [u8; 32],
    engine: RwLock<Arc<Engine>>,
}

impl Detectors {
    /// Builds the engine with its defaults.
    pub fn new(key: [u8; 32], now: Timestamp, config: &ServerConfig) -> Self {
        let scanner = Scanner::new(ScannerConfig { fingerprint_key: key, today: now.date() });
        let scanner = match &config.second_stage {
            Some(second) => scanner.with_second_stage(second.clone()),
            None => scanner,
        };
        let engine = build(scanner, Described::default(), config.act_on_test_values, 1);
        Detectors { key, engine: RwLock::new(Arc::new(engine)) }
    }

    /// The engine in force.
    pub fn engine(&self) -> Arc<Engine> {
        self.engine.read().clone()
    }

    /// Takes up what administrators said, and today's date.
    fn rebuild(&self, now: Timestamp, described: Described, version: u32) {
        let present = self.engine();
        let scanner = present.scanner.renewed(ScannerConfig { fingerprint_key: self.key, today: now.date() });
        *self.engine.write() = Arc::new(build(scanner, described, present.act_on_test_values, version));
    }
}

/// What administrators said about detectors.
#[derive(Default)]
struct Described {
    settings: Vec<DetectorSetting>,
    custom: Vec<CustomDetector>,
}

fn build(scanner: Scanner, described: Described, act_on_test_values: bool, version: u32) -> Engine {
    let compiled = described.custom.iter().filter_map(|detector| match Compiled::new(detector.clone()) {
        Ok(compiled) => Some(compiled),
        // It was accepted once: this version is stricter. All others go on.
        Err(error) => {
            tracing::error!(detector = detector.id, %error, "a custom detector is left out; delete it and make it anew");
            None
        }
    });
    let scanner = scanner.with_custom(compiled.collect());
    let settings = described.settings.into_iter().map(|s| (s.id.clone(), s)).collect();
    Engine {
        scanner,
        custom: described.custom,
        settings,
        act_on_test_values,
        version,
        clean: Clean::default(),
    }
}

/// Reads settings and custom detectors from the store and takes them up. Called at start, after a change, and once a
/// day.
pub async fn refresh(app: &App) -> Result<(), StoreError> {
    let all = || ListQuery { limit: 1_000, ..ListQuery::default() };
    let settings = app.store.documents.list::<DetectorSetting>(all()).await?;
    let custom = app.store.documents.list::<CustomDetector>(all()).await?;
    // Each change of a setting raises its version by one, so their sum numbers the states of all.
    let versions = settings.iter().map(|s| s.version).chain(custom.iter().map(|c| c.version));
    let version = u32::try_from(1 + versions.sum::<u64>()).unwrap_or(u32::MAX);
    let settings = settings.into_iter().map(|s| s.value).collect();
    let custom = custom.into_iter().map(|c| c.value).collect();
    app.detectors.rebuild(app.clock.now(), Described { settings, custom }, version);
    Ok(())
}
