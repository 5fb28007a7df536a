//! What the name of a value promises: a password, a key, or nothing secret.
//! Read by the rules for assignments. Invariant: looks at the end of the name alone.

use crate::word_list::WordList;

/// What a name promises about its value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Promise {
    /// Chosen by a person: any mixture will do.
    Password,
    /// Made by a machine: random.
    Key,
    /// A key perhaps, perhaps the key of a map: very random.
    Perhaps,
}

const PASSWORDS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "passwort",
    "kennwort",
    "contraseña",
    "contrasena",
    "senha",
    "wachtwoord",
    "motdepasse",
    "mdp",
    "clave",
    "pass",
    "pw",
    "lösenord",
    "adgangskode",
    "hasło",
    "пароль",
    "密码",
    "密碼",
    "パスワード",
    "비밀번호",
    "passe",
    "pswd",
    "şifre",
    "salasana",
    "heslo",
    "passord",
    "parola",
    "jelszó",
    "passkey",
    "losenord",
    "kodeord",
    "lozinka",
    "zaporka",
    "sifre",
    "haslo",
    "jelszo",
    "πρόσβασης",
    "סיסמה",
    "סיסמא",
    "암호",
    "口令",
    "пароля",
];
/// What a password opens, after it: `CLAVE_BD`, `password_db`.
static PLACES: WordList = WordList::new(&["db", "bd"]);
/// What makes `key` one that people type in: `wifi key`.
const TYPED: &[&str] = &[
    "wifi", "wi fi", "fi", "wlan", "wpa", "wpa2", "wpa3", "wep", "hotspot", "router", "network", "netzwerk",
    "réseau",
];
const KEYS: &[&str] = &[
    "secret",
    "secrets",
    "apikey",
    "api key",
    "secretkey",
    "accesskey",
    "privatekey",
    "authkey",
    "token",
    "tokens",
    "authtoken",
    "accesstoken",
    "credential",
    "credentials",
    "auth",
    "authorization",
    "bearer",
    "clientsecret",
    "signature",
    "sig",
    "psk",
    "jwt",
    "pat",
    "cookie",
    "sessionid",
    "accountkey",
    "sharedaccesskey",
    "apisecret",
    "apitoken",
    "schlüssel",
    "jeton",
];
/// `key` in other languages, and what it opens before it or after: `api_schluessel`, `clave_api`, `chave-api`.
const KEY_NOUNS: &[&str] = &[
    "schluessel",
    "schlüssel",
    "chave",
    "llave",
    "clave",
    "clé",
    "cle",
    "chiave",
    "sleutel",
    "klucz",
    "klíč",
    "klic",
    "kľúč",
    "nyckel",
    "nøgle",
    "nøkkel",
    "avain",
    "anahtar",
    "anahtarı",
    "anahtari",
    "ключ",
    "κλειδί",
    "kulcs",
    "cheie",
    "ključ",
    "jeton",
    "jetonu",
    "ficha",
    "żeton",
    "токен",
    "token",
    "キー",
    "鍵",
    "密钥",
    "密鑰",
    "키",
];
/// What makes `key` a secret one: `signing_key`, `stripeKey`.
const KEYED: &[&str] = &[
    "api",
    "access",
    "secret",
    "private",
    "auth",
    "client",
    "app",
    "application",
    "encryption",
    "encrypt",
    "encrypted",
    "signing",
    "sign",
    "master",
    "service",
    "storage",
    "account",
    "shared",
    "session",
    "admin",
    "deploy",
    "ssh",
    "rsa",
    "aes",
    "hmac",
    "jwt",
    "webhook",
    "stripe",
    "openai",
    "aws",
    "azure",
    "google",
    "gcp",
    "sendgrid",
    "twilio",
    "subscription",
    "write",
    "license",
    "anthropic",
    "datadog",
    "dd",
    "mailgun",
    "algolia",
    "cohere",
    "mistral",
    "deepseek",
    "server",
    "rest",
    "consumer",
    "user",
    "x",
    "integration",
    "ingest",
    "functions",
    "host",
    "maps",
    "primary",
    "secondary",
];
/// What makes a token none to be kept: `csrf_token`, `nextPageToken`.
const HARMLESS: &[&str] = &[
    "csrf",
    "xsrf",
    "next",
    "page",
    "continuation",
    "sync",
    "cancellation",
    "prev",
    "max",
    "min",
    "pagination",
    "stop",
    "eos",
    "bos",
    "pad",
    "unk",
    "sep",
    "cls",
    "public",
    "idempotency",
    "verification",
    "git",
    "commit",
    "content",
    "file",
    "image",
    "etag",
    "integrity",
    "hash",
    "checksum",
    "device",
    "push",
    "forgot",
    "reset",
    "no",
    "show",
    "hide",
];

