//! Which passwords may be chosen. Called wherever one is set: set-up, registration, change, command line.
//! Length beats composition (NIST SP 800-63B-4, section 3.1.1), so there is no rule about digits or capitals.
//! Invariant: all problems are named at once, so that nobody has to guess them one by one.

use std::fmt;

/// Shortest password, in characters.
pub const MIN_CHARS: usize = 12;
/// Longest password, in characters: enough for any phrase, and bounds the work of hashing.
pub const MAX_CHARS: usize = 128;

/// Why a password may not be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Fewer than `MIN_CHARS` characters.
    TooShort,
    /// More than `MAX_CHARS` characters.
    TooLong,
    /// Among the first that anybody would try.
    Common,
    /// Holds the part of the e-mail address before the @.
    HoldsEmail,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::TooShort => write!(f, "must have at least {MIN_CHARS} characters"),
            Problem::TooLong => write!(f, "must have at most {MAX_CHARS} characters"),
            Problem::Common => f.write_str("is too easy to guess"),
            Problem::HoldsEmail => f.write_str("must not contain the name in your e-mail address"),
        }
    }
}

/// Returns every reason against a password for the account with this address; empty when it may be used.
pub fn problems(password: &str, email: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    // Stops counting early: the text may be as long as a request.
    let chars = password.chars().take(MAX_CHARS + 1).count();
    if chars < MIN_CHARS {
        found.push(Problem::TooShort);
    }
    if chars > MAX_CHARS {
        found.push(Problem::TooLong);
        return found;
    }
    let lower = password.to_lowercase();
    if is_common(&lower) {
        found.push(Problem::Common);
    }
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    // One or two letters stand in every phrase; they say nothing about the owner.
    if local.chars().count() >= 3 && lower.contains(&local) {
        found.push(Problem::HoldsEmail);
    }
    found
}

/// A listed phrase, whatever digits and signs surround it, or a short pattern over and over.
fn is_common(lower: &str) -> bool {
    if COMMON.contains(&lower) || is_repetition(lower) {
        return true;
    }
    let stem = lower.trim_matches(|c: char| !c.is_alphabetic());
    // A stem is short, so it must make up most of the password to condemn it.
    STEMS.contains(&stem)
}

fn is_repetition(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=4).any(|period| chars.len() >= 3 * period && chars.iter().zip(&chars[period..]).all(|(a, b)| a == b))
}

/// Words that stay guessable however many digits and signs are put around them.
const STEMS: &[&str] = &[
    "password",
    "passwort",
    "passw",
    "letmein",
    "welcome",
    "qwerty",
    "qwertz",
    "azerty",
    "qwertyuiop",
    "admin",
    "administrator",
    "aegisflow",
    "changeme",
    "default",
    "secret",
    "iloveyou",
    "monkey",
    "dragon",
    "football",
    "baseball",
    "superman",
    "batman",
    "trustno",
    "sunshine",
    "princess",
    "master",
    "login",
    "root",
    "test",
    "demo",
    "guest",
    "summer",
    "winter",
    "spring",
    "autumn",
    "company",
    "security",
];

/// Common passwords of twelve characters and more, lower-cased.
const COMMON: &[&str] = &[
    "123456789012",
    "1234567890123",
    "123456789abc",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "abcdefghijkl",
    "abcdefghijklm",
    "abcd1234abcd1234",
    "098765432109",
    "adminpassword",
    "administrator",
    "asdfghjkl123",
    "asdfghjklqwertyuiop",
    "changemeplease",
    "correct horse battery staple",
    "correcthorsebatterystaple",
    "iloveyouforever",
    "letmeinletmein",
    "mypassword123",
    "p@ssw0rd1234",
    "passw0rd1234",
    "passwordpassword",
    "q1w2e3r4t5y6",
    "qazwsxedcrfv",
    "qwerty123456",
    "qwertyuiopas",
    "qwertyuiopasdfghjkl",
    "thisismypassword",
    "welcomewelcome",
    "zaq12wsxcde3",
    "zxcvbnm12345",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_problem_is_named() {
        for (password, email, expected) in [
            ("a long enough phrase", "maria@corp.example", &[][..]),
            ("elevenchars", "maria@corp.example", &[Problem::TooShort]),
            ("", "maria@corp.example", &[Problem::TooShort]),
            ("password", "maria@corp.example", &[Problem::TooShort, Problem::Common]),
            ("Password2026!", "maria@corp.example", &[Problem::Common]),
            ("correct horse battery staple", "maria@corp.example", &[Problem::Common]),
            ("aaaaaaaaaaaaaaa", "maria@corp.example", &[Problem::Common]),
            ("abcabcabcabcabc", "maria@corp.example", &[Problem::Common]),
            ("my name is MARIA ok", "maria@corp.example", &[Problem::HoldsEmail]),
            ("maria", "maria@corp.example", &[Problem::TooShort, Problem::HoldsEmail]),
            ("an unrelated phrase", "an@corp.example", &[]),
            ("zwölf Zeichen lang é", "", &[]),
        ] {
            assert_eq!(problems(password, email), expected, "{password:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(problems("日本語で書いた長い文章だよ", "x@y"), []);
        assert_eq!(problems(&"é!x".repeat(50), "x@y"), [Problem::TooLong]);
        let longest: String = ('!'..='~').chain('!'..='~').take(MAX_CHARS).collect();
        assert_eq!(problems(&longest, "x@y"), []);
    }

    #[test]
    fn the_lists_are_lower_case_and_reachable() {
        for word in COMMON {
            assert_eq!(word.to_lowercase(), *word);
            assert!(word.chars().count() >= MIN_CHARS, "{word} is refused for its length already");
        }
        assert!(STEMS.iter().all(|stem| stem.to_lowercase() == *stem));
    }

    proptest! {
        #[test]
        fn judging_never_panics_and_length_always_counts(password in ".{0,200}", email in ".{0,40}") {
            let found = problems(&password, &email);
            let chars = password.chars().count();
            prop_assert_eq!(found.contains(&Problem::TooShort), chars < MIN_CHARS);
            prop_assert_eq!(found.contains(&Problem::TooLong), chars > MAX_CHARS);
        }
    }
}
