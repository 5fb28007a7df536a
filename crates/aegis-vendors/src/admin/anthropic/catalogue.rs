//! What stands in the catalogue about Anthropic.

use super::DAY;
use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

const fn key(
    label: &'static str,
    help: &'static str,
    find: &'static str,
    pattern: &'static str,
    example: &'static str,
) -> Field {
    Field {
        name: "key",
        label,
        help,
        find,
        pattern: Some(pattern),
        example,
        input: Input::Text,
        secret: true,
        required: true,
    }
}

pub static CATALOGUE: Catalogue = Catalogue {
    id: "anthropic",
    name: "Anthropic",
    docs: "https://platform.claude.com/docs/en/manage-claude/administration-api",
    hosts: &[Host {
        name: "api",
        base: "https://api.anthropic.com",
        purpose: "Usage, costs, lists, activities, chats and models.",
    }],
    kinds: &[
        KeyKind {
            id: "admin",
            name: "Console Admin key",
            steps: &[
                "Sign in at platform.claude.com as an admin of the organization.",
                "For activities, have the Compliance API switched on first: a key made before does not see them.",
                "Open Settings, Admin keys and choose Create admin key.",
            ],
            fields: &[key(
                "Admin key",
                "Reads usage, costs, Claude Code, keys and members. It cannot call models.",
                "Console, Settings, Admin keys. It is shown once, when it is made.",
                r"sk-ant-admin[A-Za-z0-9_\-]{10,250}",
                "sk-ant-admin01-EXAMPLE000000000",
            )],
            abilities: &[Ability::Usage, Ability::Cost, Ability::Keys, Ability::Members, Ability::Audit],
        },
        KeyKind {
            id: "enterprise",
            name: "Claude Enterprise key",
            steps: &[
                "Sign in at claude.ai as the primary owner of the Enterprise organization.",
                "Open Organization settings, API keys. Scopes are fixed when a key is made.",
                "Grant read:analytics, read:compliance_activities, read:compliance_user_data and read:compliance_org_data. Do not grant a scope that begins with delete.",
            ],
            fields: &[key(
                "Enterprise key",
                "Reads analytics, activities and what people write in Claude, so that the same rules hold there.",
                "claude.ai, Organization settings, API keys. It is shown once, when it is made.",
                r"sk-ant-[A-Za-z0-9_\-]{10,250}",
                "sk-ant-api01-EXAMPLE00000000000",
            )],
            abilities: &[Ability::Usage, Ability::Cost, Ability::Members, Ability::Audit, Ability::Content],
        },
        KeyKind {
            id: "inference",
            name: "API key",
            steps: &[
                "Sign in at platform.claude.com and choose the workspace that calls will count under.",
                "Open API keys and choose Create key.",
            ],
            fields: &[key(
                "API key",
                "Calls models for the gateway, and lists them. It cannot read usage or costs.",
                "Console, API keys. It is shown once, when it is made.",
                r"sk-ant-[A-Za-z0-9_\-]{10,250}",
                "sk-ant-api03-EXAMPLE00000000000",
            )],
            abilities: &[Ability::Inference, Ability::Models],
        },
    ],
    offers: &[
        (Ability::Inference, Offer::With(&["inference"])),
        (Ability::Models, Offer::With(&["inference"])),
        (Ability::Usage, Offer::With(&["admin", "enterprise"])),
        (Ability::Cost, Offer::With(&["admin", "enterprise"])),
        (
            Ability::Balance,
            Offer::No("Anthropic has no call for prepaid credit; it is shown in its Console under Billing."),
        ),
        (Ability::Keys, Offer::With(&["admin"])),
        (Ability::Members, Offer::With(&["admin", "enterprise"])),
        (Ability::Audit, Offer::With(&["admin", "enterprise"])),
        (Ability::Content, Offer::With(&["enterprise"])),
    ],
    reread: &[
        (Ability::Usage, DAY.saturating_mul(30)),
        (Ability::Cost, DAY.saturating_mul(30)),
        (Ability::Audit, DAY),
        (Ability::Content, DAY),
    ],
    reach: &[(Ability::Audit, DAY.saturating_mul(6 * 365))],
    pace: 30,
    notes: &[
        "The Console's usage has no count of requests, and costs are not split by key or person.",
        "Figures cover Anthropic's own API, not Bedrock, Vertex, Foundry or AWS. Priority Tier money is not in the cost report.",
        "Claude Code on a subscription is an estimate in dollars, not a bill; on an API key its tokens are in the usage report already. A Claude Enterprise key's analytics count Claude Code, too.",
        "Enterprise analytics give 100 rows a bucket at most, reach back 365 days but not before 2026, and are final after 30 days.",
        "Files in chats are counted in bytes and not opened.",
    ],
};