/// The word that `text` ends with makes a key one that people type in.
pub(super) fn is_typed(text: &[u8]) -> bool {
    let word = text.rsplit(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or_default();
    TYPED.iter().any(|typed| typed.as_bytes().eq_ignore_ascii_case(word))
}

/// Splits a name into its words, the last first, and says what the value must be like.
pub(super) fn promise(before: &[u8]) -> Option<Promise> {
    let text = std::str::from_utf8(before).or_else(|error| {
        // the window may begin inside a character
        let cut = error.valid_up_to() + error.error_len().unwrap_or(1);
        std::str::from_utf8(&before[cut.min(before.len())..])
    });
    let text =
        text.unwrap_or_default().trim_end_matches([' ', '\t', '"', '\'', '`', '\\', ']', ')', '*', '|']);
    let mut words = Words { rest: text };
    let mut last = words.next()?;
    if same(last, "value") {
        // `name: DB_PASSWORD`, then `value: …`: what the first names, the second holds
        words.rest = words.rest.trim_end_matches([' ', '\n', '\r', '\t', ',', '"', '\'']);
        last = words.next()?;
    }
    let is_place = PLACES.has_folded(last) && words.rest.ends_with(['_', '-']);
    if words.rest.ends_with("-u ") || words.rest.ends_with("--user ") {
        return Some(Promise::Password);
    }
    let before = words.next().unwrap_or_default();
    let (sense, context) = (meaning(last), meaning(before));
    if context & HARMLESS_WORD != 0 {
        return None;
    }
    let ends = |list: &[&str]| {
        last.len() > 6 && list.iter().any(|listed| listed.len() > 4 && ends_with(last, listed))
    };
    if is_place && context & PASSWORD_WORD != 0
        || sense & PASSWORD_WORD != 0
        || (same(last, "word") && same(before, "pass"))
    {
        return Some(Promise::Password);
    }
    if same(last, "api") && is_key_noun(before) {
        return Some(Promise::Key);
    }
    let key = same(last, "key") || same(last, "keys") || is_key_noun(last);
    if (key || sense & KEY_WORD != 0) && TYPED.iter().any(|typed| same(before, typed)) {
        return Some(Promise::Password);
    }
    if sense & KEY_WORD != 0 || (key && context & KEYED_WORD != 0) {
        return Some(Promise::Key);
    }
    if key {
        return Some(Promise::Perhaps);
    }
    // `dbpassword`, `mysecret`
    if ends(PASSWORDS) { Some(Promise::Password) } else { ends(&KEYS[..9]).then_some(Promise::Key) }
}

/// `word` is that for a key in some language.
fn is_key_noun(word: &str) -> bool {
    static LIST: WordList = WordList::new(KEY_NOUNS);
    word.len() <= LONGEST_WORD && LIST.has_folded(word)
}

const PASSWORD_WORD: u8 = 1;
const KEY_WORD: u8 = 2;
const KEYED_WORD: u8 = 4;
const HARMLESS_WORD: u8 = 8;
/// Longest of the words.
const LONGEST_WORD: usize = 24;

/// What a word of a name says, as bits.
fn meaning(word: &str) -> u8 {
    static LISTS: [(WordList, u8); 4] = [
        (WordList::new(PASSWORDS), PASSWORD_WORD),
        (WordList::new(KEYS), KEY_WORD),
        (WordList::new(KEYED), KEYED_WORD),
        (WordList::new(HARMLESS), HARMLESS_WORD),
    ];
    if word.len() > LONGEST_WORD {
        return 0;
    }
    LISTS.iter().filter(|(list, _)| list.has_folded(word)).fold(0, |sense, (_, bit)| sense | bit)
}

/// The words of an identifier from its end: `client_secret`, `clientSecret`, `client-secret`, `client secret`.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        self.rest = self.rest.trim_end_matches(['_', '-', '.', ' ']);
        let mut start = self.rest.len();
        let mut upper = false;
        for (at, c) in self.rest.char_indices().rev() {
            if !c.is_alphanumeric() {
                break;
            }
            // the hump of a camel: a small letter before a capital
            if upper && c.is_lowercase() {
                break;
            }
            upper = c.is_uppercase();
            start = at;
        }
        let word = &self.rest[start..];
        self.rest = &self.rest[..start];
        (!word.is_empty()).then_some(word)
    }
}

/// Compares without regard to the case of ASCII letters.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && (a.eq_ignore_ascii_case(b) || (!a.is_ascii() && a.to_lowercase() == b.to_lowercase()))
}

fn ends_with(word: &str, tail: &str) -> bool {
    word.len() >= tail.len()
        && word.as_bytes()[word.len() - tail.len()..].eq_ignore_ascii_case(tail.as_bytes())
}
