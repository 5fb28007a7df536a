//! JSON into an adapter's own types, which name the fields that matter; others are passed over.

use super::Count;
use crate::admin::Unreadable;
use secrecy::SecretString;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use std::time::Duration;

/// Reads a whole body.
pub fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    // keeping the path costs as much as reading: a fault is looked for where there is one
    serde_json::from_slice(body).or_else(|_| with_path(body))
}

fn with_path<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value =
        serde_path_to_error::deserialize(&mut reader).map_err(|e| fault(body, e.path(), e.inner()))?;
    reader.end().map_err(|_| Unreadable::NotJson)?;
    Ok(value)
}

/// Reads values that stand one after the other, on a line each or glued together.
pub fn lines<T: DeserializeOwned>(body: &[u8]) -> impl Iterator<Item = Result<T, Unreadable>> {
    serde_json::Deserializer::from_slice(body).into_iter().map(|line| {
        line.map_err(|e| {
            if e.is_data() { Unreadable::shape("line", "as documented") } else { Unreadable::NotJson }
        })
    })
}

fn fault(body: &[u8], path: &serde_path_to_error::Path, error: &serde_json::Error) -> Unreadable {
    // what is of the wrong form and then cut short was not sent as the vendor meant it
    let whole = || serde_json::from_slice::<IgnoredAny>(body).is_ok();
    match error.classify() {
        Category::Data if whole() => Unreadable::shape(path.to_string(), "of the form the vendor documents"),
        _ => Unreadable::NotJson,
    }
}

/// For `#[serde(default, deserialize_with = "nullable")]`: `null` means the same as a missing field.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(d: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(d)?.unwrap_or_default())
}

/// The answer to an OAuth exchange: a token, and how long it lasts.
pub fn token(body: &[u8]) -> Result<(SecretString, Duration), Unreadable> {
    #[derive(Deserialize)]
    struct Token {
        access_token: SecretString,
        expires_in: Count,
    }
    let token: Token = json(body)?;
    Ok((token.access_token, Duration::from_secs(token.expires_in.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Line {
        a: u8,
        #[serde(default, deserialize_with = "nullable")]
        b: Vec<u8>,
    }

    #[test]
    fn faults_name_the_place_and_repeat_nothing() {
        for (body, said) in [
            (r#"{"a":1"#, "the answer is not whole JSON"),
            ("", "the answer is not whole JSON"),
            ("<html>", "the answer is not whole JSON"),
            (r#"{"a":1} x"#, "the answer is not whole JSON"),
            (r#"{"a":[{"id": "#, "the answer is not whole JSON"),
            (r#"{"a":"sk-secret"}"#, "a must be of the form the vendor documents"),
            (r#"{"a":1,"b":[1,"sk-secret"]}"#, "b[1] must be of the form the vendor documents"),
        ] {
            assert_eq!(json::<Line>(body.as_bytes()).unwrap_err().to_string(), said, "{body}");
        }
        assert_eq!(json::<Line>(br#"{"a":1,"b":null,"c":[]}"#), Ok(Line { a: 1, b: vec![] }));
    }

    #[test]
    fn lines_may_be_glued_together() {
        let read: Result<Vec<Line>, _> = lines(b"{\"a\":1}{\"a\":2}\n\n {\"a\":3}\r\n").collect();
        assert_eq!(read.unwrap().iter().map(|l| l.a).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(lines::<Line>(b"{\"a\":1}{\"a\":").last(), Some(Err(Unreadable::NotJson)));
    }
}
