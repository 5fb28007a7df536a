//! Understands one SELECT over the billing export: its columns, what it groups by, and its bounds in time.
//! Called by `bigquery`. Not a database: a query it cannot read is refused, as BigQuery refuses one that is wrong.

use crate::admin::when;
use serde_json::Value;
use std::collections::HashMap;

/// Text of a query at most.
const MAX_QUERY: usize = 20_000;

/// A column that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Day,
    Hour,
    End,
    ExportTime,
    Month,
    Service,
    Sku,
    SkuId,
    Project,
    Location,
    Currency,
    Rate,
    Unit,
    CostType,
    BillingAccount,
    Cost,
    Credits,
    /// Cost and credits added up.
    Net,
    Amount,
    Count,
}

impl Column {
    /// Its type, as a schema says it.
    pub fn kind(self) -> &'static str {
        match self {
            Column::Day => "DATE",
            Column::Hour | Column::End | Column::ExportTime => "TIMESTAMP",
            Column::Cost | Column::Credits | Column::Net | Column::Amount | Column::Rate => "FLOAT",
            Column::Count => "INTEGER",
            _ => "STRING",
        }
    }
}

/// What a query asks for.
#[derive(Debug)]
pub(super) struct Select {
    /// Names and columns, in order.
    pub columns: Vec<(String, Column)>,
    /// Bounds of the time of use, and of the export: from (inclusive), to (exclusive).
    pub used: (i64, i64),
    pub exported: (i64, i64),
}

const ALWAYS: (i64, i64) = (0, i64::MAX);

/// Reads a query with its named parameters.
pub(super) fn read(query: &str, parameters: &Value) -> Result<Select, String> {
    if query.len() > MAX_QUERY {
        return Err("Query is too long".into());
    }
    let text = query.replace(['\n', '\t', '\r'], " ");
    let lower = text.to_ascii_lowercase();
    let start = lower.find("select ").ok_or("Syntax error: Expected keyword SELECT")? + 7;
    let from = top_level_from(&lower, start).ok_or("Syntax error: Expected keyword FROM")?;
    if !lower[from..].contains("gcp_billing_export_v1_01a2b3_c4d5e6_f70819") {
        return Err("Not found: Table".into());
    }
    let columns = split(&text[start..from]).iter().map(|item| column(item)).collect::<Result<Vec<_>, _>>()?;
    let values = named(parameters);
    let rest = &text[from..];
    Ok(Select {
        columns,
        used: bounds(rest, &["usage_start_time", "usage_end_time"], &values)?,
        exported: bounds(rest, &["export_time", "_partitiontime"], &values)?,
    })
}

/// Where the FROM of the outer query is.
fn top_level_from(lower: &str, start: usize) -> Option<usize> {
    let mut depth = 0i32;
    for (i, c) in lower[start..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            'f' if depth == 0 => {
                let before = lower[..start + i].ends_with([' ', ')']);
                if before && lower[start + i..].starts_with("from ") {
                    return Some(start + i);
                }
            }
            _ => {}
        }
    }
    None
}

/// The items of a list, at its commas outside brackets.
fn split(list: &str) -> Vec<&str> {
    let (mut items, mut depth, mut begin) = (Vec::new(), 0i32, 0);
    for (i, c) in list.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&list[begin..i]);
                begin = i + 1;
            }
            _ => {}
        }
    }
    items.push(&list[begin..]);
    items
}

fn column(item: &str) -> Result<(String, Column), String> {
    let item = item.trim();
    let lower = item.to_ascii_lowercase();
    let (expression, name) = match lower.rfind(" as ").filter(|i| !item[i + 4..].contains([')', '('])) {
        Some(i) => (lower[..i].trim(), item[i + 4..].trim().trim_matches('`').to_owned()),
        None => (lower.as_str(), item.rsplit('.').next().unwrap_or(item).trim_matches('`').to_owned()),
    };
    let has = |word: &str| expression.contains(word);
    let column = if has("credits") && has("cost") {
        Column::Net
    } else if has("credits") {
        Column::Credits
    } else if has("usage_start_time") {
        if has("date(") || has("format_") || has("date)") { Column::Day } else { Column::Hour }
    } else if has("usage_end_time") {
        Column::End
    } else if has("export_time") {
        Column::ExportTime
    } else if has("invoice.month") {
        Column::Month
    } else if has("service.") {
        Column::Service
    } else if has("sku.id") {
        Column::SkuId
    } else if has("sku.description") {
        Column::Sku
    } else if has("project.") {
        Column::Project
    } else if has("location") {
        Column::Location
    } else if has("currency_conversion_rate") {
        Column::Rate
    } else if has("currency") {
        Column::Currency
    } else if has("usage.unit") || has("usage.pricing_unit") {
        Column::Unit
    } else if has("usage.amount") {
        Column::Amount
    } else if has("cost_type") {
        Column::CostType
    } else if has("billing_account_id") {
        Column::BillingAccount
    } else if has("count(") {
        Column::Count
    } else if has("cost") {
        Column::Cost
    } else {
        return Err(format!("Unrecognized name: {name}"));
    };
    Ok((name, column))
}

