//! Cost Management's query: euros by day and up to two dimensions. Model and direction show only in the meter's text.

use super::entra::allow;
use super::{Call, REGION, VENDOR, bad, resource};
use crate::admin::keys::header;
use crate::admin::money::{self, UNITS};
use crate::admin::paging;
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY};
use crate::admin::world::{By, Part};
use crate::dice::Dice;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rows on a page. The vendor's is 1,000; a smaller one lets a month of this small world turn pages.
const ROWS: usize = 200;

#[derive(Deserialize)]
struct Query {
    timeframe: String,
    #[serde(rename = "timePeriod")]
    period: Option<Period>,
    dataset: DataSet,
}

#[derive(Deserialize)]
struct Period {
    from: String,
    to: String,
}

#[derive(Deserialize)]
struct DataSet {
    granularity: Option<String>,
    aggregation: BTreeMap<String, Aggregation>,
    #[serde(default)]
    grouping: Vec<Grouping>,
    filter: Option<Filter>,
}

#[derive(Deserialize)]
struct Aggregation {
    name: String,
}

#[derive(Deserialize)]
struct Grouping {
    name: String,
}

#[derive(Deserialize)]
struct Filter {
    dimensions: Option<Dimensions>,
}

#[derive(Deserialize)]
struct Dimensions {
    name: String,
    values: Vec<String>,
}

/// An address on this host, as the caller reached it.
pub(super) fn link(call: &Call, path: &str) -> String {
    format!("http://{}/azure_openai/management/{path}", header(call.headers, "host").unwrap_or("localhost"))
}

pub(super) fn query(call: &Call, path: &str) -> Answer {
    allow(call.admin, call.headers, "cost", "Microsoft.CostManagement/query/action")?;
    let query: Query =
        serde_json::from_slice(call.body).map_err(|e| bad(&format!("Invalid query definition: {e}")))?;
    let (from, to) = period(call, &query)?;
    let daily = match query.dataset.granularity.as_deref().unwrap_or("None") {
        "Daily" => true,
        "None" => false,
        _ => return Err(bad("Invalid query definition: granularity must be None or Daily here.")),
    };
    if daily && to - from > 31 * DAY {
        return Err(bad(
            "Invalid query definition: the time period for Daily granularity cannot be longer than 31 days.",
        ));
    }
    let measure = query.dataset.aggregation.values().next().map_or("Cost", |a| a.name.as_str());
    let grouping: Vec<&str> = query.dataset.grouping.iter().map(|g| g.name.as_str()).collect();
    if grouping.len() > 2 || !["Cost", "PreTaxCost"].contains(&measure) {
        return Err(bad(
            "Invalid query definition: at most two groupings, and the measure Cost or PreTaxCost.",
        ));
    }
    let rows = rows(call, &query, (from, to), daily, &grouping)?;
    if rows.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let start = call.params.get("$skiptoken").and_then(paging::read_token).unwrap_or(0);
    let part = paging::offset(&rows, start as usize, ROWS);
    let token = paging::token(start + ROWS as i64).replace('=', "%3D").replace('+', "%2B");
    let version = call.params.get("api-version").unwrap_or("2023-11-01");
    let next = part.more.then(|| link(call, &format!("{path}?api-version={version}&$skiptoken={token}")));
    let id = super::uuid(&mut Dice::new(call.admin.seed, "cost query", call.body));
    Ok(ok(json!({
        "id": format!("{path}/{id}"), "name": id, "type": "microsoft.costmanagement/Query",
        "properties": {"nextLink": next, "columns": columns(measure, daily, &grouping), "rows": part.items},
    })))
}

fn columns(measure: &str, daily: bool, grouping: &[&str]) -> Vec<Value> {
    let mut columns = vec![json!({"name": measure, "type": "Number"})];
    if daily {
        columns.push(json!({"name": "UsageDate", "type": "Number"}));
    }
    columns.extend(grouping.iter().map(|name| json!({"name": name, "type": "String"})));
    columns.push(json!({"name": "Currency", "type": "String"}));
    columns
}

