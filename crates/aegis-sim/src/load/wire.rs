//! Reads HTTP/1.1 answers with as little work as will do.

use super::LoadError;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::TcpStream;

/// What an answer's head says.
pub(super) struct Head {
    pub status: u16,
    pub retry_after: Duration,
}

/// Reads one answer with a `content-length`, the only kind the server gives to a post.
pub(super) async fn read_answer(
    stream: &mut BufReader<TcpStream>,
    answer: &mut Vec<u8>,
    address: &str,
) -> Result<Head, LoadError> {
    let broke = |source| LoadError::Io { address: address.to_owned(), source };
    let head = read_head(stream).await.map_err(broke)?;
    let mut lines = head.lines();
    let status = lines.next().and_then(|l| l.split(' ').nth(1)).and_then(|s| s.parse().ok());
    let status = status.ok_or(LoadError::Unreadable("it has no status line"))?;
    let fields: Vec<(&str, &str)> = lines.filter_map(|l| l.split_once(':')).collect();
    let number = |name: &str| {
        fields
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .and_then(|(_, v)| v.trim().parse::<u64>().ok())
    };
    let length = number("content-length").ok_or(LoadError::Unreadable("it has no content-length"))?;
    answer.resize(length as usize, 0);
    stream.read_exact(answer).await.map_err(broke)?;
    Ok(Head { status, retry_after: Duration::from_secs(number("retry-after").unwrap_or(1)) })
}

/// Reads up to the blank line, by the line: the load must not cost what it measures.
async fn read_head(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut head = String::with_capacity(1024);
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await? == 0 || head.len() > 16 * 1024 {
            return Err(std::io::Error::other("the answer's head has no end"));
        }
    }
    Ok(head)
}

/// Finds `"stored":N` outside the items; the count stands behind them, so the search goes backwards.
pub(super) fn stored(answer: &[u8]) -> Option<u64> {
    const KEY: &[u8] = b"\"stored\":";
    let at = answer.windows(KEY.len()).rposition(|w| w == KEY)? + KEY.len();
    let digits: String =
        answer[at..].iter().take_while(|b| b.is_ascii_digit()).map(|b| char::from(*b)).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_read_from_behind_the_items() {
        let answer =
            br#"{"items":[{"index":0,"status":"stored","id":"x"}],"stored":1,"duplicates":0,"rejected":0}"#;
        assert_eq!(stored(answer), Some(1));
        assert_eq!(stored(b"{}"), None);
    }
}
