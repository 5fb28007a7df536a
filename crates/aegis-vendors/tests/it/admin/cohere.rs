//! Cohere's recorded answers.

use super::kit::*;
use aegis_domain::{Ability, Window};
use aegis_vendors::admin::{AdminApi, Answer, Credential};
use serde_json::json;

fn api() -> &'static dyn AdminApi {
    vendor("cohere")
}

fn key() -> Credential {
    credential(api(), "key", &[("key", "k")], &[])
}

fn days() -> Window {
    window("2026-11-01T00:00:00Z", "2026-11-04T15:00:00Z", DAY)
}

#[test]
fn models_are_walked_by_token() {
    let script = [
        ("GET api:/v1/models?page_size=1000 | bearer key", "models_page1.json"),
        ("GET api:/v1/models?page_size=1000&page_token=eyJvZmZzZXQiOjJ9 | bearer key", "models_page2.json"),
    ];
    assert_eq!(
        entries(walk(api(), &key(), Ability::Models, days(), &script)),
        [
            json!({"id": "command-a-03-2025", "context": 256_000}),
            json!({"id": "embed-v4.0", "context": 128_000}),
            json!({"id": "rerank-v3.5", "context": 4096}),
            json!({"id": "claims-classifier-ft", "context": 512}),
        ]
    );
}

#[test]
fn jobs_count_on_the_day_they_were_made() {
    let script = [
        ("GET api:/v2/batches?page_size=1000&order_by=created_at | bearer key", "batches_page1.json"),
        ("GET api:/v1/embed-jobs | bearer key", "embed_jobs.json"),
        ("GET api:/v1/datasets/usage | bearer key", "datasets_usage.json"),
        (
            "GET api:/v2/batches?page_size=1000&page_token=b2Zmc2V0PTE&order_by=created_at | bearer key",
            "batches_page2.json",
        ),
    ];
    // The failed batch of October lies outside.
    assert_eq!(
        rows(walk(api(), &key(), Ability::Usage, days(), &script)),
        [
            "usage 2026-11-02T00 24h {item:batch,model:command-a-03-2025,other:{job:9439e0e3-49a4-4336-93e3-485fc420bc18},tier:batch,user:b5e1ffb9-49a1-4653-9927-94083316309d} {input_tokens:1820331,other:{failed_records:2},output_tokens:240118,requests:1200}",
            "usage 2026-11-01T00 24h {item:embed_job,model:embed-v4.0,other:{job:792bbc1a-561b-48c2-8a97-0c80c1914ea8},tier:batch} {input_tokens:912044}",
            "usage 2026-11-04T15 0h {item:storage} {other:{bytes:734003200}}",
        ]
    );
}

#[test]
fn a_key_is_proved_by_the_answer_not_the_status() {
    let now = at("2026-11-05T00:00:00Z");
    let asked: Vec<String> =
        (0..9).map_while(|step| api().check(step, &key(), now)).map(|r| line(&r)).collect();
    assert_eq!(
        asked,
        [
            "POST api:/v1/check-api-key | bearer key",
            "GET api:/v1/models?page_size=1 | bearer key",
            "GET api:/v2/batches?page_size=1 | bearer key",
        ]
    );
    let closed = api().judge(2, &answer(403, &fixture("cohere", "error_forbidden.json")), &key());
    assert_eq!(verdict(&closed), "valid | usage lacks | ");
    let ids =
        "organization_id=62603116-1750-4c04-b1b6-9d5046764bc4, owner_id=b5e1ffb9-49a1-4653-9927-94083316309d";
    for (status, file, said) in [
        (200, "check_api_key.json", format!("valid | inference has, models has, usage has | {ids}")),
        (
            200,
            "check_api_key_invalid.json",
            "invalid | inference lacks, models lacks, usage lacks | ".to_owned(),
        ),
        (401, "error_bad_key.json", "invalid | inference lacks, models lacks, usage lacks | ".to_owned()),
        (
            402,
            "error_billing_limit.json",
            "valid | inference unclear, models unclear, usage unclear | ".to_owned(),
        ),
    ] {
        let judged = api().judge(0, &answer(status, &fixture("cohere", file)), &key());
        assert_eq!(verdict(&judged), said, "{file}");
    }
    let headers = [("x-trial-endpoint-call-limit".to_owned(), "40".to_owned())];
    let body = fixture("cohere", "check_api_key.json");
    let judged = api().judge(0, &Answer { status: 200, headers: &headers, body: &body }, &key());
    assert_eq!(judged.learnt["plan"], "trial");
}

#[test]
fn refusals_mean_what_the_vendor_means() {
    for (status, file, meant) in [
        (401, "error_bad_key.json", "invalid: invalid api token"),
        (403, "error_forbidden.json", "lacks: forbidden"),
        (429, "error_rate_limit_trial.json", "too many: -1"),
    ] {
        assert_eq!(fault(&api().fault(&answer(status, &fixture("cohere", file)))), meant, "{file}");
    }
    for (status, body, meant) in [
        (402, r#"{"message":"Maximum billing reached"}"#, "exhausted: Maximum billing reached"),
        (403, "<html>blocked</html>", "lacks: "),
        (498, r#"{"message":"deny-listed"}"#, "refused: deny-listed"),
        (500, "", "unavailable"),
    ] {
        assert_eq!(fault(&api().fault(&answer(status, body.as_bytes()))), meant, "{status}");
    }
}
