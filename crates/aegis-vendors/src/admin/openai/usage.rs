//! Usage by kind and costs by line: buckets of rows.
//! Each kind is asked grouped by all it can be grouped by that tells calls apart, so that each call is in one row.
//! Web and file searches happen within calls that `completions` counts: their rows hold searches, no requests.

use super::{KEY, onward};
use crate::admin::read::{Count, Number, Time, json};
use crate::admin::{Request, Row, Unreadable};
use aegis_domain::{Dimensions, Exact, LedgerKind, LedgerRow, Quantities, Timestamp};
use serde::Deserialize;

/// A kind of usage, and what its rows are grouped by.
pub struct Kind {
    /// Last part of the path.
    pub path: &'static str,
    groups: &'static [&'static str],
    /// The calls of these rows are counted nowhere else.
    counts_requests: bool,
}

const BY_ALL: &[&str] = &["project_id", "user_id", "api_key_id", "model"];
const SEARCH: &[&str] = &["project_id", "user_id", "api_key_id", "model", "context_level"];

/// Every kind of usage there is.
pub const KINDS: &[Kind] = &[
    Kind {
        path: "completions",
        groups: &["project_id", "user_id", "api_key_id", "model", "batch", "service_tier"],
        counts_requests: true,
    },
    Kind { path: "embeddings", groups: BY_ALL, counts_requests: true },
    Kind { path: "moderations", groups: BY_ALL, counts_requests: true },
    Kind {
        path: "images",
        groups: &["project_id", "user_id", "api_key_id", "model", "size", "source"],
        counts_requests: true,
    },
    Kind { path: "audio_speeches", groups: BY_ALL, counts_requests: true },
    Kind { path: "audio_transcriptions", groups: BY_ALL, counts_requests: true },
    Kind { path: "vector_stores", groups: &["project_id"], counts_requests: false },
    Kind { path: "code_interpreter_sessions", groups: &["project_id"], counts_requests: false },
    Kind {
        path: "file_search_calls",
        groups: &["project_id", "user_id", "api_key_id", "vector_store_id"],
        counts_requests: false,
    },
    Kind { path: "web_search_calls", groups: SEARCH, counts_requests: false },
];

/// The kind of a stored cursor.
pub fn kind(path: &str) -> Result<&'static Kind, Unreadable> {
    KINDS.iter().find(|k| k.path == path).ok_or(Unreadable::shape("cursor", "of this version"))
}

/// A page of usage: the most buckets that the API gives at once.
pub fn request(kind: &Kind, from: i64, to: i64, hourly: bool, page: Option<&str>) -> Request {
    let (width, limit) = if hourly { ("1h", 168) } else { ("1d", 31) };
    let path = format!("/v1/organization/usage/{}", kind.path);
    buckets(path, from, to, width, limit, kind.groups, page)
}

/// A page of costs, which come by the day only.
pub fn costs(from: i64, to: i64, page: Option<&str>) -> Request {
    let groups = &["project_id", "line_item", "api_key_id"];
    buckets("/v1/organization/costs".to_owned(), from, to, "1d", 180, groups, page)
}

fn buckets(
    path: String,
    from: i64,
    to: i64,
    width: &str,
    limit: u32,
    groups: &[&str],
    page: Option<&str>,
) -> Request {
    let request = Request::get("api", path, KEY)
        .with("start_time", from)
        .with("end_time", to)
        .with("bucket_width", width)
        .with("limit", limit);
    let grouped = groups.iter().fold(request, |r, group| r.with("group_by[]", group));
    page.iter().fold(grouped, |r, page| r.with("page", page))
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
    start_time: Time,
    end_time: Time,
    results: Option<Vec<T>>,
}

/// The rows of all kinds: each has some of these fields.
#[derive(Deserialize)]
struct Usage {
    input_tokens: Option<Count>,
    input_cached_tokens: Option<Count>,
    input_cache_write_tokens: Option<Count>,
    output_tokens: Option<Count>,
    input_audio_tokens: Option<Count>,
    input_cached_audio_tokens: Option<Count>,
    output_audio_tokens: Option<Count>,
    input_image_tokens: Option<Count>,
    input_cached_image_tokens: Option<Count>,
    output_image_tokens: Option<Count>,
    num_model_requests: Option<Count>,
    images: Option<Number>,
    characters: Option<Number>,
    seconds: Option<Number>,
    usage_bytes: Option<Number>,
    num_sessions: Option<Number>,
    num_requests: Option<Number>,
    project_id: Option<String>,
    user_id: Option<String>,
    api_key_id: Option<String>,
    model: Option<String>,
    batch: Option<bool>,
    service_tier: Option<String>,
    size: Option<String>,
    source: Option<String>,
    vector_store_id: Option<String>,
    context_level: Option<String>,
}

/// The rows of a page of usage, and the next page.
pub fn read(kind: &Kind, body: &[u8], page: Option<&str>) -> Result<(Vec<Row>, Option<String>), Unreadable> {
    let buckets: Buckets<Used> = json(body)?;
    let mut rows = Vec::new();
    for bucket in buckets.data {
        let (from, to) = (bucket.start_time.0, bucket.end_time.0);
        let used = bucket.results.unwrap_or_default();
        rows.reserve(used.len());
        rows.extend(used.into_iter().map(|row| Row::Ledger(row.into_ledger(kind, from, to))));
    }
    Ok((rows, onward(Some(buckets.has_more), buckets.next_page, page)?))
}

