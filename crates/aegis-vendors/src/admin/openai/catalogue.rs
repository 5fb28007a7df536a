//! What stands in the catalogue about OpenAI.

use super::DAY;
use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

const KEY_PATTERN: &str = r"sk-[A-Za-z0-9_\-]{17,253}";

pub static CATALOGUE: Catalogue = Catalogue {
    id: "openai",
    name: "OpenAI",
    docs: "https://platform.openai.com/docs/api-reference/administration",
    hosts: &[
        Host {
            name: "api",
            base: "https://api.openai.com",
            purpose: "Usage, costs, audit log, lists and models.",
        },
        Host {
            name: "compliance",
            base: "https://api.chatgpt.com/v1/compliance",
            purpose: "ChatGPT Enterprise and Edu: log files of what people wrote. Files come from an address it redirects to.",
        },
    ],
    kinds: &[
        KeyKind {
            id: "admin",
            name: "Admin key",
            steps: &[
                "Sign in at platform.openai.com as an owner of the organization.",
                "Open Settings, Organization, Admin keys and choose Create new admin key.",
                "Grant read access only: api.management.read, api.usage.read and api.audit_logs.read.",
                "For audit events, switch on audit logging under Settings, Organization, Data controls. Nothing from before that exists.",
            ],
            fields: &[Field {
                name: "key",
                label: "Admin key",
                help: "Reads usage, costs, keys, members and the audit log. It cannot call models.",
                find: "Settings, Organization, Admin keys. It is shown once, when it is made.",
                pattern: Some(r"sk-admin-[A-Za-z0-9_\-]{17,253}"),
                example: "sk-admin-EXAMPLE0000000000000000",
                input: Input::Text,
                secret: true,
                required: true,
            }],
            abilities: &[Ability::Usage, Ability::Cost, Ability::Keys, Ability::Members, Ability::Audit],
        },
        KeyKind {
            id: "inference",
            name: "API key",
            steps: &[
                "Sign in at platform.openai.com and choose the project that calls will count under.",
                "Open API keys and choose Create new secret key, owned by a service account.",
                "Restricted keys need write access to Model capabilities and read access to Models.",
            ],
            fields: &[Field {
                name: "key",
                label: "API key",
                help: "Calls models for the gateway, and lists them. It cannot read usage or costs.",
                find: "Project, API keys. It is shown once, when it is made.",
                pattern: Some(KEY_PATTERN),
                example: "sk-proj-EXAMPLE00000000000000000",
                input: Input::Text,
                secret: true,
                required: true,
            }],
            abilities: &[Ability::Inference, Ability::Models],
        },
        KeyKind {
            id: "compliance",
            name: "Compliance Platform key",
            steps: &[
                "Needs ChatGPT Enterprise or Edu.",
                "Make an API key in the organization that the workspace belongs to, with all permissions.",
                "Ask OpenAI's support to grant this key the scope read of the Compliance Platform for your workspace. Do not ask for delete.",
            ],
            fields: &[
                Field {
                    name: "key",
                    label: "Compliance key",
                    help: "Reads what people write in ChatGPT, so that the same rules hold there.",
                    find: "The key that OpenAI's support has granted the scope read.",
                    pattern: Some(KEY_PATTERN),
                    example: "sk-proj-EXAMPLE00000000000000000",
                    input: Input::Text,
                    secret: true,
                    required: true,
                },
                Field {
                    name: "workspace_id",
                    label: "Workspace ID",
                    help: "Which ChatGPT workspace is read.",
                    find: "ChatGPT, Admin console, Workspace settings, Workspace ID.",
                    pattern: Some("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
                    example: "0f8b5b1e-2c44-4a0e-9d27-6a2f7c1de001",
                    input: Input::Text,
                    secret: false,
                    required: true,
                },
            ],
            abilities: &[Ability::Content],
        },
    ],
    offers: &[
        (Ability::Inference, Offer::With(&["inference"])),
        (Ability::Models, Offer::With(&["inference"])),
        (Ability::Usage, Offer::With(&["admin"])),
        (Ability::Cost, Offer::With(&["admin"])),
        (
            Ability::Balance,
            Offer::No("OpenAI has no call for prepaid credit; it is shown in its console under Billing."),
        ),
        (Ability::Keys, Offer::With(&["admin"])),
        (Ability::Members, Offer::With(&["admin"])),
        (Ability::Audit, Offer::With(&["admin"])),
        (Ability::Content, Offer::With(&["compliance"])),
    ],
    reread: &[
        (Ability::Usage, DAY.saturating_mul(3)),
        (Ability::Cost, DAY.saturating_mul(3)),
        (Ability::Audit, DAY),
        (Ability::Content, DAY),
    ],
    reach: &[(Ability::Content, DAY.saturating_mul(30))],
    pace: 60,
    notes: &[
        "Costs agree with the invoice; usage may differ from it slightly: take money from costs, tokens from usage.",
        "Costs come by the day and by project, key and line of the bill, never by user.",
        "How late figures arrive is not documented: the last three days are read again.",
        "Web and file searches are counted as searches; the calls they happen in are counted with completions.",
        "Content covers ChatGPT Enterprise and Edu only; what goes through the API is seen by the gateway.",
    ],
};
