//! What stands in the catalogue about OpenRouter.

use super::DAY;
use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

const PATTERN: Option<&str> = Some(r"sk-or-[A-Za-z0-9_\-]{16,200}");
const EXAMPLE: &str = "sk-or-v1-EXAMPLE0000000000000000000000";

pub static CATALOGUE: Catalogue = Catalogue {
    id: "openrouter",
    name: "OpenRouter",
    docs: "https://openrouter.ai/docs/api-reference/overview",
    hosts: &[Host {
        name: "api",
        base: "https://openrouter.ai/api/v1",
        purpose: "Usage, costs, keys, members, stored text and calls. In-region accounts use eu.openrouter.ai or us.openrouter.ai.",
    }],
    kinds: &[
        KeyKind {
            id: "management",
            name: "Management key",
            steps: &[
                "Sign in at openrouter.ai as an administrator of the organization.",
                "Open Settings, Management keys and create a key. There is no read-only form: guard it, it can make and delete keys.",
                "To read what was said, switch on Input & Output Logging for a workspace. Nothing from before that is kept.",
            ],
            fields: &[Field {
                name: "key",
                label: "Management key",
                help: "Reads usage, costs, credit, keys and members. It cannot call models.",
                find: "openrouter.ai, Settings, Management keys. It is shown once, when it is made.",
                pattern: PATTERN,
                example: EXAMPLE,
                input: Input::Text,
                secret: true,
                required: true,
            }],
            abilities: &[
                Ability::Usage,
                Ability::Cost,
                Ability::Balance,
                Ability::Keys,
                Ability::Members,
                Ability::Models,
                Ability::Content,
            ],
        },
        KeyKind {
            id: "inference",
            name: "API key",
            steps: &[
                "Sign in at openrouter.ai, open Settings, API keys, and create a key with a limit of its own.",
            ],
            fields: &[Field {
                name: "key",
                label: "API key",
                help: "Calls models for the gateway, and lists them.",
                find: "openrouter.ai, Settings, API keys. It is shown once, when it is made.",
                pattern: PATTERN,
                example: EXAMPLE,
                input: Input::Text,
                secret: true,
                required: true,
            }],
            abilities: &[Ability::Inference, Ability::Models],
        },
    ],
    offers: &[
        (Ability::Inference, Offer::With(&["inference"])),
        (Ability::Models, Offer::With(&["management", "inference"])),
        (Ability::Usage, Offer::With(&["management"])),
        (Ability::Cost, Offer::With(&["management"])),
        (Ability::Balance, Offer::With(&["management"])),
        (Ability::Keys, Offer::With(&["management"])),
        (Ability::Members, Offer::With(&["management"])),
        (
            Ability::Audit,
            Offer::No(
                "OpenRouter has no call for acts of administrators; the console shows changes by SCIM only.",
            ),
        ),
        (Ability::Content, Offer::With(&["management"])),
    ],
    reread: &[
        (Ability::Usage, DAY.saturating_mul(2)),
        (Ability::Cost, DAY.saturating_mul(2)),
        (Ability::Content, DAY),
    ],
    reach: &[
        (Ability::Usage, DAY.saturating_mul(365)),
        (Ability::Cost, DAY.saturating_mul(30)),
        (Ability::Content, DAY.saturating_mul(31)),
    ],
    pace: 30,
    notes: &[
        "Costs come by day, model and provider and reach back 30 days: what is not read in time is lost.",
        "What a customer's own keys cost at other vendors is an estimate at list price; the true bill is there, so never add both.",
        "Usage comes by model and key; two keys of one name are one row. The analytics behind it are a beta of the vendor.",
        "Stored text covers calls made while logging was on, without zero-retention routing and without in-region hosts.",
    ],
};
