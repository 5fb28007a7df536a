//! The list of what vendors' audit logs say: in pages, narrowed, and to whom it shows addresses.

use crate::harness::{Client, Server};
use aegis_domain::entities::Subject;
use aegis_domain::{CredentialId, Role, Scope, Timestamp, VendorAct};
use aegis_store::{DocumentsExt, NewRecord, Stream};
use serde_json::{Value, json};
use std::time::Duration;

async fn keep(server: &Server, acts: Vec<VendorAct>) {
    let record = |act: VendorAct| NewRecord {
        id: act.id,
        at: act.at,
        signature: 0,
        external: None,
        body: serde_json::to_vec(&act).unwrap(),
    };
    server.app.store.log.append(Stream::VendorAudit, acts.into_iter().map(record).collect()).await.unwrap();
}

fn act(server: &Server, n: u64, vendor: &str, kind: &str, key: CredentialId, who: &str) -> VendorAct {
    let at = server.now().minus(Duration::from_secs(60 * n));
    VendorAct {
        id: uuid::Uuid::now_v7(),
        external_id: format!("a{n}"),
        at,
        received_at: at,
        vendor: vendor.into(),
        credential_id: key,
        kind: kind.into(),
        subject_id: Some(server.app.people.subject_id(who)),
        address: Some("203.0.113.7".into()),
        object: None,
        raw: Some(json!({ "n": n })),
        demo: false,
    }
}

async fn ids(client: &mut Client<'_>, query: &str) -> Vec<String> {
    let answer = client.get(&format!("/api/vendors/audit?{query}")).await.expect(200).json;
    answer["items"].as_array().unwrap().iter().map(|i| i["external_id"].as_str().unwrap().into()).collect()
}

#[tokio::test]
async fn acts_are_listed_by_time_and_narrowed() {
    let server = Server::start().await;
    let (one, two) = (CredentialId::new(), CredentialId::new());
    let subject = |who: &str| Subject { id: server.app.people.subject_id(who), name: who.into() };
    server.app.store.documents.insert(&subject("maria@corp.example")).await.unwrap();
    let acts = vec![
        act(&server, 1, "openai", "api_key.created", one, "maria@corp.example"),
        act(&server, 2, "openai", "login.failed", one, "erased@corp.example"),
        act(&server, 3, "anthropic", "api_key.deleted", two, "maria@corp.example"),
        act(&server, 60 * 24 * 3, "openai", "api_key.created", two, "maria@corp.example"),
    ];
    keep(&server, acts).await;
    let mut client = server.as_role(Role::Viewer).await;
    for (query, want) in [
        ("", &["a1", "a2", "a3"][..]),
        ("range=7d", &["a1", "a2", "a3", "a4320"]),
        ("vendor=openai", &["a1", "a2"]),
        ("vendor=openai,anthropic", &["a1", "a2", "a3"]),
        (&format!("key={two}"), &["a3"]),
        ("kind=api_key", &["a1", "a3"]),
        ("kind=api_key.created,login", &["a1", "a2"]),
        ("user=Maria@corp.example", &["a1", "a3"]),
        ("vendor=xai", &[]),
    ] {
        assert_eq!(ids(&mut client, query).await, want, "{query}");
    }
    let items = client.get("/api/vendors/audit").await.expect(200).json["items"].clone();
    assert_eq!(
        (&items[0]["user"], &items[1]["user"]),
        (&json!("maria@corp.example"), &Value::Null),
        "erased"
    );
    assert_eq!((&items[0]["key"], &items[0]["raw"]), (&json!(one.to_string()), &json!({ "n": 1 })));
    server.stop().await;
}

#[tokio::test]
async fn addresses_are_whole_to_admins_alone() {
    let server = Server::start().await;
    keep(&server, vec![act(&server, 1, "openai", "login", CredentialId::new(), "m")]).await;
    let shown = async |mut client: Client<'_>| {
        client.get("/api/vendors/audit").await.expect(200).json["items"][0]["address"].clone()
    };
    for role in [Role::Viewer, Role::Analyst] {
        assert_eq!(shown(server.as_role(role).await).await, "203.0.•.•", "{role:?}");
    }
    assert_eq!(shown(server.as_token(&[Scope::Read]).await).await, "203.0.•.•");
    assert_eq!(shown(server.as_role(Role::Admin).await).await, "203.0.113.7");
    assert_eq!(shown(server.as_token(&[Scope::Admin]).await).await, "203.0.113.7");
    server.stop().await;
}

#[tokio::test]
async fn pages_follow_on_each_other_while_time_goes_on() {
    let server = Server::start().await;
    let key = CredentialId::new();
    let kind = |n: u64| if n.is_multiple_of(7) { "rare" } else { "common" };
    keep(&server, (1..=100).map(|n| act(&server, n, "openai", kind(n), key, "m")).collect()).await;
    let mut client = server.as_token(&[Scope::Read]).await;
    for (query, want) in [("", 100), ("&kind=rare", 14)] {
        let mut found: Vec<Timestamp> = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/api/vendors/audit?range=24h&limit=9{query}{cursor}");
            let page = client.get(&path).await.expect(200).json;
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= 9);
            found.extend(items.iter().map(|i| i["at"].as_str().unwrap().parse::<Timestamp>().unwrap()));
            // Time goes on while somebody reads.
            server.wait(60);
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found.len(), want, "{query}");
        assert!(found.windows(2).all(|pair| pair[0] > pair[1]), "{query}");
    }
    for bad in ["range=1y", "from=2026-11-01T00:00:00.000Z", "limit=0", "cursor=x"] {
        client.get(&format!("/api/vendors/audit?{bad}")).await.expect(422);
    }
    server.stop().await;
}
