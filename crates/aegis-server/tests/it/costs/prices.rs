//! `/prices`.

use super::{count, event, ingest};
use crate::harness::Server;
use aegis_domain::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn a_contract_is_taken_up_at_once_audited_and_leaves_old_events_alone() {
    let server = Server::start().await;
    let mut admin = server.as_role(Role::Admin).await;
    let one = event("openai", "gpt-5", "2026-11-22T10:00:00Z", (1000, 400, 200));
    ingest(&server, std::slice::from_ref(&one)).await;
    let contract = json!({ "prices": [{ "model": "gpt-5", "valid_from": "2026-01-01T00:00:00Z",
                                        "terms": { "kind": "discount", "percent": "12.5" } }] });
    let answer = admin.put("/api/prices/openai", contract.clone()).await.expect(200).json;
    assert_eq!(answer["revision"], 1);
    assert_eq!(admin.put("/api/prices/openai", contract).await.expect(200).json["revision"], 2);
    ingest(&server, &[one]).await;
    assert_eq!(server.acts().await.iter().filter(|act| *act == "prices.changed").count(), 2);

    let events =
        admin.get("/api/events?from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z").await.expect(200).json;
    let mut costs: Vec<(&str, &str)> = events["items"].as_array().unwrap().iter().map(cost).collect();
    costs.sort_unstable();
    let list = "list:openai/gpt-5@2026-11-30+1.109.1";
    let after = format!("{list};contract:openai/gpt-5@2026-01-01+2");
    assert_eq!(costs, [("0.002450000", after.as_str()), ("0.002800000", list)]);

    let shown = admin.get("/api/prices/openai").await.expect(200).json;
    assert_eq!(shown["contract"]["prices"][0]["terms"]["percent"], "12.5");
    let model = shown["models"].as_array().unwrap().iter().find(|m| m["model"] == "gpt-5").unwrap();
    assert_eq!(model["standard"]["cached_input"], "0.125");
    let all = admin.get("/api/prices").await.expect(200).json;
    let openai = all["items"].as_array().unwrap().iter().find(|v| v["vendor"] == "openai").unwrap();
    assert_eq!((&openai["contract_prices"], &openai["revision"]), (&json!(1), &json!(2)));
    // Counting again from the log gives the same: prices are part of the events.
    let rebuilt = aegis_server::rollups::rebuild(&server.app.store, server.now()).await.unwrap();
    assert_eq!((rebuilt.changed, rebuilt.removed), (0, 0));
    count(&server).await;
}

fn cost(event: &Value) -> (&str, &str) {
    let of = |name: &str| event["cost"][name].as_str().unwrap();
    (of("observed_usd"), of("price_id"))
}

#[tokio::test]
async fn what_cannot_be_applied_is_refused_by_its_place() {
    let server = Server::start().await;
    let mut admin = server.as_role(Role::Admin).await;
    let price = |change: Value| {
        let mut price =
            json!({ "valid_from": "2026-01-01T00:00:00Z", "terms": { "kind": "discount", "percent": "5" } });
        price.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({ "prices": [price] })
    };
    for (change, field) in [
        (json!({ "terms": { "kind": "discount", "percent": "100.01" } }), "prices[0].terms"),
        (json!({ "terms": { "kind": "absolute", "input": "0.0000001", "output": "1" } }), "prices[0].terms"),
        (json!({ "valid_to": "2026-01-01T00:00:00Z" }), "prices[0].valid_to"),
        (json!({ "model": "" }), "prices[0].model"),
    ] {
        let answer = admin.put("/api/prices/openai", price(change)).await.expect(422).json;
        assert!(answer["error"]["details"]["fields"][field].is_string(), "{field}: {answer}");
    }
    admin.put("/api/prices/openai", price(json!({ "colour": "red" }))).await.expect(422);
    admin.put("/api/prices/nobody", price(json!({}))).await.expect(404);
    for (rate, field) in [
        (
            json!({ "currency": "USD", "valid_from": "2026-01-01T00:00:00Z", "usd_per_unit": "1" }),
            "rates[0].currency",
        ),
        (
            json!({ "currency": "EUR", "valid_from": "2026-01-01T00:00:00Z", "usd_per_unit": "0" }),
            "rates[0].usd_per_unit",
        ),
    ] {
        let answer = admin.put("/api/prices/rates", json!({ "rates": [rate] })).await.expect(422).json;
        assert!(answer["error"]["details"]["fields"][field].is_string(), "{field}: {answer}");
    }
    assert!(server.acts().await.is_empty(), "nothing was changed");
}
