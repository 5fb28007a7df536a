//! Ollama: models of a server and which of them are loaded, by looking; a cloud key. Nothing is counted by the server.
//! Facts: the server's source and documents, August 2026. Only reads: a call that generates would load a model.

mod catalogue;

use super::read::{Number, Time, json};
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, Known, ModelEntry, Page, Request, Row,
    Standing, Unreadable, Verdict,
};
use aegis_domain::{Ability, Dimensions, LedgerKind, LedgerRow, Quantities, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The adapter.
pub(super) struct Ollama;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    Models,
    Loaded { at: Timestamp },
}

#[derive(Deserialize)]
struct Tags {
    models: Vec<Tag>,
}

#[derive(Deserialize)]
struct Tag {
    name: String,
    remote_host: Option<String>,
    #[serde(default)]
    details: Details,
}

#[derive(Deserialize, Default)]
struct Details {
    context_length: Option<u64>,
}

#[derive(Deserialize)]
struct Loaded {
    models: Vec<InMemory>,
}

#[derive(Deserialize)]
struct InMemory {
    name: String,
    #[serde(default)]
    digest: String,
    size: Number,
    // Zero is left out.
    #[serde(default)]
    size_vram: Number,
    expires_at: Option<Time>,
}

#[derive(Deserialize)]
struct Status {
    cloud: Cloud,
}

#[derive(Deserialize)]
struct Cloud {
    disabled: bool,
}

/// Servers know no keys; a proxy before one may want a token.
fn auth(credential: &Credential) -> Auth {
    match (credential.kind.as_str(), credential.secret("token")) {
        ("cloud", _) => Auth::Bearer("key"),
        (_, Some(_)) => Auth::Bearer("token"),
        (_, None) => Auth::None,
    }
}

impl AdminApi for Ollama {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn check(&self, step: usize, credential: &Credential, _: Timestamp) -> Option<Request> {
        let auth = auth(credential);
        Some(match (credential.kind.as_str(), step) {
            ("server", 0) => Request::get("server", "/api/version", auth),
            ("server", 1) => Request::get("server", "/api/tags", auth),
            ("server", 2) => Request::get("server", "/api/status", auth),
            // The list of models is public: only a call that is refused for its emptiness proves the key.
            ("cloud", 0) => Request::post("cloud", "/api/web_search", auth, serde_json::json!({})),
            _ => return None,
        })
    }

    fn judge(&self, step: usize, answer: &Answer, credential: &Credential) -> Verdict {
        match (credential.kind.as_str(), step) {
            ("server", 0) => Verdict::of(&[Ability::Usage], answer, |a| self.fault(a)),
            ("server", 1) => Verdict::of(&[Ability::Models, Ability::Inference], answer, |a| self.fault(a)),
            ("server", _) => match json::<Status>(answer.body) {
                Ok(s) if answer.ok() => {
                    Verdict::default().learn("cloud", if s.cloud.disabled { "disabled" } else { "allowed" })
                }
                // Older servers do not tell.
                _ => Verdict::default(),
            },
            (_, 0) if answer.ok() || matches!(answer.status, 400 | 422) => {
                Verdict::has(&[Ability::Inference, Ability::Models])
            }
            (_, 0) => Verdict::refused(&[Ability::Inference, Ability::Models], self.fault(answer)),
            _ => Verdict { known: None::<Known>, ..Verdict::default() }.and(&[], Standing::Unclear, ""),
        }
    }

    fn open(&self, feed: Ability, _: Window, _: &Credential) -> Vec<Cursor> {
        (feed == Ability::Models).then(|| Cursor::new(&At::Models)).into_iter().collect()
    }

    fn look(&self, feed: Ability, now: Timestamp, _: &Credential) -> Option<Cursor> {
        (feed == Ability::Usage).then(|| Cursor::new(&At::Loaded { at: now }))
    }

    fn ask(&self, cursor: &Cursor, credential: &Credential) -> Result<Request, Unreadable> {
        let host = if credential.kind == "cloud" { "cloud" } else { "server" };
        Ok(match cursor.get::<At>()? {
            At::Models => Request::get(host, "/api/tags", auth(credential)),
            At::Loaded { .. } => Request::get("server", "/api/ps", auth(credential)),
        })
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, _: &Credential) -> Result<Page, Unreadable> {
        match cursor.get::<At>()? {
            At::Models => read_models(answer),
            At::Loaded { at } => {
                let loaded: Loaded = json(answer.body)?;
                Ok(Page::of(loaded.models.into_iter().map(|m| presence(m, at)).collect(), []))
            }
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        match answer.status {
            // The guard against foreign names says nothing at all.
            403 if matches!(answer.body.trim_ascii(), b"" | b"{}") => Fault::Lacks {
                said: "the server answers to its own name only: give its address instead".to_owned(),
            },
            503 => Fault::TooMany { after: None },
            _ => Fault::by_status(answer),
        }
    }
}

fn read_models(answer: &Answer) -> Result<Page, Unreadable> {
    let tags: Tags = json(answer.body)?;
    let mut page = Page::default();
    for tag in tags.models {
        if let Some(host) = tag.remote_host.filter(|h| !h.is_empty()) {
            page.notes.push(format!("{} runs at {host}: what is sent to it leaves this server.", tag.name));
        }
        let context = tag.details.context_length;
        page.rows.push(Row::Model(ModelEntry { id: tag.name, context, ..ModelEntry::default() }));
    }
    Ok(page)
}

/// That a model is loaded at an instant. Loaded is not in use: no calls and no tokens follow from it.
fn presence(model: InMemory, at: Timestamp) -> Row {
    // A model that is kept for ever ends in another century.
    let kept = model.expires_at.is_some_and(|t| t.0.date().0 > 2200);
    Row::Sample(LedgerRow {
        kind: LedgerKind::Usage,
        from: at,
        to: at,
        dimensions: Dimensions {
            model: Some(model.name),
            item: Some("loaded".to_owned()),
            tier: kept.then(|| "kept for ever".to_owned()),
            other: BTreeMap::from([("digest".to_owned(), model.digest)]),
            ..Dimensions::default()
        },
        quantities: Quantities {
            other: BTreeMap::from([
                ("bytes".to_owned(), model.size.0),
                ("gpu_bytes".to_owned(), model.size_vram.0),
            ]),
            ..Quantities::default()
        },
        money: None,
        estimate: false,
    })
}