fn period(call: &Call, query: &Query) -> Result<(i64, i64), Response> {
    let now = call.admin.now();
    match (query.timeframe.as_str(), &query.period) {
        ("MonthToDate", _) => {
            let (year, month, _) = when::civil(now);
            Ok((when::month(year, month).map_or(now, |m| m.0), now))
        }
        ("Custom", Some(p)) => {
            let wrong = || bad("Invalid query definition: timePeriod");
            let (from, to) = (when::parse(&p.from).ok_or_else(wrong)?, when::parse(&p.to).ok_or_else(wrong)?);
            // Both days are included.
            let to = when::floor(to, DAY) + DAY;
            if from >= to { Err(wrong()) } else { Ok((when::floor(from, DAY), to)) }
        }
        _ => Err(bad("Invalid query definition: timeframe must be MonthToDate or Custom with timePeriod.")),
    }
}

fn rows(
    call: &Call,
    query: &Query,
    range: (i64, i64),
    daily: bool,
    grouping: &[&str],
) -> Result<Vec<Value>, Response> {
    let filter = query.dataset.filter.as_ref().and_then(|f| f.dimensions.as_ref());
    if let Some(unknown) = grouping.iter().find(|n| value(call, n, 0, 0, Part::Input).is_none()) {
        return Err(bad(&format!("Invalid query definition: unknown dimension {unknown}.")));
    }
    let account = call.admin.account(&VENDOR);
    let days = if daily { (range.1 - range.0) / DAY } else { 1 };
    let mut sums: BTreeMap<(i64, Vec<String>), i64> = BTreeMap::new();
    for n in 0..days {
        let span = if daily { (range.0 + n * DAY, range.0 + (n + 1) * DAY) } else { range };
        let by = By { model: true, project: true, ..By::default() };
        for (group, tally) in account.sums(span, call.admin.cost(), by, None, &|d| Some(*d)) {
            let (project, model) = (group.project.unwrap_or_default(), group.model.unwrap_or_default());
            for part in Part::ALL.into_iter().filter(|p| tally.count(*p) > 0) {
                let fits = filter.is_none_or(|f| {
                    let own = value(call, &f.name, project, model, part).unwrap_or_default();
                    f.values.iter().any(|v| v.eq_ignore_ascii_case(&own))
                });
                if fits {
                    let names =
                        grouping.iter().filter_map(|n| value(call, n, project, model, part)).collect();
                    *sums.entry((span.0, names)).or_default() += tally.cost(part);
                }
            }
        }
    }
    Ok(sums
        .into_iter()
        .map(|((day, names), nanos)| {
            let mut row = vec![money::number(nanos, UNITS)];
            if daily {
                row.push(when::date(day).replace('-', "").parse::<i64>().unwrap_or_default().into());
            }
            row.extend(names.into_iter().map(Value::from));
            row.push(VENDOR.currency.into());
            Value::Array(row)
        })
        .collect())
}

/// A dimension's value.
fn value(call: &Call, name: &str, project: usize, model: usize, part: Part) -> Option<String> {
    match name {
        "ResourceId" => Some(resource(call.admin, project).to_lowercase()),
        "Meter" => {
            let model = VENDOR.models[model].id.replace('-', " ");
            let direction = match part {
                Part::Cached => "cached Inp",
                Part::Output => "Outp",
                _ => "Inp",
            };
            Some(format!("{model} {direction} glbl Tokens"))
        }
        "ResourceType" => Some("microsoft.cognitiveservices/accounts".into()),
        "ServiceName" => Some("Cognitive Services".into()),
        "ResourceLocation" => Some(REGION.into()),
        "ResourceGroupName" => Some(super::GROUP.into()),
        _ => None,
    }
}