/// A row as it is kept while its page is read: the fields of all kinds together take three times the room.
#[derive(Deserialize)]
#[serde(from = "Usage")]
struct Used(Dimensions, Quantities);

impl From<Usage> for Used {
    fn from(row: Usage) -> Self {
        let quantities = row.quantities();
        let batch = row.batch == Some(true);
        let tier = if batch { Some("batch".to_owned()) } else { row.service_tier.clone() };
        let own = [
            ("size", row.size),
            ("source", row.source),
            ("vector_store_id", row.vector_store_id),
            ("context_level", row.context_level),
            ("service_tier", row.service_tier.filter(|_| batch)),
        ];
        let dimensions = Dimensions {
            model: row.model,
            project: row.project_id,
            user: row.user_id,
            api_key: row.api_key_id,
            item: None,
            tier,
            region: None,
            other: own.into_iter().filter_map(|(n, v)| Some((n.to_owned(), v?))).collect(),
        };
        Used(dimensions, quantities)
    }
}

impl Used {
    fn into_ledger(self, kind: &Kind, from: Timestamp, to: Timestamp) -> LedgerRow {
        let Used(dimensions, quantities) = self;
        LedgerRow {
            kind: LedgerKind::Usage,
            from,
            to,
            dimensions: Dimensions { item: Some(kind.path.to_owned()), ..dimensions },
            quantities: Quantities {
                requests: quantities.requests.filter(|_| kind.counts_requests),
                ..quantities
            },
            money: None,
            estimate: false,
        }
    }
}

impl Usage {
    fn quantities(&self) -> Quantities {
        let parts = [
            ("input_audio_tokens", self.input_audio_tokens),
            ("input_cached_audio_tokens", self.input_cached_audio_tokens),
            ("output_audio_tokens", self.output_audio_tokens),
            ("input_image_tokens", self.input_image_tokens),
            ("input_cached_image_tokens", self.input_cached_image_tokens),
            ("output_image_tokens", self.output_image_tokens),
        ];
        let parts = parts.into_iter().filter_map(|(n, v)| Some((n, Exact::from(v.filter(|v| v.0 > 0)?))));
        let units = [
            ("images", self.images),
            ("characters", self.characters),
            ("seconds", self.seconds),
            ("bytes", self.usage_bytes),
            ("sessions", self.num_sessions),
            ("searches", self.num_requests),
        ];
        let units = units.into_iter().filter_map(|(n, v)| Some((n, v?.0)));
        Quantities {
            requests: self.num_model_requests.map(|c| c.0),
            input_tokens: self.input_tokens.map(|c| c.0),
            cached_input_tokens: self.input_cached_tokens.map(|c| c.0),
            cache_write_tokens: self.input_cache_write_tokens.map(|c| c.0),
            output_tokens: self.output_tokens.map(|c| c.0),
            reasoning_tokens: None,
            other: parts.chain(units).map(|(n, v)| (n.to_owned(), v)).collect(),
        }
    }
}

#[derive(Deserialize)]
struct Cost {
    amount: Amount,
    line_item: Option<String>,
    project_id: Option<String>,
    api_key_id: Option<String>,
    quantity: Option<Number>,
    quantity_unit: Option<String>,
}

#[derive(Deserialize)]
struct Amount {
    value: Number,
    currency: String,
}

/// The rows of a page of costs, and the next page. Amounts are dollars.
pub fn read_costs(body: &[u8], page: Option<&str>) -> Result<(Vec<Row>, Option<String>), Unreadable> {
    let buckets: Buckets<Cost> = json(body)?;
    let mut rows = Vec::new();
    for bucket in buckets.data {
        for cost in bucket.results.into_iter().flatten() {
            rows.push(Row::Ledger(cost.into_ledger(bucket.start_time.0, bucket.end_time.0)?));
        }
    }
    Ok((rows, onward(Some(buckets.has_more), buckets.next_page, page)?))
}

impl Cost {
    fn into_ledger(self, from: Timestamp, to: Timestamp) -> Result<LedgerRow, Unreadable> {
        let unit = self.quantity_unit.unwrap_or_else(|| "units".to_owned());
        Ok(LedgerRow {
            kind: LedgerKind::Cost,
            from,
            to,
            dimensions: Dimensions {
                model: self.line_item.as_deref().and_then(model_of).map(str::to_owned),
                project: self.project_id,
                api_key: self.api_key_id,
                item: self.line_item,
                ..Dimensions::default()
            },
            quantities: Quantities {
                other: self.quantity.map(|n| (unit, n.0)).into_iter().collect(),
                ..Quantities::default()
            },
            money: Some(self.amount.value.money(&self.amount.currency)?),
            estimate: false,
        })
    }
}

/// `gpt-5-2025-08-07, input` names its model before the comma; `web search calls` names none.
fn model_of(line_item: &str) -> Option<&str> {
    let (model, _) = line_item.split_once(", ")?;
    (!model.is_empty() && !model.contains(' ')).then_some(model)
}
