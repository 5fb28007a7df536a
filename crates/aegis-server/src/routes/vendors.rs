//! `/vendors`: the catalogue. What each vendor can tell, what it cannot, and how well it is seen here.

use crate::App;
use crate::access::Caller;
use crate::audit::{self, Entry};
use crate::collection::vendors::{self, NewVendor, Vendor};
use crate::error::{ApiError, ErrorBody};
use crate::http::{Access, Body, Params, Routes};
use aegis_domain::{Ability, Role, Timestamp};
use aegis_vendors::admin::{Field, Host, Input, KeyKind, Offer};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("vendors")
        .add(Access::Role(Role::Viewer), routes!(list))
        .add(Access::Role(Role::Viewer), routes!(show))
        .add(Access::Role(Role::Analyst), routes!(create))
        .add(Access::Role(Role::Analyst), routes!(delete))
}

/// A vendor: what it offers, and how to connect it.
#[derive(Serialize, ToSchema)]
struct VendorView {
    /// As URLs, events and the ledger have it.
    id: String,
    name: String,
    /// Where the vendor documents its admin API.
    docs: String,
    /// What makes it a vendor of one's own; null for the twelve.
    custom: Option<CustomView>,
    /// Hosts that are called; each can be replaced for a credential.
    hosts: Vec<HostView>,
    /// Kinds of credential, each with its form.
    kinds: Vec<KindView>,
    /// Every ability: offered with which kinds, or why not.
    abilities: Vec<OfferView>,
    /// What a person should know: delays, what a figure leaves out.
    notes: Vec<&'static str>,
}

/// What makes a vendor one's own.
#[derive(Serialize, ToSchema)]
struct CustomView {
    /// Where its pages are asked.
    collector_url: String,
    /// Where the fields stand in its answers, as JSON; null for our own shape.
    mapping: Option<String>,
    /// Who answers for it.
    owner: String,
    /// Others than the owner see it.
    shared: bool,
    created_at: Timestamp,
}

/// A host that is called.
#[derive(Serialize, ToSchema)]
struct HostView {
    /// As `base_urls` of a credential names it.
    name: &'static str,
    /// The vendor's own address; may hold `{field}` of the credential.
    base_url: String,
    /// Why it is called.
    purpose: &'static str,
}

/// A kind of credential.
#[derive(Serialize, ToSchema)]
struct KindView {
    id: &'static str,
    name: &'static str,
    /// What to do at the vendor to get one, and which permission to grant.
    steps: &'static [&'static str],
    /// The form.
    auth_fields: Vec<FieldView>,
    /// What it can do at best.
    abilities: &'static [Ability],
}

/// How a field is entered.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum FieldKind {
    /// One line.
    Text,
    /// One of `choices`.
    Choice,
    /// A file of JSON.
    JsonFile,
}

/// A field of the form.
#[derive(Serialize, ToSchema)]
struct FieldView {
    name: &'static str,
    label: &'static str,
    /// What it is for.
    help: &'static str,
    /// Where a person finds it.
    find: &'static str,
    #[serde(rename = "type")]
    kind: FieldKind,
    /// For `choice`.
    choices: &'static [&'static str],
    /// For `json_file`: fields it must have.
    json_fields: &'static [&'static str],
    /// A regular expression over the whole value.
    pattern: Option<&'static str>,
    /// No real value.
    example: &'static str,
    /// Sealed, never shown again.
    secret: bool,
    required: bool,
}

/// What a vendor says to an ability.
#[derive(Serialize, ToSchema)]
struct OfferView {
    ability: Ability,
    offered: bool,
    /// Kinds of credential that have it.
    kinds: &'static [&'static str],
    /// Why it is not offered, and where the figure can come from instead.
    reason: Option<&'static str>,
}

impl From<&'static Field> for FieldView {
    fn from(field: &'static Field) -> Self {
        let (kind, choices, json_fields): (_, &[&str], &[&str]) = match field.input {
            Input::Text => (FieldKind::Text, &[], &[]),
            Input::Choice(of) => (FieldKind::Choice, of, &[]),
            Input::JsonFile(with) => (FieldKind::JsonFile, &[], with),
        };
        FieldView {
            name: field.name,
            label: field.label,
            help: field.help,
            find: field.find,
            kind,
            choices,
            json_fields,
            pattern: field.pattern,
            example: field.example,
            secret: field.secret,
            required: field.required,
        }
    }
}

impl OfferView {
    fn of(ability: Ability, offer: Offer) -> Self {
        match offer {
            Offer::With(kinds) => OfferView { ability, offered: true, kinds, reason: None },
            Offer::No(reason) => OfferView { ability, offered: false, kinds: &[], reason: Some(reason) },
        }
    }
}

