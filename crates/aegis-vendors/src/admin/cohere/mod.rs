//! Cohere: models, and the counts of batch and embed jobs of the key's own user. No usage or cost API exists.
//! Facts: the vendor's OpenAPI document of August 2026.

mod catalogue;

use super::page::onward;
use super::read::{Count, Time, json};
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, Known, Method, ModelEntry, Page, Request,
    Row, Standing, Unreadable, Verdict,
};
use aegis_domain::{Ability, Dimensions, Exact, LedgerKind, LedgerRow, Quantities, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

const KEY: Auth = Auth::Bearer("key");
const DAY: Duration = Duration::from_secs(86_400);
const ALL: [Ability; 3] = [Ability::Inference, Ability::Models, Ability::Usage];

/// The adapter.
pub(super) struct Cohere;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    Models { page: Option<String> },
    Batches { from: Timestamp, to: Timestamp, page: Option<String> },
    EmbedJobs { from: Timestamp, to: Timestamp },
    Storage { at: Timestamp },
}

#[derive(Deserialize)]
struct Checked {
    valid: bool,
    organization_id: Option<String>,
    owner_id: Option<String>,
}

#[derive(Deserialize)]
struct Models {
    models: Vec<Model>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Model {
    name: String,
    context_length: Option<Count>,
}

#[derive(Deserialize)]
struct Batches {
    batches: Vec<Batch>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Batch {
    id: String,
    creator_id: Option<String>,
    created_at: Time,
    model: Option<String>,
    input_tokens: Option<Count>,
    output_tokens: Option<Count>,
    num_records: Option<Count>,
    num_failed_records: Option<Count>,
}

#[derive(Deserialize)]
struct EmbedJobs {
    embed_jobs: Vec<EmbedJob>,
}

#[derive(Deserialize)]
struct EmbedJob {
    job_id: String,
    created_at: Time,
    model: Option<String>,
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct Meta {
    billed_units: Option<Billed>,
}

#[derive(Deserialize)]
struct Billed {
    input_tokens: Option<Count>,
}

#[derive(Deserialize)]
struct Storage {
    organization_usage: Count,
}

impl AdminApi for Cohere {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn check(&self, step: usize, _: &Credential, _: Timestamp) -> Option<Request> {
        Some(match step {
            0 => Request { method: Method::Post, ..Request::get("api", "/v1/check-api-key", KEY) },
            // Holds behind other base addresses, too.
            1 => Request::get("api", "/v1/models", KEY).with("page_size", 1),
            // A key can be good and jobs be closed to it.
            2 => Request::get("api", "/v2/batches", KEY).with("page_size", 1),
            _ => return None,
        })
    }

    fn judge(&self, step: usize, answer: &Answer, _: &Credential) -> Verdict {
        if step > 0 || !answer.ok() {
            let of = if step > 0 { ALL.get(step..=step).unwrap_or_default() } else { &ALL };
            return Verdict::of(of, answer, |a| self.fault(a));
        }
        let verdict = match json::<Checked>(answer.body) {
            Ok(Checked { valid: true, organization_id, owner_id }) => {
                let mut verdict = Verdict::has(&ALL);
                for (name, id) in [("organization_id", organization_id), ("owner_id", owner_id)] {
                    if let Some(id) = id {
                        verdict = verdict.learn(name, id);
                    }
                }
                verdict
            }
            Ok(Checked { valid: false, .. }) => Verdict { known: Some(Known::Invalid), ..Verdict::default() }
                .and(&ALL, Standing::Lacks, "the key is not valid"),
            Err(_) => Verdict::default().and(&ALL, Standing::Unclear, "the answer could not be read"),
        };
        match answer.header("x-trial-endpoint-call-limit") {
            Some(_) => verdict.learn("plan", "trial"),
            None => verdict,
        }
    }

    fn open(&self, feed: Ability, window: Window, _: &Credential) -> Vec<Cursor> {
        let (from, to) = (window.from.floor(DAY), window.to.ceil(DAY));
        match feed {
            Ability::Models => vec![Cursor::new(&At::Models { page: None })],
            Ability::Usage => {
                let jobs = [At::Batches { from, to, page: None }, At::EmbedJobs { from, to }];
                jobs.iter().map(Cursor::new).collect()
            }
            _ => Vec::new(),
        }
    }

    fn look(&self, feed: Ability, now: Timestamp, _: &Credential) -> Option<Cursor> {
        (feed == Ability::Usage).then(|| Cursor::new(&At::Storage { at: now }))
    }

