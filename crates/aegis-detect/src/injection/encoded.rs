//! The forms in which words are hidden from filters but not from models: rot13, reversed, spaced out, leet,
//! base64 and hexadecimal. The forms are patterns like any other, so hidden text costs no second scan.

/// Every hidden form of `word`.
pub(super) fn forms(word: &str) -> Vec<String> {
    let spaced = |separator: &str| {
        let letters: Vec<String> = word.chars().filter(|c| *c != ' ').map(String::from).collect();
        letters.join(separator)
    };
    let mut forms = vec![
        rot13(word),
        word.chars().rev().collect(),
        spaced(" "),
        spaced("-"),
        spaced("."),
        spaced("_"),
        hex(word),
    ];
    forms.extend(leet(word));
    forms.extend((0..3).map(|shift| base64_inside(word, shift)));
    // what a shift leaves of a short word could stand anywhere
    forms.retain(|form| form.len() >= 6 && form != word);
    forms
}

fn rot13(word: &str) -> String {
    let turn = |c: char, first: u8| char::from((c as u8 - first + 13) % 26 + first);
    word.chars().map(|c| if c.is_ascii_lowercase() { turn(c, b'a') } else { c }).collect()
}

fn hex(word: &str) -> String {
    word.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// The usual replacements, all of them and the commonest alone.
fn leet(word: &str) -> Vec<String> {
    let all = [('i', '1'), ('e', '3'), ('o', '0'), ('a', '4'), ('s', '5'), ('t', '7')];
    let few = [('i', '1'), ('e', '3'), ('o', '0'), ('a', '4'), ('s', '5')];
    let vowels = [('i', '1'), ('e', '3'), ('o', '0'), ('a', '4')];
    let replace = |table: &[(char, char)]| {
        word.chars()
            .map(|c| table.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to))
            .collect::<String>()
    };
    let mut forms = vec![replace(&all), replace(&few), replace(&vowels)];
    forms.dedup();
    forms
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The base64 characters that depend on `word` alone when `shift` bytes stand before it in its group of three.
fn base64_inside(word: &str, shift: usize) -> String {
    let bytes = word.as_bytes();
    let bit = |n: usize| bytes.get(n / 8).map(|byte| byte >> (7 - n % 8) & 1);
    // the first whole sextet after the foreign bits
    let first = (6 - shift * 8 % 6) % 6;
    (first..)
        .step_by(6)
        .map_while(|start| (start..start + 6).try_fold(0u8, |sextet, n| Some(sextet << 1 | bit(n)?)))
        .map(|sextet| char::from(ALPHABET[usize::from(sextet)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_those_that_others_make() {
        let forms = forms("ignore");
        for made in ["vtaber", "erongi", "i g n o r e", "1gn0r3", "69676e6f7265", "aWdub3Jl"] {
            assert!(forms.iter().any(|form| form == made), "{made} is not in {forms:?}");
        }
        // `please ignore` in base64 is cGxlYXNlIGlnbm9yZQ==: the word lies one byte into a group
        assert!("cGxlYXNlIGlnbm9yZQ==".contains(&base64_inside("ignore", 1)));
    }
}
