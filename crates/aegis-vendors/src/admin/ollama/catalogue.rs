//! What stands in the catalogue about Ollama.

use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

const NONE: &str = "Ollama servers keep no such record. Put the gateway in front of the server to see calls.";

pub static CATALOGUE: Catalogue = Catalogue {
    id: "ollama",
    name: "Ollama",
    docs: "https://docs.ollama.com/api",
    hosts: &[
        Host {
            name: "server",
            base: "{address}",
            purpose: "The server's models, and which of them are loaded.",
        },
        Host {
            name: "cloud",
            base: "https://ollama.com",
            purpose: "Proves a cloud key, and lists cloud models.",
        },
    ],
    kinds: &[
        KeyKind {
            id: "server",
            name: "Server",
            steps: &[
                "Find the address at which the server listens: OLLAMA_HOST, by default port 11434 of the machine itself.",
                "Make sure that this machine may reach it, and that nobody else may: the server knows no passwords.",
                "Where a proxy guards the server, have it accept a bearer token and enter it below.",
            ],
            fields: &[
                Field {
                    name: "address",
                    label: "Address",
                    help: "Where the server listens, without a path.",
                    find: "OLLAMA_HOST in the settings of the service. Use an address rather than a name.",
                    pattern: Some(r"https?://[A-Za-z0-9.\-\[\]:]{1,253}"),
                    example: "http://127.0.0.1:11434",
                    input: Input::Text,
                    secret: false,
                    required: true,
                },
                Field {
                    name: "token",
                    label: "Token of the proxy",
                    help: "Sent as a bearer token, for a proxy in front of the server. Leave it empty without one.",
                    find: "From whoever runs the proxy.",
                    pattern: Some(r"[A-Za-z0-9._~+=\-]{1,4096}"),
                    example: "EXAMPLE-proxy-token",
                    input: Input::Text,
                    secret: true,
                    required: false,
                },
            ],
            abilities: &[Ability::Inference, Ability::Models, Ability::Usage],
        },
        KeyKind {
            id: "cloud",
            name: "Cloud key",
            steps: &["Sign in at ollama.com, open Settings, Keys and add a key."],
            fields: &[Field {
                name: "key",
                label: "API key",
                help: "Calls models that run at ollama.com.",
                find: "ollama.com, Settings, Keys. It is shown once, when it is made.",
                pattern: Some(r"[A-Za-z0-9._\-]{16,256}"),
                example: "EXAMPLE0000000000000000000000000",
                input: Input::Text,
                secret: true,
                required: true,
            }],
            abilities: &[Ability::Inference, Ability::Models],
        },
    ],
    offers: &[
        (Ability::Inference, Offer::With(&["server", "cloud"])),
        (Ability::Models, Offer::With(&["server", "cloud"])),
        (Ability::Usage, Offer::With(&["server"])),
        (
            Ability::Cost,
            Offer::No(
                "Local models cost what the machine costs; cloud models are covered by a plan without a price per token.",
            ),
        ),
        (Ability::Balance, Offer::No("There is none: plans have limits that are shown behind a login only.")),
        (Ability::Keys, Offer::No("Servers know no keys, and those of the cloud cannot be listed.")),
        (Ability::Members, Offer::No("Servers know no users.")),
        (Ability::Audit, Offer::No(NONE)),
        (Ability::Content, Offer::No(NONE)),
    ],
    reread: &[],
    reach: &[],
    pace: 60,
    notes: &[
        "Usage is presence: which models were in memory when somebody looked. It says nothing about calls, tokens or people.",
        "A missed look is gone: the server has no past.",
        "Models with a remote host run elsewhere, although the server is yours.",
        "A server that does not answer may simply be switched off.",
    ],
};
