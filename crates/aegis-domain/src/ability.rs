//! What a vendor's API can tell, and what a credential is allowed to ask.

use serde::{Deserialize, Serialize};

/// One kind of thing to be had from a vendor.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    /// Calls to models: what the gateway needs.
    Inference,
    /// The list of models.
    Models,
    /// Tokens, requests and other quantities.
    Usage,
    /// Money by the vendor's own word.
    Cost,
    /// Money left.
    Balance,
    /// The list of API keys.
    Keys,
    /// People and service accounts.
    Members,
    /// Acts of administrators and users.
    Audit,
    /// What people typed and models answered in the vendor's own apps.
    Content,
}

impl Ability {
    /// Every ability, in the order screens show them.
    pub const ALL: [Ability; 9] = [
        Ability::Inference,
        Ability::Models,
        Ability::Usage,
        Ability::Cost,
        Ability::Balance,
        Ability::Keys,
        Ability::Members,
        Ability::Audit,
        Ability::Content,
    ];

    /// The word used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Ability::Inference => "inference",
            Ability::Models => "models",
            Ability::Usage => "usage",
            Ability::Cost => "cost",
            Ability::Balance => "balance",
            Ability::Keys => "keys",
            Ability::Members => "members",
            Ability::Audit => "audit",
            Ability::Content => "content",
        }
    }
}

/// Whether a credential has an ability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Proved by a call.
    Has,
    /// The vendor refused: a scope, role or plan is lacking.
    Lacks,
    /// Could not be told now: too many requests, vendor down.
    Unclear,
}
