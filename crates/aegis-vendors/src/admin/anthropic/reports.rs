//! Bucketed reports of the Console and of Claude Enterprise, and the Console's daily report on Claude Code.
//! All input is uncached, cache read and cache written together; the vendor states each. Amounts are cents.

use super::{At, DAY, HOUR, get, onward, optional};
use crate::admin::read::{Count, Number, Time, json, utc};
use crate::admin::{Page, Request, Row, Unreadable};
use aegis_domain::{Dimensions, Exact, LedgerKind, LedgerRow, Quantities, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which report.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    Messages,
    Cost,
    Analytics,
    AnalyticsCost,
}

/// Rows that analytics give for a bucket at most; those beyond vanish.
const MOST_GROUPS: usize = 100;

/// The longest range that analytics take.
const LONGEST: std::time::Duration = DAY.saturating_mul(31);

/// 2026-01-01: analytics know nothing from before.
const FIRST: Timestamp = Timestamp::from_millis(1_767_225_600_000);

impl Report {
    fn analytics(self) -> bool {
        matches!(self, Report::Analytics | Report::AnalyticsCost)
    }

    fn path(self) -> &'static str {
        match self {
            Report::Messages => "/v1/organizations/usage_report/messages",
            Report::Cost => "/v1/organizations/cost_report",
            Report::Analytics => "/v1/organizations/analytics/usage_report",
            Report::AnalyticsCost => "/v1/organizations/analytics/cost_report",
        }
    }

    /// What rows are split by: all that tells calls apart. Groups of people overlap, so analytics leave them out.
    fn groups(self) -> &'static [&'static str] {
        match self {
            Report::Messages => &[
                "workspace_id",
                "api_key_id",
                "model",
                "service_tier",
                "context_window",
                "inference_geo",
                "account_id",
                "service_account_id",
            ],
            Report::Cost => &["workspace_id", "description"],
            Report::Analytics | Report::AnalyticsCost => &["product", "model"],
        }
    }
}

/// The first places of a report: one, or one for each range that is as long as analytics take.
pub fn open(of: Report, window: Window) -> Vec<At> {
    let hourly = window.bucket <= HOUR && of != Report::Cost;
    let bucket = if hourly { HOUR } else { DAY };
    let (mut from, to) = (window.from.floor(bucket), window.to.ceil(bucket));
    if !of.analytics() {
        return vec![At::Report { of, from: utc(from), to: utc(to), hourly, page: None }];
    }
    from = from.max(FIRST);
    let mut places = Vec::new();
    while from < to {
        let end = from.plus(LONGEST).min(to);
        places.push(At::Report { of, from: utc(from), to: utc(end), hourly, page: None });
        from = end;
    }
    places
}

/// A page of a report.
pub fn request(of: Report, from: &str, to: &str, hourly: bool, page: Option<&str>) -> Request {
    let (width, limit) = if hourly { ("1h", 168) } else { ("1d", 31) };
    let request = get(of.path()).with("starting_at", from).with("ending_at", to).with("bucket_width", width);
    let grouped =
        of.groups().iter().fold(request.with("limit", limit), |r, group| r.with("group_by[]", group));
    optional(grouped, "page", page.map(str::to_owned))
}

#[derive(Deserialize)]
struct Buckets<T> {
    data: Vec<Bucket<T>>,
    #[serde(default)]
    has_more: bool,
    next_page: Option<String>,
}

#[derive(Deserialize)]
struct Bucket<T> {
    starting_at: Time,
    ending_at: Time,
    results: Option<Vec<T>>,
}

trait Reported {
    fn into_ledger(self, of: Report, from: Timestamp, to: Timestamp) -> Result<LedgerRow, Unreadable>;
}

/// The rows of a page, and the next page.
pub fn read(of: Report, body: &[u8], page: Option<&str>) -> Result<(Page, Option<String>), Unreadable> {
    match of {
        Report::Messages | Report::Analytics => read_as::<Usage>(of, body, page),
        Report::Cost | Report::AnalyticsCost => read_as::<Cost>(of, body, page),
    }
}

fn read_as<T: Reported + serde::de::DeserializeOwned>(
    of: Report,
    body: &[u8],
    page: Option<&str>,
) -> Result<(Page, Option<String>), Unreadable> {
    let buckets: Buckets<T> = json(body)?;
    let mut read = Page::default();
    for bucket in buckets.data {
        let (from, to) = (bucket.starting_at.0, bucket.ending_at.0);
        let results = bucket.results.unwrap_or_default();
        if of.analytics() && results.len() >= MOST_GROUPS {
            read.notes.push(format!("{}: the vendor gives 100 rows at most, some may be missing", utc(from)));
        }
        for row in results {
            read.rows.push(Row::Ledger(row.into_ledger(of, from, to)?));
        }
    }
    Ok((read, onward(Some(buckets.has_more), buckets.next_page, page)?))
}

