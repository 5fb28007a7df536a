//! Lists: workspaces, keys (pages without a total, until one is empty), members (with a total), models.

use super::{At, Data};
use crate::admin::read::{Count, Time, json};
use crate::admin::{Cursor, KeyEntry, MemberEntry, ModelEntry, Page, Row, Unreadable};
use serde::Deserialize;

#[derive(Deserialize)]
struct List<T> {
    data: Vec<T>,
    total_count: Option<Count>,
}

impl<T> List<T> {
    /// Where the next page begins, if there is one.
    fn onward(&self, offset: u64) -> Option<u64> {
        let read = offset.saturating_add(self.data.len() as u64);
        let more = self.total_count.is_some_and(|total| read < total.0);
        (more && !self.data.is_empty()).then_some(read)
    }
}

#[derive(Deserialize)]
struct Workspace {
    id: String,
    #[serde(default)]
    is_observability_io_logging_enabled: bool,
    #[serde(default)]
    is_data_discount_logging_enabled: bool,
    #[serde(default)]
    name: String,
}

/// A page of workspaces leads to the keys of each, since keys are listed by workspace only.
pub fn workspaces(body: &[u8], offset: u64) -> Result<Page, Unreadable> {
    let list: List<Workspace> = json(body)?;
    let onward = list.onward(offset);
    let mut page = Page::default();
    if list.data.is_empty() && offset == 0 {
        page.next.push(Cursor::new(&At::Keys { workspace: None, offset: 0 }));
    }
    for workspace in list.data {
        if workspace.is_data_discount_logging_enabled {
            page.notes.push(format!(
                "OpenRouter may use the prompts of the workspace {} in exchange for a discount.",
                workspace.name
            ));
        }
        page.next.push(Cursor::new(&At::Keys { workspace: Some(workspace.id), offset: 0 }));
    }
    page.next.extend(onward.map(|offset| Cursor::new(&At::Workspaces { offset })));
    Ok(page)
}

/// Whether any workspace keeps what is said.
pub fn text_is_kept(body: &[u8]) -> Result<bool, Unreadable> {
    let list: List<Workspace> = json(body)?;
    Ok(list.data.iter().any(|w| w.is_observability_io_logging_enabled))
}

#[derive(Deserialize)]
struct ApiKey {
    hash: String,
    #[serde(default)]
    name: String,
    label: Option<String>,
    #[serde(default)]
    disabled: bool,
    creator_user_id: Option<String>,
    workspace_id: Option<String>,
    created_at: Option<Time>,
    expires_at: Option<Time>,
}

pub fn keys(body: &[u8], workspace: Option<String>, offset: u64) -> Result<Page, Unreadable> {
    let list: Data<Vec<ApiKey>> = json(body)?;
    let read = offset.saturating_add(list.data.len() as u64);
    let next = (!list.data.is_empty()).then(|| Cursor::new(&At::Keys { workspace, offset: read }));
    let row = |key: ApiKey| {
        Row::Key(KeyEntry {
            id: key.hash,
            name: key.name,
            hint: key.label,
            owner: key.creator_user_id,
            project: key.workspace_id,
            status: Some(if key.disabled { "disabled" } else { "active" }.to_owned()),
            created_at: key.created_at.map(|t| t.0),
            expires_at: key.expires_at.map(|t| t.0),
            last_used_at: None,
        })
    };
    Ok(Page::of(list.data.into_iter().map(row).collect(), next))
}

#[derive(Deserialize)]
struct Member {
    id: String,
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    role: Option<String>,
}

pub fn members(body: &[u8], offset: u64) -> Result<Page, Unreadable> {
    let list: List<Member> = json(body)?;
    let next = list.onward(offset).map(|offset| Cursor::new(&At::Members { offset }));
    let row = |member: Member| {
        let names: Vec<String> = [member.first_name, member.last_name].into_iter().flatten().collect();
        Row::Member(MemberEntry {
            id: member.id,
            name: (!names.is_empty()).then(|| names.join(" ")),
            email: member.email,
            role: member.role,
            since: None,
            machine: false,
        })
    };
    Ok(Page::of(list.data.into_iter().map(row).collect(), next))
}

#[derive(Deserialize)]
struct Model {
    id: String,
    name: Option<String>,
    context_length: Option<Count>,
    expiration_date: Option<Time>,
}

pub fn models(body: &[u8]) -> Result<Page, Unreadable> {
    let list: Data<Vec<Model>> = json(body)?;
    let row = |model: Model| {
        Row::Model(ModelEntry {
            id: model.id,
            name: model.name,
            context: model.context_length.map(|c| c.0),
            ends_at: model.expiration_date.map(|t| t.0),
        })
    };
    Ok(Page::of(list.data.into_iter().map(row).collect(), []))
}
