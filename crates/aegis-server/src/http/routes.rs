//! Builds the router and the OpenAPI document from one list, in which a route cannot stand without its access rule.

use super::access_rule::{Access, guard};
use crate::App;
use axum::Router;
use axum::middleware::from_fn_with_state;
use utoipa::openapi::OpenApi;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::SecurityRequirement;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

/// The routes of one resource.
pub struct Routes {
    tag: &'static str,
    list: Vec<(Access, UtoipaMethodRouter<App>)>,
}

/// One route, for tables and tests.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    /// GET, POST…
    pub method: String,
    /// With `/api` in front and parameters in braces.
    pub path: String,
    /// Who may call it.
    pub access: Access,
}

impl Routes {
    /// An empty list under a tag of the OpenAPI document.
    pub fn tag(tag: &'static str) -> Self {
        Routes { tag, list: Vec::new() }
    }

    /// Adds handlers made by `routes!(handler)`, which carry their path and documentation.
    pub fn add(mut self, access: Access, handlers: UtoipaMethodRouter<App>) -> Self {
        self.list.push((access, handlers));
        self
    }
}

/// Puts resources together under `/api`: the table of routes, the document, and the router.
pub fn assemble(
    base: OpenApi,
    app: Option<&App>,
    resources: Vec<Routes>,
) -> (Vec<RouteInfo>, OpenApi, Router<App>) {
    let mut table = Vec::new();
    let mut router = OpenApiRouter::with_openapi(OpenApi::default());
    for resource in resources {
        for (access, (schemas, mut paths, handlers)) in resource.list {
            for (path, item) in &mut paths.paths {
                for (method, operation) in operations(item) {
                    describe(operation, resource.tag, access);
                    table.push(RouteInfo { method: method.into(), path: format!("/api{path}"), access });
                }
            }
            let handlers = match app {
                Some(app) => handlers.route_layer(from_fn_with_state((app.clone(), access), guard)),
                None => handlers,
            };
            router = router.routes((schemas, paths, handlers));
        }
    }
    let (router, document) = OpenApiRouter::with_openapi(base).nest("/api", router).split_for_parts();
    (table, document, router)
}

fn operations(item: &mut PathItem) -> Vec<(&'static str, &mut Operation)> {
    [
        ("GET", &mut item.get),
        ("PUT", &mut item.put),
        ("POST", &mut item.post),
        ("DELETE", &mut item.delete),
        ("PATCH", &mut item.patch),
    ]
    .into_iter()
    .filter_map(|(name, slot)| slot.as_mut().map(|operation| (name, operation)))
    .collect()
}

fn describe(operation: &mut Operation, tag: &str, access: Access) {
    operation.tags = Some(vec![tag.to_string()]);
    let mut facts = ExtensionsBuilder::new().add("x-least-role", access.least_role());
    if let Some(scope) = access.scope() {
        facts = facts.add("x-scope", scope.as_str());
    }
    operation.extensions.get_or_insert_default().merge(facts.build());
    if access != Access::Open {
        let none: [&str; 0] = [];
        operation.security =
            Some(vec![SecurityRequirement::new("cookie", none), SecurityRequirement::new("bearer", none)]);
    }
}
