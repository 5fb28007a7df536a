//! What stands in the catalogue about DeepSeek.

use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

const NOT: &str = "DeepSeek has no call for it; its console shows usage behind a login only. The gateway counts what passes it.";

pub static CATALOGUE: Catalogue = Catalogue {
    id: "deepseek",
    name: "DeepSeek",
    docs: "https://api-docs.deepseek.com",
    hosts: &[Host { name: "api", base: "https://api.deepseek.com", purpose: "Balance, models and calls." }],
    kinds: &[KeyKind {
        id: "key",
        name: "API key",
        steps: &[
            "Sign in at platform.deepseek.com.",
            "Open API keys and choose Create new API key. Keys have no scopes: this one can also call models.",
        ],
        fields: &[Field {
            name: "key",
            label: "API key",
            help: "Reads the balance and the models, and calls models for the gateway.",
            find: "platform.deepseek.com, API keys. It is shown once, when it is made.",
            pattern: Some(r"sk-[A-Za-z0-9_\-]{16,200}"),
            example: "sk-EXAMPLE000000000000000000000000",
            input: Input::Text,
            secret: true,
            required: true,
        }],
        abilities: &[Ability::Inference, Ability::Models, Ability::Balance],
    }],
    offers: &[
        (Ability::Inference, Offer::With(&["key"])),
        (Ability::Models, Offer::With(&["key"])),
        (Ability::Balance, Offer::With(&["key"])),
        (Ability::Usage, Offer::No(NOT)),
        (
            Ability::Cost,
            Offer::No(
                "DeepSeek has no call for it; the fall of the balance is a lower bound of what was spent.",
            ),
        ),
        (Ability::Keys, Offer::No("DeepSeek has no call that lists keys; they are in its console.")),
        (Ability::Members, Offer::No("DeepSeek accounts have no members to list.")),
        (Ability::Audit, Offer::No("DeepSeek keeps no audit log that can be read.")),
        (
            Ability::Content,
            Offer::No("DeepSeek has no call for stored prompts; the gateway sees what passes it."),
        ),
    ],
    reread: &[],
    reach: &[],
    pace: 30,
    notes: &[
        "All keys of an account show the same balance.",
        "A rise of the balance is a top-up, a grant or a refund; a grant that ends looks like spending.",
        "A balance in yuan and one in dollars are never added.",
        "Data is processed in China by the vendor's terms.",
    ],
};
