//! A server on an empty folder with a clock moved by hand, and clients that keep cookies as browsers do.

use aegis_domain::entities::{ApiToken, User};
use aegis_domain::{ManualClock, Role, Scope, Timestamp, TokenId, UserId};
use aegis_identity::access_token::AccessKey;
use aegis_identity::token::ApiSecret;
use aegis_server::access::{Caller, Principal, sessions};
use aegis_server::vault::Vault;
use aegis_server::{App, Keys, ServerConfig};
use aegis_store::sqlite::{self, Sqlite, SqliteConfig};
use aegis_store::{DocumentsExt, Store};
use aegis_vault::kek::LocalKek;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tempfile::TempDir;
use tower::ServiceExt;

pub const PASSWORD: &str = "a phrase nobody guesses";
pub const HOST: &str = "127.0.0.1:8080";
pub const ORIGIN: &str = "http://127.0.0.1:8080";

/// One hash for all fixtures: hashing is slow on purpose.
static HASH: LazyLock<String> =
    LazyLock::new(|| aegis_identity::password::hash(&PASSWORD.into(), &mut rand::rng()).unwrap());

pub struct Server {
    pub app: App,
    pub router: Router,
    pub clock: Arc<ManualClock>,
    sqlite: Sqlite,
    _dir: TempDir,
}

impl Server {
    pub async fn start() -> Server {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(adjust: impl FnOnce(&mut ServerConfig)) -> Server {
        let dir = tempfile::tempdir().unwrap();
        let sqlite = sqlite::open(SqliteConfig::new(dir.path())).unwrap();
        let mut config = ServerConfig::new(dir.path().to_owned(), HOST.parse().unwrap());
        adjust(&mut config);
        let keys = Keys {
            fingerprint: [7; 32],
            session: AccessKey::from_bytes(b"0123456789abcdef0123456789abcdef").unwrap(),
        };
        let now: Timestamp = "2026-11-23T09:00:00.000Z".parse().unwrap();
        let clock = Arc::new(ManualClock::at(now));
        let vault = vault(sqlite.store(), clock.clone()).await;
        let app = App::new(config, sqlite.store(), vault, &keys, clock.clone()).unwrap();
        let router = aegis_server::router(&app);
        Server { app, router, clock, sqlite, _dir: dir }
    }

    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    pub fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// A person with the shared password.
    pub async fn person(&self, email: &str, role: Role) -> User {
        let user = User {
            id: UserId::new(),
            email: email.into(),
            name: email.split('@').next().unwrap().into(),
            role,
            password: Some(HASH.clone()),
            disabled: false,
            created_at: self.now(),
            last_seen_at: None,
            demo: false,
        };
        self.app.store.documents.insert(&user).await.unwrap();
        user
    }

    /// A browser in which this person is logged in.
    pub async fn signed_in(&self, user: &User) -> Client<'_> {
        let caller = Caller {
            principal: Principal::Nobody,
            address: "192.0.2.10".parse().unwrap(),
            user_agent: "test".into(),
            request_id: "test".into(),
        };
        let issued = sessions::start(&self.app, user, &caller).await.unwrap();
        let mut client = self.client();
        issued.cookies(&self.app).iter().for_each(|cookie| client.keep(cookie));
        client
    }

    /// A browser with a new person of this role.
    pub async fn as_role(&self, role: Role) -> Client<'_> {
        let user = self.person(&format!("{}@corp.example", uuid::Uuid::now_v7()), role).await;
        self.signed_in(&user).await
    }

    /// A machine with a new token.
    pub async fn as_token(&self, scopes: &[Scope]) -> Client<'_> {
        let secret = self.token(scopes, None).await.1;
        self.client().bearer(secret.expose())
    }

    pub async fn token(&self, scopes: &[Scope], expires_at: Option<Timestamp>) -> (ApiToken, ApiSecret) {
        let secret = ApiSecret::generate(&mut rand::rng());
        let id = TokenId::new();
        let token = ApiToken {
            id,
            name: id.to_string(),
            hash: secret.hash(),
            last4: secret.last4(),
            scopes: scopes.to_vec(),
            created_by: UserId::new().to_string(),
            created_at: self.now(),
            expires_at,
            last_used_at: None,
            demo: false,
        };
        self.app.store.documents.insert(&token).await.unwrap();
        (token, secret)
    }

    /// A client without any credential.
    pub fn client(&self) -> Client<'_> {
        Client {
            server: self,
            cookies: BTreeMap::new(),
            headers: vec![("origin".into(), ORIGIN.into())],
            address: "192.0.2.10:40000".parse().unwrap(),
        }
    }

    /// What the audit log holds, oldest first: (action, actor kind).
    pub async fn acts(&self) -> Vec<String> {
        let records = self.app.store.log.read(aegis_store::Stream::Audit, 0, 0, 10_000).await.unwrap();
        let read = |body: &[u8]| {
            serde_json::from_slice::<Value>(body).unwrap()["action"].as_str().unwrap().to_owned()
        };
        records.iter().map(|record| read(&record.body)).collect()
    }

    /// Lets what runs beside the requests finish.
    pub async fn stop_tasks(&self) {
        self.app.shutdown().await;
    }

    pub async fn stop(self) {
        self.app.shutdown().await;
        self.sqlite.shutdown().await.unwrap();
    }
}

/// The vault of a store, under the KEK of all fixtures.
pub async fn vault(store: Store, clock: Arc<ManualClock>) -> Vault {
    let text = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let kek = LocalKek::parse(&text.into(), "env:TEST_KEK".into()).unwrap();
    Vault::open(store, Arc::new(kek), clock).await.unwrap()
}

#[derive(Clone)]
pub struct Client<'a> {
    server: &'a Server,
    pub cookies: BTreeMap<String, String>,
    pub headers: Vec<(String, String)>,
    pub address: SocketAddr,
}

impl Client<'_> {
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}")).without("origin")
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(found, _)| found != name);
        self
    }

    pub fn from(mut self, address: &str) -> Self {
        self.address = format!("{address}:40000").parse().unwrap();
        self
    }

    pub fn cookie(&self, name: &str) -> &str {
        self.cookies.get(name).map_or("", |value| value)
    }

    pub fn keep(&mut self, set_cookie: &str) {
        let (pair, attributes) = set_cookie.split_once(';').unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.into(), value.into());
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    pub async fn delete(&mut self, path: &str) -> Answer {
        self.call("DELETE", path, None).await
    }

    pub async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(body)).await
    }

    pub async fn patch(&mut self, path: &str, body: Value) -> Answer {
        self.call("PATCH", path, Some(body)).await
    }

    pub async fn put(&mut self, path: &str, body: Value) -> Answer {
        self.call("PUT", path, Some(body)).await
    }

    pub async fn login(&mut self, email: &str, password: &str) -> Answer {
        self.post("/api/auth/login", serde_json::json!({ "email": email, "password": password })).await
    }

    pub async fn call(&mut self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        let body = match body {
            Some(json) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(json.to_string())
            }
            None => Body::empty(),
        };
        let mut request = request.body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(self.address));
        let response = self.server.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, json, text }
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub json: Value,
    pub text: String,
}

impl Answer {
    pub fn code(&self) -> &str {
        self.json["error"]["code"].as_str().unwrap_or("")
    }

    /// Refused for who the caller is, not for what they sent.
    pub fn refused(&self) -> bool {
        ["unauthenticated", "forbidden"].contains(&self.code())
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.json);
        self
    }
}
