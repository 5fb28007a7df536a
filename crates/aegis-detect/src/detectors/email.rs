//! E-mail addresses: the practical part of RFC 5322, with letters of any script (RFC 6531).

use crate::byte_table::byte_table;
use crate::detector::{Candidates, Detector, DetectorInfo, LABEL, Match, Numbers, Odds};
use crate::finding::{Category, Severity};
use crate::lexer::Kind;
use crate::redact::DOT;
use crate::site::{Site, is_domain_byte};
use crate::word_list::WordList;
use std::ops::Range;

pub(crate) static EMAIL: Detector = Detector {
    info: DetectorInfo {
        id: "email",
        name: "E-mail address",
        description: "A local part, an @ and a domain name with a top-level domain; not package versions, assets or remotes.",
        category: Category::Personal,
        severity: Severity::Medium,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["HIPAA 164.514(b)(2)(i)(F)", "GDPR 4(1)"],
        max_hold: crate::site::hold(&[Kind::At]),
        hits: &[
            "COM+jane@acme.io:EM'",
            "CTA+IC+:Ada'COM+jane@acme.io:EM'UNT",
            "GET /t?uid=c597f421-6385-4ca7-88d4-5444859273ca&src=newsletter&email=jane@acme.io&x=1",
            "write to jane.doe@acme-corp.com.",
            "<mailto:j@ex-corp.io>",
            "email=müller@bücher.de",
            "o'brien+x@mail.acme.co.uk",
        ],
        misses: &[
            "COM+4155550100:TE'",
            "icon@2x.png",
            "left-pad@10.23.7",
            "@scope/pkg@1.2.3",
            "img@sha256:abcdef",
            "user@host",
            "postgres://app:pw@db.acme.com/x",
            "a@b",
            "x@-bad.com",
            "someone@",
            "@someone.com",
        ],
    },
    candidates: Candidates::At(&[Kind::At]),
    numbers: Numbers::ALL,
    labels: "email, e-mail, mail, email address, e-mail address, correo, correo electrónico, courriel, \
         adresse, mailto, メール, 邮箱, почта, posta elettronica",
    hints: "contact, reach, write, reporter, from, to, cc, bcc, reply",
    validate,
    canonical: str::to_lowercase,
    sample,
};

/// Domains and endings set aside for examples and tests (RFC 2606, RFC 6761).
const RESERVED_DOMAINS: &[&str] = &["example.com", "example.org", "example.net", "example.edu"];
const RESERVED_ENDINGS: &[&str] = &["example", "test", "invalid", "localhost"];

/// What ends the name of a file, image or unit and is no top-level domain.
static FILE_ENDINGS: WordList = WordList::new(&[
    "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "bmp", "css", "js", "mjs", "ts", "tsx", "jsx", "json",
    "yaml", "yml", "xml", "html", "htm", "txt", "pdf", "service", "socket", "timer", "target", "mount",
    "slice", "scope", "lock", "toml", "tar", "gz", "tgz",
]);

/// Words of programming languages that an `@` and a label may follow: `this@Outer.method`.
const KEYWORDS: &[&str] = &["this", "super", "return", "break", "continue"];

/// Boxes of a role, not of a person.
static ROLE_BOXES: WordList = WordList::new(&[
    "noreply",
    "no-reply",
    "donotreply",
    "info",
    "support",
    "admin",
    "postmaster",
    "webmaster",
    "abuse",
    "sales",
    "hello",
    "contact",
    "office",
    "security",
    "help",
]);

