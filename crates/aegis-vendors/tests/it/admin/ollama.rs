//! Ollama's recorded answers.

use super::kit::*;
use aegis_domain::Ability;
use aegis_vendors::admin::{AdminApi, Credential};
use serde_json::json;

fn api() -> &'static dyn AdminApi {
    vendor("ollama")
}

fn server() -> Credential {
    credential(api(), "server", &[("address", "http://127.0.0.1:11434")], &[])
}

fn guarded() -> Credential {
    credential(api(), "server", &[("address", "http://127.0.0.1:11434"), ("token", "t")], &[])
}

fn cloud() -> Credential {
    credential(api(), "cloud", &[("key", "k")], &[])
}

fn days() -> aegis_domain::Window {
    window("2026-11-01T00:00:00Z", "2026-11-04T15:00:00Z", DAY)
}

#[test]
fn models_say_where_they_run() {
    let page =
        walk(api(), &server(), Ability::Models, days(), &[("GET server:/api/tags | nobody", "tags.json")]);
    assert_eq!(
        page.notes,
        ["gpt-oss:120b-cloud runs at https://ollama.com:443: what is sent to it leaves this server."]
    );
    assert_eq!(
        entries(page),
        [
            json!({"id": "llama3.2:latest", "context": 131_072}),
            json!({"id": "gpt-oss:120b-cloud"}),
            json!({"id": "claims-triage:v3"}),
        ]
    );
    let cloudy = [("GET cloud:/api/tags | bearer key", "cloud_tags.json")];
    assert_eq!(
        entries(walk(api(), &cloud(), Ability::Models, days(), &cloudy)),
        [json!({"id": "gpt-oss:120b"})]
    );
}

#[test]
fn what_is_loaded_is_presence_at_the_instant_asked_for() {
    let digest = "a80c4f17acd55265feec403c7aef86be0c25983ab279d83f3bcd3abbcb5b8b72";
    let other = "0a8c266910232fd3291e71e5ba1e058cc5af9d411192cf88b6d30e92b6e73163";
    for (file, seen) in [
        (
            "ps.json",
            vec![format!(
                "usage 2026-11-04T15 0h {{item:loaded,model:llama3.2:latest,other:{{digest:{digest}}}}} {{other:{{bytes:3400000000,gpu_bytes:3400000000}}}}"
            )],
        ),
        (
            "ps_forever.json",
            vec![format!(
                "usage 2026-11-04T15 0h {{item:loaded,model:claims-triage:v3,other:{{digest:{other}}},tier:kept for ever}} {{other:{{bytes:6654289920,gpu_bytes:0}}}}"
            )],
        ),
        ("ps_empty.json", vec![]),
    ] {
        let script = [("GET server:/api/ps | bearer token", file)];
        assert_eq!(rows(walk(api(), &guarded(), Ability::Usage, days(), &script)), seen, "{file}");
    }
}

#[test]
fn a_server_is_proved_by_its_version_and_a_cloud_key_by_an_empty_search() {
    let now = at("2026-11-05T00:00:00Z");
    let asked = |c: &Credential| -> Vec<String> {
        (0..9).map_while(|step| api().check(step, c, now)).map(|r| line(&r)).collect()
    };
    assert_eq!(
        asked(&server()),
        [
            "GET server:/api/version | nobody",
            "GET server:/api/tags | nobody",
            "GET server:/api/status | nobody"
        ]
    );
    assert_eq!(asked(&cloud()), ["POST cloud:/api/web_search | bearer key | {}"]);
    for (step, status, file, said) in [
        (0, 200, "version.json", "valid | usage has | "),
        (0, 401, "error_proxy_unauthorized.json", "invalid | usage lacks | "),
        (1, 200, "tags.json", "valid | models has, inference has | "),
        (2, 200, "status_cloud_on.json", "- |  | cloud=allowed"),
        (2, 404, "error_model_not_found.json", "- |  | "),
    ] {
        let judged = api().judge(step, &answer(status, &fixture("ollama", file)), &server());
        assert_eq!(verdict(&judged), said, "{step} {file}");
    }
    for (status, file, said) in [
        (400, "error_cloud_key_accepted.json", "valid | inference has, models has | "),
        (401, "error_cloud_bad_key.json", "invalid | inference lacks, models lacks | "),
        (429, "error_rate_limit.json", "- | inference unclear, models unclear | "),
    ] {
        let judged = api().judge(0, &answer(status, &fixture("ollama", file)), &cloud());
        assert_eq!(verdict(&judged), said, "{file}");
    }
}

#[test]
fn refusals_mean_what_the_server_means() {
    for (status, body, meant) in [
        (401, "{\"error\":\"unauthorized\"}", "invalid: unauthorized"),
        (403, "", "lacks: the server answers to its own name only: give its address instead"),
        (403, "{\"error\":\"blocked\"}", "lacks: blocked"),
        (404, "{\"error\":\"model 'llama9' not found\"}", "missing: model 'llama9' not found"),
        (503, "{\"error\":\"server busy\"}", "too many: -1"),
        (502, "", "unavailable"),
    ] {
        assert_eq!(fault(&api().fault(&answer(status, body.as_bytes()))), meant, "{status} {body}");
    }
}
