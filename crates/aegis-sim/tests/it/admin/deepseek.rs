//! DeepSeek: the balance falls by what the books say was spent, to the cent.

use super::*;

#[tokio::test]
async fn the_balance_falls_by_what_was_spent() {
    let sim = Sim::start().await;
    let key = sim.key("deepseek", "api_key").await;
    let mut left = Vec::new();
    let (from, to) = (NOVEMBER + 2 * 3_600, NOVEMBER + 30 * 3_600);
    for at in [from, to] {
        sim.set_clock(at).await;
        let balance =
            check(sim.get("/deepseek/user/balance").bearer_auth(&key), 200, "deepseek/balance_usd").await;
        left.push(nanos(&balance["balance_infos"][0]["total_balance"]));
    }
    let spent = total(&sim.books("deepseek", from, to).await, "nanos");
    // Each balance is cut to the cent.
    assert!((left[0] - left[1] - spent).abs() < 10_000_000 && spent > 0, "{left:?} {spent}");
    check(sim.get("/deepseek/models").bearer_auth(&key), 200, "deepseek/models").await;
}

#[tokio::test]
async fn a_bad_key_is_told_by_its_type() {
    let sim = Sim::start().await;
    let key = sim.key("deepseek", "unknown").await;
    let refused =
        check(sim.get("/deepseek/user/balance").bearer_auth(key), 401, "deepseek/error_bad_key").await;
    assert_eq!(refused["error"]["type"], "authentication_error");
    check(sim.get("/deepseek/user/balance"), 401, "deepseek/error_no_key").await;
}
