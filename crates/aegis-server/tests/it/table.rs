//! Every route × {nobody, viewer, analyst, admin, each token scope}, against a table written by hand: a route missing
//! here, or admitting somebody else, fails.

use crate::harness::{Client, Server};
use aegis_domain::{Role, Scope};
use std::collections::BTreeSet;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Least {
    Open,
    /// People of this role; tokens with `admin`, or `read` for reads below admin.
    Is(Role),
    /// People only.
    Person(Role),
    /// As `Is`, and tokens with the scope.
    Or(Role, Scope),
}
use Least::{Is, Open, Or, Person};
use Role::{Admin, Analyst, Viewer};

const TABLE: &[(&str, &str, Least)] = &[
    ("GET", "/api/auth/state", Open),
    ("POST", "/api/auth/setup", Open),
    ("POST", "/api/auth/register", Open),
    ("POST", "/api/auth/login", Open),
    ("POST", "/api/auth/logout", Open),
    ("POST", "/api/auth/refresh", Open),
    ("GET", "/api/auth/me", Is(Viewer)),
    ("GET", "/api/auth/sessions", Person(Viewer)),
    ("DELETE", "/api/auth/sessions", Person(Viewer)),
    ("DELETE", "/api/auth/sessions/{id}", Person(Viewer)),
    ("POST", "/api/auth/password", Person(Viewer)),
    ("GET", "/api/team", Is(Admin)),
    ("PATCH", "/api/team/{id}", Is(Admin)),
    ("DELETE", "/api/team/{id}", Is(Admin)),
    ("GET", "/api/team/invites", Is(Admin)),
    ("POST", "/api/team/invites", Is(Admin)),
    ("DELETE", "/api/team/invites/{id}", Is(Admin)),
    ("GET", "/api/tokens", Is(Admin)),
    ("POST", "/api/tokens", Is(Admin)),
    ("DELETE", "/api/tokens/{id}", Is(Admin)),
    ("GET", "/api/vault", Is(Admin)),
    ("POST", "/api/vault/rotate", Is(Admin)),
    ("GET", "/api/vendors", Is(Viewer)),
    ("POST", "/api/vendors", Is(Analyst)),
    ("GET", "/api/vendors/{id}", Is(Viewer)),
    ("DELETE", "/api/vendors/{id}", Is(Analyst)),
    ("GET", "/api/vendors/coverage", Is(Viewer)),
    ("GET", "/api/vendors/{id}/inventory", Is(Viewer)),
    ("GET", "/api/keys", Is(Viewer)),
    ("POST", "/api/keys", Is(Admin)),
    ("GET", "/api/keys/{id}", Is(Viewer)),
    ("PATCH", "/api/keys/{id}", Is(Admin)),
    ("DELETE", "/api/keys/{id}", Is(Admin)),
    ("POST", "/api/keys/{id}/validate", Is(Analyst)),
    ("POST", "/api/keys/{id}/service-account", Is(Admin)),
    ("DELETE", "/api/keys/{id}/service-account", Is(Admin)),
    ("POST", "/api/collector/sync/{key_id}", Is(Analyst)),
    ("GET", "/api/collector/runs", Is(Viewer)),
    ("GET", "/api/collector/runs/{id}", Is(Viewer)),
    ("POST", "/api/collector/runs/{id}/cancel", Is(Analyst)),
    ("GET", "/api/collector/schedules", Is(Viewer)),
    ("GET", "/api/collector/schedules/{key_id}", Is(Viewer)),
    ("PUT", "/api/collector/schedules/{key_id}", Is(Analyst)),
    ("GET", "/api/collector/coverage", Is(Viewer)),
    ("GET", "/api/audit", Is(Admin)),
    ("GET", "/api/audit/verify", Is(Admin)),
    ("GET", "/api/vendors/audit", Is(Viewer)),
    ("POST", "/api/pipeline/ingest", Or(Analyst, Scope::Ingest)),
    ("GET", "/api/pipeline/status", Is(Viewer)),
    ("GET", "/api/events", Is(Viewer)),
    ("GET", "/api/events/{id}", Is(Viewer)),
    ("GET", "/api/events/facets", Is(Viewer)),
    ("GET", "/api/events/histogram", Is(Viewer)),
    ("GET", "/api/events/export", Is(Analyst)),
    ("GET", "/api/dashboard/overview", Is(Viewer)),
    ("GET", "/api/prices", Is(Viewer)),
    ("GET", "/api/prices/{vendor}", Is(Viewer)),
    ("PUT", "/api/prices/{vendor}", Is(Admin)),
    ("PUT", "/api/prices/rates", Is(Admin)),
    ("GET", "/api/costs/summary", Is(Viewer)),
    ("GET", "/api/costs/forecast", Is(Viewer)),
    ("GET", "/api/costs/focus", Is(Analyst)),
    ("GET", "/api/usage", Is(Viewer)),
    ("GET", "/api/usage/reconciliation", Is(Viewer)),
    ("GET", "/api/vendors/analytics", Is(Viewer)),
    ("GET", "/api/compliance/detectors", Is(Viewer)),
    ("POST", "/api/compliance/detectors", Is(Admin)),
    ("PATCH", "/api/compliance/detectors/{id}", Is(Admin)),
    ("DELETE", "/api/compliance/detectors/{id}", Is(Admin)),
    ("GET", "/api/compliance/summary", Is(Viewer)),
    ("POST", "/api/compliance/scan", Is(Analyst)),
    ("POST", "/api/compliance/scan/{event_id}", Is(Analyst)),
    ("POST", "/api/ws/ticket", Is(Viewer)),
    ("GET", "/api/ws/events", Is(Viewer)),
    ("GET", "/api/health", Open),
    ("GET", "/api/ready", Open),
    ("GET", "/api/metrics", Or(Admin, Scope::Metrics)),
    ("GET", "/api/system/versions", Is(Viewer)),
    ("GET", "/api/system/breakers", Is(Viewer)),
    ("GET", "/api/system/destinations", Is(Viewer)),
];

