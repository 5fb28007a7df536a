//! A KEK in an environment variable. `lookup` is how a variable is read, so that nothing here depends on the process.

use super::{KekError, LocalKek};
use secrecy::SecretString;
use std::ffi::OsString;

/// Reads the KEK from the variable `name`.
pub fn from_environment(
    name: &str,
    lookup: impl FnOnce(&str) -> Option<OsString>,
) -> Result<LocalKek, KekError> {
    let source = format!("env:{name}");
    let value = lookup(name).filter(|value| !value.is_empty());
    let value = value.ok_or_else(|| KekError::Missing(source.clone()))?;
    let text = value
        .into_string()
        .map_err(|_| KekError::Unreadable { place: source.clone(), why: "it is not readable text".into() })?;
    LocalKek::parse(&SecretString::from(text), source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kek::Kek;

    #[test]
    fn a_variable_is_read_and_a_missing_or_empty_one_is_named() {
        let hex = data_encoding::HEXLOWER.encode(&rand::random::<[u8; 32]>());
        assert_eq!(from_environment("A_KEK", |_| Some(hex.into())).unwrap().source(), "env:A_KEK");
        for value in [None, Some(OsString::new())] {
            let error = from_environment("A_KEK", |_| value).err();
            assert_eq!(error, Some(KekError::Missing("env:A_KEK".into())));
        }
    }
}
