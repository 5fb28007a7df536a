//! Anthropic: the Console's usage, costs, Claude Code, lists and activities; Claude Enterprise's analytics,
//! activities and chats. Two kinds of keys for two products; the figures of both are in cents.
//! Facts: platform.claude.com, reference and guides of 22 August 2026.

mod catalogue;
mod chats;
mod claude_code;
mod lists;
mod reports;

use super::page::onward;
use super::read::{Problem, date, segment, utc};
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, Page, Request, Unreadable, Verdict,
};
use aegis_domain::{Ability, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);

/// The adapter.
pub(super) struct Anthropic;

/// A place in a walk. Times are RFC 3339, as the API wants them.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    Report {
        of: reports::Report,
        from: String,
        to: String,
        hourly: bool,
        page: Option<String>,
    },
    ClaudeCode {
        day: String,
        page: Option<String>,
    },
    Activities {
        from: String,
        to: String,
        after: Option<String>,
    },
    Users {
        after: Option<String>,
    },
    Keys {
        after: Option<String>,
    },
    Models {
        after: Option<String>,
    },
    /// Organizations of a Claude Enterprise parent, each of which leads to its users.
    Organizations {
        page: Option<String>,
    },
    OrganizationUsers {
        organization: String,
        page: Option<String>,
    },
    /// Chats that changed in a window, each of which leads to its messages.
    Chats {
        from: String,
        to: String,
        after: Option<String>,
    },
    Messages {
        chat: String,
        after: Option<String>,
    },
}

impl AdminApi for Anthropic {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    /// Analytics are final after 30 days; the Console's figures settle within minutes.
    fn reread(&self, feed: Ability, kind: &str) -> Duration {
        match feed {
            Ability::Usage | Ability::Cost if kind != "enterprise" => 2 * DAY,
            _ => self.catalogue().reread(feed),
        }
    }

    fn reach(&self, feed: Ability, kind: &str) -> Option<Duration> {
        match feed {
            Ability::Usage | Ability::Cost if kind == "enterprise" => Some(365 * DAY),
            _ => self.catalogue().reach(feed),
        }
    }

    fn check(&self, step: usize, credential: &Credential, now: Timestamp) -> Option<Request> {
        let (today, yesterday) = (now.floor(DAY), now.floor(DAY).minus(DAY));
        Some(match (credential.kind.as_str(), step) {
            ("inference", 0) => get("/v1/models").with("limit", 1),
            ("admin", 0) => get("/v1/organizations/me"),
            ("admin", 1) => {
                let request = get("/v1/organizations/usage_report/messages").with("starting_at", utc(today));
                request.with("limit", 1)
            }
            ("admin", 2) => {
                get("/v1/organizations/cost_report").with("starting_at", utc(today)).with("limit", 1)
            }
            ("admin", 3) => get("/v1/organizations/users").with("limit", 1),
            ("admin", 4) => get("/v1/organizations/api_keys").with("limit", 1),
            ("admin", 5) | ("enterprise", 0) => get("/v1/compliance/activities").with("limit", 1),
            ("enterprise", 1) => get("/v1/organizations/analytics/usage_report")
                .with("starting_at", utc(yesterday))
                .with("ending_at", utc(today))
                .with("limit", 1),
            ("enterprise", 2) => get("/v1/compliance/apps/chats").with("limit", 1),
            ("enterprise", 3) => get("/v1/compliance/organizations").with("limit", 1),
            _ => return None,
        })
    }

    fn judge(&self, step: usize, answer: &Answer, credential: &Credential) -> Verdict {
        let abilities: &[Ability] = match (credential.kind.as_str(), step) {
            ("inference", 0) => &[Ability::Inference, Ability::Models],
            ("admin", 1) => &[Ability::Usage],
            ("admin", 2) => &[Ability::Cost],
            ("admin", 3) | ("enterprise", 3) => &[Ability::Members],
            ("admin", 4) => &[Ability::Keys],
            ("admin", 5) | ("enterprise", 0) => &[Ability::Audit],
            ("enterprise", 1) => &[Ability::Usage, Ability::Cost],
            ("enterprise", 2) => &[Ability::Content],
            _ => &[],
        };
        let verdict = Verdict::of(abilities, answer, |a| self.fault(a));
        match lists::organization(answer) {
            Some(name) if credential.kind == "admin" && step == 0 => verdict.learn("organisation", name),
            _ => verdict,
        }
    }

