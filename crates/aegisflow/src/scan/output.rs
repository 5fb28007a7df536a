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

/// Prints the texts with everything replaced.
pub(super) fn redacted(reports: &[Report], out: &mut impl Write) -> anyhow::Result<()> {
    for report in reports {
        out.write_all(report.redacted.as_bytes()).context("cannot write to standard output")?;
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
        "confidence": exact(finding.confidence), "sample": finding.sample, "tags": finding.tags,
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
            "rank": exact(finding.confidence) * 100.0,
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

/// A confidence is a whole number of thousandths; widened as it is, it would print sixteen digits.
fn exact(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{redaction::Redaction, scanner, walk};
    use super::*;
    use aegis_detect::Mode;

    /// A folder with a leak, an ignored leak, and nothing else of note.
    fn reports() -> (tempfile::TempDir, Vec<Report>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        std::fs::create_dir(folder.path().join(".git")).expect("a repository to ignore by");
        write(".gitignore", "ignored.txt\n");
        write("ignored.txt", "ssn 536-22-8145");
        write("b.txt", "first line\nmy ssn is 536-22-8145\n");
        write("a.bin", "ssn 536-22-8145\0");
        write(".env", "CARD=4539 1488 0343 6467\n");
        let masked = Redaction::new(Mode::Mask, None).expect("a fresh key");
        let reports = walk::scan(&scanner(), &[folder.path().to_owned()], Some(2), 0.5, Some(&masked))
            .expect("a readable folder");
        (folder, reports)
    }

    fn print(reports: &[Report], format: Format) -> String {
        let mut out = Vec::new();
        findings(reports, format, &mut out).expect("memory does not fail");
        String::from_utf8(out).expect("output is UTF-8")
    }

    #[test]
    fn lines_name_place_severity_and_sample_and_never_the_value() {
        let (folder, reports) = reports();
        let text = print(&reports, Format::Text).replace(&folder.path().display().to_string(), "");
        assert_eq!(
            text,
            "/.env:1:6: critical credit_card 0.99 •••• •••• •••• 6467\n/b.txt:2:11: high us_ssn 0.99 •••-••-8145\n"
        );
    }

    #[test]
    fn every_format_holds_every_finding_and_no_value() {
        let (_folder, reports) = reports();
        for format in [Format::Text, Format::Json, Format::Sarif] {
            let text = print(&reports, format);
            assert!(text.contains("us_ssn") && text.contains("credit_card"), "{format:?}");
            assert!(
                !text.contains("536-22-8145") && !text.contains("4539 1488"),
                "{format:?} prints a value"
            );
        }
        let sarif: Value = serde_json::from_str(&print(&reports, Format::Sarif)).expect("JSON");
        let region = &sarif["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"];
        assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), (Some(2), Some(11)));
    }

    #[test]
    fn redaction_prints_the_texts_masked() {
        let (_folder, reports) = reports();
        let mut out = Vec::new();
        redacted(&reports, &mut out).expect("memory does not fail");
        let text = String::from_utf8(out).expect("output is UTF-8");
        assert_eq!(text, "CARD=•••• •••• •••• 6467\nignored.txt\nfirst line\nmy ssn is •••-••-8145\n");
    }
}
