//! What stands in the catalogue about Hugging Face.

use super::DAY;
use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

pub static CATALOGUE: Catalogue = Catalogue {
    id: "huggingface",
    name: "Hugging Face",
    docs: "https://huggingface.co/docs/hub/api",
    hosts: &[
        Host {
            name: "hub",
            base: "https://huggingface.co",
            purpose: "Identity, billing, audit log and members.",
        },
        Host {
            name: "router",
            base: "https://router.huggingface.co/v1",
            purpose: "Models, and calls to them.",
        },
    ],
    kinds: &[KeyKind {
        id: "token",
        name: "Access token",
        steps: &[
            "Sign in at huggingface.co as an administrator of the organization: a token has the rights of its person.",
            "Open Settings, Access Tokens and create a token of the role read; to call models, a fine-grained one with Make calls to Inference Providers.",
            "With a fine-grained token, grant read access to the organization and to billing; where the organization approves tokens, have this one approved.",
            "On Enterprise, prefer a token of a service account.",
        ],
        fields: &[
            Field {
                name: "token",
                label: "Access token",
                help: "Reads billing, members and the audit log of one organization, and calls models.",
                find: "huggingface.co, Settings, Access Tokens. It is shown once, when it is made.",
                pattern: Some("hf_[A-Za-z0-9]{16,200}"),
                example: "hf_EXAMPLE0000000000000000000000",
                input: Input::Text,
                secret: true,
                required: true,
            },
            Field {
                name: "org",
                label: "Organization",
                help: "Whose figures are read. Left empty, the first organization that the person administers.",
                find: "The name in the address of the organization's page.",
                pattern: Some(r"[A-Za-z0-9][A-Za-z0-9._\-]{0,95}"),
                example: "northwind-health",
                input: Input::Text,
                secret: false,
                required: false,
            },
        ],
        abilities: &[
            Ability::Inference,
            Ability::Models,
            Ability::Usage,
            Ability::Cost,
            Ability::Keys,
            Ability::Members,
            Ability::Audit,
        ],
    }],
    offers: &[
        (Ability::Inference, Offer::With(&["token"])),
        (Ability::Models, Offer::With(&["token"])),
        (Ability::Usage, Offer::With(&["token"])),
        (Ability::Cost, Offer::With(&["token"])),
        (
            Ability::Balance,
            Offer::No("Hugging Face has no call for credit; what is used and included stands in costs."),
        ),
        (Ability::Keys, Offer::With(&["token"])),
        (Ability::Members, Offer::With(&["token"])),
        (Ability::Audit, Offer::With(&["token"])),
        (Ability::Content, Offer::No("The router stores no prompts; the gateway sees what passes it.")),
    ],
    reread: &[
        (Ability::Usage, DAY.saturating_mul(3)),
        // The month under way, and the one before until its invoice is closed.
        (Ability::Cost, DAY.saturating_mul(40)),
        (Ability::Audit, DAY),
    ],
    reach: &[(Ability::Cost, DAY.saturating_mul(365))],
    pace: 60,
    notes: &[
        "Usage is the number of routed requests by day: tokens, models and people are in no answer. The gateway counts what passes it.",
        "Costs of routed inference come by day; what the plan includes is taken off once a month; machines come by month and resource group.",
        "Storage is read from the bill under way only.",
        "Calls are billed to the person unless they name the organization in X-HF-Bill-To.",
        "Keys are those of service accounts; tokens of people cannot be listed. Service accounts need Enterprise.",
        "The audit log comes whole, and every reading of it is itself an entry.",
    ],
};
