//! OpenRouter: usage by analytics, costs by activity, keys, members, credit, models, and stored text where logging is on.
//! Facts: OpenRouterTeam/typescript-sdk and docs, August 2026. All money is dollars, all days are UTC.

mod analytics;
mod catalogue;
mod content;
mod lists;

use super::read::{Number, Problem, Time, date, json};
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, Page, Request, Row, Standing, Unreadable,
    Verdict,
};
use aegis_domain::{Ability, Dimensions, Exact, LedgerKind, LedgerRow, Money, Quantities, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const KEY: Auth = Auth::Bearer("key");
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);

/// The adapter.
pub(super) struct OpenRouter;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    /// Analytics over a range.
    Usage {
        from: Timestamp,
        to: Timestamp,
        hourly: bool,
    },
    /// Activity of a day, and of those that follow.
    Costs {
        day: Timestamp,
        to: Timestamp,
    },
    Credits {
        at: Timestamp,
    },
    /// Workspaces, each of which leads to its keys.
    Workspaces {
        offset: u64,
    },
    Keys {
        workspace: Option<String>,
        offset: u64,
    },
    Members {
        offset: u64,
    },
    Models,
    /// Ids of calls over a range, each of which leads to its text.
    Calls {
        from: Timestamp,
        to: Timestamp,
    },
    Call {
        id: String,
    },
    Text {
        call: Box<content::Call>,
    },
}

#[derive(Deserialize)]
struct Data<T> {
    data: T,
}

#[derive(Deserialize)]
struct Key {
    #[serde(default)]
    is_management_key: bool,
    #[serde(default)]
    is_provisioning_key: bool,
}

#[derive(Deserialize)]
struct Activity {
    date: Time,
    model: String,
    provider_name: Option<String>,
    endpoint_id: Option<String>,
    usage: Number,
    #[serde(default)]
    byok_usage_inference: Number,
}

#[derive(Deserialize)]
struct Credits {
    total_credits: Number,
    total_usage: Number,
}

const MANAGED: [Ability; 5] =
    [Ability::Usage, Ability::Cost, Ability::Balance, Ability::Keys, Ability::Models];

impl AdminApi for OpenRouter {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn check(&self, step: usize, credential: &Credential, _: Timestamp) -> Option<Request> {
        Some(match (credential.kind.as_str(), step) {
            (_, 0) => Request::get("api", "/key", KEY),
            ("management", 1) => listed("/organization/members", 1, 0),
            ("management", 2) => listed("/workspaces", 100, 0),
            _ => return None,
        })
    }

    fn judge(&self, step: usize, answer: &Answer, credential: &Credential) -> Verdict {
        let managed = credential.kind == "management";
        let asked: &[Ability] = match (managed, step) {
            (false, _) => &[Ability::Inference, Ability::Models],
            (true, 0) => &MANAGED,
            (true, 1) => &[Ability::Members],
            (true, _) => &[Ability::Content],
        };
        if !answer.ok() {
            return match (step, answer.status) {
                (1, 404) => {
                    Verdict::default().and(asked, Standing::Lacks, "a personal account has no members")
                }
                _ => Verdict::refused(asked, self.fault(answer)),
            };
        }
        match step {
            0 => judge_key(answer, managed, asked),
            1 => Verdict::has(asked).learn("account", "organization"),
            _ => match lists::text_is_kept(answer.body) {
                Ok(true) => Verdict::has(asked),
                Ok(false) => {
                    Verdict::default().and(asked, Standing::Lacks, "no workspace logs inputs and outputs")
                }
                Err(_) => Verdict::default().and(asked, Standing::Unclear, "the answer could not be read"),
            },
        }
    }

    fn open(&self, feed: Ability, window: Window, _: &Credential) -> Vec<Cursor> {
        let hourly = window.bucket <= HOUR;
        let bucket = if hourly { HOUR } else { DAY };
        let (from, to) = (window.from.floor(bucket), window.to.ceil(bucket));
        let place = match feed {
            Ability::Usage => return analytics::slices(from, to, hourly),
            Ability::Cost => At::Costs { day: window.from.floor(DAY), to: window.to.ceil(DAY) },
            Ability::Keys => At::Workspaces { offset: 0 },
            Ability::Members => At::Members { offset: 0 },
            Ability::Models => At::Models,
            Ability::Content => At::Calls { from: window.from, to: window.to },
            Ability::Inference | Ability::Balance | Ability::Audit => return Vec::new(),
        };
        vec![Cursor::new(&place)]
    }

    fn look(&self, feed: Ability, now: Timestamp, _: &Credential) -> Option<Cursor> {
        (feed == Ability::Balance).then(|| Cursor::new(&At::Credits { at: now }))
    }

