//! Takes over the Fernet keys of another program, which keeps them comma-separated, newest first.
//! They join the chain behind our own: what that program sealed opens here, and the next rotation moves it under a key of
//! ours.

use crate::data_key::DataKey;
use crate::strength::Weakness;
use aegis_domain::entities::{VaultRecord, WrappedKey};
use secrecy::{ExposeSecret, SecretString};

/// Keys of one chain at most: each is tried for a bare token.
pub const MOST_KEYS: usize = 32;

/// Why a chain is not taken over. Names a place in the list, never a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing in it.
    #[error("there is no key: expected Fernet keys separated by commas, the newest first")]
    Empty,
    /// Too many.
    #[error("more than {MOST_KEYS} keys")]
    TooMany,
    /// One is no key, or a weak one.
    #[error("key {place} of the chain cannot be taken over: {why}")]
    Bad {
        /// Counted from 1.
        place: usize,
        /// What is wrong with it.
        why: Weakness,
    },
    /// The keys would be given up unseen.
    #[error("a rotation is under way; wait until it has ended")]
    UnderWay,
}

/// Reads a chain: keys separated by commas, newest first; blanks and line ends around them do not matter.
pub fn parse_chain(text: &SecretString) -> Result<Vec<DataKey>, ImportError> {
    let text = text.expose_secret().trim();
    if text.is_empty() {
        return Err(ImportError::Empty);
    }
    if text.split(',').count() > MOST_KEYS {
        return Err(ImportError::TooMany);
    }
    let mut keys: Vec<DataKey> = Vec::new();
    for (index, word) in text.split(',').enumerate() {
        let key = DataKey::parse(word.trim()).map_err(|why| ImportError::Bad { place: index + 1, why })?;
        if !keys.iter().any(|known| known.id() == key.id()) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// Puts wrapped keys behind those a record has, less those it has already. Returns how many were added.
pub fn join(record: &mut VaultRecord, keys: Vec<WrappedKey>) -> Result<usize, ImportError> {
    if record.rotation.is_some() {
        return Err(ImportError::UnderWay);
    }
    let new: Vec<WrappedKey> =
        keys.into_iter().filter(|key| record.keys().all(|known| known.id != key.id)).collect();
    if 1 + record.older.len() + new.len() > MOST_KEYS {
        return Err(ImportError::TooMany);
    }
    let added = new.len();
    record.older.extend(new);
    Ok(added)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE;

    #[test]
    fn chains_are_read_or_refused_by_place() {
        let key = || URL_SAFE.encode(rand::random::<[u8; 32]>());
        let (a, b) = (key(), key());
        for (text, expected) in [
            (a.clone(), Ok(1)),
            (format!("{a},{b}"), Ok(2)),
            (format!(" {a} ,\n{b}\n"), Ok(2)),
            (format!("{a},{b},{a}"), Ok(2)),
            (String::new(), Err(ImportError::Empty)),
            (" \n".into(), Err(ImportError::Empty)),
            (format!("{a},"), Err(ImportError::Bad { place: 2, why: Weakness::NoKey })),
            (format!("{a},{}", &b[..43]), Err(ImportError::Bad { place: 2, why: Weakness::NoKey })),
            (format!("{a},{b}="), Err(ImportError::Bad { place: 2, why: Weakness::NoKey })),
            (
                "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=".into(),
                Err(ImportError::Bad { place: 1, why: Weakness::Sample }),
            ),
            (vec![a.clone(); MOST_KEYS + 1].join(","), Err(ImportError::TooMany)),
        ] {
            assert_eq!(parse_chain(&text.clone().into()).map(|keys| keys.len()), expected, "{text}");
        }
    }
}
