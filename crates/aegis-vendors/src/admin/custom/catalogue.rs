//! What stands in the catalogue about vendors of one's own.

use super::DAY;
use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

pub static CATALOGUE: Catalogue = Catalogue {
    id: "custom",
    name: "Custom vendor",
    docs: "https://datatracker.ietf.org/doc/html/rfc6901",
    hosts: &[Host {
        name: "collector",
        base: "{collector_url}",
        purpose: "Usage, cost and audit pages of a vendor of your own.",
    }],
    kinds: &[KeyKind {
        id: "collector",
        name: "Collector",
        steps: &[
            "Put up an address that answers usage, cost or audit pages as the guide on custom vendors says.",
            "Where the answers have another shape, write a mapping.",
            "Give the token read access to these pages and to nothing else.",
        ],
        fields: &[
            Field {
                name: "collector_url",
                label: "Collector address",
                help: "Pages are asked below this address. It must be reachable by the rules for calls to the outside.",
                find: "From whoever runs the collector.",
                pattern: Some(r"https?://[A-Za-z0-9.\-\[\]:]{1,253}(/[A-Za-z0-9._~\-]+)*"),
                example: "https://collector.example.com/aegis",
                input: Input::Text,
                secret: false,
                required: true,
            },
            Field {
                name: "token",
                label: "Token",
                help: "Sent as a bearer token. Leave it empty where the collector wants none.",
                find: "From whoever runs the collector.",
                pattern: Some(r"[A-Za-z0-9._~+=\-]{1,4096}"),
                example: "EXAMPLE-collector-token",
                input: Input::Text,
                secret: true,
                required: false,
            },
            Field {
                name: "mapping",
                label: "Mapping",
                help: "Where the fields stand, as JSON, for answers of another shape than ours. Leave it empty for ours.",
                find: "The guide on custom vendors has examples.",
                pattern: None,
                example: r#"{"cost":{"path":"/v2/bills","rows":"/items","fields":{"from":"/day","amount":"/total","currency":"=EUR"}}}"#,
                input: Input::Text,
                secret: false,
                required: false,
            },
        ],
        abilities: &[Ability::Usage, Ability::Cost, Ability::Audit],
    }],
    offers: &[
        (Ability::Usage, Offer::With(&["collector"])),
        (Ability::Cost, Offer::With(&["collector"])),
        (Ability::Audit, Offer::With(&["collector"])),
        (Ability::Inference, Offer::No("Calls to custom vendors are not passed on; report them as events.")),
        (Ability::Models, Offer::No("Custom vendors list no models.")),
        (
            Ability::Balance,
            Offer::No("Custom vendors state no balance; add a line to cost where one is owed."),
        ),
        (Ability::Keys, Offer::No("Custom vendors list no keys.")),
        (Ability::Members, Offer::No("Custom vendors list no members.")),
        (Ability::Content, Offer::No("What was said is posted as events, or by OpenTelemetry.")),
    ],
    reread: &[
        (Ability::Usage, DAY.saturating_mul(3)),
        (Ability::Cost, DAY.saturating_mul(3)),
        (Ability::Audit, DAY),
    ],
    reach: &[],
    pace: 60,
    notes: &["A page that the collector does not have answers 404; the others are read all the same."],
};