/// Named parameters with their values as text.
fn named(parameters: &Value) -> HashMap<String, String> {
    let list = parameters.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .filter_map(|p| {
            let value = p.pointer("/parameterValue/value")?.as_str()?;
            Some((p.get("name")?.as_str()?.to_ascii_lowercase(), value.to_owned()))
        })
        .collect()
}

/// The bounds that comparisons with one of `columns` set.
fn bounds(text: &str, columns: &[&str], values: &HashMap<String, String>) -> Result<(i64, i64), String> {
    let lower = text.to_ascii_lowercase();
    let (mut from, mut to) = ALWAYS;
    for column in columns {
        let mut at = 0;
        while let Some(found) = lower[at..].find(column) {
            at += found + column.len();
            let rest = lower[at..].trim_start_matches([')', ' ', '`']);
            let whole_days = lower[..at].ends_with(&format!("date({column}"));
            let value = |tail: &str| {
                instant(tail, values).ok_or_else(|| format!("Could not read the bound of {column}"))
            };
            let day = if whole_days { when::DAY } else { 1 };
            if let Some(tail) = rest.strip_prefix(">=") {
                from = from.max(value(tail)?);
            } else if let Some(tail) = rest.strip_prefix("<=") {
                to = to.min(value(tail)? + day);
            } else if let Some(tail) = rest.strip_prefix('>') {
                from = from.max(value(tail)? + day);
            } else if let Some(tail) = rest.strip_prefix('<') {
                to = to.min(value(tail)?);
            } else if let Some(tail) = rest.strip_prefix("between ") {
                let (low, high) = tail.split_once(" and ").ok_or("Syntax error: BETWEEN without AND")?;
                from = from.max(value(low)?);
                to = to.min(value(high)? + day);
            }
        }
    }
    Ok((from, to))
}

/// The instant at the beginning of `text`: a parameter, or the first text in quotes.
fn instant(text: &str, values: &HashMap<String, String>) -> Option<i64> {
    let before_quote = text.split(['\'', '"']).next().unwrap_or("");
    let written = if let Some((_, name)) = before_quote.split_once('@') {
        let name: String = name.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        values.get(&name)?.clone()
    } else {
        text.split(['\'', '"']).nth(1)?.to_owned()
    };
    let written = written.trim().to_ascii_uppercase().replace(" UTC", "Z");
    let written = if written.len() > 10 { written.replacen(' ', "T", 1) } else { written };
    when::parse(&written).or_else(|| when::parse(&format!("{written}Z")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TABLE: &str = "`p.d.gcp_billing_export_v1_01A2B3_C4D5E6_F70819`";

    #[test]
    fn a_query_of_the_kind_that_collectors_write_is_read() {
        let query = format!(
            "SELECT DATE(usage_start_time) AS usage_date, service.description AS service, sku.description AS sku,
               project.id AS project_id, location.location AS location, currency, SUM(cost) AS cost,
               SUM((SELECT SUM(c.amount) FROM UNNEST(credits) AS c)) AS credits, SUM(usage.amount) AS usage_amount,
               usage.unit AS usage_unit
             FROM {TABLE}
             WHERE export_time >= @exported AND usage_start_time >= TIMESTAMP('2026-11-01') AND usage_start_time < @to
             GROUP BY 1, 2, 3, 4, 5, 6, 10"
        );
        let parameters = json!([
            {"name": "to", "parameterType": {"type": "TIMESTAMP"}, "parameterValue": {"value": "2026-11-03 00:00:00+00"}},
            {"name": "exported", "parameterType": {"type": "TIMESTAMP"}, "parameterValue": {"value": "2026-10-20T00:00:00Z"}},
        ]);
        let select = read(&query, &parameters).unwrap();
        let names: Vec<&str> = select.columns.iter().map(|c| c.0.as_str()).collect();
        assert_eq!(
            names,
            [
                "usage_date",
                "service",
                "sku",
                "project_id",
                "location",
                "currency",
                "cost",
                "credits",
                "usage_amount",
                "usage_unit"
            ]
        );
        let columns: Vec<Column> = select.columns.iter().map(|c| c.1).collect();
        assert_eq!(columns[6..9], [Column::Cost, Column::Credits, Column::Amount]);
        assert_eq!((columns[0], columns[9]), (Column::Day, Column::Unit));
        assert_eq!(select.used, (1_793_491_200, 1_793_491_200 + 2 * when::DAY));
        assert_eq!(select.exported.0, 1_793_491_200 - 12 * when::DAY);
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for query in [
            "",
            "SELECT 1",
            "SELECT cost FROM other",
            "SELECT colour FROM `x.gcp_billing_export_v1_01A2B3_C4D5E6_F70819`",
        ] {
            assert!(read(query, &Value::Null).is_err(), "{query}");
        }
        let unbound = format!("SELECT cost FROM {TABLE} WHERE usage_start_time >= @missing");
        assert!(read(&unbound, &Value::Null).is_err());
    }
}
