//! xAI: a management key reads costs, invoices, balance, keys and audit events of its team; an inference key proves
//! itself and lists models.
//! Facts: xai-org/xai-proto (17 May 2026); docs.x.ai, management API (2025-26). Bodies of errors are not documented:
//! the status decides.

mod billing;
mod catalogue;
mod lists;

use super::read::{Problem, json, segment, utc};
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, Page, Request, Standing, Unreadable,
    Verdict,
};
use aegis_domain::{Ability, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);
const KEY: Auth = Auth::Bearer("key");

/// The adapter.
pub(super) struct Xai;

/// A place in a walk. Times are milliseconds where they are reckoned with, else RFC 3339.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    /// Costs of a range, which is halved where the vendor drops rows.
    Cost {
        from: i64,
        to: i64,
        hourly: bool,
        grouped: bool,
    },
    /// The month so far.
    Preview,
    /// Invoices since a month, and up to one.
    Invoices {
        since: (i16, u8),
        until: (i16, u8),
    },
    Balance {
        at: Timestamp,
    },
    Keys {
        page: Option<String>,
    },
    Events {
        from: String,
        to: String,
        page: Option<String>,
    },
    Models,
}

/// A path of the team that the key belongs to: checks learn which.
fn team(credential: &Credential, before: &str, after: &str) -> Result<String, Unreadable> {
    match credential.get("team_id") {
        "" => Err(Unreadable::shape("team_id", "learnt by a check of the key")),
        team => Ok(format!("{before}/teams/{}/{after}", segment(team))),
    }
}

impl AdminApi for Xai {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn check(&self, step: usize, credential: &Credential, now: Timestamp) -> Option<Request> {
        let day = (now.floor(DAY).minus(DAY).millis(), now.floor(DAY).millis());
        match (credential.kind.as_str(), step) {
            ("inference", 0) => Some(Request::get("api", "/v1/api-key", KEY)),
            ("inference", 1) => Some(Request::get("api", "/v1/models", KEY)),
            ("management", 0) => Some(Request::get("management", "/auth/management-keys/validation", KEY)),
            ("management", 1) => billing::costs(credential, day.0, day.1, false, true).ok(),
            ("management", 2) => billing::preview(credential).ok(),
            ("management", 3) => billing::balance(credential).ok(),
            ("management", 4) => lists::keys(credential, 1, None).ok(),
            ("management", 5) => lists::events(credential, &utc(now.minus(HOUR)), &utc(now), 1, None).ok(),
            _ => None,
        }
    }

    fn judge(&self, step: usize, answer: &Answer, credential: &Credential) -> Verdict {
        let abilities: &[Ability] = match (credential.kind.as_str(), step) {
            ("inference", 0) => &[Ability::Inference],
            ("inference", 1) => &[Ability::Models],
            ("management", 1) => &[Ability::Cost],
            ("management", 2) => &[Ability::Usage],
            ("management", 3) => &[Ability::Balance],
            ("management", 4) => &[Ability::Keys],
            ("management", 5) => &[Ability::Audit],
            _ => &[],
        };
        let verdict = Verdict::of(abilities, answer, |a| self.fault(a));
        if step != 0 || !answer.ok() {
            return verdict;
        }
        let Ok(who) = json::<lists::Who>(answer.body) else { return verdict };
        // A blocked key still answers; what it says of itself counts.
        match who.blocked() {
            Some(reason) => Verdict { abilities: vec![], ..verdict }.and(abilities, Standing::Lacks, reason),
            None => who.team.into_iter().fold(verdict, |v, team| v.learn("team_id", team)),
        }
    }

    fn open(&self, feed: Ability, window: Window, _: &Credential) -> Vec<Cursor> {
        let hourly = window.bucket <= HOUR;
        let bucket = if hourly { HOUR } else { DAY };
        let (from, to) = (window.from.floor(bucket).millis(), window.to.ceil(bucket).millis());
        let places = match feed {
            Ability::Cost => vec![At::Cost { from, to, hourly, grouped: true }],
            Ability::Usage => {
                let month = |at: Timestamp| (at.date().0, at.date().1);
                let (since, until) = (month(window.from), month(window.to.minus(Duration::from_millis(1))));
                vec![At::Preview, At::Invoices { since, until }]
            }
            Ability::Keys => vec![At::Keys { page: None }],
            Ability::Audit => vec![At::Events { from: utc(window.from), to: utc(window.to), page: None }],
            Ability::Models => vec![At::Models],
            Ability::Inference | Ability::Balance | Ability::Members | Ability::Content => vec![],
        };
        places.iter().map(Cursor::new).collect()
    }

    fn look(&self, feed: Ability, now: Timestamp, _: &Credential) -> Option<Cursor> {
        (feed == Ability::Balance).then(|| Cursor::new(&At::Balance { at: now }))
    }

    fn ask(&self, cursor: &Cursor, credential: &Credential) -> Result<Request, Unreadable> {
        match cursor.get::<At>()? {
            At::Cost { from, to, hourly, grouped } => billing::costs(credential, from, to, hourly, grouped),
            At::Preview => billing::preview(credential),
            At::Invoices { since: (year, month), .. } => billing::invoices(credential, year, month),
            At::Balance { .. } => billing::balance(credential),
            At::Keys { page } => lists::keys(credential, 100, page),
            At::Events { from, to, page } => lists::events(credential, &from, &to, 100, page),
            At::Models => Ok(Request::get("api", "/v1/models", KEY)),
        }
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, _: &Credential) -> Result<Page, Unreadable> {
        let body = answer.body;
        match cursor.get::<At>()? {
            At::Cost { from, to, hourly, grouped } => billing::read_costs(body, from, to, hourly, grouped),
            At::Preview => billing::read_preview(body),
            At::Invoices { until, .. } => billing::read_invoices(body, until),
            At::Balance { at } => billing::read_balance(body, at),
            At::Keys { page } => lists::read_keys(body, page),
            At::Events { from, to, page } => lists::read_events(body, from, to, page),
            At::Models => lists::read_models(body),
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        let problem = Problem::of(answer);
        match answer.status {
            400 if problem.message.contains("API key") => Fault::Invalid { said: problem.message },
            _ => Fault::by_status(answer),
        }
    }
}