fn validate(site: &Site) -> Option<Match> {
    let at = site.anchor().start;
    let start = local_start(site, at)?;
    let end = domain_end(site, at + 1)?;
    let local = std::str::from_utf8(site.bytes(start..at)).ok()?;
    let domain = std::str::from_utf8(site.bytes(at + 1..end)).ok()?;
    if !is_domain(domain) || is_version(domain) || KEYWORDS.contains(&local) || site.byte(end) == b'@' {
        return None;
    }
    let mut found = Match::new(start..end, Odds::of(0.97), Severity::Medium, "address and domain");
    found.add_if(is_remote(site, local, end), -5.0, "remote of a version control system");
    found.add_if(in_credentials(site, start), -6.0, "credentials in a url");
    found.add_if(is_message_id(site, start), -6.0, "message id");
    found.add_if(is_named(site, start..end), LABEL, "label: email");
    if ROLE_BOXES.has(local.as_bytes()) {
        found.severity = Severity::Low;
        found.reasons.push("role address");
    }
    Some(found.known_test_if(is_reserved(domain)))
}

/// What stands before it or heads its column calls it an address.
fn is_named(site: &Site, span: Range<usize>) -> bool {
    site.may_have(&span, site.own) && site.context(span).names(site.own)
}

/// A byte of the local part.
const LOCAL: u8 = 1;
/// One after which it begins anew.
const ANEW: u8 = 2;
/// A letter, a digit or part of a letter.
const LETTER: u8 = 4;

static BYTES: [u8; 256] = byte_table!(byte => match byte {
    b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | 0x80.. => LOCAL | LETTER,
    b'=' | b'/' | b'?' | b'{' | b'|' | b'}' | b'&' => LOCAL | ANEW,
    b'!' | b'#' | b'$' | b'%' | b'\'' | b'*' | b'+' | b'^' | b'_' | b'~' | b'-' | b'.' => LOCAL,
    _ => 0,
});

fn is_byte(byte: u8, of: u8) -> bool {
    BYTES[usize::from(byte)] & of != 0
}

/// Where the local part begins. After `=`, `:`, a quote or a slash it begins anew.
fn local_start(site: &Site, at: usize) -> Option<usize> {
    let head = site.bytes(at.saturating_sub(65)..at);
    let len = head.iter().rev().position(|byte| !is_byte(*byte, LOCAL)).unwrap_or(head.len());
    let mut start = at - len;
    let text = &head[head.len() - len..];
    match text.iter().rposition(|byte| is_byte(*byte, ANEW)) {
        Some(anew) => start += anew + 1,
        None if len > 64 => return None,
        None => {}
    }
    // EDIFACT: `COM+jane@acme.com:EM'`, after the `'` that ends the segment before or on a line of its own
    let text = site.bytes(start..at);
    let begun = |com: &usize| text[..*com].last().is_none_or(|before| *before == b'\'');
    if let Some(com) = memchr::memmem::rfind(text, b"COM+").filter(begun) {
        start += com + 4;
    }
    start += escape(site, start, at);
    start += opening(site.bytes(start..at));
    let text = site.bytes(start..at);
    let dots_fit =
        text.last().is_some_and(|&last| last != b'.') && !text.windows(2).any(|pair| pair == b"..");
    let letters = text.iter().any(|byte| is_byte(*byte, LETTER));
    (dots_fit && letters).then_some(start)
}

/// Length of an escape of which the backslash stands before `start`: `\u003c`.
fn escape(site: &Site, start: usize, at: usize) -> usize {
    if site.before(start) != b'\\' {
        return 0;
    }
    match site.bytes(start..at) {
        [b'u', hex @ ..] if hex.iter().take(4).filter(|byte| byte.is_ascii_hexdigit()).count() == 4 => 5,
        _ => 0,
    }
}

/// Bytes at the start of `text` that belong to what stands before the address: bullets and markup,
/// marks outside ASCII, and words of scripts that put no space before it.
fn opening(text: &[u8]) -> usize {
    let markup = |text: &[u8]| text.iter().take_while(|byte| b"'.*-_~!#$%^+".contains(byte)).count();
    if text.is_ascii() {
        return markup(text);
    }
    // the window may begin inside a character
    let cut = text.iter().take_while(|byte| matches!(byte, 0x80..=0xBF)).count();
    let Ok(chars) = std::str::from_utf8(&text[cut..]) else { return cut };
    let foreign =
        chars.char_indices().rev().find(|&(_, c)| !c.is_ascii() && (!c.is_alphabetic() || c >= '\u{2e80}'));
    let anew = foreign.map_or(0, |(at, c)| at + c.len_utf8());
    cut + anew + markup(&chars.as_bytes()[anew..])
}

