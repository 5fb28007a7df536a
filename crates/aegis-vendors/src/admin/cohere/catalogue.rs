//! What stands in the catalogue about Cohere.

use super::DAY;
use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

pub static CATALOGUE: Catalogue = Catalogue {
    id: "cohere",
    name: "Cohere",
    docs: "https://docs.cohere.com/reference/about",
    hosts: &[Host {
        name: "api",
        base: "https://api.cohere.com",
        purpose: "Checks the key, lists models and jobs, and takes calls.",
    }],
    kinds: &[KeyKind {
        id: "key",
        name: "API key",
        steps: &[
            "Sign in at dashboard.cohere.com as a member of the team whose jobs should be seen.",
            "Open API keys and choose New production key. Trial keys work, with a thousand calls a month.",
            "For a private deployment or a Model Vault, set its address as the host.",
        ],
        fields: &[Field {
            name: "key",
            label: "API key",
            help: "Lists models and the key owner's jobs, and calls models for the gateway.",
            find: "dashboard.cohere.com, API keys. Keys have no prefix.",
            pattern: Some(r"[A-Za-z0-9_\-]{20,200}"),
            example: "EXAMPLE0000000000000000000000000000000000",
            input: Input::Text,
            secret: true,
            required: true,
        }],
        abilities: &[Ability::Inference, Ability::Models, Ability::Usage],
    }],
    offers: &[
        (Ability::Inference, Offer::With(&["key"])),
        (Ability::Models, Offer::With(&["key"])),
        (Ability::Usage, Offer::With(&["key"])),
        (
            Ability::Cost,
            Offer::No(
                "Cohere has no call for it; invoices are in its dashboard. Tokens that pass the gateway are priced by the price book.",
            ),
        ),
        (
            Ability::Balance,
            Offer::No("Cohere has no call for it; it is shown in its dashboard under Billing."),
        ),
        (Ability::Keys, Offer::No("Cohere has no call that lists keys; they are in its dashboard.")),
        (Ability::Members, Offer::No("Cohere has no call that lists the members of a team.")),
        (Ability::Audit, Offer::No("Cohere has no audit log that can be read.")),
        (
            Ability::Content,
            Offer::No("Cohere has no call for stored prompts; the gateway sees what passes it."),
        ),
    ],
    reread: &[(Ability::Usage, DAY.saturating_mul(7))],
    reach: &[],
    pace: 120,
    notes: &[
        "Usage is of batch and embed jobs of the key's own user only: these do not pass the gateway. Calls are not listed anywhere.",
        "Storage is counted in bytes for the whole organization.",
        "Models bought through a cloud provider are counted and billed there.",
    ],
};
