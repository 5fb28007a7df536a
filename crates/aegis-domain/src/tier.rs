//! Service tiers: the same call at another price for another speed.

use serde::{Deserialize, Serialize};

/// How a vendor was asked to serve a call.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// As usual.
    #[default]
    Standard,
    /// Within hours, for less.
    Batch,
    /// When there is room, for less.
    Flex,
    /// First, for more.
    Priority,
}

impl Tier {
    /// Every one.
    pub const ALL: [Tier; 4] = [Tier::Standard, Tier::Batch, Tier::Flex, Tier::Priority];

    /// The word used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Tier::Standard => "standard",
            Tier::Batch => "batch",
            Tier::Flex => "flex",
            Tier::Priority => "priority",
        }
    }

    /// Reads a vendor's word for it; none for one that has no price of its own here, such as `scale`.
    pub fn of_vendor(word: &str) -> Option<Tier> {
        match word {
            "" | "standard" | "default" | "auto" | "on_demand" => Some(Tier::Standard),
            "batch" => Some(Tier::Batch),
            "flex" => Some(Tier::Flex),
            "priority" => Some(Tier::Priority),
            _ => None,
        }
    }
}