#[derive(Clone, Copy, Debug)]
enum Who {
    Nobody,
    Person(Role),
    Token(Scope),
}

impl Who {
    fn all() -> Vec<Who> {
        let people = Role::ALL.map(Who::Person);
        let machines = Scope::ALL.map(Who::Token);
        [Who::Nobody].into_iter().chain(people).chain(machines).collect()
    }

    fn may(self, method: &str, least: Least) -> bool {
        match (self, least) {
            (_, Open) => true,
            (Who::Nobody, _) => false,
            (Who::Person(role), Is(least) | Person(least) | Or(least, _)) => role >= least,
            (Who::Token(_), Person(_)) => false,
            (Who::Token(Scope::Admin), Is(_) | Or(..)) => true,
            (Who::Token(Scope::Read), Is(role) | Or(role, _)) => role < Admin && method == "GET",
            (Who::Token(scope), Or(_, wanted)) => scope == wanted,
            (Who::Token(_), Is(_)) => false,
        }
    }

    async fn client(self, server: &Server) -> Client<'_> {
        match self {
            Who::Nobody => server.client(),
            Who::Person(role) => server.as_role(role).await,
            Who::Token(scope) => server.as_token(&[scope]).await,
        }
    }
}

#[test]
fn the_table_names_every_route() {
    let written: BTreeSet<(String, String)> =
        TABLE.iter().map(|(method, path, _)| (method.to_string(), path.to_string())).collect();
    let real: BTreeSet<(String, String)> =
        aegis_server::table().into_iter().map(|route| (route.method, route.path)).collect();
    assert_eq!(written, real);
}

#[tokio::test]
async fn every_route_admits_whom_it_should_and_nobody_else() {
    let server = Server::start().await;
    let mut wrong = Vec::new();
    for &(method, path, least) in TABLE {
        for who in Who::all() {
            let mut client = who.client(&server).await;
            let id = uuid::Uuid::now_v7().to_string();
            let path = path.replace("{id}", &id).replace("{event_id}", &id).replace("{key_id}", &id);
            let path = path.replace("{vendor}", "openai");
            let answer = client.call(method, &path, None).await;
            // Without a refresh cookie the route itself asks for a log-in.
            let admitted = !answer.refused() || path == "/api/auth/refresh";
            if admitted != who.may(method, least) {
                wrong.push(format!("{who:?} {method} {path}: {} {}", answer.status, answer.code()));
            }
            assert!(!answer.status.is_server_error(), "{who:?} {method} {path}: {}", answer.json);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    server.stop().await;
}

#[tokio::test]
async fn odd_spellings_of_a_path_open_nothing() {
    let server = Server::start().await;
    for path in [
        "/api//team",
        "//api/team",
        "/api/team/",
        "/api/./team",
        "/api/x/../team",
        "/api/%74eam",
        "/api/team%2f",
        "/api/team;x=1",
        "/API/team",
        "/api/Team",
        "http://127.0.0.1:8080/api/team",
        "http://evil.example/api/team",
    ] {
        let answer = server.client().header("x-original-url", "/api/health").get(path).await;
        assert!(answer.json["items"].is_null(), "{path}: {}", answer.json);
        assert!(answer.status.is_client_error() || answer.status == 200 && answer.json.is_null(), "{path}");
    }
    server.stop().await;
}

#[tokio::test]
async fn metrics_are_open_to_the_machine_itself_unless_forwarded() {
    let server = Server::start().await;
    server.client().from("127.0.0.1").get("/api/metrics").await.expect(200);
    for header in ["x-forwarded-for", "forwarded", "via", "x-real-ip", "x-forwarded-host"] {
        server.client().from("127.0.0.1").header(header, "1.2.3.4").get("/api/metrics").await.expect(401);
    }
    server.client().get("/api/metrics").await.expect(401);
    server.stop().await;
}
