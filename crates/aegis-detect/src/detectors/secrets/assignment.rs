//! Values given to a name that says they are secret: `db_password = "…"`, `"apiKey": "…"`.

use super::looks::{Looks, is_stand_in, is_uuid};
use super::names::{Promise, promise};
use crate::byte_table::byte_table;
use crate::detector::{Match, Odds};
use crate::finding::Severity;
use crate::site::Site;

/// Longest name looked at.
const NAME: usize = 48;
/// Shortest and longest value.
pub(super) const VALUE: std::ops::RangeInclusive<usize> = 8..=200;

pub(super) fn judge(site: &Site) -> Option<Match> {
    let sign = site.anchor().start;
    // most values are too short or too long: that is seen sooner than what the name says
    let (start, end, quoted) = value(site, sign + 1)?;
    let name = site.bytes(sign.saturating_sub(NAME)..sign);
    let promise = promise(name)?;
    // `arn:aws:secretsmanager:…:secret:…`: where it is kept; `-v $(pwd):/workspace`: the working folder
    if is_resource(name) || name.ends_with(b"$(pwd)") {
        return None;
    }
    let (start, end) = if quoted { (start, end) } else { past_counting(site, start, end) };
    weigh(site, promise, start, end, quoted)
}

/// Most cookies that are passed over.
const COOKIES: usize = 6;

/// The first cookie of a list that does more than count, if the value at hand is one that only counts.
fn past_counting(site: &Site, mut start: usize, mut end: usize) -> (usize, usize) {
    for _ in 0..COOKIES {
        if !is_counting(site.bytes(start..end)) || site.bytes(end..end + 2) != b"; " {
            break;
        }
        start = end + 2;
        let rest = site.bytes(start..start + VALUE.end() + 1);
        end = start + rest.iter().position(|&byte| ENDS[usize::from(byte)]).unwrap_or(rest.len());
    }
    (start, end)
}

/// Where the value after a sign begins and ends, and whether it is quoted.
fn value(site: &Site, after: usize) -> Option<(usize, usize, bool)> {
    let mut at = after;
    let blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'=' | b'>' | b':' | b'~' | b'*' | b'|' | b'(');
    while at < after + 6 && blank(site.byte(at)) {
        at += 1;
    }
    let quote = usize::from(matches!(site.byte(at), b'"' | b'\''));
    if matches!(site.byte(at + quote), b'B' | b'T' | b't' | b'b' | b'A') {
        at += scheme(site, at);
    }
    let escaped = site.byte(at) == b'\\' && matches!(site.byte(at + 1), b'"' | b'\'');
    at += usize::from(escaped);
    let quote = site.byte(at);
    let quoted = matches!(quote, b'"' | b'\'' | b'`');
    at += usize::from(quoted);
    let text = site.bytes(at..at + VALUE.end() + 2);
    let end = if !quoted {
        text.iter().position(|&byte| ENDS[usize::from(byte)])
    } else if escaped {
        memchr::memchr3(quote, b'\n', b'\\', text)
    } else {
        memchr::memchr2(quote, b'\n', text)
    };
    let mut len = end.unwrap_or(text.len());
    if !quoted {
        let in_url = || {
            let before = site.bytes(after.saturating_sub(NAME)..after);
            let sign = before.iter().rev().find(|byte| b"?& \n".contains(byte));
            quote != b'"' && sign.is_some_and(|byte| b"?&".contains(byte))
        };
        if let Some(at) = memchr::memchr(b'&', &text[..len]).filter(|_| in_url()) {
            len = at;
        }
        while len > 0 && b",;.)}]\\:".contains(&text[len - 1]) {
            len -= 1;
        }
        if text.get(len) == Some(&b')') && text[..len].contains(&b'(') {
            len += 1;
        }
    }
    VALUE.contains(&len).then_some((at, at + len, quoted))
}

/// How long what says that a token follows is at `at`: `Bearer `, with a quote before it or not.
fn scheme(site: &Site, from: usize) -> usize {
    let mut at = from;
    for scheme in [&b"Bearer "[..], b"Basic ", b"Token ", b"token ", b"bearer ", b"basic ", b"ApiKey "] {
        let quote = usize::from(matches!(site.byte(at), b'"' | b'\''));
        if site.bytes(at + quote..at + quote + scheme.len()) == scheme {
            at += quote + scheme.len();
        }
    }
    at - from
}

/// The bytes that end a value without quotes.
static ENDS: [bool; 256] = byte_table!(byte => {
    byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'>' | b';' | 0x80..)
});

