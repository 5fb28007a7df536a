//! OpenAI: usage and costs by bucket, lists, audit log; ChatGPT's compliance logs as content.
//! Facts: openai/openai-openapi 2.3.0 (21 August 2026), the cookbook's compliance notebook (December 2025).

mod catalogue;
mod compliance;
mod lists;
mod usage;

use super::page::onward;
use super::read::{Problem, retry_after, seconds, segment, utc};
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, Page, Request, Unreadable, Verdict,
};
use aegis_domain::{Ability, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const KEY: Auth = Auth::Bearer("key");
const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);

/// The adapter.
pub(super) struct OpenAi;

/// A place in a walk. Times are Unix seconds, as the API wants them.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    Usage {
        kind: String,
        from: i64,
        to: i64,
        hourly: bool,
        page: Option<String>,
    },
    Costs {
        from: i64,
        to: i64,
        page: Option<String>,
    },
    Audit {
        from: i64,
        to: i64,
        after: Option<String>,
    },
    Users {
        after: Option<String>,
    },
    AdminKeys {
        after: Option<String>,
    },
    /// Projects, each of which leads to its keys, or to its service accounts.
    Projects {
        of: Of,
        after: Option<String>,
    },
    ProjectKeys {
        project: String,
        after: Option<String>,
    },
    ServiceAccounts {
        project: String,
        after: Option<String>,
    },
    Models,
    /// The list of log files that ended after an instant.
    Logs {
        after: String,
        before: String,
    },
    Log {
        id: String,
    },
}

/// What projects are listed for.
#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Of {
    Keys,
    ServiceAccounts,
}

impl AdminApi for OpenAi {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn check(&self, step: usize, credential: &Credential, now: Timestamp) -> Option<Request> {
        let today = seconds(now.floor(DAY));
        Some(match (credential.kind.as_str(), step) {
            ("inference", 0) => Request::get("api", "/v1/models", KEY),
            ("admin", 0) => list("/v1/organization/projects", 1, None),
            ("admin", 1) => list("/v1/organization/costs", 1, None).with("start_time", today),
            ("admin", 2) => list("/v1/organization/usage/completions", 1, None).with("start_time", today),
            ("admin", 3) => list("/v1/organization/audit_logs", 1, None),
            ("admin", 4) => list("/v1/organization/users", 1, None),
            ("compliance", 0) => compliance::logs(credential, &utc(now.minus(HOUR)), None, 1),
            _ => return None,
        })
    }

    fn judge(&self, step: usize, answer: &Answer, credential: &Credential) -> Verdict {
        let abilities: &[Ability] = match (credential.kind.as_str(), step) {
            ("inference", 0) => &[Ability::Inference, Ability::Models],
            ("admin", 0) => &[Ability::Keys],
            ("admin", 1) => &[Ability::Cost],
            ("admin", 2) => &[Ability::Usage],
            ("admin", 3) => &[Ability::Audit],
            ("admin", 4) => &[Ability::Members],
            ("compliance", 0) => &[Ability::Content],
            _ => &[],
        };
        Verdict::of(abilities, answer, |a| self.fault(a))
    }

    fn open(&self, feed: Ability, window: Window, _: &Credential) -> Vec<Cursor> {
        let hourly = window.bucket <= HOUR;
        let bucket = if hourly { HOUR } else { DAY };
        let (from, to) = (seconds(window.from.floor(bucket)), seconds(window.to.ceil(bucket)));
        let places: Vec<At> = match feed {
            Ability::Usage => usage::KINDS
                .iter()
                .map(|k| At::Usage { kind: k.path.to_owned(), from, to, hourly, page: None })
                .collect(),
            Ability::Cost => {
                let (from, to) = (seconds(window.from.floor(DAY)), seconds(window.to.ceil(DAY)));
                vec![At::Costs { from, to, page: None }]
            }
            Ability::Audit => {
                vec![At::Audit {
                    from: seconds(window.from),
                    to: seconds(window.to.ceil(SECOND)),
                    after: None,
                }]
            }
            Ability::Members => {
                vec![At::Users { after: None }, At::Projects { of: Of::ServiceAccounts, after: None }]
            }
            Ability::Keys => vec![At::AdminKeys { after: None }, At::Projects { of: Of::Keys, after: None }],
            Ability::Models => vec![At::Models],
            Ability::Content => vec![At::Logs { after: utc(window.from), before: utc(window.to) }],
            Ability::Inference | Ability::Balance => vec![],
        };
        places.iter().map(Cursor::new).collect()
    }

