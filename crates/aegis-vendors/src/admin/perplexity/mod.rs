//! Perplexity: three keys for three worlds. The developer key calls; the Enterprise keys read the audit log, which holds
//! what people typed, and the usage of the product "Computer", in credits.
//! Facts: docs.perplexity.ai, 2026. The names of audit fields are not documented: several are accepted.

mod audit;
mod catalogue;

use super::page::onward;
use super::read::{Count, Problem, json, seconds};
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, ModelEntry, Page, Request, Row, Unreadable,
    Verdict,
};
use aegis_domain::{Ability, Dimensions, Exact, LedgerKind, LedgerRow, Quantities, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

const KEY: Auth = Auth::Bearer("key");
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);
const ANALYTICS: &str = "/v1/analytics/computer/usage";

/// The adapter.
pub(super) struct Perplexity;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    Models,
    Usage {
        dataset: Dataset,
        from: i64,
        to: i64,
        hourly: bool,
        page: Option<String>,
    },
    /// Newest first, until one lies before `from`. For acts, or for what was said.
    Events {
        from: Timestamp,
        to: Timestamp,
        content: bool,
        page: Option<String>,
    },
}

/// What is counted of the product "Computer".
#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Dataset {
    CreditUsage,
    QueryVolume,
}

impl Dataset {
    fn as_str(self) -> &'static str {
        match self {
            Dataset::CreditUsage => "credit_usage",
            Dataset::QueryVolume => "query_volume",
        }
    }
}

#[derive(Deserialize)]
struct Models {
    data: Vec<Model>,
}

#[derive(Deserialize)]
struct Model {
    id: String,
}

#[derive(Deserialize)]
struct Buckets {
    #[serde(default)]
    categories: Vec<String>,
    data: Vec<Bucket>,
    has_more: Option<bool>,
    next_page: Option<String>,
}

#[derive(Deserialize)]
struct Bucket {
    start_time: i64,
    end_time: i64,
    count: Count,
    #[serde(default)]
    by_categories: BTreeMap<String, Vec<Share>>,
}

#[derive(Deserialize)]
struct Share {
    category: String,
    count: Count,
}

impl AdminApi for Perplexity {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn check(&self, step: usize, credential: &Credential, now: Timestamp) -> Option<Request> {
        let yesterday = seconds(now.floor(DAY).minus(DAY));
        Some(match (credential.kind.as_str(), step) {
            // Models are public; this list is not, and costs nothing.
            ("developer", 0) => Request::get("api", "/v1/async/sonar", KEY).with("limit", 1),
            ("audit", 0) => Request::get("api", "/v1/admin/audit-events", KEY).with("limit", 1),
            ("analytics", 0) => Request::get("api", ANALYTICS, KEY)
                .with("dataset", "daily_active_users")
                .with("start_time", yesterday)
                .with("limit", 1),
            _ => return None,
        })
    }

    fn judge(&self, _: usize, answer: &Answer, credential: &Credential) -> Verdict {
        let abilities: &[Ability] = match credential.kind.as_str() {
            "developer" => &[Ability::Inference, Ability::Models],
            "audit" => &[Ability::Audit, Ability::Content],
            _ => &[Ability::Usage],
        };
        Verdict::of(abilities, answer, |a| self.fault(a))
    }

    fn open(&self, feed: Ability, window: Window, _: &Credential) -> Vec<Cursor> {
        let hourly = window.bucket <= HOUR;
        let bucket = if hourly { HOUR } else { DAY };
        let places = match feed {
            Ability::Models => vec![At::Models],
            Ability::Usage => {
                let (from, to) = (seconds(window.from.floor(bucket)), seconds(window.to.ceil(bucket)));
                let walk = |dataset| At::Usage { dataset, from, to, hourly, page: None };
                vec![walk(Dataset::CreditUsage), walk(Dataset::QueryVolume)]
            }
            Ability::Audit | Ability::Content => {
                let content = feed == Ability::Content;
                vec![At::Events { from: window.from, to: window.to, content, page: None }]
            }
            _ => Vec::new(),
        };
        places.iter().map(Cursor::new).collect()
    }

