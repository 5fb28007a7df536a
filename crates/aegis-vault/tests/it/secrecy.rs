//! Secrets and keys stay out of texts that people and logs see.

use crate::support::{at, chain, kek, place, rng, vault};
use aegis_vault::{DataKey, ExposeSecret};

const PLANTED: &str = "sk-planted-9f3bC7";

#[tokio::test]
async fn nothing_that_can_be_printed_holds_a_secret_or_a_key() {
    let kek = kek();
    let (record, vault) = vault(&kek, at(0)).await;
    let value = vault.seal(PLANTED.as_bytes(), &place("a"), at(0), &mut rng(2)).unwrap();
    let opened = vault.open(&value, &place("a")).unwrap();
    assert_eq!(opened.expose_secret(), PLANTED.as_bytes());
    let refused = vault.open(&value, &place("b")).err();
    let said = format!(
        "{opened:?} {value:?} {refused:?} {record:?} {} {}",
        serde_json::to_string(&value).unwrap(),
        serde_json::to_string(&record).unwrap()
    );
    assert!(!said.contains(PLANTED), "{said}");
    let bytes = format!("{:?}", PLANTED.as_bytes());
    assert!(!said.contains(bytes.trim_matches(['[', ']'])), "{said}");
}

#[test]
fn a_key_is_printed_as_its_name() {
    let key = DataKey::generate(&mut rng(5));
    assert_eq!(format!("{key:?}"), format!("DataKey({})", key.id()));
    let chain = chain(1, 5);
    assert_eq!(chain.primary().id(), key.id(), "the name comes from the key alone");
}
