//! What stands in the catalogue about Perplexity.

use super::{DAY, HOUR};
use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

const fn key(label: &'static str, help: &'static str, find: &'static str) -> Field {
    Field {
        name: "key",
        label,
        help,
        find,
        pattern: Some(r"[A-Za-z0-9_\-]{16,256}"),
        example: "pplx-EXAMPLE0000000000000000000000",
        input: Input::Text,
        secret: true,
        required: true,
    }
}

pub static CATALOGUE: Catalogue = Catalogue {
    id: "perplexity",
    name: "Perplexity",
    docs: "https://docs.perplexity.ai",
    hosts: &[Host {
        name: "api",
        base: "https://api.perplexity.ai",
        purpose: "Calls, the Enterprise audit log and the Enterprise usage of Computer.",
    }],
    kinds: &[
        KeyKind {
            id: "developer",
            name: "API key",
            steps: &[
                "Sign in at perplexity.ai as an administrator of the API group that should pay.",
                "Open API keys in the group's settings and create a key. Any key can make further keys: keep it in the vault only.",
            ],
            fields: &[key(
                "API key",
                "Calls models for the gateway. It cannot read usage or bills.",
                "perplexity.ai, Settings, API, API keys.",
            )],
            abilities: &[Ability::Inference, Ability::Models],
        },
        KeyKind {
            id: "audit",
            name: "Audit log key",
            steps: &[
                "Needs Enterprise with 50 seats, or one Max seat.",
                "Switch on audit logging as an administrator of the organization. Nothing from before that exists.",
                "Under Enterprise APIs, create a key with the scope audit_logs:read.",
            ],
            fields: &[key(
                "Audit log key",
                "Reads acts, and what people typed and were answered, so that the same rules hold there.",
                "perplexity.ai, organization settings, Enterprise APIs. It is shown once, when it is made.",
            )],
            abilities: &[Ability::Audit, Ability::Content],
        },
        KeyKind {
            id: "analytics",
            name: "Analytics key",
            steps: &[
                "Needs Enterprise with the product Computer.",
                "Under Enterprise APIs, create the analytics key. There is one for each organization: a new one ends the old.",
            ],
            fields: &[key(
                "Analytics key",
                "Reads credits and queries of the product Computer.",
                "perplexity.ai, organization settings, Enterprise APIs. It is shown once, when it is made.",
            )],
            abilities: &[Ability::Usage],
        },
    ],
    offers: &[
        (Ability::Inference, Offer::With(&["developer"])),
        (Ability::Models, Offer::With(&["developer"])),
        (Ability::Usage, Offer::With(&["analytics"])),
        (
            Ability::Cost,
            Offer::No(
                "Perplexity has no call for bills; every answer states its own cost, which the gateway keeps.",
            ),
        ),
        (Ability::Balance, Offer::No("Perplexity has no call for credit; it is shown in its console.")),
        (Ability::Keys, Offer::No("Perplexity has no call that lists keys.")),
        (Ability::Members, Offer::No("Perplexity lists members over SCIM only, at an address it hands out.")),
        (Ability::Audit, Offer::With(&["audit"])),
        (Ability::Content, Offer::With(&["audit"])),
    ],
    reread: &[(Ability::Usage, DAY), (Ability::Audit, HOUR), (Ability::Content, HOUR)],
    reach: &[(Ability::Audit, DAY.saturating_mul(30)), (Ability::Content, DAY.saturating_mul(30))],
    pace: 60,
    notes: &[
        "Usage is of the product Computer only, in whole days or hours, and in credits, which are no currency.",
        "Usage of the developer API is in the console only; the gateway counts what passes it.",
        "Models of other vendors run behind the Agent API; the bill is Perplexity's.",
        "The names in the audit log are not documented: what cannot be told apart is kept as it came, without its text.",
    ],
};