fn domain_end(site: &Site, start: usize) -> Option<usize> {
    let window = site.window();
    let tail = site.bytes(start..window.end);
    let mut end = tail.iter().position(|&byte| !is_domain_byte(byte)).unwrap_or(tail.len());
    if end > 253 {
        return None;
    }
    // only letters outside ASCII belong to it; marks such as a closing quote or full stop end it
    if !tail[..end].is_ascii()
        && let Ok(text) = std::str::from_utf8(&tail[..end])
    {
        end = text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '.')).unwrap_or(end);
        end = unmixed(&text[..end]);
    }
    while end > 0 && matches!(tail[end - 1], b'.' | b'-') {
        end -= 1;
    }
    (end > 0).then_some(start + end)
}

/// Where an ASCII domain ends that letters of another script follow without a space.
fn unmixed(text: &str) -> usize {
    let Some(foreign) = text.find(|c: char| !c.is_ascii()) else { return text.len() };
    let whole_label = text[..foreign].rfind('.').map_or(0, |dot| dot + 1);
    if ends_before(text, foreign) {
        return foreign - 1;
    }
    let cjk = text[foreign..].starts_with(|c: char| u32::from(c) >= 0x2E80);
    if cjk && foreign - whole_label >= 2 { foreign } else { text.len() }
}

/// Top-level domains in letters of scripts that end their sentences with a full stop like a dot of ours.
static FOREIGN_TOPS: WordList = WordList::new(&[
    "中国",
    "中國",
    "公司",
    "网络",
    "網絡",
    "在线",
    "中文网",
    "网址",
    "网站",
    "商城",
    "集团",
    "我爱你",
    "政务",
    "公益",
    "移动",
    "香港",
    "台湾",
    "台灣",
    "新加坡",
    "澳門",
    "世界",
    "信息",
    "商标",
    "手机",
    "みんな",
    "コム",
    "グーグル",
    "クラウド",
    "ストア",
    "セール",
    "ファッション",
    "ポイント",
    "한국",
    "삼성",
    "닷컴",
    "닷넷",
]);

/// The dot before `foreign` is a full stop: `jane@acme.com。…`: the domain before it is whole, and what follows is none.
fn ends_before(text: &str, foreign: usize) -> bool {
    let cjk = text[foreign..].starts_with(|c: char| u32::from(c) >= 0x2E80);
    let Some(head) = text[..foreign].strip_suffix('.').filter(|_| cjk) else { return false };
    let Some((_, top)) = head.rsplit_once('.') else { return false };
    let label = text[foreign..].split('.').next().unwrap_or_default();
    let known = matches!(top.len(), 2 | 3) || matches!(top, "info" | "online" | "shop" | "cloud" | "site");
    known && top.bytes().all(|byte| byte.is_ascii_alphabetic()) && !FOREIGN_TOPS.has(label.as_bytes())
}

fn is_domain(domain: &str) -> bool {
    // a sign of one byte ends no letter of several, so the parts are text
    let Some(dot) = memchr::memrchr(b'.', domain.as_bytes()) else { return false };
    let top = &domain[dot + 1..];
    let letters = if top.is_ascii() {
        top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
    } else {
        top.chars().all(char::is_alphabetic) && top.chars().count() >= 2
    };
    let punycode = top.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("xn--"));
    let top_fits = (letters || punycode) && top.len() <= 63 && !FILE_ENDINGS.has(top.as_bytes());
    top_fits
        && domain.as_bytes()[..dot].split(|byte| *byte == b'.').all(|label| match label {
            [first, .., last] => label.len() <= 63 && *first != b'-' && *last != b'-',
            [only] => *only != b'-',
            [] => false,
        })
}

