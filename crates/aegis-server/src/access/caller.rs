//! Who is calling, from where. Handlers take a `Caller` as an argument; `guard` put it there.

use crate::App;
use crate::error::ApiError;
use crate::http::envelope::RequestId;
use aegis_detect::mask;
use aegis_domain::entities::{ApiToken, User};
use aegis_domain::{Actor, Role, Scope, SessionId, TokenId, UserId};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Longest user agent kept, in characters.
const USER_AGENT_CHARS: usize = 256;

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

impl Principal {
    /// A person with the session they came with.
    pub fn of_user(user: &User, session: SessionId) -> Self {
        Principal::User {
            id: user.id,
            email: user.email.clone(),
            name: user.name.clone(),
            role: user.role,
            session,
            demo: user.demo,
        }
    }

    /// A machine.
    pub fn of_token(token: &ApiToken) -> Self {
        Principal::Token {
            id: token.id,
            name: token.name.clone(),
            scopes: token.scopes.clone(),
            owner: token.created_by.clone(),
            demo: token.demo,
        }
    }
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

    /// May do whatever an admin may.
    pub fn is_admin(&self) -> bool {
        match &self.principal {
            Principal::Nobody => false,
            Principal::User { role, .. } => *role == Role::Admin,
            Principal::Token { scopes, .. } => scopes.contains(&Scope::Admin),
        }
    }

    /// What it brings is demo data.
    pub fn demo(&self) -> bool {
        match &self.principal {
            Principal::Nobody => false,
            Principal::User { demo, .. } | Principal::Token { demo, .. } => *demo,
        }
    }

    /// The same request, known by now to come from somebody.
    pub fn known_as(&self, principal: Principal) -> Self {
        Caller { principal, ..self.clone() }
    }

    /// The person and session, where a person calls.
    pub fn person(&self) -> Option<(UserId, SessionId)> {
        match self.principal {
            Principal::User { id, session, .. } => Some((id, session)),
            Principal::Nobody | Principal::Token { .. } => None,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts
            .extensions
            .get::<Caller>()
            .cloned()
            .ok_or_else(|| ApiError::internal("a route without its guard"))
    }
}

/// A caller without credential.
pub fn nobody(app: &App, parts: &Parts) -> Caller {
    let peer = peer(parts).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let header = app.access.proxies.header().name();
    // A header that is no text was not written by a proxy of ours; as an empty entry it ends the walk.
    let forwarded: Vec<&str> =
        parts.headers.get_all(header).iter().map(|value| value.to_str().unwrap_or("")).collect();
    Caller {
        principal: Principal::Nobody,
        address: app.access.proxies.client(peer, forwarded.into_iter()),
        user_agent: user_agent(app, &parts.headers),
        request_id: parts.extensions.get::<RequestId>().map_or_else(String::new, |id| id.0.clone()),
    }
}

/// True when the peer is on the loopback interface and nothing says the request was forwarded.
pub fn is_direct_loopback(_app: &App, parts: &Parts) -> bool {
    let forwarded = parts.headers.keys().map(|name| name.as_str()).any(|name| {
        name.starts_with("x-forwarded") || ["forwarded", "via", "x-real-ip", "x-client-ip"].contains(&name)
    });
    !forwarded && peer(parts).is_some_and(|ip| ip.to_canonical().is_loopback())
}

fn peer(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())
}

/// The program as it calls itself, without anybody's data: sessions and the audit log keep it.
fn user_agent(app: &App, headers: &HeaderMap) -> String {
    let text = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text: String = text.chars().take(USER_AGENT_CHARS).collect();
    mask(&text, &app.detectors.engine().scan(&text).findings).text
}