impl VendorView {
    fn of(vendor: Vendor) -> Self {
        let catalogue = vendor.api.catalogue();
        let given = vendor.given();
        let host = |host: &Host| HostView {
            name: host.name,
            base_url: given.get("collector_url").map_or(host.base, String::as_str).to_owned(),
            purpose: host.purpose,
        };
        let kind = |kind: &'static KeyKind| KindView {
            id: kind.id,
            name: kind.name,
            steps: kind.steps,
            auth_fields: kind.fields.iter().filter(|f| !given_by(&vendor, f)).map(FieldView::from).collect(),
            abilities: kind.abilities,
        };
        VendorView {
            docs: catalogue.docs.to_owned(),
            hosts: catalogue.hosts.iter().map(host).collect(),
            kinds: catalogue.kinds.iter().map(kind).collect(),
            abilities: Ability::ALL.map(|ability| OfferView::of(ability, catalogue.offer(ability))).into(),
            notes: catalogue.notes.to_vec(),
            id: vendor.id,
            name: vendor.name,
            custom: vendor.custom.map(|custom| CustomView {
                collector_url: custom.collector_url,
                mapping: custom.mapping,
                owner: custom.owner,
                shared: custom.shared,
                created_at: custom.created_at,
            }),
        }
    }
}

/// A field that a vendor of one's own gives itself, so that nobody is asked for it.
fn given_by(vendor: &Vendor, field: &Field) -> bool {
    vendor.custom.is_some() && matches!(field.name, "collector_url" | "mapping")
}

/// Vendors.
#[derive(Serialize, ToSchema)]
struct VendorList {
    /// The twelve, then those of one's own.
    items: Vec<VendorView>,
}

/// The vendors there are, with the forms that connect them.
#[utoipa::path(get, path = "/vendors", responses((status = 200, body = VendorList)))]
async fn list(State(app): State<App>, caller: Caller) -> Result<Json<VendorList>, ApiError> {
    let all = vendors::list(&app).await?;
    let items = all.into_iter().filter(|vendor| vendor.is_visible_to(&caller)).map(VendorView::of).collect();
    Ok(Json(VendorList { items }))
}

/// One vendor.
#[utoipa::path(get, path = "/vendors/{id}", params(("id" = String, Path, max_length = 40)), responses(
    (status = 200, body = VendorView),
    (status = 404, body = ErrorBody)))]
async fn show(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<String>,
) -> Result<Json<VendorView>, ApiError> {
    let found = vendors::find(&app, &id).await?.filter(|vendor| vendor.is_visible_to(&caller));
    Ok(Json(VendorView::of(found.ok_or_else(|| ApiError::not_found("vendor"))?)))
}

/// A vendor of one's own to make.
#[derive(Deserialize, ToSchema)]
struct VendorForm {
    /// What people call it; its id is made of it.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// Where its pages are asked: see the guide on custom vendors.
    #[schema(max_length = 2048)]
    collector_url: String,
    /// Where the fields stand in its answers, as JSON text; without, our own shape.
    #[schema(max_length = 16384)]
    mapping: Option<String>,
    /// Others than you see it.
    #[serde(default)]
    shared: bool,
}

/// Makes a vendor of one's own.
#[utoipa::path(post, path = "/vendors", request_body = VendorForm, responses(
    (status = 201, body = VendorView),
    (status = 409, description = "There is one of this name", body = ErrorBody)))]
async fn create(
    State(app): State<App>,
    caller: Caller,
    Body(form): Body<VendorForm>,
) -> Result<(StatusCode, Json<VendorView>), ApiError> {
    let VendorForm { name, collector_url, mapping, shared } = form;
    let vendor = vendors::create(&app, &caller, NewVendor { name, collector_url, mapping, shared }).await?;
    let mut entry = Entry::new("vendor.created").object("vendor", &vendor.id);
    if let Some(custom) = &vendor.custom {
        entry = entry.after(custom);
    }
    audit::record(&app, &caller, entry).await?;
    Ok((StatusCode::CREATED, Json(VendorView::of(vendor))))
}

/// Deletes a vendor of one's own. What was collected from it stays.
#[utoipa::path(delete, path = "/vendors/{id}", params(("id" = String, Path, max_length = 40)), responses(
    (status = 204, description = "Deleted"),
    (status = 404, body = ErrorBody),
    (status = 409, description = "It is not one's own, or has credentials", body = ErrorBody)))]
async fn delete(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<String>,
) -> Result<StatusCode, ApiError> {
    let deleted = vendors::delete(&app, &caller, &id).await?;
    let entry = Entry::new("vendor.deleted").object("vendor", &id).before(&deleted);
    audit::record(&app, &caller, entry).await?;
    Ok(StatusCode::NO_CONTENT)
}
