//! Prints what a scan found: lines for people, JSON and SARIF for machines.
//! Invariant: a value is never printed, only its sample.

use super::Format;
use super::walk::{Found, Report};
use aegis_detect::{Severity, catalogue};
use anyhow::Context;
use serde_json::{Value, json};
use std::io::Write;

/// Prints the findings of all reports.
pub(super) fn findings(reports: &[Report], format: Format, out: &mut impl Write) -> anyhow::Result<()> {
    match format {
        Format::Text => text(reports, out),
        Format::Json => document(
            &json!({ "findings": all(reports).map(|(path, found)| one(&path, found)).collect::<Vec<_>>() }),
            out,
        ),
        Format::Sarif => document(&sarif(reports), out),
    }
}

/// Prints the texts with everything masked.
pub(super) fn redacted(reports: &[Report], out: &mut impl Write) -> anyhow::Result<()> {
    for report in reports {
        out.write_all(report.masked.as_bytes()).context("cannot write to standard output")?;
    }
    Ok(())
}

fn all(reports: &[Report]) -> impl Iterator<Item = (String, &Found)> {
    reports
        .iter()
        .flat_map(|report| report.found.iter().map(|found| (report.path.display().to_string(), found)))
}

fn text(reports: &[Report], out: &mut impl Write) -> anyhow::Result<()> {
    for (path, Found { finding, line, column }) in all(reports) {
        let (severity, detector) = (finding.severity.as_str(), finding.detector);
        writeln!(
            out,
            "{path}:{line}:{column}: {severity} {detector} {:.2} {}",
            finding.confidence, finding.sample
        )
        .context("cannot write to standard output")?;
    }
    Ok(())
}

fn one(path: &str, Found { finding, line, column }: &Found) -> Value {
    json!({
        "path": path, "line": line, "column": column, "start": finding.span.start, "end": finding.span.end,
        "detector": finding.detector, "category": finding.category, "severity": finding.severity,
        "confidence": finding.confidence, "sample": finding.sample, "tags": finding.tags,
        "reasons": finding.reasons, "known_test": finding.known_test,
    })
}

fn document(value: &Value, out: &mut impl Write) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).context("cannot write to standard output")?;
    out.write_all(b"\n").context("cannot write to standard output")
}

/// SARIF 2.1.0 (OASIS standard): a rule for each detector, a result for each finding.
fn sarif(reports: &[Report]) -> Value {
    let rules: Vec<Value> = catalogue()
        .map(|info| {
            json!({
                "id": info.id, "name": info.name, "shortDescription": { "text": info.name },
                "fullDescription": { "text": info.description }, "properties": { "tags": info.regulations },
            })
        })
        .collect();
    let results: Vec<Value> = all(reports)
        .map(|(path, Found { finding, line, column })| json!({
            "ruleId": finding.detector,
            "level": level(finding.severity),
            "message": { "text": format!("{} ({})", finding.sample, finding.reasons.join(", ")) },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": path },
                "region": { "startLine": line, "startColumn": column, "byteOffset": finding.span.start, "byteLength": finding.span.len() },
            }}],
            "rank": finding.confidence * 100.0,
        }))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "aegisflow", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}
