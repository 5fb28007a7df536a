//! Whether a value looks random or made by a person for a purpose: character classes, entropy, stand-ins.
//! Asked by the rules for assignments, connection strings and tokens.

use crate::byte_table::byte_table;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// What a value is made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looks {
    pub(super) lower: bool,
    pub(super) upper: bool,
    pub(super) digits: usize,
    pub(super) symbols: usize,
    /// Only hexadecimal digits.
    pub(super) hex: bool,
    /// Bits of information a character carries on the average.
    pub(super) entropy: f32,
}

impl Looks {
    pub(super) fn of(value: &[u8]) -> Self {
        let mut counts = [0u32; 8];
        for byte in value {
            counts[usize::from(SORTS[usize::from(*byte)])] += 1;
        }
        let [hex_upper, upper, hex_lower, lower, digits, symbols, ..] = counts;
        Looks {
            lower: hex_lower + lower > 0,
            upper: hex_upper + upper > 0,
            digits: digits as usize,
            symbols: symbols as usize,
            hex: (hex_upper + hex_lower + digits) as usize == value.len(),
            entropy: entropy(value),
        }
    }

    /// Kinds of characters in it, of four.
    pub(super) fn kinds(&self) -> usize {
        usize::from(self.lower)
            + usize::from(self.upper)
            + usize::from(self.digits > 0)
            + usize::from(self.symbols > 0)
    }

    /// They are mixed as in nothing that people say.
    pub(super) fn are_unsaid(&self) -> bool {
        self.kinds() >= 3 && self.entropy >= 2.9 || self.kinds() == 4 && self.entropy >= 2.5
    }
}

/// The sort of each byte: capitals that are hexadecimal digits and others, small letters likewise, digits, signs that
/// no name has, and the rest.
static SORTS: [u8; 256] = byte_table!(byte => match byte {
    b'A'..=b'F' => 0,
    b'G'..=b'Z' => 1,
    b'a'..=b'f' => 2,
    b'g'..=b'z' => 3,
    b'0'..=b'9' => 4,
    b'_' | b'-' | b'.' => 6,
    other if other.is_ascii_punctuation() => 5,
    _ => 6,
});

/// Counts up to this share what is reckoned of them.
const FEW: usize = 8;

/// Shannon's entropy in bits a character.
fn entropy(value: &[u8]) -> f32 {
    let mut counts = [0u8; 256];
    for byte in value {
        counts[usize::from(*byte)] = counts[usize::from(*byte)].saturating_add(1);
    }
    let total = value.len().max(1) as f32;
    let of = |count: u8| {
        let share = f32::from(count) / total;
        -share * share.log2()
    };
    let few: [f32; FEW] = {
        let most = counts_most(value, &counts).min(FEW - 1);
        std::array::from_fn(|count| if (1..=most).contains(&count) { of(count as u8) } else { 0.0 })
    };
    let of = |count: u8| few.get(usize::from(count)).copied().unwrap_or_else(|| of(count));
    // each character is weighed where it first stands
    value
        .iter()
        .map(|byte| std::mem::take(&mut counts[usize::from(*byte)]))
        .filter(|count| *count > 0)
        .map(of)
        .sum()
}

/// How often the most frequent byte stands there.
fn counts_most(value: &[u8], counts: &[u8; 256]) -> usize {
    value.iter().map(|byte| usize::from(counts[usize::from(*byte)])).max().unwrap_or(0)
}

/// Parts of values that stand for a secret and are none.
const STAND_INS: &[&str] = &[
    "example",
    "sample",
    "dummy",
    "changeme",
    "change_me",
    "change-me",
    "your_",
    "your-",
    "yourpass",
    "yoursecret",
    "yourtoken",
    "yourkey",
    "your ",
    "my_secret",
    "mysecret",
    "my-secret",
    "xxxx",
    "placeholder",
    "redacted",
    "os.environ",
    "process.env",
    "getenv",
    "env.",
    "insert",
    "replace",
    "_here",
    "-here",
    "todo",
    "undefined",
    "notset",
    "not_set",
    "masked",
    "hidden",
    "secretkeyref",
    "secrets.",
    "vault:",
    "ssm:",
    "arn:",
    "fake",
    "foobar",
    "test_key",
    "testkey",
    "lorem",
    "<password>",
    "password_here",
    "abcdef123",
    "1234567890",
    "0123456789",
    "deadbeef",
    "....",
    "****",
    "____",
    "supersecret",
    "secretsanta",
    "null",
    "env(",
    "encrypted",
    "api_key",
    "apikey",
    "access_token",
];

/// Says whether `value` is a stand-in, a reference to where the secret is kept, or repeats itself.
pub(super) fn is_stand_in(value: &[u8]) -> bool {
    if value.starts_with(b"${")
        || value.starts_with(b"{{")
        || value.starts_with(b"<")
        || value.starts_with(b"$(")
        || value.starts_with(b"%(")
    {
        return true;
    }
    // a variable: `$DB_PASSWORD`, `%TOKEN%`, `@secret`
    let name = |text: &[u8]| text.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
    if value.first().is_some_and(|first| b"$%@".contains(first))
        && name(value[1..].trim_ascii_end().strip_suffix(b"%").unwrap_or(&value[1..]))
    {
        return true;
    }
    static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let built = AhoCorasick::builder().ascii_case_insensitive(true).build(STAND_INS);
        built.expect("the words are few and short, far below the automaton's limits")
    });
    distinct(value) < 5 || WORDS.is_match(value)
}

/// What fills the place of a token in documents.
const FILLERS: &[&str] = &[
    "xxxx",
    "XXXX",
    "example",
    "placeholder",
    "redacted",
    "your",
    "YOUR",
    "0000000000",
    "1234567890",
    "abcdefghij",
    "....",
];

/// Says whether what follows the prefix of a token fills its place only.
pub(super) fn is_filler(body: &[u8]) -> bool {
    distinct(body) < 6 || FILLERS.iter().any(|word| memchr::memmem::find(body, word.as_bytes()).is_some())
}

/// How many different bytes there are.
pub(super) fn distinct(value: &[u8]) -> u32 {
    let mut seen = [0u64; 4];
    for byte in value {
        seen[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }
    seen.iter().map(|part| part.count_ones()).sum()
}

/// Eight, four, four, four and twelve hexadecimal digits.
pub(super) fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(at, byte)| {
            if matches!(at, 8 | 13 | 18 | 23) { *byte == b'-' } else { byte.is_ascii_hexdigit() }
        })
}
