//! `GET /v1/organization/usage/{kind}`. Only completions, embeddings and web searches have figures; the other kinds
//! answer with idle buckets.
//! The body is written bucket by bucket, so that a million rows need no more memory than one bucket's.

use super::{Filter, VENDOR, allow, next_page, page, range, wrong};
use crate::admin::Admin;
use crate::admin::paging::Buckets;
use crate::admin::params::{Params, Wrong};
use crate::admin::reply::Answer;
use crate::admin::when::{DAY, HOUR, MINUTE};
use crate::admin::world::{By, Dims, Group, Part, Tally};
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use futures::{StreamExt, stream};
use serde_json::{Value, json};
use std::convert::Infallible;

/// Kinds, the word in their rows, and what they may be grouped by.
const KINDS: &[(&str, &str, &[&str])] = &[
    (
        "completions",
        "completions",
        &["project_id", "user_id", "api_key_id", "model", "batch", "service_tier"],
    ),
    ("embeddings", "embeddings", &["project_id", "user_id", "api_key_id", "model"]),
    ("moderations", "moderations", &["project_id", "user_id", "api_key_id", "model"]),
    ("images", "images", &["project_id", "user_id", "api_key_id", "model", "size", "source"]),
    ("audio_speeches", "audio_speeches", &["project_id", "user_id", "api_key_id", "model"]),
    ("audio_transcriptions", "audio_transcriptions", &["project_id", "user_id", "api_key_id", "model"]),
    ("vector_stores", "vector_stores", &["project_id"]),
    ("code_interpreter_sessions", "code_interpreter_sessions", &["project_id"]),
    ("file_search_calls", "file_searches", &["project_id", "user_id", "api_key_id", "vector_store_id"]),
    ("web_search_calls", "web_searches", &["project_id", "user_id", "api_key_id", "model", "context_level"]),
];

/// Rows are sent in pieces of about so many.
const PIECE: usize = 500;

pub(super) async fn usage(
    State(admin): State<Admin>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, "usage", "api.usage.read", 403)?;
    let Some((kind, object, dimensions)) = KINDS.iter().find(|k| k.0 == kind) else {
        return Err(super::not_found("Resource"));
    };
    let (from, to) = range(&admin, &params)?;
    let (width, default, most) = match params.get("bucket_width").unwrap_or("1d") {
        "1d" => (DAY, 7, 31),
        "1h" => (HOUR, 24, 168),
        "1m" => (MINUTE, 60, 1_440),
        _ => return Err(wrong(Wrong("bucket_width".into()))),
    };
    let limit = params.within("limit", default, 1, most).map_err(wrong)?;
    let asked: Vec<String> = params.list("group_by").into_iter().map(str::to_owned).collect();
    if asked.iter().any(|g| !dimensions.contains(&g.as_str())) {
        return Err(wrong(Wrong("group_by".into())));
    }
    let buckets = Buckets::page(from, to, width, limit, page(&params)?);
    let end =
        format!("],\"has_more\":{},\"next_page\":{}}}", buckets.next.is_some(), next_page(buckets.next));
    let view = View { kind, object, asked, filter: Filter::read(&params), admin, first: true };
    let each = stream::iter(buckets.iter()).scan(view, |view, bucket| {
        let pieces = view.bucket(bucket);
        async move { Some(stream::iter(pieces)) }
    });
    let body = stream::iter(["{\"object\":\"page\",\"data\":[".to_owned()])
        .chain(each.flatten())
        .chain(stream::iter([end]))
        .map(|text| Ok::<_, Infallible>(Bytes::from(text)));
    Ok(([("content-type", "application/json")], Body::from_stream(body)).into_response())
}

struct View {
    admin: Admin,
    kind: &'static str,
    object: &'static str,
    asked: Vec<String>,
    filter: Filter,
    first: bool,
}

impl View {
    fn by(&self, name: &str) -> bool {
        self.asked.iter().any(|a| a == name)
    }

    fn bucket(&mut self, (from, to): (i64, i64)) -> Vec<String> {
        let admin = &self.admin;
        let account = admin.account(&VENDOR);
        let by = By {
            model: self.by("model"),
            project: self.by("project_id"),
            user: self.by("user_id"),
            key: self.by("api_key_id"),
            batch: self.by("batch"),
        };
        let scale = admin.scale(&VENDOR).filter(|_| self.kind == "completions");
        let embeds = match self.kind {
            "completions" | "web_search_calls" => Some(false),
            "embeddings" => Some(true),
            _ => None,
        };
        let view = |dims: &Dims| {
            let of_kind = embeds == Some(VENDOR.models[dims.model].embeds);
            (of_kind && self.filter.keeps(admin, dims)).then_some(*dims)
        };
        let groups = account.sums((from, to), admin.usage(), by, scale.as_ref(), &view);
        let mut rows: Vec<String> = Vec::new();
        let searched = |t: &Tally| self.kind != "web_search_calls" || t.count(Part::Search) > 0;
        for (group, tally) in groups.iter().filter(|(_, t)| searched(t)) {
            rows.push(self.row(group, tally).to_string());
        }
        let comma = if std::mem::take(&mut self.first) { "" } else { "," };
        let mut pieces = vec![format!(
            "{comma}{{\"object\":\"bucket\",\"start_time\":{from},\"end_time\":{to},\"results\":["
        )];
        for (n, piece) in rows.chunks(PIECE).enumerate() {
            pieces.push(format!("{}{}", if n > 0 { "," } else { "" }, piece.join(",")));
        }
        pieces.push("]}".into());
        pieces
    }

    fn row(&self, group: &Group, tally: &Tally) -> Value {
        let directory = &self.admin.account(&VENDOR).directory;
        let mut row = json!({
            "object": format!("organization.usage.{}.result", self.object),
            "num_model_requests": tally.requests,
            "project_id": group.project.map(|p| directory.project(p)),
            "user_id": group.user.map(|u| directory.member(u)),
            "api_key_id": group.key.map(|k| directory.key(k)),
            "model": group.model.map(|m| VENDOR.models[m].id),
        });
        match self.kind {
            "completions" => {
                let (fresh, cached) = (tally.count(Part::Input), tally.count(Part::Cached));
                let output = tally.count(Part::Output);
                for (name, n) in [
                    ("input_tokens", tally.all_input()),
                    ("input_cached_tokens", cached),
                    ("input_cache_write_tokens", tally.count(Part::Write5m) + tally.count(Part::Write1h)),
                    ("input_uncached_tokens", fresh),
                    ("output_tokens", output),
                    ("input_text_tokens", fresh),
                    ("output_text_tokens", output),
                    ("input_cached_text_tokens", cached),
                    ("input_audio_tokens", 0),
                    ("input_cached_audio_tokens", 0),
                    ("output_audio_tokens", 0),
                    ("input_image_tokens", 0),
                    ("input_cached_image_tokens", 0),
                    ("output_image_tokens", 0),
                ] {
                    row[name] = n.into();
                }
                row["batch"] = group.batch.into();
                row["service_tier"] = self.by("service_tier").then_some("default").into();
            }
            "embeddings" => row["input_tokens"] = tally.all_input().into(),
            "web_search_calls" => {
                row["num_requests"] = tally.count(Part::Search).into();
                row["num_model_requests"] = tally.count(Part::Search).into();
                row["context_level"] = self.by("context_level").then_some("medium").into();
            }
            _ => {}
        }
        row
    }
}
