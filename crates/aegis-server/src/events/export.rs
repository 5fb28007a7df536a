//! Streams a filtered list as CSV, JSON or one object a line, in constant memory.
//! Invariant: a cell never begins with a character that a spreadsheet takes for a formula.

use super::list::search;
use crate::App;
use crate::view::{self, EventRow};
use aegis_domain::{EventFilter, Timestamp};
use aegis_store::{Position, StoreError};
use bytes::Bytes;
use serde::Deserialize;
use std::io::Error;
use tokio::sync::mpsc;
use utoipa::ToSchema;

/// Events read at a time.
const PAGE: usize = 500;

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Comma-separated, one line a row, a header line.
    Csv,
    /// One array.
    Json,
    /// One object a line.
    Ndjson,
}

impl Format {
    /// Its media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Json => "application/json",
            Format::Ndjson => "application/x-ndjson",
        }
    }

    /// Ending of a file in it.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
        }
    }
}

/// Starts an export; the receiver yields its chunks. A fault in the middle ends it with an error, so that a cut file
/// is not taken for a whole one.
pub fn export(
    app: App,
    filter: EventFilter,
    window: (Timestamp, Timestamp),
    format: Format,
) -> mpsc::Receiver<Result<Bytes, Error>> {
    let (chunks, out) = mpsc::channel(2);
    app.clone().spawn("export", async move {
        if let Err(e) = write(&app, &filter, window, format, &chunks).await {
            tracing::error!(error = %e, "an export broke off");
            let _ = chunks.send(Err(Error::other("the export broke off"))).await;
        }
    });
    out
}

async fn write(
    app: &App,
    filter: &EventFilter,
    window: (Timestamp, Timestamp),
    format: Format,
    chunks: &mpsc::Sender<Result<Bytes, Error>>,
) -> Result<(), StoreError> {
    let mut text = match format {
        Format::Csv => format!("{}\r\n", COLUMNS.map(|c| c.0).join(",")),
        Format::Json => "[".to_string(),
        Format::Ndjson => String::new(),
    };
    let mut first = true;
    let mut after: Option<Position> = None;
    loop {
        let found = search(app, filter, window, after, PAGE).await?;
        for row in view::rows(app, &found.events).await? {
            match format {
                Format::Csv => csv_line(&mut text, &row),
                Format::Json => {
                    text.push_str(if first { "\n" } else { ",\n" });
                    text.push_str(&json(&row)?);
                }
                Format::Ndjson => {
                    text.push_str(&json(&row)?);
                    text.push('\n');
                }
            }
            first = false;
        }
        after = found.next;
        if after.is_none() && format == Format::Json {
            text.push_str("\n]\n");
        }
        // The receiver is gone when the client is: there is nobody to go on for.
        if chunks.send(Ok(std::mem::take(&mut text).into())).await.is_err() || after.is_none() {
            return Ok(());
        }
    }
}

fn json(row: &EventRow) -> Result<String, StoreError> {
    serde_json::to_string(row).map_err(|e| StoreError::Corrupt(e.to_string()))
}

type Column = (&'static str, fn(&EventRow) -> String);

fn opt<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map_or(String::new(), T::to_string)
}

const COLUMNS: [Column; 27] = [
    ("id", |r| r.id.to_string()),
    ("external_id", |r| opt(&r.external_id)),
    ("occurred_at", |r| r.occurred_at.to_string()),
    ("received_at", |r| r.received_at.to_string()),
    ("vendor", |r| r.vendor.clone()),
    ("model", |r| r.model.clone()),
    ("source", |r| r.source.as_str().into()),
    ("user", |r| opt(&r.user)),
    ("team", |r| opt(&r.team)),
    ("app", |r| opt(&r.app)),
    ("conversation_id", |r| opt(&r.conversation_id)),
    ("region", |r| opt(&r.region)),
    ("status", |r| r.status.as_str().into()),
    ("action", |r| r.action.as_str().into()),
    ("severity", |r| r.severity.map_or("none", |s| s.as_str()).into()),
    ("findings", |r| r.findings_count.to_string()),
    ("detectors", |r| r.detectors.join(" ")),
    ("injection", |r| format!("{:.2}", r.injection)),
    ("input_tokens", |r| r.usage.map_or(String::new(), |u| u.input_tokens.to_string())),
    ("output_tokens", |r| r.usage.map_or(String::new(), |u| u.output_tokens.to_string())),
    ("latency_ms", |r| opt(&r.latency_ms)),
    ("ttft_ms", |r| opt(&r.ttft_ms)),
    ("reported_usd", |r| opt(&r.cost.reported_usd)),
    ("observed_usd", |r| opt(&r.cost.observed_usd)),
    ("uninspected_bytes", |r| r.uninspected_bytes.to_string()),
    ("preview", |r| r.preview.clone()),
    ("demo", |r| r.demo.to_string()),
];

fn csv_line(out: &mut String, row: &EventRow) {
    for (i, (_, value)) in COLUMNS.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        csv_cell(out, &value(row));
    }
    out.push_str("\r\n");
}

fn csv_cell(out: &mut String, value: &str) {
    // A leading apostrophe keeps spreadsheets from running what somebody typed into a prompt.
    let formula = value.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !formula && !value.contains([',', '"', '\n', '\r']) {
        out.push_str(value);
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    out.push_str(&value.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::csv_cell;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (value, cell) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
        ] {
            let mut out = String::new();
            csv_cell(&mut out, value);
            assert_eq!(out, cell);
        }
    }
}
