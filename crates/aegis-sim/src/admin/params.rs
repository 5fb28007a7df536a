//! Query parameters as the vendors take them: single values, and lists as `name=a&name=b` or `name[]=a&name[]=b`.
//! Called by every vendor's handlers. Reading never fails here; what is wrong is the handler's to say, in its vendor's
//! words.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::convert::Infallible;

/// As many pairs as any real call has, with room; the rest is not looked at.
const MAX_PAIRS: usize = 1_000;

/// The pairs, in order.
#[derive(Debug, Default)]
pub(crate) struct Params(Vec<(String, String)>);

/// A value that could not be read: the parameter's name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wrong(pub String);

impl Params {
    /// Reads a query string.
    pub fn read(query: &str) -> Self {
        let Ok(uri) = format!("http://sim/?{query}").parse() else { return Params::default() };
        let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri);
        Params(pairs.map(|q| q.0.into_iter().take(MAX_PAIRS).collect()).unwrap_or_default())
    }

    /// The last value of `name`, unless it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(k, v)| k == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }

    /// All values of `name`, in either way to write a list.
    pub fn list(&self, name: &str) -> Vec<&str> {
        let is = |k: &str| k == name || k.strip_suffix("[]") == Some(name);
        self.0.iter().filter(|(k, _)| is(k)).map(|(_, v)| v.as_str()).collect()
    }

    /// A whole number from `low` to `high`.
    pub fn within(&self, name: &str, default: usize, low: usize, high: usize) -> Result<usize, Wrong> {
        let Some(text) = self.get(name) else { return Ok(default) };
        text.parse().ok().filter(|n| (low..=high).contains(n)).ok_or_else(|| Wrong(name.into()))
    }

    /// An instant in RFC 3339.
    pub fn instant(&self, name: &str) -> Result<Option<i64>, Wrong> {
        self.get(name).map(|v| super::when::parse(v).ok_or_else(|| Wrong(name.into()))).transpose()
    }

    /// An instant in seconds since 1970.
    pub fn seconds(&self, name: &str) -> Result<Option<i64>, Wrong> {
        self.get(name).map(|v| super::when::parse_seconds(v).ok_or_else(|| Wrong(name.into()))).transpose()
    }
}

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Params::read(parts.uri.query().unwrap_or("")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_in_both_ways() {
        let params = Params::read("a[]=1&a=2&b=&b=x%20y&n=7&created_at.gte=2026-11-01");
        assert_eq!(params.list("a"), ["1", "2"]);
        assert_eq!(params.get("b"), Some("x y"));
        assert_eq!(params.within("n", 1, 1, 7), Ok(7));
        assert_eq!(params.within("n", 1, 1, 6), Err(Wrong("n".into())));
        assert_eq!(params.within("m", 5, 1, 6), Ok(5));
        assert_eq!(params.instant("created_at.gte"), Ok(Some(1_793_491_200)));
        assert!(Params::read("%%%").get("a").is_none());
    }
}
