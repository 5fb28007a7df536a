//! The one error the API answers with, and its closed list of codes.
//! Invariant: what a 5xx was about goes to the log with the request id, never to the caller.

use aegis_store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// Why a request was refused. Closed: clients may match on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request is not well-formed.
    BadRequest,
    /// Fields have values that are not accepted; `details.fields` names them.
    ValidationFailed,
    /// No valid credential.
    Unauthenticated,
    /// The credential is valid and not enough.
    Forbidden,
    /// A change asked for by a page of another origin.
    BadOrigin,
    /// No such thing.
    NotFound,
    /// The path exists, the method does not.
    MethodNotAllowed,
    /// The request contradicts the present state.
    Conflict,
    /// It was there and is over.
    Gone,
    /// Over a size limit.
    PayloadTooLarge,
    /// Content type or encoding not understood.
    UnsupportedMediaType,
    /// Too many requests from this caller.
    RateLimited,
    /// Too many failed log-ins.
    LockedOut,
    /// More is waiting than the bounded queue holds; nothing was stored.
    Busy,
    /// A fault on our side.
    Internal,
    /// A part we need cannot be used now.
    Unavailable,
}

impl Code {
    /// The HTTP status that goes with it.
    pub const fn status(self) -> StatusCode {
        match self {
            Code::BadRequest => StatusCode::BAD_REQUEST,
            Code::ValidationFailed => StatusCode::UNPROCESSABLE_ENTITY,
            Code::Unauthenticated => StatusCode::UNAUTHORIZED,
            Code::Forbidden | Code::BadOrigin => StatusCode::FORBIDDEN,
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Code::Conflict => StatusCode::CONFLICT,
            Code::Gone => StatusCode::GONE,
            Code::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::RateLimited | Code::LockedOut | Code::Busy => StatusCode::TOO_MANY_REQUESTS,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The nearest of `google.rpc.Code`, for OpenTelemetry exporters.
    pub const fn rpc(self) -> i32 {
        match self {
            Code::BadRequest
            | Code::ValidationFailed
            | Code::PayloadTooLarge
            | Code::UnsupportedMediaType => 3,
            Code::NotFound | Code::Gone => 5,
            Code::Forbidden | Code::BadOrigin => 7,
            Code::RateLimited | Code::LockedOut | Code::Busy => 8,
            Code::Conflict => 10,
            Code::MethodNotAllowed => 12,
            Code::Internal => 13,
            Code::Unavailable => 14,
            Code::Unauthenticated => 16,
        }
    }

    /// The code for an answer the framework made by itself.
    pub fn of_status(status: StatusCode) -> Code {
        match status {
            StatusCode::UNAUTHORIZED => Code::Unauthenticated,
            StatusCode::FORBIDDEN => Code::Forbidden,
            StatusCode::NOT_FOUND => Code::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Code::PayloadTooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
            StatusCode::UNPROCESSABLE_ENTITY => Code::ValidationFailed,
            StatusCode::TOO_MANY_REQUESTS => Code::RateLimited,
            StatusCode::SERVICE_UNAVAILABLE => Code::Unavailable,
            s if s.is_server_error() => Code::Internal,
            _ => Code::BadRequest,
        }
    }
}

/// A refusal, on its way to the caller. `http::envelope` turns it into the body all errors share.
#[derive(Debug, Clone)]
pub struct ApiError {
    /// Why.
    pub code: Code,
    /// For a person: what is wrong and what to do.
    pub message: String,
    /// Facts for a program.
    pub details: Option<Map<String, Value>>,
    /// When to come back.
    pub retry_after: Option<Duration>,
    /// What really happened; logged, never sent.
    pub cause: Option<String>,
}

impl ApiError {
    /// A refusal with a sentence for the caller.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        ApiError { code, message: message.into(), details: None, retry_after: None, cause: None }
    }

    /// No such thing.
    pub fn not_found(what: &str) -> Self {
        ApiError::new(Code::NotFound, format!("no such {what}"))
    }

    /// One bad field.
    pub fn field(name: &str, problem: impl Into<String>) -> Self {
        let mut fields = Fields::default();
        fields.add(name, problem);
        fields.into_error()
    }

    /// A fault on our side; the cause goes to the log.
    pub fn internal(cause: impl ToString) -> Self {
        let mut e = ApiError::new(Code::Internal, "something went wrong on our side; quote the request id");
        e.cause = Some(cause.to_string());
        e
    }

    /// Says when to come back.
    pub fn retry_after(mut self, after: Duration) -> Self {
        self.retry_after = Some(after);
        self
    }

    /// The body's `error` member.
    pub fn body(&self, request_id: Option<&str>) -> Value {
        json!({
            "code": self.code,
            "message": self.message,
            "request_id": request_id,
            "details": self.details,
        })
    }
}

/// Collects every bad field before answering.
#[derive(Debug, Default)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Notes a field and what is wrong with it.
    pub fn add(&mut self, name: &str, problem: impl Into<String>) {
        self.0.insert(name.to_string(), Value::String(problem.into()));
    }

    /// True until a field is noted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Err` when a field was noted.
    pub fn check(self) -> Result<(), ApiError> {
        if self.0.is_empty() { Ok(()) } else { Err(self.into_error()) }
    }

    fn into_error(self) -> ApiError {
        let list: Vec<String> =
            self.0.iter().map(|(k, v)| format!("{k}: {}", v.as_str().unwrap_or_default())).collect();
        let mut e = ApiError::new(Code::ValidationFailed, list.join("; "));
        e.details = Some(Map::from_iter([("fields".to_string(), Value::Object(self.0))]));
        e
    }
}

impl From<StoreError> for ApiError {
    fn from(e: StoreError) -> Self {
        match e {
            StoreError::Conflict { entity, id } => {
                ApiError::new(Code::Conflict, format!("{entity} {id} was changed meanwhile; read it again"))
            }
            StoreError::Duplicate { entity, key } => {
                ApiError::new(Code::Conflict, format!("{entity}: this {key} is taken"))
            }
            StoreError::Busy => {
                ApiError::new(Code::Busy, "more is waiting than can be stored; send it again")
                    .retry_after(Duration::from_secs(1))
            }
            StoreError::Unavailable(why) => {
                let mut e =
                    ApiError::new(Code::Unavailable, "the store cannot be used now; nothing was stored");
                e.cause = Some(why);
                e.retry_after(Duration::from_secs(5))
            }
            StoreError::Corrupt(why) => ApiError::internal(why),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        if let Some(after) = self.retry_after {
            let seconds = HeaderValue::from(after.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        if self.code == Code::Unauthenticated {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The body of every error, for the OpenAPI document.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ErrorBody {
    /// What went wrong.
    pub error: ErrorObject,
}

/// What went wrong.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ErrorObject {
    /// Why, from a closed list.
    pub code: Code,
    /// For a person.
    pub message: String,
    /// Quote it when asking for help.
    pub request_id: Option<String>,
    /// For a program.
    #[schema(value_type = Option<Object>)]
    pub details: Option<Map<String, Value>>,
}
