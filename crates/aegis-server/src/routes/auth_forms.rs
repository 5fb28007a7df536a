//! What the `/auth` routes take and answer. Passwords are secret types from the first byte, so no log can show one.

use crate::config::Registration;
use crate::error::{ApiError, Fields};
use aegis_domain::entities::{ApiToken, Session, User};
use aegis_domain::{Role, Scope, SessionId, Timestamp, TokenId, UserId};
use aegis_identity::{ExposeSecret, SecretString, email, password_rule};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest shown name, in characters.
const NAME_CHARS: usize = 100;

/// What the log-in page needs to know.
#[derive(Serialize, ToSchema)]
pub struct AuthState {
    /// Nobody has an account yet: use the link printed at start.
    pub setup_required: bool,
    /// Who may make an account.
    pub registration: Registration,
    /// Cookies and passwords travel unprotected, by the operator's choice: say so.
    pub insecure_http: bool,
    /// This is a demo.
    pub demo: bool,
    /// Of the program.
    pub version: &'static str,
}

/// The first admin.
#[derive(Deserialize, ToSchema)]
pub struct SetupForm {
    /// From the link printed at start.
    #[schema(max_length = 200)]
    pub token: String,
    /// Their address.
    #[schema(max_length = 254)]
    pub email: String,
    /// Shown name.
    #[schema(max_length = 100)]
    pub name: String,
    /// 12 to 128 characters, not easy to guess.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    pub password: SecretString,
}

/// A new account.
#[derive(Deserialize, ToSchema)]
pub struct RegisterForm {
    /// Their address; the one invited.
    #[schema(max_length = 254)]
    pub email: String,
    /// Shown name.
    #[schema(max_length = 100)]
    pub name: String,
    /// 12 to 128 characters, not easy to guess.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    pub password: SecretString,
    /// From the invitation's link.
    #[schema(max_length = 200)]
    pub invite_token: Option<String>,
}

/// A log-in.
#[derive(Deserialize, ToSchema)]
pub struct LoginForm {
    /// The account's address.
    #[schema(max_length = 254)]
    pub email: String,
    /// Its password.
    #[schema(value_type = String, format = Password)]
    pub password: SecretString,
}

/// A change of password.
#[derive(Deserialize, ToSchema)]
pub struct PasswordForm {
    /// The one in force.
    #[schema(value_type = String, format = Password)]
    pub current_password: SecretString,
    /// 12 to 128 characters, not easy to guess.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    pub new_password: SecretString,
}

/// Checks what makes an account; returns the normalised address and the trimmed name.
pub fn checked_account(
    email: &str,
    name: &str,
    password: &SecretString,
) -> Result<(String, String), ApiError> {
    let mut fields = Fields::default();
    let address = email::normalise(email).unwrap_or_else(|error| {
        fields.add("email", error.to_string());
        String::new()
    });
    let name = checked_name(&mut fields, name);
    judge_password(&mut fields, "password", password, &address);
    fields.check()?;
    Ok((address, name))
}

/// The name as shown; notes what is wrong with it.
pub fn checked_name(fields: &mut Fields, name: &str) -> String {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS {
        fields.add("name", format!("must have 1 to {NAME_CHARS} characters"));
    } else if name.chars().any(char::is_control) {
        fields.add("name", "must not hold control characters");
    }
    name.to_owned()
}

/// Notes every reason against a password.
pub fn judge_password(fields: &mut Fields, name: &str, password: &SecretString, email: &str) {
    let problems = password_rule::problems(password.expose_secret(), email);
    if !problems.is_empty() {
        let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
        fields.add(name, list.join("; "));
    }
}

/// Who the caller is.
#[derive(Serialize, ToSchema)]
pub struct Me {
    /// The person; null for a token.
    pub user: Option<MeUser>,
    /// What the caller may do, for showing and hiding controls; the routes decide by role and scope.
    pub permissions: Vec<&'static str>,
    /// The session; null for a token.
    pub session: Option<MeSession>,
    /// The token; null for a person.
    pub token: Option<MeToken>,
}

/// A person.
#[derive(Serialize, ToSchema)]
pub struct MeUser {
    id: UserId,
    email: String,
    name: String,
    role: Role,
    created_at: Timestamp,
    demo: bool,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub struct MeSession {
    id: SessionId,
    /// When the password is asked for again.
    expires_at: Timestamp,
}

/// A token.
#[derive(Serialize, ToSchema)]
pub struct MeToken {
    id: TokenId,
    name: String,
    scopes: Vec<Scope>,
}

impl Me {
    /// A person with a session.
    pub fn person(user: &User, session: &Session) -> Self {
        Me {
            user: Some(MeUser {
                id: user.id,
                email: user.email.clone(),
                name: user.name.clone(),
                role: user.role,
                created_at: user.created_at,
                demo: user.demo,
            }),
            permissions: permissions(user.role),
            session: Some(MeSession { id: session.id, expires_at: session.expires_at }),
            token: None,
        }
    }

    /// A machine.
    pub fn machine(token: &ApiToken) -> Self {
        let mut allowed = Vec::new();
        for scope in &token.scopes {
            match scope {
                Scope::Admin => allowed.extend(permissions(Role::Admin)),
                Scope::Read => {
                    allowed.extend(permissions(Role::Analyst).into_iter().filter(|name| reads(name)))
                }
                Scope::Ingest => allowed.push("events.ingest"),
                Scope::Gateway | Scope::Scim | Scope::Metrics => {}
            }
        }
        allowed.sort_unstable();
        allowed.dedup();
        let (id, name, scopes) = (token.id, token.name.clone(), token.scopes.clone());
        Me { user: None, permissions: allowed, session: None, token: Some(MeToken { id, name, scopes }) }
    }
}

/// What each role adds to the ones below.
const PERMISSIONS: &[(Role, &str)] = &[
    (Role::Viewer, "events.read"),
    (Role::Viewer, "detectors.read"),
    (Role::Viewer, "system.read"),
    (Role::Analyst, "events.export"),
    (Role::Analyst, "events.ingest"),
    (Role::Analyst, "scan.run"),
    (Role::Admin, "detectors.change"),
    (Role::Admin, "team.manage"),
    (Role::Admin, "tokens.manage"),
    (Role::Admin, "audit.read"),
];

/// What a token with `read` keeps of an analyst's permissions.
fn reads(permission: &str) -> bool {
    permission.ends_with(".read") || permission == "events.export"
}

fn permissions(role: Role) -> Vec<&'static str> {
    PERMISSIONS.iter().filter(|(least, _)| *least <= role).map(|(_, name)| *name).collect()
}

/// The caller's sessions.
#[derive(Serialize, ToSchema)]
pub struct SessionList {
    /// Newest first.
    pub items: Vec<SessionItem>,
    /// Always null: there are few.
    pub next_cursor: Option<String>,
}

/// A signed-in device.
#[derive(Serialize, ToSchema)]
pub struct SessionItem {
    id: SessionId,
    created_at: Timestamp,
    /// To the minute.
    last_used_at: Timestamp,
    expires_at: Timestamp,
    address: String,
    user_agent: String,
    /// The one this request came with.
    current: bool,
}

impl SessionItem {
    /// A session as its owner sees it.
    pub fn of(session: &Session, current: SessionId) -> Self {
        SessionItem {
            id: session.id,
            created_at: session.created_at,
            last_used_at: session.last_seen_at.unwrap_or(session.rotated_at),
            expires_at: session.expires_at,
            address: session.address.clone(),
            user_agent: session.user_agent.clone(),
            current: session.id == current,
        }
    }
}
