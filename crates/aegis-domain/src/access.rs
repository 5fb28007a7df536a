//! Who may do what: roles of people and scopes of tokens.

use serde::{Deserialize, Serialize};

/// A person's role. Ordered: each contains the ones below it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees masked data.
    Viewer,
    /// Works with it: scans, exports, handles incidents.
    Analyst,
    /// Runs the system.
    Admin,
}

impl Role {
    /// Every role, least first.
    pub const ALL: [Role; 3] = [Role::Viewer, Role::Analyst, Role::Admin];

    /// The word used in JSON and on screen.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Analyst => "analyst",
            Role::Admin => "admin",
        }
    }
}

/// What an API token may do.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Post events.
    Ingest,
    /// Call vendors through the gateway.
    Gateway,
    /// Read what an analyst reads; no mutations.
    Read,
    /// Everything an admin may do.
    Admin,
    /// Provision people.
    Scim,
    /// Read `/metrics`.
    Metrics,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Scope; 6] =
        [Scope::Ingest, Scope::Gateway, Scope::Read, Scope::Admin, Scope::Scim, Scope::Metrics];

    /// The word used in JSON and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Scope::Ingest => "ingest",
            Scope::Gateway => "gateway",
            Scope::Read => "read",
            Scope::Admin => "admin",
            Scope::Scim => "scim",
            Scope::Metrics => "metrics",
        }
    }
}
