//! What stands in the catalogue about xAI.

use super::DAY;
use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

const fn key(label: &'static str, help: &'static str, find: &'static str, example: &'static str) -> Field {
    Field {
        name: "key",
        label,
        help,
        find,
        pattern: Some(r"[A-Za-z0-9_.\-]{20,300}"),
        example,
        input: Input::Text,
        secret: true,
        required: true,
    }
}

pub static CATALOGUE: Catalogue = Catalogue {
    id: "xai",
    name: "xAI",
    docs: "https://docs.x.ai/docs/management-api",
    hosts: &[
        Host { name: "api", base: "https://api.x.ai", purpose: "Models and calls, by inference key." },
        Host {
            name: "management",
            base: "https://management-api.x.ai",
            purpose: "Costs, invoices, balance, keys and audit events of the team.",
        },
    ],
    kinds: &[
        KeyKind {
            id: "management",
            name: "Management key",
            steps: &[
                "Sign in at console.x.ai as an admin of the team.",
                "Open Settings, Management keys, and create one.",
                "Grant it read access to billing, API keys and audit logs. Grant no write access.",
            ],
            fields: &[key(
                "Management key",
                "Reads costs, invoices, balance, keys and audit events. Its team is found out by itself.",
                "Console, Settings, Management keys. It is shown once, when it is made.",
                "xai-token-EXAMPLE000000000000000",
            )],
            abilities: &[Ability::Usage, Ability::Cost, Ability::Balance, Ability::Keys, Ability::Audit],
        },
        KeyKind {
            id: "inference",
            name: "API key",
            steps: &[
                "Sign in at console.x.ai and choose the team that calls will count under.",
                "Open API keys and create one with the models and endpoints it needs.",
            ],
            fields: &[key(
                "API key",
                "Calls models for the gateway, and lists them. It cannot read costs.",
                "Console, API keys. It is shown once, when it is made.",
                "xai-EXAMPLE000000000000000000000",
            )],
            abilities: &[Ability::Inference, Ability::Models],
        },
    ],
    offers: &[
        (Ability::Inference, Offer::With(&["inference"])),
        (Ability::Models, Offer::With(&["inference"])),
        (Ability::Usage, Offer::With(&["management"])),
        (Ability::Cost, Offer::With(&["management"])),
        (Ability::Balance, Offer::With(&["management"])),
        (Ability::Keys, Offer::With(&["management"])),
        (
            Ability::Members,
            Offer::No("xAI documents no list of users; they show as owners of keys and in audit events."),
        ),
        (Ability::Audit, Offer::With(&["management"])),
        (
            Ability::Content,
            Offer::No("xAI has no call that reads prompts or answers; they are seen by the gateway."),
        ),
    ],
    reread: &[
        (Ability::Usage, DAY.saturating_mul(2)),
        (Ability::Cost, DAY.saturating_mul(2)),
        (Ability::Audit, DAY),
    ],
    reach: &[],
    pace: 30,
    notes: &[
        "Costs come by the day or hour and by line of the bill, in dollars; tokens come by month, from invoices.",
        "Neither costs nor tokens are split by user or key.",
        "Audit events have no type: what was done is a sentence.",
        "A team without prepaid billing has no balance.",
    ],
};
