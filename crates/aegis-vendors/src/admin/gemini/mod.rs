//! Google Gemini: an API key proves itself and lists models; a service account reads Cloud Monitoring, the billing
//! export in BigQuery, Cloud Audit Logs and the list of keys of one project.
//! Facts: googleapis/googleapis (22 August 2026); metric names from public collectors of 2026.

mod account;
mod billing;
mod catalogue;
mod lists;
mod monitoring;

use super::page::onward;
use super::read::{Problem, json, utc};
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, FieldFault, Page, Request, Standing,
    Unreadable, Verdict,
};
use aegis_domain::{Ability, Timestamp, Window};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);

const MONITORING: Auth = Auth::Exchanged("https://www.googleapis.com/auth/monitoring.read");
const BIGQUERY: Auth = Auth::Exchanged("https://www.googleapis.com/auth/bigquery.readonly");
const LOGGING: Auth = Auth::Exchanged("https://www.googleapis.com/auth/logging.read");
const PLATFORM: Auth = Auth::Exchanged("https://www.googleapis.com/auth/cloud-platform.read-only");

/// The adapter.
pub(super) struct Gemini;

/// A place in a walk. Times are RFC 3339.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    /// Which metrics there are, by the beginning of their name: each that is known leads to its series.
    Metrics {
        prefix: String,
        span: monitoring::Span,
        page: Option<String>,
    },
    Series {
        metric: String,
        span: monitoring::Span,
        page: Option<String>,
    },
    Query {
        from: String,
        to: String,
    },
    /// A query that is not done, or has more rows. `polls` counts how often it was asked whether it is done.
    Job {
        project: String,
        job: String,
        location: Option<String>,
        page: Option<String>,
        polls: u32,
    },
    Log {
        from: String,
        to: String,
        page: Option<String>,
    },
    Keys {
        page: Option<String>,
    },
    Models {
        page: Option<String>,
    },
}

impl AdminApi for Gemini {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn inspect(&self, credential: &Credential) -> Vec<FieldFault> {
        if credential.kind == "service_account" { account::inspect(credential) } else { Vec::new() }
    }

    fn check(&self, step: usize, credential: &Credential, now: Timestamp) -> Option<Request> {
        if credential.kind != "service_account" {
            return (step == 0).then(|| lists::models(1, None));
        }
        let project = account::project(credential).ok()?;
        Some(match step {
            0 => monitoring::probe(&project, now),
            1 => lists::keys(&project, 1, None),
            2 => lists::log(&project, &utc(now.minus(HOUR)), &utc(now), 1, None),
            3 => billing::table(credential)?,
            _ => return None,
        })
    }

    fn judge(&self, step: usize, answer: &Answer, credential: &Credential) -> Verdict {
        let service_account = credential.kind == "service_account";
        let abilities: &[Ability] = match (service_account, step) {
            (false, 0) => &[Ability::Inference, Ability::Models],
            (true, 0) => &[Ability::Usage],
            (true, 1) => &[Ability::Keys],
            (true, 2) => &[Ability::Audit],
            (true, 3) => &[Ability::Cost],
            _ => &[],
        };
        let verdict = Verdict::of(abilities, answer, |a| self.fault(a));
        if service_account && step == 2 && credential.get("billing_table").is_empty() {
            return verdict.and(&[Ability::Cost], Standing::Lacks, "no table of the billing export is given");
        }
        verdict
    }

    fn open(&self, feed: Ability, window: Window, credential: &Credential) -> Vec<Cursor> {
        let span = monitoring::Span::of(window);
        let places = match feed {
            Ability::Usage => monitoring::open(&span),
            Ability::Cost if billing::table(credential).is_none() => vec![],
            Ability::Cost => {
                vec![At::Query { from: utc(window.from.floor(DAY)), to: utc(window.to.ceil(DAY)) }]
            }
            Ability::Audit => vec![At::Log { from: utc(window.from), to: utc(window.to), page: None }],
            Ability::Keys => vec![At::Keys { page: None }],
            Ability::Models => vec![At::Models { page: None }],
            Ability::Inference | Ability::Balance | Ability::Members | Ability::Content => vec![],
        };
        places.iter().map(Cursor::new).collect()
    }

    fn ask(&self, cursor: &Cursor, credential: &Credential) -> Result<Request, Unreadable> {
        let project =
            || account::project(credential).map_err(|_| Unreadable::shape("service_account", "a key file"));
        Ok(match cursor.get::<At>()? {
            At::Metrics { prefix, page, .. } => monitoring::descriptors(&project()?, &prefix, page),
            At::Series { metric, span, page } => monitoring::series(&project()?, &metric, &span, page),
            At::Query { from, to } => billing::query(&project()?, credential, &from, &to)?,
            At::Job { project, job, location, page, .. } => billing::results(&project, &job, location, page),
            At::Log { from, to, page } => lists::log(&project()?, &from, &to, 1000, page),
            At::Keys { page } => lists::keys(&project()?, 300, page),
            At::Models { page } => lists::models(1000, page),
        })
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, credential: &Credential) -> Result<Page, Unreadable> {
        let body = answer.body;
        match cursor.get::<At>()? {
            At::Metrics { prefix, span, page } => monitoring::read_descriptors(body, prefix, span, page),
            At::Series { metric, span, page } => monitoring::read_series(body, metric, span, page),
            At::Query { .. } => billing::read(body, None, 0),
            At::Job { page, polls, .. } => billing::read(body, page.as_deref(), polls),
            At::Log { from, to, page } => {
                let (rows, next) = lists::read_log(body, page.as_deref())?;
                let next = next.map(|page| At::Log { from, to, page: Some(page) });
                Ok(Page::of(rows, next.iter().map(Cursor::new)))
            }
            At::Keys { page } => {
                let project = account::project(credential).ok();
                let (rows, next) = lists::read_keys(body, project.as_deref(), page.as_deref())?;
                Ok(Page::of(rows, next.map(|page| Cursor::new(&At::Keys { page: Some(page) }))))
            }
            At::Models { page } => {
                let (rows, next) = lists::read_models(body, page.as_deref())?;
                Ok(Page::of(rows, next.map(|page| Cursor::new(&At::Models { page: Some(page) }))))
            }
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        let problem = Problem::of(answer);
        let unknown = ["API_KEY_INVALID", "invalid_grant", "invalid_client", "unauthorized_client"];
        match answer.status {
            400 if unknown.iter().any(|code| problem.is(code)) => Fault::Invalid { said: problem.message },
            // Results of a query are kept for a day: a walk that goes on later asks anew.
            404 if problem.message.starts_with("Not found: Job") => Fault::Restart,
            429 => match Fault::by_status(answer) {
                Fault::TooMany { after: None } => Fault::TooMany { after: retry_delay(answer.body) },
                fault => fault,
            },
            _ => Fault::by_status(answer),
        }
    }

    fn exchange(&self, scope: &str, credential: &Credential, now: Timestamp) -> Result<Request, FieldFault> {
        account::exchange(scope, credential, now)
    }

    fn token(&self, answer: &Answer) -> Result<(SecretString, Duration), Unreadable> {
        super::read::token(answer.body)
    }
}

/// `"17s"` in a `RetryInfo` among the details.
fn retry_delay(body: &[u8]) -> Option<Duration> {
    let body: Value = json(body).ok()?;
    let details = body.pointer("/error/details")?.as_array()?;
    let said = details.iter().find_map(|d| d.get("retryDelay"))?.as_str()?.strip_suffix('s')?;
    let seconds = Duration::try_from_secs_f64(said.parse().ok()?).ok()?;
    Some(seconds.min(DAY))
}
