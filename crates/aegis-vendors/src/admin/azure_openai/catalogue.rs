//! What stands in the catalogue about Azure OpenAI.

use super::DAY;
use crate::admin::{Catalogue, Field, Host, Input, KeyKind, Offer};
use aegis_domain::Ability;

const UUID: &str = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

const fn id(
    name: &'static str,
    label: &'static str,
    help: &'static str,
    find: &'static str,
    example: &'static str,
) -> Field {
    Field {
        name,
        label,
        help,
        find,
        pattern: Some(UUID),
        example,
        input: Input::Text,
        secret: false,
        required: true,
    }
}

pub static CATALOGUE: Catalogue = Catalogue {
    id: "azure_openai",
    name: "Azure OpenAI",
    docs: "https://learn.microsoft.com/azure/ai-services/openai/",
    hosts: &[
        Host {
            name: "resource",
            base: "https://{resource}.openai.azure.com",
            purpose: "Your resource: models and calls, by its key.",
        },
        Host {
            name: "management",
            base: "https://management.azure.com",
            purpose: "Metrics, costs, resources and the activity log.",
        },
        Host {
            name: "login",
            base: "https://login.microsoftonline.com",
            purpose: "Short-lived tokens of the Entra application.",
        },
    ],
    kinds: &[
        KeyKind {
            id: "entra",
            name: "Entra application",
            steps: &[
                "In the Azure portal, open Microsoft Entra ID, App registrations, and register an application for AegisFlow.",
                "Open its Certificates & secrets and make a client secret; note when it ends.",
                "On the subscription, Access control (IAM), grant it Reader, Monitoring Reader and Cost Management Reader.",
            ],
            fields: &[
                id(
                    "tenant_id",
                    "Tenant ID",
                    "The directory that the application is registered in.",
                    "App registration, Overview, Directory (tenant) ID.",
                    "11111111-2222-4333-8444-555566667777",
                ),
                id(
                    "client_id",
                    "Client ID",
                    "The application.",
                    "App registration, Overview, Application (client) ID.",
                    "6f0b2d11-1111-4222-8333-944455556666",
                ),
                Field {
                    name: "client_secret",
                    label: "Client secret",
                    help: "The value of the secret, not its ID.",
                    find: "App registration, Certificates & secrets, Value. It is shown once, when it is made.",
                    pattern: Some(r"[A-Za-z0-9~_.\-]{16,128}"),
                    example: "EXAMPLE~0000000000000000000000",
                    input: Input::Text,
                    secret: true,
                    required: true,
                },
                id(
                    "subscription_id",
                    "Subscription ID",
                    "The subscription whose resources are read.",
                    "Azure portal, Subscriptions, Subscription ID.",
                    "3f2b6c1d-0a11-4b7e-9c55-1d2e3f4a5b6c",
                ),
            ],
            abilities: &[Ability::Models, Ability::Usage, Ability::Cost, Ability::Audit],
        },
        KeyKind {
            id: "resource_key",
            name: "Resource key",
            steps: &[
                "In the Azure portal, open the Azure OpenAI resource, then Keys and Endpoint.",
                "Copy one of the two keys. A resource with local authentication switched off takes none.",
            ],
            fields: &[
                Field {
                    name: "resource",
                    label: "Resource name",
                    help: "The first part of the endpoint.",
                    find: "The resource, Keys and Endpoint, Endpoint: what stands before .openai.azure.com.",
                    pattern: Some("[A-Za-z0-9][A-Za-z0-9-]{0,62}[A-Za-z0-9]"),
                    example: "nw-openai-eus2",
                    input: Input::Text,
                    secret: false,
                    required: true,
                },
                Field {
                    name: "key",
                    label: "Key",
                    help: "Calls models for the gateway, and lists them. It cannot read usage or costs.",
                    find: "The resource, Keys and Endpoint, KEY 1 or KEY 2.",
                    pattern: Some("[A-Za-z0-9]{32,128}"),
                    example: "00000000000000000000000000000000",
                    input: Input::Text,
                    secret: true,
                    required: true,
                },
            ],
            abilities: &[Ability::Inference, Ability::Models],
        },
    ],
    offers: &[
        (Ability::Inference, Offer::With(&["resource_key"])),
        (Ability::Models, Offer::With(&["entra", "resource_key"])),
        (Ability::Usage, Offer::With(&["entra"])),
        (Ability::Cost, Offer::With(&["entra"])),
        (
            Ability::Balance,
            Offer::No("Azure bills the subscription afterwards; there is no balance of Azure OpenAI."),
        ),
        (
            Ability::Keys,
            Offer::No(
                "A resource has two keys without names, and the call that lists them gives out the secrets: it is not made.",
            ),
        ),
        (Ability::Members, Offer::No("People stand in Microsoft Entra, not in Azure OpenAI.")),
        (Ability::Audit, Offer::With(&["entra"])),
        (
            Ability::Content,
            Offer::No(
                "Azure has no call that reads prompts or answers; its logs hold metadata only. They are seen by the gateway.",
            ),
        ),
    ],
    reread: &[(Ability::Usage, DAY), (Ability::Cost, DAY.saturating_mul(10)), (Ability::Audit, DAY)],
    reach: &[(Ability::Usage, DAY.saturating_mul(93)), (Ability::Audit, DAY.saturating_mul(90))],
    pace: 4,
    notes: &[
        "Usage is split by deployment and model, never by user or key; cached tokens are not told apart.",
        "Foundry's metrics are read where they have data, else the classic ones: both describe the same traffic.",
        "Costs lag by 8 to 24 hours and are in the currency of the subscription; the meter's text names model and direction.",
        "Cost queries are limited to about four a minute.",
    ],
};