    fn open(&self, feed: Ability, window: Window, credential: &Credential) -> Vec<Cursor> {
        let enterprise = credential.kind == "enterprise";
        let (from, to) = (utc(window.from), utc(window.to));
        let places = match (feed, enterprise) {
            (Ability::Usage, false) => {
                let mut places = reports::open(reports::Report::Messages, window);
                places.extend(days(window).map(|day| At::ClaudeCode { day, page: None }));
                places
            }
            (Ability::Cost, false) => reports::open(reports::Report::Cost, window),
            (Ability::Usage, true) => reports::open(reports::Report::Analytics, window),
            (Ability::Cost, true) => reports::open(reports::Report::AnalyticsCost, window),
            (Ability::Audit, _) => vec![At::Activities { from, to, after: None }],
            (Ability::Members, false) => vec![At::Users { after: None }],
            (Ability::Members, true) => vec![At::Organizations { page: None }],
            (Ability::Keys, _) => vec![At::Keys { after: None }],
            (Ability::Models, _) => vec![At::Models { after: None }],
            (Ability::Content, _) => vec![At::Chats { from, to, after: None }],
            (Ability::Inference | Ability::Balance, _) => vec![],
        };
        places.iter().map(Cursor::new).collect()
    }

    fn ask(&self, cursor: &Cursor, _: &Credential) -> Result<Request, Unreadable> {
        Ok(match cursor.get::<At>()? {
            At::Report { of, from, to, hourly, page } => {
                reports::request(of, &from, &to, hourly, page.as_deref())
            }
            At::ClaudeCode { day, page } => {
                let request = get("/v1/organizations/usage_report/claude_code").with("starting_at", day);
                optional(request.with("limit", 1000), "page", page)
            }
            At::Activities { from, to, after } => {
                let request = get("/v1/compliance/activities").with("limit", 1000);
                optional(request.with("created_at.gte", from).with("created_at.lt", to), "after_id", after)
            }
            At::Users { after } => list("/v1/organizations/users", "after_id", after),
            At::Keys { after } => list("/v1/organizations/api_keys", "after_id", after),
            At::Models { after } => list("/v1/models", "after_id", after),
            At::Organizations { page } => list("/v1/compliance/organizations", "page", page),
            At::OrganizationUsers { organization, page } => {
                list(&format!("/v1/compliance/organizations/{}/users", segment(&organization)), "page", page)
            }
            At::Chats { from, to, after } => {
                let request =
                    get("/v1/compliance/apps/chats").with("limit", 1000).with("order_by", "updated_at");
                optional(request.with("updated_at.gte", from).with("updated_at.lt", to), "after_id", after)
            }
            At::Messages { chat, after } => {
                list(&format!("/v1/compliance/apps/chats/{}/messages", segment(&chat)), "after_id", after)
            }
        })
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, _: &Credential) -> Result<Page, Unreadable> {
        let body = answer.body;
        match cursor.get::<At>()? {
            At::Report { of, from, to, hourly, page } => {
                let (mut read, next) = reports::read(of, body, page.as_deref())?;
                let next = next.map(|page| At::Report { of, from, to, hourly, page: Some(page) });
                read.next = next.iter().map(Cursor::new).collect();
                Ok(read)
            }
            At::ClaudeCode { day, page } => {
                let (rows, next) = claude_code::read(body, page.as_deref())?;
                let next = next.map(|page| At::ClaudeCode { day, page: Some(page) });
                Ok(Page::of(rows, next.iter().map(Cursor::new)))
            }
            At::Activities { from, to, after } => {
                lists::page(body, after, lists::activity, |after| At::Activities { from, to, after })
            }
            At::Users { after } => lists::page(body, after, lists::user, |after| At::Users { after }),
            At::Keys { after } => lists::page(body, after, lists::key, |after| At::Keys { after }),
            At::Models { after } => lists::page(body, after, lists::model, |after| At::Models { after }),
            At::Organizations { page } => lists::organizations(body, page),
            At::OrganizationUsers { organization, page } => {
                lists::page(body, page, lists::user, |page| At::OrganizationUsers { organization, page })
            }
            At::Chats { from, to, after } => chats::read_chats(body, from, to, after),
            At::Messages { chat, after } => chats::read_messages(body, chat, after),
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        let said = Problem::of(answer).message;
        match answer.status {
            // Without a time to wait it is a spend cap, which waiting does not lift.
            429 if answer.header("retry-after").is_none() => Fault::Exhausted { said },
            410 => Fault::Restart,
            500 if answer.header("x-should-retry") == Some("false") => Fault::Refused { said },
            _ => Fault::by_status(answer),
        }
    }
}

fn get(path: &str) -> Request {
    Request::get("api", path, Auth::Header("x-api-key", "key")).header("anthropic-version", "2023-06-01")
}

fn optional(request: Request, name: &str, value: Option<String>) -> Request {
    value.iter().fold(request, |r, value| r.with(name, value))
}

/// A page of a list, as long as the API gives.
fn list(path: &str, name: &str, value: Option<String>) -> Request {
    optional(get(path).with("limit", 1000), name, value)
}

/// The days that a window touches.
fn days(window: Window) -> impl Iterator<Item = String> {
    let first = window.from.floor(DAY);
    let days = std::iter::successors(Some(first), |day| Some(day.plus(DAY)));
    days.take_while(move |day| *day < window.to).map(date)
}
