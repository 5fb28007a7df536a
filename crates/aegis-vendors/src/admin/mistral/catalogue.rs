//! What stands in the catalogue about Mistral.

use super::DAY;
use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

const fn key(label: &'static str, help: &'static str, find: &'static str) -> Field {
    Field {
        name: "key",
        label,
        help,
        find,
        pattern: Some(r"[A-Za-z0-9_\-]{20,200}"),
        example: "EXAMPLE0000000000000000000000000",
        input: Input::Text,
        secret: true,
        required: true,
    }
}

pub static CATALOGUE: Catalogue = Catalogue {
    id: "mistral",
    name: "Mistral",
    docs: "https://docs.mistral.ai/admin/admin-api",
    hosts: &[
        Host { name: "api", base: "https://api.mistral.ai", purpose: "Models and calls, by inference key." },
        Host {
            name: "admin",
            base: "https://api.mistral.ai/v1/admin",
            purpose: "Usage, members, keys and audit logs. Until July 2026 it was https://console.mistral.ai/api/admin.",
        },
    ],
    kinds: &[
        KeyKind {
            id: "admin",
            name: "Admin key",
            steps: &[
                "Needs the Enterprise plan; the Admin API is in preview.",
                "Sign in at admin.mistral.ai as an admin of the organization.",
                "Open Backoffice, Admin keys, and create one. A key reads one organization.",
            ],
            fields: &[key(
                "Admin key",
                "Reads usage, members, keys and audit logs. It cannot call models.",
                "Backoffice, Admin keys. It is shown once, when it is made.",
            )],
            abilities: &[Ability::Usage, Ability::Cost, Ability::Keys, Ability::Members, Ability::Audit],
        },
        KeyKind {
            id: "inference",
            name: "API key",
            steps: &[
                "Sign in at console.mistral.ai and choose the workspace that calls will count under.",
                "Open API keys and create one.",
            ],
            fields: &[key(
                "API key",
                "Calls models for the gateway, and lists them. It reads no usage and no cost.",
                "Console, API keys. It is shown once, when it is made.",
            )],
            abilities: &[Ability::Inference, Ability::Models],
        },
    ],
    offers: &[
        (Ability::Inference, Offer::With(&["inference"])),
        (Ability::Models, Offer::With(&["inference"])),
        (Ability::Usage, Offer::With(&["admin"])),
        (Ability::Cost, Offer::With(&["admin"])),
        (
            Ability::Balance,
            Offer::No(
                "Mistral states a spend limit of the month, which is no balance; see its console under Billing.",
            ),
        ),
        (Ability::Keys, Offer::With(&["admin"])),
        (Ability::Members, Offer::With(&["admin"])),
        (Ability::Audit, Offer::With(&["admin"])),
        (
            Ability::Content,
            Offer::No(
                "Mistral's Observability is a private preview that this product does not read; content is seen by the gateway.",
            ),
        ),
    ],
    reread: &[
        (Ability::Usage, DAY.saturating_mul(4)),
        (Ability::Cost, DAY.saturating_mul(4)),
        (Ability::Audit, DAY),
    ],
    reach: &[],
    pace: 30,
    notes: &[
        "Without the Enterprise plan Mistral gives no usage and no cost: tokens are counted by the gateway.",
        "Usage comes by calendar month in daily rows; each sync reads whole months again.",
        "Costs are Mistral's prices times its paid quantities, often in euros. What has no price is not known, not free.",
        "There is no count of requests, and no split by user or key.",
    ],
};
