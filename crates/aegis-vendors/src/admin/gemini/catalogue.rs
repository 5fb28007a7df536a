//! What stands in the catalogue about Google Gemini.

use super::DAY;
use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

pub static CATALOGUE: Catalogue = Catalogue {
    id: "gemini",
    name: "Google Gemini",
    docs: "https://ai.google.dev/gemini-api/docs",
    hosts: &[
        Host {
            name: "api",
            base: "https://generativelanguage.googleapis.com",
            purpose: "Models, by API key.",
        },
        Host {
            name: "oauth",
            base: "https://oauth2.googleapis.com",
            purpose: "Short-lived tokens of a service account.",
        },
        Host {
            name: "monitoring",
            base: "https://monitoring.googleapis.com",
            purpose: "Usage, from Cloud Monitoring.",
        },
        Host {
            name: "bigquery",
            base: "https://bigquery.googleapis.com",
            purpose: "Costs, from the billing export.",
        },
        Host {
            name: "logging",
            base: "https://logging.googleapis.com",
            purpose: "Audit events, from Cloud Audit Logs.",
        },
        Host {
            name: "apikeys",
            base: "https://apikeys.googleapis.com",
            purpose: "The list of the project's API keys.",
        },
    ],
    kinds: &[
        KeyKind {
            id: "service_account",
            name: "Service account",
            steps: &[
                "In the Google Cloud console, open the project that Gemini is used in, then IAM & Admin, Service accounts, and create one for AegisFlow.",
                "Grant it Monitoring Viewer, Logs Viewer and API Keys Viewer on the project.",
                "For costs, switch on the billing export to BigQuery (Billing, Billing export), then grant BigQuery Data Viewer on its dataset and BigQuery Job User on the project.",
                "Enable the Cloud Monitoring, Cloud Logging, BigQuery and API Keys APIs in the project.",
                "Open the service account, Keys, Add key, JSON, and upload the file here.",
            ],
            fields: &[
                Field {
                    name: "service_account",
                    label: "Key file",
                    help: "The JSON of the service account's key. Each field is checked before it is kept.",
                    find: "Google Cloud console, IAM & Admin, Service accounts, Keys. It is given once, when it is made.",
                    pattern: None,
                    example: "northwind-ai-prod-0123456789ab.json",
                    input: Input::JsonFile(&[
                        "type",
                        "project_id",
                        "private_key_id",
                        "private_key",
                        "client_email",
                        "token_uri",
                    ]),
                    secret: true,
                    required: true,
                },
                Field {
                    name: "project_id",
                    label: "Project ID",
                    help: "The project that is read, where it is not the one the service account belongs to.",
                    find: "Google Cloud console, the project picker at the top, ID.",
                    pattern: Some(r"([a-z0-9.\-]+:)?[a-z][a-z0-9\-]{4,28}[a-z0-9]"),
                    example: "northwind-ai-prod",
                    input: Input::Text,
                    secret: false,
                    required: false,
                },
                Field {
                    name: "billing_table",
                    label: "Billing export table",
                    help: "Where the billing export is written. Without it there are no costs.",
                    find: "BigQuery, the export's dataset: the table gcp_billing_export_v1_ and your billing account, as project.dataset.table.",
                    pattern: Some(
                        r"[a-z0-9.:\-]+\.[A-Za-z0-9_]+\.gcp_billing_export_(resource_)?v1_[0-9A-F_]+",
                    ),
                    example: "northwind-billing.billing.gcp_billing_export_v1_012345_ABCDEF_678901",
                    input: Input::Text,
                    secret: false,
                    required: false,
                },
                Field {
                    name: "location",
                    label: "Location of the export",
                    help: "Where the export's dataset is, if BigQuery does not find out by itself.",
                    find: "BigQuery, the dataset's details, Data location.",
                    pattern: Some(r"[A-Za-z0-9\-]{2,40}"),
                    example: "EU",
                    input: Input::Text,
                    secret: false,
                    required: false,
                },
            ],
            abilities: &[Ability::Usage, Ability::Cost, Ability::Keys, Ability::Audit],
        },
        KeyKind {
            id: "api_key",
            name: "API key",
            steps: &[
                "Open Google AI Studio, Get API key, and create a key in the project that calls will count under.",
                "Restrict it to the Generative Language API: a key without restrictions works for every API of the project.",
            ],
            fields: &[Field {
                name: "key",
                label: "API key",
                help: "Calls models for the gateway, and lists them. It opens no usage and no cost.",
                find: "Google AI Studio, API keys.",
                pattern: Some(r"[A-Za-z0-9_.\-]{20,200}"),
                example: "AIzaSyEXAMPLE-00000000000000000000000000",
                input: Input::Text,
                secret: true,
                required: true,
            }],
            abilities: &[Ability::Inference, Ability::Models],
        },
    ],
    offers: &[
        (Ability::Inference, Offer::With(&["api_key"])),
        (Ability::Models, Offer::With(&["api_key"])),
        (Ability::Usage, Offer::With(&["service_account"])),
        (Ability::Cost, Offer::With(&["service_account"])),
        (
            Ability::Balance,
            Offer::No("Google bills afterwards; credits show as negative lines of the costs."),
        ),
        (Ability::Keys, Offer::With(&["service_account"])),
        (
            Ability::Members,
            Offer::No("There is no list of Gemini's users; who may use a project stands in its IAM policy."),
        ),
        (Ability::Audit, Offer::With(&["service_account"])),
        (
            Ability::Content,
            Offer::No("Google has no call that reads prompts or answers; they are seen by the gateway."),
        ),
    ],
    reread: &[(Ability::Usage, DAY), (Ability::Cost, DAY.saturating_mul(35)), (Ability::Audit, DAY)],
    reach: &[(Ability::Usage, DAY.saturating_mul(42)), (Ability::Audit, DAY.saturating_mul(400))],
    pace: 30,
    notes: &[
        "Usage has no user, and tokens are not split by key: only calls are.",
        "Input tokens come by billing tier and are added up; a project is in one tier at a time.",
        "Costs arrive within hours to a day and are corrected until the month is closed: the last 35 days are read again.",
        "Costs begin when the billing export is switched on. Each query scans part of the export, which BigQuery bills to you.",
        "Audit events show administrative acts; Data Access logs are off until you switch them on.",
    ],
};