    fn ask(&self, cursor: &Cursor, credential: &Credential) -> Result<Request, Unreadable> {
        Ok(match cursor.get::<At>()? {
            At::Usage { kind, from, to, hourly, page } => {
                usage::request(usage::kind(&kind)?, from, to, hourly, page.as_deref())
            }
            At::Costs { from, to, page } => usage::costs(from, to, page.as_deref()),
            At::Audit { from, to, after } => list("/v1/organization/audit_logs", 100, after.as_deref())
                .with("effective_at[gte]", from)
                .with("effective_at[lt]", to),
            At::Users { after } => list("/v1/organization/users", 100, after.as_deref()),
            At::AdminKeys { after } => list("/v1/organization/admin_api_keys", 100, after.as_deref()),
            At::Projects { after, .. } => {
                list("/v1/organization/projects", 100, after.as_deref()).with("include_archived", true)
            }
            At::ProjectKeys { project, after } => {
                let path = format!("/v1/organization/projects/{}/api_keys", segment(&project));
                list(&path, 100, after.as_deref()).with("owner_project_access", "any")
            }
            At::ServiceAccounts { project, after } => {
                let path = format!("/v1/organization/projects/{}/service_accounts", segment(&project));
                list(&path, 100, after.as_deref())
            }
            At::Models => Request::get("api", "/v1/models", KEY),
            At::Logs { after, before } => compliance::logs(credential, &after, Some(&before), 100),
            At::Log { id } => compliance::log(credential, &id),
        })
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, _: &Credential) -> Result<Page, Unreadable> {
        match cursor.get::<At>()? {
            At::Usage { kind, from, to, hourly, page } => {
                let (rows, next) = usage::read(usage::kind(&kind)?, answer.body, page.as_deref())?;
                let next = next.map(|page| At::Usage { kind, from, to, hourly, page: Some(page) });
                Ok(Page::of(rows, next.iter().map(Cursor::new)))
            }
            At::Costs { from, to, page } => {
                let (rows, next) = usage::read_costs(answer.body, page.as_deref())?;
                let next = next.map(|page| At::Costs { from, to, page: Some(page) });
                Ok(Page::of(rows, next.iter().map(Cursor::new)))
            }
            At::Audit { from, to, after } => {
                lists::page(answer.body, after, lists::audit, |after| At::Audit { from, to, after })
            }
            At::Users { after } => lists::page(answer.body, after, lists::user, |after| At::Users { after }),
            At::AdminKeys { after } => {
                lists::page(answer.body, after, lists::key(None), |after| At::AdminKeys { after })
            }
            At::Projects { of, after } => lists::projects(answer.body, of, after),
            At::ProjectKeys { project, after } => {
                let row = lists::key(Some(project.clone()));
                lists::page(answer.body, after, row, |after| At::ProjectKeys { project, after })
            }
            At::ServiceAccounts { project, after } => {
                lists::page(answer.body, after, lists::service_account, |after| At::ServiceAccounts {
                    project,
                    after,
                })
            }
            At::Models => lists::page(answer.body, None, lists::model, |_| At::Models),
            At::Logs { after, before } => compliance::read_logs(answer.body, &after, before),
            At::Log { .. } => compliance::read_log(answer.body),
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        let problem = Problem::of(answer);
        let lacking =
            ["Missing scopes", "insufficient permissions"].iter().any(|t| problem.message.contains(t));
        let spent = problem.codes.iter().any(|c| ["quota", "spend", "billing"].iter().any(|w| c.contains(w)));
        match answer.status {
            401 if lacking => Fault::Lacks { said: problem.message },
            429 if spent => Fault::Exhausted { said: problem.message },
            429 => Fault::TooMany { after: retry_after(answer) },
            _ => Fault::by_status(answer),
        }
    }
}

/// A page of a list: the query that all of them share.
fn list(path: &str, limit: u32, after: Option<&str>) -> Request {
    let request = Request::get("api", path, KEY).with("limit", limit);
    match after {
        Some(after) => request.with("after", after),
        None => request,
    }
}
