//! What a receiver answers an exporter (OTLP 1.x, "OTLP/HTTP Response"): how much of a request was not kept and why, or a
//! `google.rpc.Status`; in the encoding of the request.

use super::Encoding;
use prost::Message;
use serde_json::json;

/// What a request carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// `POST /v1/traces`.
    Traces,
    /// `POST /v1/logs`.
    Logs,
}

/// `ExportTraceServiceResponse` and `ExportLogsServiceResponse`: of one form but for a name that only JSON has.
#[derive(Clone, PartialEq, prost::Message)]
struct Response {
    #[prost(message, optional, tag = "1")]
    partial_success: Option<PartialSuccess>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct PartialSuccess {
    #[prost(int64, tag = "1")]
    rejected: i64,
    #[prost(string, tag = "2")]
    error_message: String,
}

/// `google.rpc.Status`.
#[derive(Clone, PartialEq, prost::Message)]
struct Status {
    #[prost(int32, tag = "1")]
    code: i32,
    #[prost(string, tag = "2")]
    message: String,
}

/// The body of an answer 200. What was rejected must not be sent again; nothing is said where all was kept.
pub fn accepted(signal: Signal, encoding: Encoding, rejected: u64, why: &str) -> Vec<u8> {
    let partial = rejected > 0 || !why.is_empty();
    match (encoding, signal) {
        (Encoding::Protobuf, _) => {
            let rejected = i64::try_from(rejected).unwrap_or(i64::MAX);
            let partial = PartialSuccess { rejected, error_message: why.to_owned() };
            Response { partial_success: Some(partial).filter(|p| *p != PartialSuccess::default()) }
                .encode_to_vec()
        }
        (Encoding::Json, _) if !partial => b"{}".to_vec(),
        // 64-bit numbers are text in protobuf's JSON.
        (Encoding::Json, Signal::Traces) => {
            json!({"partialSuccess": {"rejectedSpans": rejected.to_string(), "errorMessage": why}})
                .to_string()
                .into()
        }
        (Encoding::Json, Signal::Logs) => {
            json!({"partialSuccess": {"rejectedLogRecords": rejected.to_string(), "errorMessage": why}})
                .to_string()
                .into()
        }
    }
}

/// A refusal in protobuf; `code` is one of `google.rpc.Code`. In JSON it is an object with `code` and `message`.
pub fn refusal(code: i32, message: &str) -> Vec<u8> {
    Status { code, message: message.to_owned() }.encode_to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_as_specified_in_both_encodings() {
        use Encoding::{Json, Protobuf};
        for (signal, encoding, rejected, why, want) in [
            (Signal::Traces, Protobuf, 0, "", &b""[..]),
            (Signal::Logs, Json, 0, "", b"{}"),
            (Signal::Traces, Protobuf, 300, "no", b"\x0a\x07\x08\xac\x02\x12\x02no"),
            (
                Signal::Traces,
                Json,
                300,
                "no",
                br#"{"partialSuccess":{"errorMessage":"no","rejectedSpans":"300"}}"#,
            ),
            (
                Signal::Logs,
                Json,
                1,
                "no",
                br#"{"partialSuccess":{"errorMessage":"no","rejectedLogRecords":"1"}}"#,
            ),
        ] {
            assert_eq!(accepted(signal, encoding, rejected, why), want, "{signal:?} {encoding:?}");
        }
        assert_eq!(refusal(3, "no"), b"\x08\x03\x12\x02no");
    }
}
