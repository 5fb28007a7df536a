//! A client whose time, names and chance the test decides.

use aegis_outbound::guard::Answering;
use aegis_outbound::{
    Call, Client, Event, Lookup, ManualTime, Observer, Party, Policy, Reach, Retry, Roots, Rules, Seen,
    Settings,
};
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::Arc;

/// Names a test has given addresses. The last answer for a name is given for ever; others are not found.
#[derive(Default)]
pub struct Names {
    answers: Mutex<HashMap<String, VecDeque<Vec<IpAddr>>>>,
    pub asked: Mutex<Vec<String>>,
}

impl Names {
    pub fn set(&self, name: &str, answers: &[&[&str]]) {
        let answers =
            answers.iter().map(|answer| answer.iter().map(|a| a.parse().unwrap()).collect()).collect();
        self.answers.lock().insert(name.into(), answers);
    }
}

impl Lookup for Names {
    fn lookup(&self, name: &str) -> Answering {
        self.asked.lock().push(name.into());
        let found = self.answers.lock().get_mut(name).map(|answers| match answers.len() {
            1 => answers[0].clone(),
            _ => answers.pop_front().unwrap(),
        });
        Box::pin(async move { found.ok_or_else(|| std::io::Error::other("no such name")) })
    }
}

/// Everything that was observed.
#[derive(Default)]
pub struct Log(pub Mutex<Vec<Event>>);

impl Observer for Log {
    fn observe(&self, seen: &Seen<'_>, event: Event) {
        assert_eq!((seen.vendor, seen.purpose), ("custom", "test"));
        self.0.lock().push(event);
    }
}

pub struct Rig {
    pub client: Client,
    pub time: Arc<ManualTime>,
    pub names: Arc<Names>,
    pub log: Arc<Log>,
}

pub fn rig() -> Rig {
    rig_with(|_| {})
}

pub fn rig_with(change: impl FnOnce(&mut Settings)) -> Rig {
    let (time, names, log) =
        (Arc::new(ManualTime::default()), Arc::new(Names::default()), Arc::new(Log::default()));
    let mut settings = Settings {
        roots: Roots::None,
        time: time.clone(),
        lookup: names.clone(),
        chance: Box::new(|| 0.0),
        observer: log.clone(),
        ..Settings::default()
    };
    change(&mut settings);
    Rig { client: Client::new(settings).unwrap(), time, names, log }
}

/// May go everywhere, once.
pub fn open() -> Policy {
    Policy {
        rules: Rules { reach: Reach::Private, plain_http: true },
        retry: Retry::never(),
        ..Policy::default()
    }
}

/// The same, as often as it takes.
pub fn patient() -> Policy {
    Policy { retry: Retry::default(), ..open() }
}

pub fn get(url: impl Into<String>) -> Call {
    Call::get(party("key-1"), "test", url).policy(open())
}

pub fn party(key: &str) -> Party {
    Party::new("custom", key)
}
