//! A vault's record: what opens it, what does not, and what is said then.

use crate::support::{at, kek, place, rng, vault};
use aegis_domain::entities::VaultRecord;
use aegis_vault::kek::Nonce;
use aegis_vault::{CanaryError, ExposeSecret, ImportError, join, parse_chain};

#[tokio::test]
async fn a_record_opens_with_its_kek_after_it_was_stored() {
    let kek = kek();
    let (record, chain) = vault(&kek, at(0)).await;
    let value = chain.seal(b"secret", &place("a"), at(0), &mut rng(2)).unwrap();
    let stored = serde_json::to_string(&record).unwrap();
    let read: VaultRecord = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, record);
    let opened = aegis_vault::open(&read, &kek, None).await.unwrap();
    assert_eq!(opened.open(&value, &place("a")).unwrap().expose_secret(), b"secret");
}

#[tokio::test]
async fn another_kek_is_told_from_the_right_one_and_named() {
    let (right, wrong) = (kek(), kek());
    let (record, _) = vault(&right, at(0)).await;
    let error = aegis_vault::open(&record, &wrong, None).await.err().unwrap();
    let said = error.to_string();
    assert!(matches!(error, CanaryError::WrongKek { .. }));
    assert!(said.contains("was made with") && said.contains("nothing was changed"), "{said}");
    assert!(said.contains(&record.primary.kek_id), "{said}");
}

#[tokio::test]
async fn a_damaged_key_or_canary_is_not_taken_for_a_wrong_kek() {
    let kek = kek();
    let (record, chain) = vault(&kek, at(0)).await;
    let (other, _) = vault(&kek, at(0)).await;
    let mut damaged = [record.clone(), record.clone(), record.clone()];
    damaged[0].primary.wrapped.pop();
    damaged[1].canary = chain.seal(b"another text", &place("a"), at(0), &mut rng(2)).unwrap();
    // A key that was wrapped by the right KEK for another name.
    damaged[2].primary.id = "00000000000000aa".to_owned().try_into().unwrap();
    damaged[2].primary.wrapped = other.primary.wrapped;
    for record in damaged {
        let error = aegis_vault::open(&record, &kek, None).await.err().unwrap();
        assert!(matches!(error, CanaryError::Damaged { .. }), "{error}");
    }
}

#[tokio::test]
async fn an_imported_chain_opens_what_its_program_sealed() {
    let kek = kek();
    let (mut record, chain) = vault(&kek, at(0)).await;
    let theirs = parse_chain(&crate::python::two_keys().into()).unwrap();
    let bare = aegis_vault::Chain::new(std::sync::Arc::new(theirs.into_iter().nth(1).unwrap()), [])
        .seal_bare(b"kept for years", at(0), &mut rng(3))
        .unwrap();
    assert!(chain.open_bare(&bare).is_err());

    let mut wrapped = Vec::new();
    for key in parse_chain(&crate::python::two_keys().into()).unwrap() {
        let nonce = Nonce::generate(&mut rng(4));
        wrapped.push(aegis_vault::wrap(&key, &kek, nonce, at(1), true).await.unwrap());
    }
    let again = wrapped.clone();
    assert_eq!(join(&mut record, wrapped), Ok(2));
    assert_eq!(join(&mut record, again), Ok(0), "twice is once");
    let opened = aegis_vault::open(&record, &kek, Some(&chain)).await.unwrap();
    assert_eq!(opened.open_bare(&bare).unwrap().expose_secret(), b"kept for years");
    assert_eq!(opened.primary().id(), chain.primary().id(), "our own key goes on sealing");

    let mut full = record.clone();
    let one = full.older[0].clone();
    full.older = vec![one; aegis_vault::MOST_KEYS - 1];
    let mut new = record.older[0].clone();
    new.id = "00000000000000aa".to_owned().try_into().unwrap();
    assert_eq!(join(&mut full, vec![new]), Err(ImportError::TooMany));
}