#[derive(Deserialize)]
struct Usage {
    uncached_input_tokens: Option<Count>,
    cache_read_input_tokens: Option<Count>,
    cache_creation: Option<CacheCreation>,
    output_tokens: Option<Count>,
    server_tool_use: Option<ServerTools>,
    requests: Option<Count>,
    account_id: Option<String>,
    service_account_id: Option<String>,
    api_key_id: Option<String>,
    workspace_id: Option<String>,
    model: Option<String>,
    service_tier: Option<String>,
    inference_geo: Option<String>,
    context_window: Option<String>,
    product: Option<String>,
}

#[derive(Deserialize)]
struct CacheCreation {
    ephemeral_5m_input_tokens: Option<Count>,
    ephemeral_1h_input_tokens: Option<Count>,
}

#[derive(Deserialize)]
struct ServerTools {
    web_search_requests: Option<Count>,
}

/// The sum of what is stated; none where nothing is.
pub fn sum(counts: &[Option<Count>]) -> Option<u64> {
    counts.iter().flatten().map(|c| c.0).reduce(u64::saturating_add)
}

/// A figure of its own name, where there is one above zero.
fn some(name: &str, count: Option<Count>) -> Option<(String, Exact)> {
    count.filter(|c| c.0 > 0).map(|c| (name.to_owned(), c.into()))
}

fn own<const N: usize>(names: [(&str, Option<String>); N]) -> BTreeMap<String, String> {
    names.into_iter().filter_map(|(n, v)| Some((n.to_owned(), v?))).collect()
}

impl Usage {
    fn quantities(&self) -> Quantities {
        let (short, long) = match &self.cache_creation {
            Some(c) => (c.ephemeral_5m_input_tokens, c.ephemeral_1h_input_tokens),
            None => (None, None),
        };
        let searches = self.server_tool_use.as_ref().and_then(|t| t.web_search_requests);
        let input = [self.uncached_input_tokens, self.cache_read_input_tokens, short, long];
        Quantities {
            requests: self.requests.map(|c| c.0),
            input_tokens: sum(&input),
            cached_input_tokens: self.cache_read_input_tokens.map(|c| c.0),
            cache_write_tokens: sum(&[short, long]),
            output_tokens: self.output_tokens.map(|c| c.0),
            reasoning_tokens: None,
            other: some("cache_write_1h_tokens", long)
                .into_iter()
                .chain(some("searches", searches))
                .collect(),
        }
    }
}

impl Reported for Usage {
    fn into_ledger(self, of: Report, from: Timestamp, to: Timestamp) -> Result<LedgerRow, Unreadable> {
        let quantities = self.quantities();
        let messages = of == Report::Messages;
        Ok(LedgerRow {
            kind: LedgerKind::Usage,
            from,
            to,
            dimensions: Dimensions {
                model: self.model,
                project: self.workspace_id,
                user: self.account_id.or(self.service_account_id),
                api_key: self.api_key_id,
                item: if messages { Some("messages".to_owned()) } else { self.product },
                tier: self.service_tier,
                region: self.inference_geo,
                other: own([("context_window", self.context_window)]),
            },
            quantities,
            money: None,
            estimate: false,
        })
    }
}

#[derive(Deserialize)]
struct Cost {
    amount: Number,
    list_amount: Option<Number>,
    currency: String,
    workspace_id: Option<String>,
    description: Option<String>,
    model: Option<String>,
    service_tier: Option<String>,
    inference_geo: Option<String>,
    cost_type: Option<String>,
    token_type: Option<String>,
    context_window: Option<String>,
    product: Option<String>,
}

impl Reported for Cost {
    fn into_ledger(self, _: Report, from: Timestamp, to: Timestamp) -> Result<LedgerRow, Unreadable> {
        let list = self.list_amount.map(|n| n.shift(2)).transpose()?;
        Ok(LedgerRow {
            kind: LedgerKind::Cost,
            from,
            to,
            dimensions: Dimensions {
                model: self.model,
                project: self.workspace_id,
                item: self.description.or(self.product),
                tier: self.service_tier,
                region: self.inference_geo,
                other: own([
                    ("cost_type", self.cost_type),
                    ("token_type", self.token_type),
                    ("context_window", self.context_window),
                ]),
                ..Dimensions::default()
            },
            quantities: Quantities {
                other: list.map(|n| ("list_price".to_owned(), n.0)).into_iter().collect(),
                ..Quantities::default()
            },
            money: Some(self.amount.cents(&self.currency)?),
            estimate: false,
        })
    }
}