/// Says how sure a value of this look is what its name promises.
pub(super) fn weigh(site: &Site, promise: Promise, start: usize, end: usize, quoted: bool) -> Option<Match> {
    let value = site.bytes(start..end);
    if value.len() < end - start || is_stand_in(value) || is_uuid(value) {
        return None;
    }
    if is_reference(value, quoted) && !(promise == Promise::Password && is_passphrase(value)) {
        return None;
    }
    // small code: `password:!0,range:!0`; a cast, or the end of an argument: `(char*)key`, `(p).name`
    let is_code = || {
        memchr::memmem::find(value, b"!0,").is_some() || site.before(start) == b'(' && value.contains(&b')')
    };
    if !quoted && is_code() {
        return None;
    }
    let looks = Looks::of(value);
    let random = looks.entropy >= 3.0 && (looks.digits > 0 || looks.symbols > 1);
    let odds = match promise {
        Promise::Password if looks.kinds() >= 3 && looks.entropy >= 2.7 => 0.92,
        Promise::Password if looks.kinds() == 4 && looks.entropy >= 2.2 => 0.85,
        Promise::Password
            if looks.kinds() == 2 && looks.digits + looks.symbols > 0 && looks.entropy >= 2.5 =>
        {
            0.80
        }
        // digits alone, as routers have them
        Promise::Password
            if looks.digits >= 12
                && value.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-')
                && looks.entropy >= 2.0 =>
        {
            0.70
        }
        Promise::Key if looks.hex && value.len() >= 20 && looks.entropy >= 3.0 => 0.88,
        Promise::Key if value.len() >= 16 && random && looks.kinds() >= 3 => 0.92,
        Promise::Key if value.len() >= 20 && random && looks.kinds() >= 2 => 0.85,
        Promise::Key if looks.kinds() >= 3 && looks.symbols > 0 && random => 0.70,
        // small code names its fields alike: `key:e,value:t`
        Promise::Perhaps if !quoted && value.contains(&b',') => return None,
        Promise::Perhaps if value.len() >= 24 && looks.entropy >= 3.7 && looks.kinds() >= 3 => 0.65,
        _ => return None,
    };
    let reason = match promise {
        Promise::Password => "given as a password",
        Promise::Key | Promise::Perhaps => "random value given as a key",
    };
    Some(Match::new(start..end, Odds::of(odds), Severity::Critical, reason))
}

/// The token that `name` ends is the name of a resource of a cloud.
fn is_resource(name: &[u8]) -> bool {
    let token = name
        .rsplit(|byte| byte.is_ascii_whitespace() || b"\"'`=,(".contains(byte))
        .next()
        .unwrap_or_default();
    // the token may begin before what is looked at
    token.starts_with(b"arn:")
        || token.len() == NAME && memchr::memmem::find(token, b":secret").is_some()
        || memchr::memmem::find(token, b":secretsmanager:").is_some()
}

/// What begins cookies that count visitors or keep a choice, and open nothing.
const COUNTING: &[&str] = &[
    "_ga",
    "_gid",
    "_gat",
    "_gcl_",
    "_gac_",
    "__utm",
    "_fbp",
    "_fbc",
    "_hj",
    "_pk_",
    "_uet",
    "_clck",
    "_clsk",
    "_scid",
    "_ttp",
    "_tt_",
    "_pin_",
    "_rdt_",
    "_mkto_",
    "_dc_gtm",
    "__hs",
    "__cf_bm",
    "__gads",
    "__gpi",
    "_ym_",
    "_dd_s",
    "_vwo",
    "_vis_opt",
    "_sp_",
    "_lr_",
    "mp_",
    "ajs_",
    "amp_",
    "amplitude_",
    "hubspotutk",
    "optimizely",
    "ab_test",
    "OptanonConsent",
    "OptanonAlert",
    "CookieConsent",
    "cookieconsent",
    "cookie_consent",
    "euconsent",
    "consent",
    "CONSENT",
    "gdpr",
    "didomi",
    "intercom-id",
    "IDE=",
    "NID=",
    "MUID=",
    "1P_JAR",
    "lang",
    "locale",
    "theme",
    "timezone",
    "tz=",
    "currency",
    "utm_",
    "AMCV_",
    "s_vi",
    "s_cc",
    "s_sq",
    "muid",
    "li_gc",
    "bcookie",
];

/// A cookie that counts visitors or keeps a choice: `_ga=GA1.2.…`.
fn is_counting(value: &[u8]) -> bool {
    memchr::memchr(b'=', value).is_some() && COUNTING.iter().any(|head| value.starts_with(head.as_bytes()))
}

