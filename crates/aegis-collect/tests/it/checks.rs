//! Checks of credentials: good, unknown and lacking ones of every kind.

use crate::rig::Rig;
use aegis_collect::check;
use aegis_domain::Ability::{self, *};
use aegis_vendors::admin::{Known, Standing};
use serde_json::json;

/// Vendor, the simulator's key, whether it is known, what it has, what it lacks.
type Case = (&'static str, &'static str, bool, &'static [Ability], &'static [Ability]);

const CASES: &[Case] = &[
    ("openai", "admin", true, &[Usage, Cost, Keys, Members, Audit], &[]),
    ("openai", "admin_without_usage", true, &[Keys, Members, Audit], &[Usage, Cost]),
    ("openai", "inference", true, &[Inference, Models], &[]),
    ("openai", "compliance", true, &[Content], &[]),
    ("openai", "unknown_admin", false, &[], &[Usage, Cost, Keys, Members, Audit]),
    ("openai", "unknown_inference", false, &[], &[Inference, Models]),
    ("anthropic", "admin", true, &[Usage, Cost, Keys, Members, Audit], &[]),
    ("anthropic", "inference", true, &[Inference, Models], &[]),
    ("anthropic", "enterprise", true, &[Usage, Cost, Members, Audit, Content], &[]),
    ("anthropic", "enterprise_without_content", true, &[Audit], &[Usage, Cost, Members, Content]),
    ("anthropic", "unknown_admin", false, &[], &[Usage, Cost, Keys, Members, Audit]),
    ("anthropic", "unknown_inference", false, &[], &[Inference, Models]),
    ("gemini", "api_key", true, &[Inference, Models], &[]),
    ("gemini", "unknown_api_key", false, &[], &[Inference, Models]),
    ("gemini", "service_account", true, &[Usage, Cost, Keys, Audit], &[]),
    ("gemini", "service_account_without_billing", true, &[Usage, Keys, Audit], &[Cost]),
    ("gemini", "unknown_service_account", false, &[], &[Usage, Cost, Keys, Audit]),
    ("xai", "management", true, &[Usage, Cost, Balance, Keys, Audit], &[]),
    ("xai", "management_without_billing", true, &[Keys, Audit], &[Usage, Cost, Balance]),
    ("xai", "inference", true, &[Inference, Models], &[]),
    ("xai", "unknown_management", false, &[], &[Usage, Cost, Balance, Keys, Audit]),
    ("xai", "unknown_inference", false, &[], &[Inference, Models]),
    ("azure_openai", "app", true, &[Models, Usage, Cost, Audit], &[]),
    ("azure_openai", "app_without_cost", true, &[Models, Usage, Audit], &[Cost]),
    ("azure_openai", "app_with_wrong_secret", false, &[], &[Models, Usage, Cost, Audit]),
    ("azure_openai", "resource_key", true, &[Inference, Models], &[]),
    ("azure_openai", "unknown_resource_key", false, &[], &[Inference, Models]),
    ("mistral", "admin", true, &[Usage, Cost, Keys, Members, Audit], &[]),
    ("mistral", "inference", true, &[Inference, Models], &[]),
    ("mistral", "unknown", false, &[], &[Inference, Models]),
    ("cohere", "production", true, &[Inference, Models, Usage], &[]),
    ("cohere", "trial", true, &[Inference, Models, Usage], &[]),
    ("cohere", "restricted", true, &[Inference, Models], &[Usage]),
    ("cohere", "unknown", false, &[], &[Inference, Models, Usage]),
    ("huggingface", "admin", true, &[Inference, Models, Usage, Cost, Keys, Members, Audit], &[]),
    ("huggingface", "member", true, &[Inference, Models], &[Usage, Cost, Keys, Members, Audit]),
    ("huggingface", "unknown", false, &[], &[Inference, Models, Usage, Cost, Keys, Members, Audit]),
    ("openrouter", "management", true, &[Usage, Cost, Balance, Keys, Models, Members, Content], &[]),
    ("openrouter", "inference", true, &[Inference, Models], &[]),
    ("openrouter", "unknown", false, &[], &[Usage, Cost, Balance, Keys, Models, Members, Content]),
    ("perplexity", "developer", true, &[Inference, Models], &[]),
    ("perplexity", "audit", true, &[Audit, Content], &[]),
    ("perplexity", "analytics", true, &[Usage], &[]),
    ("perplexity", "unknown", false, &[], &[Inference, Models]),
    ("deepseek", "api_key", true, &[Inference, Models, Balance], &[]),
    ("deepseek", "unknown", false, &[], &[Inference, Models, Balance]),
    ("ollama", "local", true, &[Inference, Models, Usage], &[]),
    ("ollama", "cloud", true, &[Inference, Models], &[]),
    ("ollama", "unknown_cloud", false, &[], &[Inference, Models]),
];

#[tokio::test]
async fn each_kind_of_key_is_known_for_what_it_may_do() {
    let rig = Rig::start().await;
    let mut wrong = Vec::new();
    for (vendor, key, known, has, lacks) in CASES {
        let access = rig.access(vendor, key).await;
        let proof = check(&rig.sender, &access).await;
        let with = |standing| {
            let of = proof.abilities.iter().filter(move |(_, (s, _))| *s == standing);
            of.map(|(ability, _)| *ability).collect::<Vec<_>>()
        };
        let sorted = |abilities: &[Ability]| {
            let mut sorted = abilities.to_vec();
            sorted.sort();
            sorted
        };
        let expected = Some(if *known { Known::Valid } else { Known::Invalid });
        if (proof.known, with(Standing::Has), with(Standing::Lacks)) != (expected, sorted(has), sorted(lacks))
            || !with(Standing::Unclear).is_empty()
        {
            wrong.push(format!("{vendor} {key}: {proof:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_blocked_key_is_known_and_may_nothing() {
    let rig = Rig::start().await;
    let proof = check(&rig.sender, &rig.access("xai", "inference_blocked").await).await;
    assert_eq!(proof.known, Some(Known::Valid));
    assert!(!proof.has(Inference), "{proof:?}");
}

#[tokio::test]
async fn a_vendor_that_is_down_settles_nothing() {
    let rig = Rig::start().await;
    let access = rig.access("openai", "inference").await;
    rig.faults(vec![json!({"kind": "error"})]).await;
    let proof = check(&rig.sender, &access).await;
    assert_eq!(proof.known, None);
    assert!(proof.abilities.values().all(|(standing, _)| *standing == Standing::Unclear), "{proof:?}");
}
