//! Usage from Azure Monitor. Two families of metrics describe the same traffic and are never added: Foundry's is
//! read where it has data, the classic one where it has none.

use super::{ARM, At, DAY, HOUR};
use crate::admin::read::{Count, Time, json, utc};
use crate::admin::{Cursor, Page, Request, Row, Unreadable};
use aegis_domain::{Dimensions, LedgerKind, LedgerRow, Quantities, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// Series given at most: the API leaves out the rest without a word.
const TOP: usize = 1_000;

/// The longest range that is asked for at once.
const LONGEST: Duration = DAY.saturating_mul(30);

/// Which metrics, of which family.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    Foundry,
    FoundryRequests,
    Classic,
    ClassicRequests,
}

/// A span on whole buckets.
#[derive(Serialize, Deserialize, Clone)]
pub struct Span {
    from: String,
    to: String,
    hourly: bool,
}

impl Span {
    /// The whole buckets that a window touches, in ranges that can be asked for.
    pub fn of(window: Window) -> Vec<Self> {
        let hourly = window.bucket <= HOUR;
        let bucket = if hourly { HOUR } else { DAY };
        let (mut from, to) = (window.from.floor(bucket), window.to.ceil(bucket));
        let mut spans = Vec::new();
        while from < to {
            let end = from.plus(LONGEST).min(to);
            spans.push(Span { from: utc(from), to: utc(end), hourly });
            from = end;
        }
        spans
    }
}

impl Family {
    fn metrics(self) -> &'static str {
        match self {
            Family::Foundry => "InputTokens,OutputTokens",
            Family::FoundryRequests => "ModelRequests",
            Family::Classic => "ProcessedPromptTokens,GeneratedTokens",
            Family::ClassicRequests => "AzureOpenAIRequests",
        }
    }

    fn requests(self) -> bool {
        matches!(self, Family::FoundryRequests | Family::ClassicRequests)
    }
}

/// The metrics of a resource, split by all that both families can be split by.
pub fn request(account: &str, family: Family, span: &Span) -> Request {
    let status = if family.requests() { " and StatusCode eq '*'" } else { "" };
    Request::get("management", format!("{account}/providers/Microsoft.Insights/metrics"), ARM)
        .with("api-version", "2024-02-01")
        .with("metricnames", family.metrics())
        .with("timespan", format!("{}/{}", span.from, span.to))
        .with("interval", if span.hourly { "PT1H" } else { "P1D" })
        .with("aggregation", "Total")
        .with("top", TOP)
        .with("$filter", format!("ModelDeploymentName eq '*' and ModelName eq '*'{status}"))
}

#[derive(Deserialize)]
struct Metrics {
    value: Vec<Metric>,
}

#[derive(Deserialize)]
struct Metric {
    name: Name,
    #[serde(default)]
    timeseries: Vec<Series>,
}

#[derive(Deserialize)]
struct Name {
    value: String,
}

#[derive(Deserialize)]
struct Series {
    #[serde(default)]
    metadatavalues: Vec<Label>,
    #[serde(default)]
    data: Vec<Point>,
}

#[derive(Deserialize)]
struct Label {
    name: Name,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Point {
    time_stamp: Time,
    total: Option<Count>,
}

/// The rows of a resource. Where Foundry's tokens say nothing, the classic family is asked for.
pub fn read(body: &[u8], account: String, family: Family, span: Span) -> Result<Page, Unreadable> {
    let metrics: Metrics = json(body)?;
    let mut rows: BTreeMap<(Timestamp, Dimensions), Quantities> = BTreeMap::new();
    let mut page = Page::default();
    for metric in &metrics.value {
        if metric.timeseries.len() >= TOP {
            page.notes.push(format!("{}: {TOP} series and perhaps more", metric.name.value));
        }
        for series in &metric.timeseries {
            let dimensions = dimensions(series, &account, family);
            for point in &series.data {
                let Some(total) = point.total.filter(|t| t.0 > 0) else { continue };
                let row = rows.entry((point.time_stamp.0, dimensions.clone())).or_default();
                add(row, &metric.name.value, total.0);
            }
        }
    }
    let next = match family {
        Family::Foundry if rows.is_empty() => vec![Family::Classic, Family::ClassicRequests],
        Family::Foundry => vec![Family::FoundryRequests],
        _ => vec![],
    };
    let bucket = if span.hourly { HOUR } else { DAY };
    page.rows = rows
        .into_iter()
        .map(|((from, dimensions), quantities)| {
            let (kind, to) = (LedgerKind::Usage, from.plus(bucket));
            Row::Ledger(LedgerRow { kind, from, to, dimensions, quantities, money: None, estimate: false })
        })
        .collect();
    let places =
        next.into_iter().map(|family| At::Metrics { account: account.clone(), family, span: span.clone() });
    page.next = places.map(|at| Cursor::new(&at)).collect();
    Ok(page)
}

/// Names of dimensions come back in lower case.
fn dimensions(series: &Series, account: &str, family: Family) -> Dimensions {
    let mut dimensions = Dimensions {
        project: Some(account.to_lowercase()),
        item: Some(if family.requests() { "requests" } else { "tokens" }.to_owned()),
        ..Dimensions::default()
    };
    for label in series.metadatavalues.iter().filter(|l| !l.value.is_empty()) {
        let value = label.value.clone();
        match label.name.value.to_lowercase().as_str() {
            "modelname" => dimensions.model = Some(value),
            "region" => dimensions.region = Some(value),
            "modeldeploymentname" => drop(dimensions.other.insert("deployment".to_owned(), value)),
            "statuscode" => drop(dimensions.other.insert("status".to_owned(), value)),
            name => drop(dimensions.other.insert(name.to_owned(), value)),
        }
    }
    dimensions
}

fn add(row: &mut Quantities, metric: &str, total: u64) {
    let figure = match metric {
        "InputTokens" | "ProcessedPromptTokens" => &mut row.input_tokens,
        "OutputTokens" | "GeneratedTokens" => &mut row.output_tokens,
        _ => &mut row.requests,
    };
    *figure = Some(figure.unwrap_or(0).saturating_add(total));
}
