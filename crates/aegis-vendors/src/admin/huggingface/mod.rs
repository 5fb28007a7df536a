//! Hugging Face: requests and money of routed inference by day, of everything else by month; members, keys of service
//! accounts, audit log, models. Facts: the Hub's OpenAPI document and hub-docs, August 2026.
//! Three units of money: `usage-v2` speaks in billionths of a dollar, `usage` in millionths, groups in cents.

mod billing;
mod catalogue;
mod identity;
mod lists;

use super::read::{Time, json, seconds, segment, utc};
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, Page, Request, Standing, Unreadable,
    Verdict,
};
use aegis_domain::{Ability, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const KEY: Auth = Auth::Bearer("token");
const DAY: Duration = Duration::from_secs(86_400);

/// The adapter.
pub(super) struct HuggingFace;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    /// Routed inference of a day, then of those that follow: requests, or money.
    Day {
        day: Timestamp,
        to: Timestamp,
        money: bool,
    },
    /// What a month's plan includes, then of those that follow.
    Month {
        month: Timestamp,
        to: Timestamp,
    },
    /// Machines by month and resource group.
    Groups {
        from: Timestamp,
        to: Timestamp,
    },
    /// The bill under way: what is in none of the others, and machines where no groups tell of them.
    Period {
        machines: bool,
    },
    Audit {
        from: Timestamp,
        to: Timestamp,
    },
    Members,
    /// An address of the vendor's.
    MoreMembers {
        link: String,
    },
    ServiceAccounts {
        keys: bool,
    },
    ServiceAccount {
        id: String,
    },
    Models,
}

/// Whose figures are read: the organisation that was named, else the one a check found, else the person.
fn organisation(credential: &Credential) -> Option<&str> {
    ["org", "organisation"].iter().map(|name| credential.get(name)).find(|name| !name.is_empty())
}

fn billing(credential: &Credential, path: &str) -> Request {
    let base = match organisation(credential) {
        Some(org) => format!("/api/organizations/{}/billing", segment(org)),
        None => "/api/settings/billing".to_owned(),
    };
    Request::get("hub", format!("{base}/{path}"), KEY)
}

fn of_organisation(credential: &Credential, path: &str) -> Result<Request, Unreadable> {
    let org = organisation(credential).ok_or(Unreadable::shape("org", "the name of an organisation"))?;
    Ok(Request::get("hub", format!("/api/organizations/{}/{path}", segment(org)), KEY))
}

impl AdminApi for HuggingFace {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn check(&self, step: usize, credential: &Credential, now: Timestamp) -> Option<Request> {
        let today = now.floor(DAY);
        Some(match step {
            // Limited far more strictly than the rest.
            0 => Request::get("hub", "/api/whoami-v2", KEY),
            1 => billing(credential, "usage-v2")
                .with("startDate", seconds(today))
                .with("endDate", seconds(today.plus(DAY))),
            2 => of_organisation(credential, "members").ok()?.with("limit", 10),
            _ => return None,
        })
    }

    fn judge(&self, step: usize, answer: &Answer, credential: &Credential) -> Verdict {
        match step {
            0 if answer.ok() => identity::judge(answer.body, credential.get("org")),
            0 => Verdict::refused(&[Ability::Inference, Ability::Models], self.fault(answer)),
            1 => Verdict::of(&[Ability::Usage, Ability::Cost], answer, |a| self.fault(a)),
            2 => Verdict::of(&[Ability::Members], answer, |a| self.fault(a)),
            _ => Verdict::default().and(&[], Standing::Unclear, ""),
        }
    }

    fn open(&self, feed: Ability, window: Window, credential: &Credential) -> Vec<Cursor> {
        let (from, to) = (window.from.floor(DAY), window.to.ceil(DAY));
        let places = match feed {
            Ability::Usage => vec![At::Day { day: from, to, money: false }],
            Ability::Cost => {
                // What is included is taken off by the month: its days are read with it, from the first.
                let month = billing::month(from);
                let mut places = vec![At::Day { day: month, to, money: true }, At::Month { month, to }];
                let grouped = organisation(credential).is_some();
                if grouped {
                    let to = billing::next_month(billing::month(to.minus(Duration::from_millis(1))));
                    places.push(At::Groups { from: month, to });
                }
                places.push(At::Period { machines: !grouped });
                places
            }
            Ability::Audit => vec![At::Audit { from: window.from, to: window.to }],
            Ability::Members => vec![At::Members, At::ServiceAccounts { keys: false }],
            Ability::Keys => vec![At::ServiceAccounts { keys: true }],
            Ability::Models => vec![At::Models],
            Ability::Inference | Ability::Balance | Ability::Content => Vec::new(),
        };
        places.iter().map(Cursor::new).collect()
    }

    fn ask(&self, cursor: &Cursor, credential: &Credential) -> Result<Request, Unreadable> {
        let span = |from, to| {
            billing(credential, "usage-v2").with("startDate", seconds(from)).with("endDate", seconds(to))
        };
        Ok(match cursor.get::<At>()? {
            At::Day { day, .. } => span(day, day.plus(DAY)),
            At::Month { month, .. } => span(month, billing::next_month(month)),
            At::Groups { from, to } => billing(credential, "usage-by-resource-group")
                .with("startDate", utc(from))
                .with("endDate", utc(to)),
            At::Period { .. } => billing(credential, "usage"),
            At::Audit { .. } => of_organisation(credential, "audit-log/export")?,
            At::Members => of_organisation(credential, "members")?.with("limit", 1000),
            At::MoreMembers { link } => Request::link(link, KEY),
            At::ServiceAccounts { .. } => of_organisation(credential, "service-accounts")?,
            At::ServiceAccount { id } => {
                of_organisation(credential, &format!("service-accounts/{}", segment(&id)))?
            }
            At::Models => Request::get("router", "/models", KEY),
        })
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, _: &Credential) -> Result<Page, Unreadable> {
        match cursor.get::<At>()? {
            At::Day { day, to, money } => billing::read_day(answer.body, day, to, money),
            At::Month { month, to } => billing::read_month(answer.body, month, to),
            At::Groups { .. } => billing::read_groups(answer.body),
            At::Period { machines } => billing::read_period(answer.body, machines),
            At::Audit { from, to } => lists::audit(answer.body, from, to),
            At::Members | At::MoreMembers { .. } => lists::members(answer),
            At::ServiceAccounts { keys } => lists::service_accounts(answer.body, keys),
            At::ServiceAccount { .. } => lists::service_account(answer.body),
            At::Models => lists::models(answer.body),
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        match Fault::by_status(answer) {
            Fault::TooMany { after: None } => Fault::TooMany { after: window_left(answer) },
            fault => fault,
        }
    }
}

/// `RateLimit: "api";r=0;t=55`: the seconds until the window ends.
fn window_left(answer: &Answer) -> Option<Duration> {
    let header = answer.header("ratelimit")?;
    let left = header.split(';').find_map(|word| word.trim().strip_prefix("t="))?;
    left.parse::<u32>().ok().map(|s| Duration::from_secs(s.into()).min(DAY))
}
