//! Round trips, and that nothing changed, moved or unknown is ever opened.

use crate::support::{at, chain, place, rng};
use aegis_domain::Sealed;
use aegis_vault::{Chain, ChainError, ExposeSecret};
use proptest::prelude::*;

fn sealed(text: &str) -> Sealed {
    serde_json::from_value(text.into()).unwrap()
}

fn text(sealed: &Sealed) -> String {
    serde_json::to_value(sealed).unwrap().as_str().unwrap().to_owned()
}

proptest! {
    #[test]
    fn what_any_key_of_a_chain_sealed_the_chain_opens(
        secret in prop::collection::vec(any::<u8>(), 0..2_000),
        keys in 1usize..6,
        by in 0usize..6,
        seed in any::<u64>(),
        ms in 0i64..4_000_000_000_000,
    ) {
        let whole = chain(keys, seed);
        // The same keys, with another one in front: as it was before a rotation, or after.
        let ids: Vec<_> = (0..keys).map(|n| chain_key(keys, seed, n)).collect();
        let other = rotated(&whole, &ids, by % keys);
        let mut rng = rng(seed ^ 1);
        let value = other.seal(&secret, &place("a"), at(ms), &mut rng).unwrap();
        prop_assert!(whole.open(&value, &place("a")).unwrap().expose_secret() == secret);
        let again = whole.reseal(&value, &place("a"), &mut rng).unwrap();
        prop_assert_eq!(again.is_none(), by % keys == 0, "under the primary there is nothing to do");
        if let Some(again) = again {
            prop_assert!(again.key().as_ref() == Some(whole.primary().id()));
            prop_assert!(whole.open(&again, &place("a")).unwrap().expose_secret() == secret);
        }
        let bare = other.seal_bare(&secret, at(ms), &mut rng).unwrap();
        prop_assert!(whole.open_bare(&bare).unwrap().expose_secret() == secret);
    }

    #[test]
    fn any_change_of_any_letter_is_refused(
        secret in prop::collection::vec(any::<u8>(), 0..200),
        place_of_change in any::<prop::sample::Index>(),
        letter in any::<char>(),
        kind in 0u8..3,
    ) {
        let chain = chain(2, 7);
        let whole = text(&chain.seal(&secret, &place("a"), at(5_000), &mut rng(8)).unwrap());
        let at_letter = place_of_change.index(whole.len());
        let mut letters: Vec<char> = whole.chars().collect();
        match kind {
            0 => { letters[at_letter] = letter; }
            1 => { letters.remove(at_letter); }
            _ => { letters.insert(at_letter, letter); }
        }
        let changed: String = letters.into_iter().collect();
        prop_assume!(changed != whole);
        prop_assert!(chain.open(&sealed(&changed), &place("a")).is_err(), "{}", changed);
    }

    #[test]
    fn any_flipped_bit_of_a_bare_token_is_refused(bit in any::<prop::sample::Index>()) {
        use base64::Engine;
        use base64::engine::general_purpose::URL_SAFE;
        let chain = chain(1, 7);
        let token = chain.seal_bare(b"a secret of some length", at(5_000), &mut rng(8)).unwrap();
        let mut bytes = URL_SAFE.decode(&token).unwrap();
        let bit = bit.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(chain.open_bare(&URL_SAFE.encode(bytes)).is_err());
    }

    #[test]
    fn no_text_from_outside_opens_or_panics(text in ".{0,300}") {
        let chain = chain(1, 7);
        prop_assert!(chain.open(&sealed(&text), &place("a")).is_err());
        prop_assert!(chain.open_bare(&text).is_err());
        let dressed = format!("v1.{}.{text}.x", chain.primary().id());
        prop_assert!(chain.open(&sealed(&dressed), &place("a")).is_err());
    }
}

/// The nth key of a chain that `support::chain` made, as a chain of its own.
fn chain_key(keys: usize, seed: u64, n: usize) -> Chain {
    use aegis_vault::DataKey;
    use std::sync::Arc;
    let mut rng = rng(seed);
    let mut made: Vec<_> = (0..keys).map(|_| Arc::new(DataKey::generate(&mut rng))).collect();
    Chain::new(made.swap_remove(n), [])
}

fn rotated(whole: &Chain, singles: &[Chain], first: usize) -> Chain {
    let key = |n: usize| whole.key(singles[n].primary().id()).unwrap().clone();
    Chain::new(key(first), (0..singles.len()).filter(|n| *n != first).map(key).collect::<Vec<_>>())
}

#[test]
fn a_value_opens_at_its_own_place_alone() {
    let chain = chain(2, 7);
    let here = place("a");
    let value = chain.seal(b"s", &here, at(0), &mut rng(8)).unwrap();
    assert!(chain.open(&value, &here).is_ok());
    let mut elsewhere = [here.clone(), here.clone(), here.clone(), here.clone()];
    elsewhere[0].id = "b".into();
    elsewhere[1].field = "project_key".into();
    elsewhere[2].address = "openai https://evil.example".into();
    elsewhere[3].collection = "destinations";
    for other in elsewhere {
        assert_eq!(chain.open(&value, &other).err(), Some(ChainError::Refused), "{other:?}");
    }
}

#[test]
fn another_chain_says_that_the_key_is_not_there() {
    let (ours, theirs) = (chain(2, 7), chain(2, 8));
    let value = theirs.seal(b"s", &place("a"), at(0), &mut rng(8)).unwrap();
    let expected = ChainError::UnknownKey(theirs.primary().id().clone());
    assert_eq!(ours.open(&value, &place("a")).err(), Some(expected));
    let bare = theirs.seal_bare(b"s", at(0), &mut rng(8)).unwrap();
    assert_eq!(ours.open_bare(&bare).err(), Some(ChainError::Refused));
}

#[test]
fn the_same_secret_is_never_sealed_alike() {
    let chain = chain(1, 7);
    let mut rng = rng(9);
    let mut seal = || text(&chain.seal(b"s", &place("a"), at(0), &mut rng).unwrap());
    assert_ne!(seal(), seal());
}