/// Names of places where secrets are kept, at the start of a value.
const STORES: &[&str] = &[
    "arn:",
    "projects/",
    "secret/",
    "secrets/",
    "kv/",
    "kv-v2/",
    "vault:",
    "vault/",
    "op:",
    "ssm:",
    "ssm/",
    "awssm:",
    "gcpsm:",
    "akv:",
    "keyvault:",
    "@Microsoft.KeyVault(",
    "ENC[",
    "ENC(",
    "{cipher}",
    "secretRef",
    "secretref:",
    "!secret",
    "!vault",
    "!Ref",
    "!Sub",
    "env:",
    "file:",
    "sops:",
    "doppler:",
    "bitwarden:",
    "bws:",
    "infisical:",
    "conjur:",
    "cyberark:",
    "aws-sm:",
    "aws_secretsmanager",
    "resolve:",
    "{{resolve:",
];

/// Code or a path that leads to the secret, or a hash made of it.
fn is_reference(value: &[u8], quoted: bool) -> bool {
    let hashed = [
        &b"$2a$"[..],
        b"$2b$",
        b"$2y$",
        b"$argon2",
        b"$6$",
        b"$5$",
        b"sha256",
        b"sha512-",
        b"sha1-",
        b"{SHA",
        b"pbkdf2",
    ];
    let key = [
        &b"ssh-rsa"[..],
        b"ssh-ed25519",
        b"http://",
        b"https://",
        b"data:",
        b"file:",
        b"/etc/",
        b"/run/",
        b"./",
    ];
    if hashed.iter().chain(&key).any(|head| value.starts_with(head))
        || memchr::memmem::find(value, b"://").is_some()
    {
        return true;
    }
    if is_counting(value) || STORES.iter().any(|store| value.starts_with(store.as_bytes())) {
        return true;
    }
    // a path
    if value[0] == b'/' && value[1..].contains(&b'/') && !value.iter().any(u8::is_ascii_digit) {
        return true;
    }
    // words with spaces between are a sentence
    if value.contains(&b' ') {
        return true;
    }
    // put together when the program runs
    if memchr::memmem::find(value, b"${").is_some() {
        return true;
    }
    // a pattern that values are matched with
    if [&b"[0-9"[..], b"[A-Z", b"[a-z", b"[^"]
        .iter()
        .any(|class| memchr::memmem::find(value, class).is_some())
    {
        return true;
    }
    let identifier = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-".contains(byte);
    let called =
        !quoted && value.iter().any(|byte| matches!(byte, b'(' | b'[' | b'{')) && !value.contains(&b'%');
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    // names of constants and fields: parts of letters joined by one sign, with a digit or two at most
    let named = value.iter().all(identifier)
        && digits <= 2
        && value.split(|byte| b"_.-".contains(byte)).all(is_name)
        && (value.iter().any(|byte| b"_.-".contains(byte)) || digits == 0);
    called || named || !quoted && (is_path_of_code(value) || is_constant(value))
}

/// Names of code that lead to one another: `core::PCWSTR`, `&self.key`, `this->password`, `data?.key`, `Option<u8>`.
fn is_path_of_code(value: &[u8]) -> bool {
    let has = |sign: &&[u8]| memchr::memmem::find(value, sign).is_some();
    let owned = [&b"this."[..], b"self."].iter().any(|owner| value.starts_with(owner));
    let leads = owned
        || [&b"::"[..], b"->", b"?.", b"<"].iter().any(has)
        || value[0] == b'&' && value.contains(&b'.');
    leads
        && has_few_digits(value)
        && value.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_.:<>-$?*&".contains(byte))
}

/// `D3DKMT_ESCAPE_OPERATION`: capitals joined by `_`, with few digits.
fn is_constant(value: &[u8]) -> bool {
    value.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_')
        && value.contains(&b'_')
        && has_few_digits(value)
}

/// A quarter of it at most are digits.
fn has_few_digits(value: &[u8]) -> bool {
    value.iter().filter(|byte| byte.is_ascii_digit()).count() * 4 <= value.len()
}

/// Words joined by hyphens, three or more, and a number at the end: `Velvet-otter-Granite60`.
pub(super) fn is_passphrase(value: &[u8]) -> bool {
    let digits = value.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let words = &value[..value.len() - digits];
    let words = words.strip_suffix(b"-").unwrap_or(words).split(|byte| *byte == b'-');
    (1..=4).contains(&digits)
        && words.clone().count() >= 3
        && words.clone().all(|word| word.len() >= 3 && word.iter().all(u8::is_ascii_alphabetic))
}

/// Letters of one case, or with humps in between, and then perhaps digits: a word of code or of a language.
fn is_name(part: &[u8]) -> bool {
    let letters = part.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let humps = part[..letters]
        .windows(2)
        .filter(|pair| pair[0].is_ascii_lowercase() != pair[1].is_ascii_lowercase())
        .count();
    part[letters..].iter().all(u8::is_ascii_digit) && humps * 2 <= letters.max(2)
}
