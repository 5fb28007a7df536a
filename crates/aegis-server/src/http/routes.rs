//! Builds the router and the OpenAPI document from one list, in which a route cannot stand without its access rule.

use super::access_rule::{Access, guard};
use crate::App;
use aegis_domain::Scope;
use axum::Router;
use axum::middleware::from_fn_with_state;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{OpenApi, Ref, RefOr, Required};
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
            let mut makes = false;
            for (path, item) in &mut paths.paths {
                for (method, operation) in operations(item) {
                    // Not for signing in: a session is nobody's to be had again.
                    if method == "POST"
                        && access != Access::Open
                        && operation.responses.responses.contains_key("201")
                    {
                        makes = true;
                        document_repeats(operation);
                    }
                    describe(operation, resource.tag, access);
                    document_refusals(operation, method, access);
                    table.push(RouteInfo { method: method.into(), path: format!("/api{path}"), access });
                }
            }
            let handlers = match app {
                Some(app) => handlers.route_layer(from_fn_with_state((app.clone(), access, makes), guard)),
                None => handlers,
            };
            router = router.routes((schemas, paths, handlers));
        }
    }
    let (router, document) = OpenApiRouter::with_openapi(base).nest("/api", router).split_for_parts();
    (table, document, router)
}

/// What makes something takes an `Idempotency-Key`: see `replays`.
fn document_repeats(operation: &mut Operation) {
    let text = "A repeat with the same key and body within an hour gets the first answer again";
    let key = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).max_length(Some(200))))
        .build();
    operation.parameters.get_or_insert_default().push(key.into());
    let conflict = RefOr::from(refusal("The first request with this key is under way"));
    operation.responses.responses.entry("409".into()).or_insert(conflict);
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
    // One fact alone: a second would stand before or after it by chance, and the document must not change by itself.
    let facts = ExtensionsBuilder::new().add("x-least-role", access.least_role());
    operation.extensions.get_or_insert_default().merge(facts.build());
    let none: [&str; 0] = [];
    let cookie = SecurityRequirement::new("cookie", none);
    let scopes: Vec<&str> = access.scope().map(Scope::as_str).into_iter().collect();
    operation.security = match access {
        Access::Open => None,
        Access::Person(_) => Some(vec![cookie]),
        Access::Role(_) | Access::RoleOr(..) | Access::RoleOrTicket(_) | Access::Metrics => {
            Some(vec![cookie, SecurityRequirement::new("bearer", scopes)])
        }
    };
}

/// Adds the refusals that come from what all routes share, so that no route documents them by hand or forgets one.
/// What a route says itself stays.
fn document_refusals(operation: &mut Operation, method: &str, access: Access) {
    let mut refusals = vec![(429, "Too many requests"), (503, "The store cannot be used now")];
    if access != Access::Open {
        refusals.push((401, "No valid credential"));
        refusals.push((403, "The credential is not enough"));
    } else if method != "GET" {
        refusals.push((403, "Asked for by a page of another origin"));
    }
    if operation.request_body.is_some() {
        refusals.push((400, "The body is not well-formed"));
        refusals.push((413, "The body is too large"));
        refusals.push((415, "The body is of another type"));
    }
    let parameters = || operation.parameters.iter().flatten();
    if parameters().any(|p| is_in(p, &ParameterIn::Query)) || operation.request_body.is_some() {
        refusals.push((422, "A field has a value that is not accepted"));
    }
    if parameters().any(|p| is_in(p, &ParameterIn::Path)) {
        refusals.push((404, "No such thing"));
    }
    for (status, description) in refusals {
        operation.responses.responses.entry(status.to_string()).or_insert(refusal(description).into());
    }
}

fn refusal(description: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
    ResponseBuilder::new().description(description).content("application/json", content).build()
}

fn is_in(parameter: &RefOr<Parameter>, place: &ParameterIn) -> bool {
    match parameter {
        RefOr::T(parameter) => parameter.parameter_in == *place,
        RefOr::Ref(_) => false,
    }
}