    /// Logging may have been off for a call, and calls are kept for a month.
    fn absent(&self, cursor: &Cursor) -> Option<&'static str> {
        matches!(cursor.get(), Ok(At::Call { .. } | At::Text { .. })).then_some(content::NOT_KEPT)
    }

    fn ask(&self, cursor: &Cursor, _: &Credential) -> Result<Request, Unreadable> {
        Ok(match cursor.get::<At>()? {
            At::Usage { from, to, hourly } => analytics::request(from, to, hourly),
            At::Costs { day, .. } => Request::get("api", "/activity", KEY).with("date", date(day)),
            At::Credits { .. } => Request::get("api", "/credits", KEY),
            At::Workspaces { offset } => listed("/workspaces", 100, offset),
            At::Keys { workspace, offset } => {
                let keys =
                    Request::get("api", "/keys", KEY).with("include_disabled", true).with("offset", offset);
                match workspace {
                    Some(id) => keys.with("workspace_id", id),
                    None => keys,
                }
            }
            At::Members { offset } => listed("/organization/members", 100, offset),
            At::Models => Request::get("api", "/models", KEY),
            At::Calls { from, to } => analytics::calls(from, to),
            At::Call { id } => Request::get("api", "/generation", KEY).with("id", id),
            At::Text { call } => Request::get("api", "/generation/content", KEY).with("id", call.id()),
        })
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, _: &Credential) -> Result<Page, Unreadable> {
        match cursor.get::<At>()? {
            At::Usage { from, to, hourly } => analytics::read(answer.body, from, to, hourly),
            At::Costs { day, to } => read_activity(answer.body, day, to),
            At::Credits { at } => read_credits(answer.body, at),
            At::Workspaces { offset } => lists::workspaces(answer.body, offset),
            At::Keys { workspace, offset } => lists::keys(answer.body, workspace, offset),
            At::Members { offset } => lists::members(answer.body, offset),
            At::Models => lists::models(answer.body),
            At::Calls { from, to } => analytics::read_calls(answer.body, from, to),
            At::Call { .. } => content::read_call(answer.body),
            At::Text { call } => content::read_text(answer.body, &call),
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        let reset = answer.header("x-ratelimit-reset");
        match Fault::by_status(answer) {
            // The instant is given in milliseconds, and there is no clock here: the answer's own date tells how long.
            Fault::TooMany { after: None } => Fault::TooMany { after: reset.and_then(|r| until(answer, r)) },
            Fault::Missing { .. } if answer.status == 404 => {
                Fault::Missing { said: Problem::of(answer).message }
            }
            fault => fault,
        }
    }
}

/// How long from the answer's date to an instant in milliseconds.
fn until(answer: &Answer, reset: &str) -> Option<Duration> {
    let date = jiff::fmt::rfc2822::parse(answer.header("date")?.trim()).ok()?.timestamp().as_millisecond();
    let wait = reset.trim().parse::<i64>().ok()?.checked_sub(date)?;
    (0..=DAY.as_millis() as i64).contains(&wait).then(|| Duration::from_millis(wait.unsigned_abs()))
}

/// Both kinds of key look alike: only the answer tells which it is.
fn judge_key(answer: &Answer, managed: bool, asked: &[Ability]) -> Verdict {
    let Ok(Data { data: key }) = json::<Data<Key>>(answer.body) else {
        return Verdict::default().and(asked, Standing::Unclear, "the answer could not be read");
    };
    match (key.is_management_key || key.is_provisioning_key, managed) {
        (true, true) | (false, false) => Verdict::has(asked),
        (false, true) => Verdict::has(&[]).and(asked, Standing::Lacks, "this is an inference key"),
        (true, false) => {
            Verdict::has(&asked[1..]).and(&asked[..1], Standing::Lacks, "this is a management key")
        }
    }
}

fn listed(path: &str, limit: u32, offset: u64) -> Request {
    Request::get("api", path, KEY).with("limit", limit).with("offset", offset)
}

/// A day's spending by model and provider: what was taken from credits, and what a customer's own keys cost elsewhere
/// by list price, which is the vendor's estimate and no bill of its own.
fn read_activity(body: &[u8], day: Timestamp, to: Timestamp) -> Result<Page, Unreadable> {
    let read: Data<Vec<Activity>> = json(body)?;
    let mut page = Page::default();
    for row in read.data {
        let from = row.date.0.floor(DAY);
        if from != day {
            return Err(Unreadable::shape("data.date", "the day that was asked for"));
        }
        page.rows.push(spent(&row, from, "credits", row.usage));
        if !row.byok_usage_inference.is_zero() {
            page.rows.push(spent(&row, from, "byok", row.byok_usage_inference));
        }
    }
    let next = day.plus(DAY);
    if next < to {
        page.next.push(Cursor::new(&At::Costs { day: next, to }));
    }
    Ok(page)
}

fn spent(row: &Activity, from: Timestamp, item: &str, amount: Number) -> Row {
    let named = [("provider", &row.provider_name), ("endpoint", &row.endpoint_id)];
    let other = named.into_iter().filter_map(|(name, v)| Some((name.to_owned(), v.clone()?)));
    Row::Ledger(LedgerRow {
        kind: LedgerKind::Cost,
        from,
        to: from.plus(DAY),
        dimensions: Dimensions {
            model: Some(row.model.clone()),
            item: Some(item.to_owned()),
            other: other.collect(),
            ..Dimensions::default()
        },
        quantities: Quantities::default(),
        money: Some(Money::usd(amount.0)),
        estimate: item == "byok",
    })
}

fn read_credits(body: &[u8], at: Timestamp) -> Result<Page, Unreadable> {
    let Data { data: credits } = json::<Data<Credits>>(body)?;
    let left = credits.total_credits.0.0.checked_sub(credits.total_usage.0.0);
    let left = left.ok_or(Unreadable::shape("data.total_credits", "of at most 28 digits"))?;
    let row = LedgerRow {
        kind: LedgerKind::Balance,
        from: at,
        to: at,
        dimensions: Dimensions::default(),
        quantities: Quantities::default(),
        money: Some(Money::usd(Exact(left))),
        estimate: false,
    };
    Ok(Page::of(vec![Row::Sample(row)], []))
}
