//! `scan --jsonl`: one document a line in, one line out, in order, flushed at once.
//! A driver can keep the process open and ask line by line.

use super::redaction::Redaction;
use aegis_detect::{Scan, Scanner, Severity, mask};
use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::io::{BufRead, Read, Write};

/// Longest line read; a longer one is answered with an error.
const MAX_LINE: u64 = 64 * 1024 * 1024;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: Option<&'a RawValue>,
    spans: Vec<Span>,
    injection: f32,
    redacted: String,
}

#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
    detector: &'static str,
    confidence: f32,
    severity: Severity,
}

#[derive(Serialize)]
struct Refusal {
    line: usize,
    error: String,
}

/// Answers each line of `input`; returns the worst severity found.
pub(super) fn run(
    scanner: &Scanner,
    mut input: impl BufRead,
    out: &mut impl Write,
    least: f32,
    redaction: Option<&Redaction>,
) -> anyhow::Result<Option<Severity>> {
    let mut worst = None;
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        (&mut input).take(MAX_LINE).read_until(b'\n', &mut line).context("cannot read the input")?;
        if line.is_empty() {
            break;
        }
        let cut = line.len() as u64 == MAX_LINE && !line.ends_with(b"\n");
        if cut {
            skip_line(&mut input)?;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = if cut {
            Err(format!("line is longer than {MAX_LINE} bytes"))
        } else {
            answer(scanner, &line, least, redaction)
        };
        match answer {
            Ok((text, severity)) => {
                worst = worst.max(severity);
                out.write_all(text.as_bytes())?;
            }
            Err(error) => serde_json::to_writer(&mut *out, &Refusal { line: number, error })?,
        }
        out.write_all(b"\n").and_then(|()| out.flush()).context("cannot write to standard output")?;
    }
    Ok(worst)
}

fn skip_line(input: &mut impl BufRead) -> anyhow::Result<()> {
    loop {
        let buffer = input.fill_buf().context("cannot read the input")?;
        let (used, done) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(used);
        if done {
            return Ok(());
        }
    }
}

fn answer(
    scanner: &Scanner,
    line: &[u8],
    least: f32,
    redaction: Option<&Redaction>,
) -> Result<(String, Option<Severity>), String> {
    let line = std::str::from_utf8(line).map_err(|error| format!("not UTF-8: {error}"))?;
    let document: Document =
        serde_json::from_str(line).map_err(|error| format!("expected {{\"id\":…,\"text\":…}}: {error}"))?;
    let Scan { findings, injection } = scanner.scan(&document.text);
    let redacted = match redaction {
        Some(redaction) => redaction.of(&document.text, &findings),
        None => mask(&document.text, &findings).text,
    };
    let shown = findings.iter().filter(|finding| finding.confidence >= least);
    let worst = shown.clone().map(|finding| finding.severity).max();
    let spans = shown
        .map(|finding| Span {
            start: finding.span.start,
            end: finding.span.end,
            detector: finding.detector,
            confidence: finding.confidence,
            severity: finding.severity,
        })
        .collect();
    let answer = Answer { id: document.id, spans, injection, redacted };
    serde_json::to_string(&answer).map(|text| (text, worst)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_detect::Mode;

    fn ask(input: &str) -> Vec<serde_json::Value> {
        ask_for(None, input)
    }

    fn ask_for(redaction: Option<&Redaction>, input: &str) -> Vec<serde_json::Value> {
        let mut out = Vec::new();
        run(&super::super::scanner(), input.as_bytes(), &mut out, 0.0, redaction)
            .expect("memory does not fail");
        String::from_utf8(out)
            .expect("JSON is UTF-8")
            .lines()
            .map(|line| serde_json::from_str(line).expect("a JSON line"))
            .collect()
    }

    #[test]
    fn each_line_is_answered_in_order_with_its_id() {
        let answers = ask("{\"id\":7,\"text\":\"ssn 536-22-8145\"}\n{\"id\":\"b\",\"text\":\"nothing\"}\n");
        assert_eq!(answers[0]["id"], 7);
        assert_eq!(answers[0]["spans"][0]["detector"], "us_ssn");
        assert_eq!(
            (answers[0]["spans"][0]["start"].as_u64(), answers[0]["spans"][0]["end"].as_u64()),
            (Some(4), Some(15))
        );
        assert_eq!(answers[0]["redacted"], "ssn •••-••-8145");
        assert_eq!(
            (answers[1]["id"].as_str(), answers[1]["redacted"].as_str()),
            (Some("b"), Some("nothing"))
        );
        assert_eq!(answers[1]["spans"], serde_json::json!([]));
        assert!(answers[1]["injection"].as_f64().is_some_and(|score| score < 0.1), "{}", answers[1]);
    }

    #[test]
    fn a_value_has_one_pseudonym_on_all_lines_and_placeholders_begin_anew_on_each() {
        let lines =
            "{\"text\":\"ssn 536-22-8145\"}\n{\"text\":\"mail jane@acme-corp.io, ssn 536-22-8145\"}\n";
        let redacted = |mode| {
            let redaction = Redaction::new(mode, None).expect("a fresh key");
            let texts = ask_for(Some(&redaction), lines);
            [0, 1].map(|line: usize| texts[line]["redacted"].as_str().expect("a text").to_owned())
        };
        assert_eq!(redacted(Mode::Placeholder), ["ssn [SSN_1]", "mail [EMAIL_1], ssn [SSN_1]"]);
        let [first, second] = redacted(Mode::Pseudonym);
        assert!(first.starts_with("ssn SSN_") && second.ends_with(&first), "{first} {second}");
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_goes_on() {
        let answers = ask("{\"id\":1}\nnot json\n{\"id\":2,\"text\":\"x\"}\n");
        assert_eq!(answers[0]["line"], 1);
        assert!(answers[0]["error"].as_str().is_some_and(|error| error.contains("text")));
        assert_eq!(answers[1]["line"], 2);
        assert_eq!(answers[2]["id"], 2);
    }
}
