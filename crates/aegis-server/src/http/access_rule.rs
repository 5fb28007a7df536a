//! Who may call a route: stated beside its path, enforced before anything else is read.
//! Called for each request by the layer that `Routes` puts on each handler, so it hangs on the matched handler and
//! never on a path string.

use crate::App;
use crate::access::{self, Caller, Principal};
use crate::error::{ApiError, Code};
use crate::http::finish::Finish;
use crate::http::replays;
use aegis_domain::{Role, Scope};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

/// The least a caller must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Open,
    /// A person of at least this role; a token with `admin`, or with `read` where the role is below admin and the
    /// method changes nothing.
    Role(Role),
    /// A person of at least this role, no token: for what belongs to a person's own account.
    Person(Role),
    /// As `Role`, or a token with this scope.
    RoleOr(Role, Scope),
    /// As `Role`, or a one-use ticket in `?token=`: for web sockets.
    RoleOrTicket(Role),
    /// As `RoleOr(Admin, Metrics)`, or anybody on the loopback interface whose request was not forwarded.
    Metrics,
}

impl Access {
    /// True when `principal` may call a route under this rule with `method`.
    pub fn admits(self, principal: &Principal, method: &Method) -> bool {
        let (least, extra) = match self {
            Access::Open => return true,
            Access::Person(role) | Access::Role(role) | Access::RoleOrTicket(role) => (role, None),
            Access::RoleOr(role, scope) => (role, Some(scope)),
            Access::Metrics => (Role::Admin, Some(Scope::Metrics)),
        };
        match principal {
            Principal::Nobody => false,
            Principal::User { role, .. } => *role >= least,
            Principal::Token { .. } if matches!(self, Access::Person(_)) => false,
            Principal::Token { scopes, .. } => scopes.iter().any(|scope| match scope {
                Scope::Admin => true,
                Scope::Read => least < Role::Admin && (method == Method::GET || method == Method::HEAD),
                other => extra == Some(*other),
            }),
        }
    }

    /// The word the OpenAPI document carries in `x-least-role`.
    pub const fn least_role(self) -> &'static str {
        match self {
            Access::Open => "nobody",
            Access::Person(role)
            | Access::Role(role)
            | Access::RoleOr(role, _)
            | Access::RoleOrTicket(role) => role.as_str(),
            Access::Metrics => "admin",
        }
    }

    /// The scope, other than `read` and `admin`, that opens the route to a token.
    pub const fn scope(self) -> Option<Scope> {
        match self {
            Access::RoleOr(_, scope) => Some(scope),
            Access::Metrics => Some(Scope::Metrics),
            Access::Open | Access::Person(_) | Access::Role(_) | Access::RoleOrTicket(_) => None,
        }
    }
}

/// Lets a request through to its handler, or refuses it. Puts the `Caller` into the request's extensions. Where the
/// handler makes something, a repeat under the same `Idempotency-Key` gets the first answer again.
pub async fn guard(
    State((app, rule, makes)): State<(App, Access, bool)>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let (mut parts, body) = request.into_parts();
    let caller = match access::authenticate(&app, &parts, rule).await {
        Ok(caller) => caller,
        // An open route is open to somebody with a stale cookie, too.
        Err(e) if rule == Access::Open && e.code == Code::Unauthenticated => access::nobody(&app, &parts),
        Err(e) => return Err(e),
    };
    let loopback = rule == Access::Metrics && access::is_direct_loopback(&app, &parts);
    if !loopback && !rule.admits(&caller.principal, &parts.method) {
        return Err(refusal(&caller, rule));
    }
    access::check_origin(&app, &parts, &caller)?;
    let owner = caller.owner();
    parts.extensions.insert(caller);
    let request = Request::from_parts(parts, body);
    if request.method().is_safe() {
        return Ok(next.run(request).await);
    }
    let tasks = app.tasks.clone();
    let change = async move {
        let key = if makes { replays::key(request.headers())?.map(str::to_owned) } else { None };
        let Some(key) = key else { return Ok(next.run(request).await) };
        let run = async |request| Ok(next.run(request).await);
        app.replays.once(&key, &owner, app.clock.now(), request, run).await
    };
    Finish::new(change, &tasks).await
}

fn refusal(caller: &Caller, rule: Access) -> ApiError {
    match caller.principal {
        Principal::Nobody => ApiError::new(Code::Unauthenticated, "log in, or send an API token as a bearer"),
        Principal::User { role, .. } => ApiError::new(
            Code::Forbidden,
            format!("this needs the role {}; yours is {}", rule.least_role(), role.as_str()),
        ),
        Principal::Token { .. } => ApiError::new(
            Code::Forbidden,
            match rule.scope() {
                Some(scope) => format!("this needs a token with the scope {} or admin", scope.as_str()),
                None if matches!(rule, Access::Person(_)) => {
                    "only a person, logged in, can do this".to_string()
                }
                None => "this token's scopes do not allow that".to_string(),
            },
        ),
    }
}
