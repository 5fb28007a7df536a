//! `/otlp`: where OpenTelemetry exporters send spans and log records. An exporter appends `/v1/traces` and `/v1/logs` to its
//! endpoint, which is `https://…/api/otlp`.

use crate::App;
use crate::access::Caller;
use crate::error::{ApiError, Code, ErrorBody};
use crate::http::otlp::{encoding, media_type};
use crate::http::{Access, Routes, batch};
use crate::pipeline::otlp::{self, DECODED_LIMIT};
use aegis_domain::{Role, Scope};
use aegis_vendors::otlp::{Signal, accepted};
use axum::Extension;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("pipeline")
        .add(Access::RoleOr(Role::Analyst, Scope::Ingest), routes!(traces))
        .add(Access::RoleOr(Role::Analyst, Scope::Ingest), routes!(logs))
}

/// A message of opentelemetry-proto.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "stands in the OpenAPI document only")]
struct Protobuf(Vec<u8>);

/// Takes in spans: those that are calls to models become events, once each, by trace id and span id. What is answered
/// 200 and not counted in `partialSuccess` is durable.
#[utoipa::path(post, path = "/otlp/v1/traces",
    request_body(content((Protobuf = "application/x-protobuf"), (Object = "application/json")),
        description = "ExportTraceServiceRequest"),
    responses(
        (status = 200, description = "ExportTraceServiceResponse; `partialSuccess` says what was not kept and why",
            content((Protobuf = "application/x-protobuf"), (Object = "application/json"))),
        (status = 400, description = "google.rpc.Status: the body cannot be read",
            content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 401, content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 403, content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 413, content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 415, content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 429, description = "Nothing was kept; send it again after `Retry-After`",
            content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 503, description = "Nothing was kept; send it again after `Retry-After`",
            content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json")))))]
async fn traces(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, ApiError> {
    receive(app, caller, request, Signal::Traces).await
}

/// Takes in log records: those that hold what was said in a call become events.
#[utoipa::path(post, path = "/otlp/v1/logs",
    request_body(content((Protobuf = "application/x-protobuf"), (Object = "application/json")),
        description = "ExportLogsServiceRequest"),
    responses(
        (status = 200, description = "ExportLogsServiceResponse; `partialSuccess` says what was not kept and why",
            content((Protobuf = "application/x-protobuf"), (Object = "application/json"))),
        (status = 400, description = "google.rpc.Status: the body cannot be read",
            content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 401, content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 403, content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 413, content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 415, content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 429, description = "Nothing was kept; send it again after `Retry-After`",
            content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json"))),
        (status = 503, description = "Nothing was kept; send it again after `Retry-After`",
            content((Protobuf = "application/x-protobuf"), (ErrorBody = "application/json")))))]
async fn logs(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, ApiError> {
    receive(app, caller, request, Signal::Logs).await
}

async fn receive(app: App, caller: Caller, request: Request, signal: Signal) -> Result<Response, ApiError> {
    let encoding = encoding(request.headers()).ok_or_else(|| {
        let message = "set Content-Type to application/x-protobuf or application/json";
        ApiError::new(Code::UnsupportedMediaType, message)
    })?;
    let (body, _held) = batch::read(request, &app, DECODED_LIMIT).await?;
    let rejected = otlp::receive(&app, &caller, body, signal, encoding).await?;
    let body = accepted(signal, encoding, rejected.count, &rejected.reasons.join("; "));
    Ok(([(header::CONTENT_TYPE, media_type(encoding))], body).into_response())
}