/// `pkg@1.2.3-beta.rc`: two labels in a row that begin with digits.
fn is_version(domain: &str) -> bool {
    let mut labels = domain.trim_start_matches(['v', 'V', '^', '~']).as_bytes().split(|byte| *byte == b'.');
    let numeric = |label: Option<&[u8]>| label.and_then(<[u8]>::first).is_some_and(u8::is_ascii_digit);
    numeric(labels.next()) && numeric(labels.next())
}

/// `git@host:path`, as git, ssh and scp write a remote.
fn is_remote(site: &Site, local: &str, end: usize) -> bool {
    let path = site.byte(end) == b':' && (is_path_byte(site.byte(end + 1)));
    path && (local == "git"
        || local == "hg"
        || site.byte(end + 1) == b'~'
        || site.byte(end + 1) == b'/'
        || scp_before(site))
}

fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'~' | b'.')
}

fn scp_before(site: &Site) -> bool {
    let at = site.anchor().start;
    let line = site.bytes(at.saturating_sub(96)..at);
    let line = &line[memchr::memrchr(b'\n', line).map_or(0, |newline| newline + 1)..];
    [&b"scp "[..], b"rsync ", b"git clone ", b"ssh "]
        .iter()
        .any(|word| memchr::memmem::find(line, word).is_some())
}

/// `scheme://user:password@host`: a connection string, not an address.
fn in_credentials(site: &Site, start: usize) -> bool {
    if !matches!(site.before(start), b':' | b'/') {
        return false;
    }
    let before = site.bytes(start.saturating_sub(80)..start);
    let token = &before[before.iter().rposition(u8::is_ascii_whitespace).map_or(0, |space| space + 1)..];
    memchr::memmem::rfind(token, b"://").is_some_and(|scheme| {
        let rest = &token[scheme + 3..];
        rest.is_empty() || (rest.ends_with(b":") && !rest.contains(&b'/'))
    })
}

fn is_message_id(site: &Site, start: usize) -> bool {
    if !matches!(site.before(start), b'<' | b':' | b' ' | b'=') {
        return false;
    }
    // a header is named before a colon of its line
    let before = site.bytes(start.saturating_sub(64)..start);
    let line = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    memchr::memrchr_iter(b':', before).take_while(|colon| *colon >= line).any(|colon| {
        let head = &before[line..colon];
        [&b"message-id"[..], b"in-reply-to", b"references", b"content-id", b"cid"].iter().any(|header| {
            head.len() >= header.len() && head[head.len() - header.len()..].eq_ignore_ascii_case(header)
        })
    })
}

fn is_reserved(domain: &str) -> bool {
    let top = &domain[memchr::memrchr(b'.', domain.as_bytes()).map_or(0, |dot| dot + 1)..];
    RESERVED_ENDINGS.iter().any(|ending| top.eq_ignore_ascii_case(ending))
        || RESERVED_DOMAINS.iter().any(|reserved| is_under(domain, reserved))
}

/// `domain` is `upper` or lies under it.
pub(crate) fn is_under(domain: &str, upper: &str) -> bool {
    let split = domain.len().checked_sub(upper.len()).and_then(|at| domain.split_at_checked(at));
    split.is_some_and(|(head, tail)| {
        tail.eq_ignore_ascii_case(upper) && (head.is_empty() || head.ends_with('.'))
    })
}

/// `j•••@a•••.com`: the first letters and the top-level domain.
fn sample(value: &str) -> String {
    let (local, domain) = value.split_once('@').unwrap_or((value, ""));
    let top = domain.rsplit('.').next().unwrap_or_default();
    let first = |part: &str| part.chars().next().unwrap_or(DOT);
    let mut shown = String::with_capacity(top.len() + 28);
    shown.push(first(local));
    shown.push_str("•••@");
    shown.push(first(domain));
    shown.push_str("•••.");
    shown.push_str(top);
    shown
}