    fn ask(&self, cursor: &Cursor, _: &Credential) -> Result<Request, Unreadable> {
        let (request, page) = match cursor.get::<At>()? {
            At::Models => (Request::get("api", "/v1/models", KEY), None),
            At::Usage { dataset, from, to, hourly, page } => {
                let request = Request::get("api", ANALYTICS, KEY)
                    .with("dataset", dataset.as_str())
                    .with("start_time", from)
                    .with("end_time", to)
                    .with("bucket_width", if hourly { "1h" } else { "1d" })
                    .with("limit", 100);
                (request, page)
            }
            At::Events { page, .. } => {
                (Request::get("api", "/v1/admin/audit-events", KEY).with("limit", 100), page)
            }
        };
        Ok(match page {
            Some(page) => request.with("page", page),
            None => request,
        })
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, _: &Credential) -> Result<Page, Unreadable> {
        match cursor.get::<At>()? {
            At::Models => {
                let models: Models = json(answer.body)?;
                let row = |m: Model| Row::Model(ModelEntry { id: m.id, ..ModelEntry::default() });
                Ok(Page::of(models.data.into_iter().map(row).collect(), []))
            }
            At::Usage { dataset, from, to, hourly, page } => {
                let read: Buckets = json(answer.body)?;
                let next = onward(read.has_more, read.next_page, page.as_deref())?;
                let mut rows = Vec::new();
                for bucket in read.data {
                    rows.extend(usage(dataset, read.categories.first(), bucket));
                }
                let next = next.map(|page| At::Usage { dataset, from, to, hourly, page: Some(page) });
                Ok(Page::of(rows, next.iter().map(Cursor::new)))
            }
            At::Events { from, to, content, page } => audit::read(answer.body, (from, to), content, page),
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        let problem = Problem::of(answer);
        match answer.status {
            // An empty account has been answered so; the key is good.
            401 if problem.is("insufficient_quota") => Fault::Exhausted { said: problem.message },
            _ => Fault::by_status(answer),
        }
    }
}

/// A bucket by the first way it is split, with what the parts lack against the whole. Other splits count the same again.
fn usage(dataset: Dataset, split: Option<&String>, mut bucket: Bucket) -> Vec<Row> {
    let parts = split.and_then(|name| Some((name.clone(), bucket.by_categories.remove(name)?)));
    let row = |split: Option<(&str, String)>, count: Count| {
        let mut dimensions =
            Dimensions { item: Some(format!("computer {}", dataset.as_str())), ..Dimensions::default() };
        match split {
            Some(("model", name)) => dimensions.model = Some(name),
            Some((split, name)) => {
                dimensions.other.insert(split.to_owned(), name);
            }
            None => {}
        }
        let mut quantities = Quantities::default();
        match dataset {
            Dataset::CreditUsage => {
                quantities.other.insert("credits".to_owned(), Exact::from(count));
            }
            Dataset::QueryVolume => quantities.requests = Some(count.0),
        }
        let at = |s: i64| Timestamp::from_millis(s.saturating_mul(1000));
        Row::Ledger(LedgerRow {
            kind: LedgerKind::Usage,
            from: at(bucket.start_time),
            to: at(bucket.end_time),
            dimensions,
            quantities,
            money: None,
            estimate: false,
        })
    };
    let mut rows = Vec::new();
    let mut rest = bucket.count.0;
    let (split, parts) = parts.unwrap_or_default();
    for part in parts {
        rest = rest.saturating_sub(part.count.0);
        rows.push(row(Some((&split, part.category)), part.count));
    }
    if rest > 0 || rows.is_empty() {
        rows.push(row(None, Count(rest)));
    }
    rows
}
