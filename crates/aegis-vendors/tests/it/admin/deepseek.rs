//! DeepSeek's recorded answers.

use super::kit::*;
use aegis_domain::Ability;
use aegis_vendors::admin::{AdminApi, Credential};

fn api() -> &'static dyn AdminApi {
    vendor("deepseek")
}

fn key() -> Credential {
    credential(api(), "key", &[("key", "sk-x")], &[])
}

#[test]
fn a_balance_is_a_row_for_each_kind_of_money_in_each_currency() {
    let asked = "GET api:/user/balance | bearer key";
    for (file, balances) in [
        (
            "balance_usd.json",
            vec![
                "balance 2026-11-05T00 0h {item:granted,other:{currency:USD}} {} = 0.00 USD",
                "balance 2026-11-05T00 0h {item:topped_up,other:{currency:USD}} {} = 412.87 USD",
            ],
        ),
        (
            "balance_two_currencies.json",
            vec![
                "balance 2026-11-05T00 0h {item:granted,other:{currency:CNY}} {} = 0.00 CNY",
                "balance 2026-11-05T00 0h {item:topped_up,other:{currency:CNY}} {} = 0.00 CNY",
                "balance 2026-11-05T00 0h {item:granted,other:{currency:USD}} {} = 5.00 USD",
                "balance 2026-11-05T00 0h {item:topped_up,other:{currency:USD}} {} = 32.40 USD",
            ],
        ),
        (
            r#"{"is_available":true,"balance_infos":[{"currency":"CNY","total_balance":"110.00","granted_balance":"9.00","topped_up_balance":"100.00"}]}"#,
            vec!["balance 2026-11-05T00 0h {other:{currency:CNY}} {} = 110.00 CNY"],
        ),
        ("balance_empty.json", vec![]),
    ] {
        let days = window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", DAY);
        assert_eq!(rows(walk(api(), &key(), Ability::Balance, days, &[(asked, file)])), balances, "{file}");
    }
}

#[test]
fn models_are_listed() {
    let days = window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", DAY);
    let page = walk(api(), &key(), Ability::Models, days, &[("GET api:/models | bearer key", "models.json")]);
    let ids = ["deepseek-flash", "deepseek-v4-pro"].map(|id| serde_json::json!({ "id": id }));
    assert_eq!(entries(page), ids);
}

#[test]
fn a_key_without_money_is_a_good_key() {
    let judge =
        |status, file: &str| verdict(&api().judge(0, &answer(status, &fixture("deepseek", file)), &key()));
    assert_eq!(
        line(&api().check(0, &key(), at("2026-11-05T00:00:00Z")).unwrap()),
        "GET api:/user/balance | bearer key"
    );
    assert_eq!(judge(200, "balance_cny.json"), "valid | balance has, models has, inference has | ");
    assert_eq!(judge(200, "balance_exhausted.json"), "valid | balance has, models has, inference lacks | ");
    assert_eq!(judge(401, "error_bad_key.json"), "invalid | balance lacks, models lacks, inference lacks | ");
    assert_eq!(
        judge(401, "error_no_such_user.json"),
        "- | balance unclear, models unclear, inference unclear | "
    );
}

#[test]
fn refusals_mean_what_the_vendor_means() {
    for (status, file, meant) in [
        (401, "error_bad_key.json", "invalid: Authentication Fails, Your api key: […] is invalid"),
        (401, "error_no_such_user.json", "unavailable"),
        (402, "error_insufficient_balance.json", "exhausted: Insufficient Balance"),
        (403, "error_forbidden.json", "lacks: Forbidden"),
        (429, "error_rate_limit.json", "too many: -1"),
        (503, "error_overloaded.json", "unavailable"),
    ] {
        assert_eq!(fault(&api().fault(&answer(status, &fixture("deepseek", file)))), meant, "{file}");
    }
}
