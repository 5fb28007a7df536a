//! How requests of OpenTelemetry exporters are written. Used by their routes, and by the envelope for refusals.

use aegis_vendors::otlp::Encoding;
use axum::http::{HeaderMap, header};

/// How a request is written, by its `Content-Type`; its answer is written alike.
pub fn encoding(headers: &HeaderMap) -> Option<Encoding> {
    let given = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    match given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/x-protobuf" => Some(Encoding::Protobuf),
        "application/json" => Some(Encoding::Json),
        _ => None,
    }
}

/// The `Content-Type` of an encoding.
pub const fn media_type(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Protobuf => "application/x-protobuf",
        Encoding::Json => "application/json",
    }
}