    fn ask(&self, cursor: &Cursor, _: &Credential) -> Result<Request, Unreadable> {
        Ok(match cursor.get::<At>()? {
            At::Models { page } => paged("/v1/models", page),
            At::Batches { page, .. } => paged("/v2/batches", page).with("order_by", "created_at"),
            At::EmbedJobs { .. } => Request::get("api", "/v1/embed-jobs", KEY),
            At::Storage { .. } => Request::get("api", "/v1/datasets/usage", KEY),
        })
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, _: &Credential) -> Result<Page, Unreadable> {
        match cursor.get::<At>()? {
            At::Models { page } => {
                let read: Models = json(answer.body)?;
                let next = onward(None, read.next_page_token, page.as_deref())?;
                let next = next.map(|page| Cursor::new(&At::Models { page: Some(page) }));
                Ok(Page::of(read.models.into_iter().map(model).collect(), next))
            }
            At::Batches { from, to, page } => {
                let read: Batches = json(answer.body)?;
                let next = onward(None, read.next_page_token, page.as_deref())?;
                let next = next.map(|page| Cursor::new(&At::Batches { from, to, page: Some(page) }));
                let inside = read.batches.into_iter().filter(|b| (from..to).contains(&b.created_at.0));
                Ok(Page::of(inside.map(batch).collect(), next))
            }
            At::EmbedJobs { from, to } => {
                let read: EmbedJobs = json(answer.body)?;
                let inside = read.embed_jobs.into_iter().filter(|j| (from..to).contains(&j.created_at.0));
                Ok(Page::of(inside.map(embed_job).collect(), []))
            }
            At::Storage { at } => {
                let read: Storage = json(answer.body)?;
                Ok(Page::of(vec![storage(read, at)], []))
            }
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        Fault::by_status(answer)
    }
}

fn paged(path: &str, page: Option<String>) -> Request {
    let request = Request::get("api", path, KEY).with("page_size", 1000);
    match page {
        Some(page) => request.with("page_token", page),
        None => request,
    }
}

fn model(model: Model) -> Row {
    let context = model.context_length.map(|c| c.0);
    Row::Model(ModelEntry { id: model.name, context, ..ModelEntry::default() })
}

/// A job counts on the day it was made, whenever it ends: so the row keeps its place while its figures grow.
fn job(id: String, item: &str, at: Timestamp, model: Option<String>, quantities: Quantities) -> LedgerRow {
    LedgerRow {
        kind: LedgerKind::Usage,
        from: at.floor(DAY),
        to: at.floor(DAY).plus(DAY),
        dimensions: Dimensions {
            model,
            item: Some(item.to_owned()),
            tier: Some("batch".to_owned()),
            other: BTreeMap::from([("job".to_owned(), id)]),
            ..Dimensions::default()
        },
        quantities,
        money: None,
        estimate: false,
    }
}

fn batch(batch: Batch) -> Row {
    let failed = batch.num_failed_records.map(|n| ("failed_records".to_owned(), Exact::from(n)));
    let quantities = Quantities {
        requests: batch.num_records.map(|n| n.0),
        input_tokens: batch.input_tokens.map(|n| n.0),
        output_tokens: batch.output_tokens.map(|n| n.0),
        other: failed.into_iter().collect(),
        ..Quantities::default()
    };
    let mut row = job(batch.id, "batch", batch.created_at.0, batch.model, quantities);
    row.dimensions.user = batch.creator_id;
    Row::Ledger(row)
}

fn embed_job(embed: EmbedJob) -> Row {
    let billed = embed.meta.and_then(|m| m.billed_units).and_then(|b| b.input_tokens);
    let quantities = Quantities { input_tokens: billed.map(|n| n.0), ..Quantities::default() };
    Row::Ledger(job(embed.job_id, "embed_job", embed.created_at.0, embed.model, quantities))
}

fn storage(storage: Storage, at: Timestamp) -> Row {
    let bytes = Exact::from(storage.organization_usage);
    Row::Sample(LedgerRow {
        kind: LedgerKind::Usage,
        from: at,
        to: at,
        dimensions: Dimensions { item: Some("storage".to_owned()), ..Dimensions::default() },
        quantities: Quantities {
            other: BTreeMap::from([("bytes".to_owned(), bytes)]),
            ..Quantities::default()
        },
        money: None,
        estimate: false,
    })
}
