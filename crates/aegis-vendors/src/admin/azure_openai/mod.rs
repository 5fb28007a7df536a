//! Azure OpenAI: a resource key calls models; an Entra application reads metrics, costs, resources and the activity
//! log of a subscription.
//! Facts: Azure/azure-rest-api-specs (monitor 2024-02-01, cost-management 2023-11-01, cognitiveservices 2024-10-01).

mod catalogue;
mod cost;
mod lists;
mod metrics;

use super::read::{Problem, segment, utc};
use super::{
    AdminApi, Answer, Auth, Body, Catalogue, Credential, Cursor, Fault, FieldFault, FormValue, Page, Request,
    Standing, Unreadable, Verdict,
};
use aegis_domain::{Ability, Timestamp, Window};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);
const ARM: Auth = Auth::Exchanged("https://management.azure.com/.default");

/// The adapter.
pub(super) struct AzureOpenAi;

/// A place in a walk. Times are RFC 3339. `link` is the address of the next page, where the vendor gave one.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    /// The subscription's resources, each of which leads to its metrics or its deployments.
    Accounts {
        of: Of,
        link: Option<String>,
    },
    Metrics {
        account: String,
        family: metrics::Family,
        span: metrics::Span,
    },
    Deployments {
        account: String,
        link: Option<String>,
    },
    Cost {
        from: String,
        to: String,
        link: Option<String>,
    },
    Activities {
        from: String,
        to: String,
        link: Option<String>,
    },
    Models,
}

/// What resources are listed for.
#[derive(Serialize, Deserialize, Clone)]
#[serde(rename_all = "snake_case")]
enum Of {
    Metrics(metrics::Span),
    Deployments,
}

impl AdminApi for AzureOpenAi {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn check(&self, step: usize, credential: &Credential, now: Timestamp) -> Option<Request> {
        let (today, yesterday) = (now.floor(DAY), now.floor(DAY).minus(DAY));
        Some(match (credential.kind.as_str(), step) {
            ("resource_key", 0) => lists::models(),
            ("entra", 0) => lists::accounts(credential),
            ("entra", 1) => cost::query(credential, &utc(yesterday), &utc(today)),
            ("entra", 2) => lists::activities(credential, &utc(now.minus(HOUR)), &utc(now)),
            ("entra", 3) if !credential.get("account").is_empty() => {
                let window = Window { from: now.minus(HOUR), to: now, bucket: HOUR };
                let span = metrics::Span::of(window).pop()?;
                metrics::request(credential.get("account"), metrics::Family::Foundry, &span)
            }
            _ => return None,
        })
    }

    fn judge(&self, step: usize, answer: &Answer, credential: &Credential) -> Verdict {
        let abilities: &[Ability] = match (credential.kind.as_str(), step) {
            ("resource_key", 0) => &[Ability::Inference, Ability::Models],
            ("entra", 0) => &[Ability::Models],
            ("entra", 1) => &[Ability::Cost],
            ("entra", 2) => &[Ability::Audit],
            ("entra", 3) => &[Ability::Usage],
            _ => &[],
        };
        let verdict = Verdict::of(abilities, answer, |a| self.fault(a));
        if credential.kind != "entra" || step != 0 || !answer.ok() {
            return verdict;
        }
        match lists::first_account(answer.body) {
            Some(account) => verdict.learn("account", account),
            None => verdict.and(
                &[Ability::Usage],
                Standing::Unclear,
                "the subscription shows no Azure OpenAI resource",
            ),
        }
    }

    fn open(&self, feed: Ability, window: Window, credential: &Credential) -> Vec<Cursor> {
        let (from, to) = (utc(window.from), utc(window.to));
        let places = match feed {
            Ability::Usage => {
                let spans = metrics::Span::of(window).into_iter();
                spans.map(|span| At::Accounts { of: Of::Metrics(span), link: None }).collect()
            }
            Ability::Cost => cost::open(window),
            Ability::Audit => vec![At::Activities { from, to, link: None }],
            Ability::Models if credential.kind == "entra" => {
                vec![At::Accounts { of: Of::Deployments, link: None }]
            }
            Ability::Models => vec![At::Models],
            _ => vec![],
        };
        places.iter().map(Cursor::new).collect()
    }

    fn ask(&self, cursor: &Cursor, credential: &Credential) -> Result<Request, Unreadable> {
        Ok(match cursor.get::<At>()? {
            At::Cost { from, to, link } => {
                let first = cost::query(credential, &from, &to);
                // The next page is asked for with the same body.
                match link {
                    Some(link) => {
                        Request { body: first.body, method: first.method, ..Request::link(link, ARM) }
                    }
                    None => first,
                }
            }
            At::Accounts { link: Some(link), .. }
            | At::Deployments { link: Some(link), .. }
            | At::Activities { link: Some(link), .. } => Request::link(link, ARM),
            At::Accounts { link: None, .. } => lists::accounts(credential),
            At::Deployments { account, link: None } => lists::deployments(&account),
            At::Activities { from, to, link: None } => lists::activities(credential, &from, &to),
            At::Metrics { account, family, span } => metrics::request(&account, family, &span),
            At::Models => lists::models(),
        })
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, _: &Credential) -> Result<Page, Unreadable> {
        let body = answer.body;
        match cursor.get::<At>()? {
            At::Accounts { of, link } => lists::read_accounts(body, of, link),
            At::Metrics { account, family, span } => metrics::read(body, account, family, span),
            At::Deployments { account, link } => lists::read_deployments(body, account, link),
            // No content: no costs.
            At::Cost { .. } if answer.status == 204 => Ok(Page::default()),
            At::Cost { from, to, link } => cost::read(body, from, to, link),
            At::Activities { from, to, link } => lists::read_activities(body, from, to, link),
            At::Models => lists::read_models(body),
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        let problem = Problem::of(answer);
        let unknown = ["7000215", "7000222", "700016", "90002", "invalid_client", "unauthorized_client"];
        match answer.status {
            400 | 401 if unknown.iter().any(|code| problem.is(code)) => {
                Fault::Invalid { said: problem.message }
            }
            429 => Fault::TooMany { after: longest_wait(answer) },
            _ => Fault::by_status(answer),
        }
    }

    fn exchange(&self, scope: &str, credential: &Credential, _: Timestamp) -> Result<Request, FieldFault> {
        let path = format!("/{}/oauth2/v2.0/token", segment(credential.get("tenant_id")));
        let form = vec![
            ("grant_type", FormValue::Plain("client_credentials".to_owned())),
            ("client_id", FormValue::Plain(credential.get("client_id").to_owned())),
            ("client_secret", FormValue::Secret("client_secret")),
            ("scope", FormValue::Plain(scope.to_owned())),
        ];
        let request = Request::post("login", path, Auth::None, serde_json::Value::Null);
        Ok(Request { body: Some(Body::Form(form)), ..request })
    }

    fn token(&self, answer: &Answer) -> Result<(SecretString, Duration), Unreadable> {
        super::read::token(answer.body)
    }
}

/// The longest of all waits that headers name: cost queries are limited in several ways at once.
fn longest_wait(answer: &Answer) -> Option<Duration> {
    let limits = answer.headers.iter().filter(|(name, _)| {
        name == "retry-after" || (name.starts_with("x-ms-ratelimit-") && name.ends_with("-retry-after"))
    });
    limits
        .filter_map(|(_, value)| value.trim().parse().ok())
        .max()
        .map(|s: u32| Duration::from_secs(s.into()).min(DAY))
}
