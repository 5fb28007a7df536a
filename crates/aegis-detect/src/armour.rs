//! Reads armoured blocks, `-----BEGIN … -----END …` and `Private-Lines: …`: how far one goes, closed or cut short.
//! Asked by the secrets detector for the span, and by streams for how long to wait.
//! Invariant: reads each byte of a block once and at most [`LONGEST`] bytes.

use crate::work;

/// Longest block that is read: an RSA key of 8192 bits takes 6.4 kB.
pub(crate) const LONGEST: usize = 8192;
/// Longest line of dashes and a name.
const LONGEST_RULE: usize = 64;
/// Shortest run of base64 that is a line of a key and no word.
const LINE: usize = 24;

/// A block as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    /// What it says it is: `RSA PRIVATE KEY`.
    pub(crate) name: &'a [u8],
    /// Where its last line ends.
    pub(crate) end: usize,
    /// Its last line says so.
    pub(crate) closed: bool,
    /// Bytes of base64 in it.
    pub(crate) content: usize,
    /// Where reading stopped: what comes after does not matter.
    pub(crate) read_to: usize,
}

/// Begins the private part of a key in the form of PuTTY, and says how many lines it has.
const PUTTY: &[u8] = b"Private-Lines: ";

/// Reads `Private-Lines: 14` and as many lines of base64, or those that are there.
fn putty(hay: &[u8], at: usize) -> Option<Block<'_>> {
    let number = at + PUTTY.len();
    let digits = hay[number..].iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let lines: usize = std::str::from_utf8(&hay[number..number + digits]).ok()?.parse().ok()?;
    let end = number + digits;
    let mut block = Block { name: b"PRIVATE KEY", end, closed: true, content: 0, read_to: end };
    for _ in 0..lines {
        let start = separators(hay, block.end);
        let line = hay[start..].iter().take_while(|byte| is_word(**byte)).count();
        block.read_to = start + line;
        if line < 8 {
            block.closed = false;
            break;
        }
        block.end = block.read_to;
        block.content += line;
    }
    work::done(block.read_to - at);
    Some(block)
}

/// Reads the block whose first dash is at `at`.
pub(crate) fn read(hay: &[u8], at: usize) -> Option<Block<'_>> {
    let hay = &hay[..hay.len().min(at + LONGEST)];
    if hay[at..].starts_with(PUTTY) {
        return putty(hay, at);
    }
    let rule = rule(hay, at, b"-----BEGIN ")?;
    let name = &hay[at + 11..rule - 5];
    let mut block = Block { name, end: rule, closed: false, content: 0, read_to: rule };
    let mut next = rule;
    loop {
        next = separators(hay, next);
        if hay[next..].starts_with(b"-----END ") {
            block.closed = true;
            block.end = self::rule(hay, next, b"-----END ").unwrap_or(next);
            block.read_to = block.end;
            break;
        }
        let word = hay[next..].iter().position(|&byte| !is_word(byte)).unwrap_or(hay.len() - next);
        let text = &hay[next..next + word];
        block.read_to = next + word;
        let header = block.content == 0 && (text.contains(&b':') || text.contains(&b','));
        // the last line can be short, and then the end must follow
        let last = word > 0 && hay[separators(hay, next + word)..].starts_with(b"-----");
        let line = word >= LINE || header || last || looks_encoded(text);
        if !line || text.starts_with(b"--") {
            break;
        }
        next += word;
        block.content += if header { 0 } else { word };
        block.end = next;
    }
    work::done(block.read_to - at);
    Some(block)
}

/// Where the line of dashes ends that begins with `head` at `at`.
fn rule(hay: &[u8], at: usize, head: &[u8]) -> Option<usize> {
    let line = hay[at..hay.len().min(at + LONGEST_RULE)].strip_prefix(head)?;
    let name = line
        .iter()
        .take_while(|byte| byte.is_ascii_uppercase() || **byte == b' ' || byte.is_ascii_digit())
        .count();
    (name > 0 && line[name..].starts_with(b"-----")).then_some(at + head.len() + name + 5)
}

/// Skips line ends, written out or not, and what quoting and code put between lines.
fn separators(hay: &[u8], mut at: usize) -> usize {
    loop {
        match hay[at..] {
            [b'\\', b'n' | b'r' | b't', ..] => at += 2,
            [
                b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'>' | b'|' | b'#' | b'*' | b'\\' | b'(' | b')'
                | b';',
                ..,
            ] => at += 1,
            [b'+', b' ' | b'\n' | b'\r', ..] => at += 1,
            // a line of a difference that begins a rule of dashes
            [b'+', b'-', b'-', b'-', b'-', b'-', ..] | [b'-', b'-', b'-', b'-', b'-', b'-', b'E', ..] => {
                at += 1
            }
            _ => return at,
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=:,-.".contains(&byte)
}

/// Letters of both cases and digits in a run too short for a line: the rest of a key that was cut.
fn looks_encoded(word: &[u8]) -> bool {
    word.len() >= 8
        && word.iter().any(u8::is_ascii_digit)
        && word[1..].iter().any(u8::is_ascii_uppercase)
        && word.iter().any(u8::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read_closed_escaped_quoted_and_cut() {
        let line = "MIIEpAIBAAKCAQEAxyz0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHI";
        for (text, rest, closed) in [
            (
                format!(
                    "-----BEGIN RSA PRIVATE KEY-----\n{line}\n{line}\nab==\n-----END RSA PRIVATE KEY-----"
                ),
                "\n\nThe",
                true,
            ),
            (
                format!("-----BEGIN PRIVATE KEY-----\\n{line}\\nab=\\n-----END PRIVATE KEY-----"),
                "\\n\"",
                true,
            ),
            (format!("-----BEGIN EC PRIVATE KEY-----\n{line}\n{line}"), "\nWhy does it fail?", false),
            (
                format!("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n{line}\n{line}"),
                "\n",
                false,
            ),
            (
                format!("-----BEGIN PRIVATE KEY-----\" +\n  \"{line}\\n\" +\n  \"-----END PRIVATE KEY-----"),
                "\";",
                true,
            ),
        ] {
            let whole = format!("x{text}{rest}");
            let block = read(whole.as_bytes(), 1).unwrap_or_else(|| panic!("no block in {whole}"));
            assert_eq!((&whole[1..block.end], block.closed), (text.as_str(), closed));
        }
    }
}
