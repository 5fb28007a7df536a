//! Every resource of the API, one file each. Adding one is a file and a line in `all`.

mod audit;
mod auth;
mod auth_forms;
mod collector;
mod compliance;
mod costs;
mod coverage;
mod dashboard;
mod detectors;
mod docs;
mod events;
mod keys;
mod listing;
mod live;
mod operations;
mod outbound;
mod pipeline;
mod prices;
mod scan;
mod schedules;
mod team;
mod tokens;
mod usage;
mod vault;
mod vendor_audit;
mod vendors;

use crate::App;
use crate::error::ErrorBody;
use crate::http::{RouteInfo, Routes, around, routes};
use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::middleware::from_fn_with_state;
use axum::response::Html;
use axum::routing::get;
use docs::Docs;
use std::sync::Arc;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

fn all() -> Vec<Routes> {
    vec![
        auth::routes(),
        team::routes(),
        tokens::routes(),
        vault::routes(),
        vendors::routes(),
        keys::routes(),
        collector::routes(),
        schedules::routes(),
        coverage::routes(),
        audit::routes(),
        vendor_audit::routes(),
        pipeline::routes(),
        events::routes(),
        dashboard::routes(),
        prices::routes(),
        costs::routes(),
        usage::routes(),
        detectors::routes(),
        compliance::routes(),
        scan::routes(),
        live::routes(),
        operations::routes(),
        outbound::routes(),
    ]
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "AegisFlow",
        description = "See, police and prove how an organisation uses AI vendors.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(ErrorBody, aegis_domain::Range)),
    modifiers(&Security)
)]
struct Base;

struct Security;

impl utoipa::Modify for Security {
    fn modify(&self, document: &mut Document) {
        use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(
            "cookie",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("__Host-aegis_access"))),
        );
        components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

/// The OpenAPI document the server serves.
pub fn document() -> Document {
    routes::assemble(Base::openapi(), None, all()).1
}

/// Every route under `/api`, with its access rule.
pub fn table() -> Vec<RouteInfo> {
    routes::assemble(Base::openapi(), None, all()).0
}

/// The whole service: API and console.
pub fn router(app: &App) -> Router {
    let (_, document, api) = routes::assemble(Base::openapi(), Some(app), all());
    let docs = Arc::new(Docs::new(&document).expect("the document is made of plain data"));
    let page = docs.clone();
    api.route(
        "/api/openapi.json",
        get(move || async move { ([(CONTENT_TYPE, "application/json")], docs.json()) }),
    )
    .route(
        "/api/docs",
        get(move || async move {
            let (html, policy) = page.page();
            ([(CONTENT_SECURITY_POLICY, policy)], Html(html))
        }),
    )
    .fallback(crate::console::serve)
    .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
    .layer(from_fn_with_state(app.clone(), around::around))
    .with_state(app.clone())
}
