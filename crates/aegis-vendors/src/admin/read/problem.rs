//! What an error answer says, whichever of the usual shapes it has.

use super::shown;
use crate::admin::Answer;
use serde_json::Value;
use std::time::Duration;

/// Longest wait believed from a vendor.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// An error answer, as far as it can be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// The vendor's words, as they may be shown; empty where there are none.
    pub message: String,
    /// The vendor's machine-readable words, in no order: `code`, `type`, `status`, `error`, `reason` of details.
    pub codes: Vec<String>,
}

impl Problem {
    /// Reads `{"error": {…}}`, `{"error": "text"}`, `{"message": …}`, `{"detail": …}`, `{"errors": […]}`, a list of one
    /// of these, and text; HTML says nothing.
    pub fn of(answer: &Answer) -> Problem {
        let mut problem = Problem::default();
        match serde_json::from_slice::<Value>(answer.body) {
            Ok(body) => problem.read(&body, 0),
            Err(_) => {
                let text = String::from_utf8_lossy(&answer.body[..answer.body.len().min(2_000)]);
                if !text.trim_start().starts_with(['<', '{', '[']) {
                    problem.message = shown(&text);
                }
            }
        }
        problem
    }

    /// True where one of the codes is `code`.
    pub fn is(&self, code: &str) -> bool {
        self.codes.iter().any(|c| c == code)
    }

    fn read(&mut self, value: &Value, depth: u8) {
        if depth > 4 {
            return;
        }
        match value {
            Value::String(text) if self.message.is_empty() => self.message = shown(text),
            Value::Array(items) => items.iter().take(8).for_each(|item| self.read(item, depth + 1)),
            Value::Object(fields) => {
                for name in ["code", "type", "status", "reason", "error", "error_code", "error_codes"] {
                    self.code(fields.get(name));
                }
                for name in ["message", "error_description", "msg", "error", "detail", "errors", "details"] {
                    if let Some(value) = fields.get(name) {
                        self.read(value, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn code(&mut self, value: Option<&Value>) {
        match value {
            Some(Value::String(text)) if text.len() <= 100 => self.codes.push(text.clone()),
            Some(Value::Number(number)) => self.codes.push(number.to_string()),
            Some(Value::Array(items)) => items.iter().take(8).for_each(|item| self.code(Some(item))),
            _ => {}
        }
    }
}

/// How long `retry-after` says to wait: seconds, or a date compared with the answer's own.
pub fn retry_after(answer: &Answer) -> Option<Duration> {
    let said = answer.header("retry-after")?.trim();
    if let Ok(seconds) = said.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds.ceil()).ok().map(|d| d.min(LONGEST));
    }
    let at = |text: &str| jiff::fmt::rfc2822::parse(text.trim()).ok().map(|z| z.timestamp().as_second());
    let wait = at(said)?.checked_sub(at(answer.header("date")?)?)?;
    Some(Duration::from_secs(u64::try_from(wait).unwrap_or(0)).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(body: &str) -> Problem {
        Problem::of(&Answer { status: 400, headers: &[], body: body.as_bytes() })
    }

    #[test]
    fn every_usual_shape_is_read() {
        for (body, message, code) in [
            (
                r#"{"error":{"message":"No.","type":"t","param":null,"code":"invalid_api_key"}}"#,
                "No.",
                "invalid_api_key",
            ),
            (
                r#"{"type":"error","error":{"type":"authentication_error","message":"No."}}"#,
                "No.",
                "authentication_error",
            ),
            (r#"{"error":"invalid_grant","error_description":"No."}"#, "No.", "invalid_grant"),
            (r#"{"error":"No.","code":"invalid-argument"}"#, "No.", "invalid-argument"),
            (r#"{"error":"x","error_description":"No.","error_codes":[7000215]}"#, "No.", "7000215"),
            (
                r#"[{"error":{"code":400,"message":"No.","details":[{"reason":"API_KEY_INVALID"}]}}]"#,
                "No.",
                "API_KEY_INVALID",
            ),
            (r#"{"detail":"No."}"#, "No.", ""),
            (r#"{"detail":[{"loc":["a"],"msg":"No.","type":"missing"}]}"#, "No.", "missing"),
            (r#"{"message":"No."}"#, "No.", ""),
            ("No.", "No.", ""),
            ("<html>No.</html>", "", ""),
            (r#"{"error":{"mess"#, "", ""),
        ] {
            let read = problem(body);
            assert_eq!(read.message, message, "{body}");
            assert!(code.is_empty() || read.is(code), "{body}: {:?}", read.codes);
        }
    }

    #[test]
    fn waits_are_seconds_or_dates() {
        let date = ("date".to_owned(), "Wed, 04 Nov 2026 10:00:00 GMT".to_owned());
        for (said, wait) in [
            ("30", Some(30)),
            ("0.5", Some(1)),
            ("Wed, 04 Nov 2026 10:00:25 GMT", Some(25)),
            ("Wed, 04 Nov 2026 09:00:00 GMT", Some(0)),
            ("-3", None),
            ("NaN", None),
            ("soon", None),
            ("1e30", None),
            ("9999999999", Some(86_400)),
        ] {
            let headers = [date.clone(), ("retry-after".to_owned(), said.to_owned())];
            let answer = Answer { status: 429, headers: &headers, body: b"" };
            assert_eq!(retry_after(&answer).map(|d| d.as_secs()), wait, "{said}");
        }
    }
}
