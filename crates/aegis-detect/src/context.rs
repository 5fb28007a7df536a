//! What the words around a value say about it: a label, a counter-label, a hint.
//! Built once per scanner from the words each detector declares; asked per candidate.
//! Invariant: looks at no more than [`REACH`] bytes before and [`BEYOND`] after a value.

use crate::detectors;
use crate::site::Site;
use crate::work;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use std::ops::{BitOr, BitOrAssign, Range};

/// Bytes before a value in which words count.
const REACH: usize = 64;
/// Bytes after a value in which words count.
const BEYOND: usize = 24;

/// A set of meanings a word can have: the labels of detectors, their hints, and shared ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Roles(u64);

impl Roles {
    pub(crate) const NONE: Roles = Roles(0);
    /// Names a number that is no value of ours: order, ticket, part…
    pub(crate) const COUNTER: Roles = Roles(1 << 63);
    /// Names a version or build.
    pub(crate) const VERSION: Roles = Roles(1 << 62);
    /// Names a date that is no birth date.
    pub(crate) const OTHER_DATE: Roles = Roles(1 << 61);
    /// A clinical word.
    pub(crate) const CLINICAL: Roles = Roles(1 << 60);
    /// An identifier of no particular kind.
    pub(crate) const ID: Roles = Roles(1 << 59);
    /// What settles what a value is called.
    const NAMING: Roles = Roles(Self::ANY_LABEL.0 | Self::COUNTER.0 | Self::VERSION.0 | Self::OTHER_DATE.0);
    /// Any detector's own label.
    const ANY_LABEL: Roles = Roles((1 << HINTS) - 1);

    /// The label bit of the detector at `index` of the registry.
    pub(crate) const fn label(index: usize) -> Roles {
        Roles(1 << index)
    }

    /// The bit of the same detector's hints.
    pub(crate) const fn hint(self) -> Roles {
        Roles(self.0 << HINTS)
    }

    pub(crate) const fn has(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }

    const fn without(self, other: Roles) -> Roles {
        Roles(self.0 & !other.0)
    }
}

/// First hint bit; below it are the labels.
const HINTS: usize = 28;

impl BitOr for Roles {
    type Output = Roles;
    fn bitor(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }
}

impl BitOrAssign for Roles {
    fn bitor_assign(&mut self, other: Roles) {
        self.0 |= other.0;
    }
}

/// Numbers that are not ours say so by these words.
const COUNTERS: &[&str] = &[
    "order",
    "orders",
    "order id",
    "order no",
    "ord",
    "invoice",
    "inv",
    "ticket",
    "tkt",
    "tracking",
    "trk",
    "sku",
    "part",
    "parts",
    "pn",
    "p/n",
    "isbn",
    "issn",
    "ean",
    "upc",
    "gtin",
    "asin",
    "uuid",
    "guid",
    "sha",
    "sha1",
    "sha256",
    "md5",
    "hash",
    "digest",
    "checksum",
    "crc",
    "etag",
    "commit",
    "ref",
    "reference",
    "case",
    "docket",
    "lot",
    "batch",
    "serial",
    "s/n",
    "serial no",
    "po",
    "purchase order",
    "item",
    "article",
    "model",
    "product",
    "catalog",
    "catalogue",
    "asset",
    "request",
    "req",
    "trace",
    "span",
    "transaction",
    "txn",
    "job",
    "session",
    "quote",
    "claim",
    "policy",
    "container",
    "flight",
    "booking",
    "confirmation",
    "reservation",
    "shipment",
    "parcel",
    "page",
    "pages",
    "amount",
    "total",
    "price",
    "qty",
    "quantity",
    "score",
    "coordinates",
    "coords",
    "lat",
    "lon",
    "latitude",
    "longitude",
    "timestamp",
    "epoch",
    "unix time",
    "duns",
    "ein",
    "fein",
    "cage",
    "routing",
    "aba",
    "rtn",
    "zip",
    "postcode",
    "imei",
    "iccid",
    "vin",
    "doi",
    "arxiv",
    "cve",
    "rfc",
    "bug",
    "issue",
    "pr",
    "object id",
    "account",
    "acct",
    "iban",
    "npi",
    "dea",
    "passport",
    "license",
    "licence",
    "permit",
    "form",
    "row",
    "line",
    "port",
    "pid",
    "offset",
    "size",
    "bytes",
    "error code",
    "exit code",
    "status code",
    "sample",
    "catalog no",
    "dewey",
    "nct",
    "accession",
    "specimen",
    "ndc",
    "cpt",
    "hcpcs",
    "loinc",
    "wbc",
    "dose",
    // es, fr, de, it, pt, nl
    "pedido",
    "factura",
    "artículo",
    "referencia",
    "número de serie",
    "commande",
    "facture",
    "référence",
    "bestellung",
    "bestellnummer",
    "bestellnr",
    "rechnung",
    "rechnungsnummer",
    "artikel",
    "artikelnummer",
    "auftrag",
    "auftragsnummer",
    "vorgang",
    "vorgangsnummer",
    "aktenzeichen",
    "kundennummer",
    "seriennummer",
    "sendung",
    "sendungsnummer",
    "ordine",
    "fattura",
    "articolo",
    "fatura",
    "encomenda",
    "bestelling",
    "factuur",
    "colis",
    "envío",
    "numéro de série",
    "dossier",
    "numéro de commande",
    "número de pedido",
    "nº de pedido",
    "expediente",
];

/// Phrases that contain a counter-label and mean nothing by it.
const NEUTRAL: &[&str] =
    &["in case", "in order", "just in case", "in any case", "line manager", "for reference"];

const VERSIONS: &[&str] = &[
    "version",
    "versions",
    "ver",
    "v",
    "release",
    "build",
    "builds",
    "rev",
    "revision",
    "firmware",
    "upgrade",
    "upgraded to",
    "upgrade to",
    "kernel",
    "driver",
    "agent",
    "user agent",
    "useragent",
    "section",
    "sect",
    "chapter",
    "oid",
    "sdk",
    "assembly",
    "assembly version",
    "file version",
    "product version",
    "package",
    "pkg",
    "semver",
    "tag",
    "versión",
    "versione",
    "versão",
    "versie",
    "fassung",
];

const OTHER_DATES: &[&str] = &[
    "date of service",
    "dos",
    "service date",
    "admitted",
    "admission",
    "discharged",
    "discharge",
    "due",
    "due date",
    "expires",
    "expiry",
    "exp",
    "expiration",
    "issued",
    "issue date",
    "released",
    "release date",
    "dated",
    "invoice date",
    "order date",
    "created",
    "updated",
    "modified",
    "started",
    "opened",
    "closed",
    "arrival",
    "departure",
    "founded",
    "founded on",
    "founded in",
    "seen on",
    "visit",
    "appointment",
    "published",
    "hired",
    "hire date",
    "start date",
    "end date",
    "signed",
    "died",
    "deceased",
    "death",
    "date of death",
    "sent",
    "received",
    "ingested",
    "last login",
    "last seen",
    "meeting",
    "joined",
    "effective",
    "effective date",
    "valid until",
    "valid from",
    "delivered",
    "shipped",
    "collected",
    "timestamp",
    "built",
    "married",
    "baptised",
    "established",
    "incorporated",
    "birth certificate issued",
];

const CLINICAL: &[&str] = &[
    "patient",
    "pt",
    "admitted",
    "dob",
    "dx",
    "rx",
    "hx",
    "ward",
    "attending",
    "diagnosis",
    "clinic",
    "hospital",
    "discharge summary",
    "physician",
    "medications",
    "allergies",
    "referral",
    "mrn",
    "icd",
    "nurse",
    "surgery",
];

/// Identifiers of no particular kind.
const IDS: &[&str] = &[
    "id",
    "ids",
    "identifier",
    "key",
    "code",
    "handle",
    "kennung",
    "identifiant",
    "identificador",
    "codice",
];

/// Words that may stand between a label and its value.
const GLUE: &[&str] = &[
    "is",
    "was",
    "are",
    "no",
    "nr",
    "num",
    "number",
    "numbers",
    "value",
    "the",
    "on",
    "at",
    "to",
    "of",
    "as",
    "ist",
    "lautet",
    "es",
    "est",
    "le",
    "la",
    "el",
    "il",
    "am",
    "der",
    "den",
    "it's",
    "its",
    "it",
    "s",
    "given",
    "listed",
    "recorded",
    "today",
    "still",
    "now",
    "called",
    "file",
    "here",
    "text",
    "string",
    "uses",
    "using",
    "nummer",
    "número",
    "numéro",
    "numero",
    "c'est",
    "son",
    "sua",
    "jest",
    "это",
    "номер",
    "у",
    "है",
    "नंबर",
    "は",
    "が",
    "是",
    "为",
    "為",
    "은",
    "는",
    "이",
    "가",
    "into",
    "from",
    "mein",
    "meine",
    "ma",
    "mon",
    "mi",
    "my",
    "mio",
    "o",
    "os",
    "n",
    "era",
    "é",
    "è",
    "em",
    "nel",
    "das",
    "die",
    "de",
    "du",
    "ext",
    "used",
];

/// Every word with a role, as one automaton.
pub(crate) struct Vocabulary {
    automaton: AhoCorasick,
    roles: Vec<Roles>,
}

impl Vocabulary {
    /// Gathers the words of all detectors and the shared ones.
    pub(crate) fn build() -> Self {
        let mut words: BTreeMap<String, Roles> = BTreeMap::new();
        let mut add = |list: &[&str], roles: Roles| {
            for word in list {
                let word = word.to_lowercase().replace(['-', '_'], " ");
                *words.entry(word.replace(' ', "")).or_default() |= roles;
                *words.entry(word).or_default() |= roles;
            }
        };
        for (index, detector) in detectors::ALL.iter().enumerate() {
            add(detector.labels, Roles::label(index));
            add(detector.hints, Roles::label(index).hint());
        }
        for (list, roles) in [
            (COUNTERS, Roles::COUNTER),
            (VERSIONS, Roles::VERSION),
            (OTHER_DATES, Roles::OTHER_DATE),
            (CLINICAL, Roles::CLINICAL),
            (IDS, Roles::ID),
            (NEUTRAL, Roles::NONE),
        ] {
            add(list, roles);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.keys())
            .expect("the words are short and few, far below the automaton's limits");
        Vocabulary { automaton, roles: words.into_values().collect() }
    }

    /// Calls `hit` for each word in `text`, in order.
    pub(crate) fn words(&self, text: &[u8], mut hit: impl FnMut(Range<usize>, Roles)) {
        // fields and keys: `date_of_birth`, `e-mail`
        work::done(text.len());
        let mut folded = [0; REACH + BEYOND];
        let folded = &mut folded[..text.len().min(REACH + BEYOND)];
        for (to, from) in folded.iter_mut().zip(text) {
            *to = if matches!(from, b'_' | b'-') { b' ' } else { from.to_ascii_lowercase() };
        }
        for found in self.automaton.find_iter(&*folded) {
            let mut end = found.end();
            if text.get(end).is_some_and(|byte| byte | 0x20 == b's')
                && !text.get(end + 1).is_some_and(u8::is_ascii_alphabetic)
            {
                end += 1;
            }
            if starts_word(text, found.start()) && ends_word(text, end) {
                hit(found.start()..end, self.roles[found.pattern().as_usize()]);
            }
        }
    }
}

/// The byte leads or continues a two-byte letter (Latin with marks, Greek, Cyrillic, Hebrew, Arabic).
fn letter_before(text: &[u8], at: usize) -> bool {
    match text[..at] {
        [.., lead, 0x80..=0xBF] if (0xC3..=0xDB).contains(&lead) => true,
        [.., last] => last.is_ascii_alphabetic(),
        [] => false,
    }
}

fn starts_word(text: &[u8], at: usize) -> bool {
    let camel = text[at].is_ascii_uppercase() && at > 0 && text[at - 1].is_ascii_lowercase();
    camel || text[at] >= 0xE0 || !letter_before(text, at)
}

fn ends_word(text: &[u8], end: usize) -> bool {
    let last = text[end - 1];
    match text.get(end) {
        None => true,
        Some(next) if next.is_ascii_uppercase() => last.is_ascii_lowercase() || !last.is_ascii_alphabetic(),
        Some(next) if (0xC3..=0xDB).contains(next) => last >= 0xE0,
        Some(next) => !next.is_ascii_alphabetic() || last >= 0x80,
    }
}

/// What the surroundings say.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context {
    /// Of the word that names the value directly: `ssn: …`, `"ssn": "…"`, `my SSN is …`.
    pub(crate) label: Roles,
    /// Of words before it on the same line, since the last digit: an earlier number has used up its own words.
    pub(crate) near: Roles,
    /// Of all words around it.
    pub(crate) around: Roles,
    /// Of words after it on the same line.
    pub(crate) after: Roles,
    /// Of the head of its column.
    pub(crate) column: Roles,
}

impl Context {
    pub(crate) fn around(site: &Site, span: Range<usize>, vocabulary: &Vocabulary, column: Roles) -> Self {
        let mut context = Context { column, ..Context::default() };
        let before = site.bytes(span.start.saturating_sub(REACH)..span.start);
        let line = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let fresh = fresh_from(before).max(line);
        let mut hits: [(usize, usize, Roles); 16] = [(0, 0, Roles::NONE); 16];
        let mut count = 0;
        vocabulary.words(before, |word, roles| {
            hits[count % hits.len()] = (word.start, word.end, roles);
            count += 1;
            context.around |= roles;
            if word.start >= fresh {
                context.near |= roles;
            }
        });
        let newest_first = (0..count.min(hits.len())).map(|n| hits[(count - 1 - n) % hits.len()]);
        let value = site.bytes(span.clone());
        let mut named_from = before.len();
        let mut named = false;
        for (start, end, roles) in newest_first {
            let gap = &before[end..named_from];
            if !(if named { is_alternative(gap) } else { is_glue(gap) || is_list(gap, value) }) {
                break;
            }
            context.label |= roles;
            named |= roles.has(Roles::NAMING);
            named_from = start;
        }
        let after = site.bytes(span.end..span.end + BEYOND);
        let after = &after[..memchr::memchr(b'\n', after).unwrap_or(after.len())];
        vocabulary.words(after, |_, roles| context.after |= roles);
        context.around |= context.after;
        context
    }

    /// The value is named as what `own` detects, by a label or its column.
    pub(crate) fn names(&self, own: Roles) -> bool {
        self.label.has(own) || (self.column.has(own) && !self.label.has(Roles::ANY_LABEL))
    }

    /// The value is named as something else.
    pub(crate) fn denies(&self, own: Roles) -> bool {
        let named = if self.label.has(Roles::NAMING) { self.label } else { self.column };
        !named.has(own) && named.has(Roles::ANY_LABEL.without(own) | Roles::COUNTER | Roles::VERSION)
    }

    /// A label or hint of `own` is about.
    pub(crate) fn hints(&self, own: Roles) -> bool {
        (self.near | self.after | self.label | self.column).has(own | own.hint())
    }
}

/// Where the words of this value's own sentence begin, after the last number.
fn fresh_from(before: &[u8]) -> usize {
    let digit = before.iter().rposition(u8::is_ascii_digit).map_or(0, |at| at + 1);
    let ends = before.windows(2).rposition(|pair| matches!(pair, b"? " | b"! " | b". "));
    // right before the value it ends an abbreviation: `tel. 030`
    let sentence = ends.map(|at| at + 2).filter(|at| before.len() - at > 3).unwrap_or(0);
    digit.max(sentence)
}

/// Says whether `gap` can stand between a label and its value: punctuation and a few small words.
fn is_glue(gap: &[u8]) -> bool {
    if gap.len() > 40 || gap.iter().any(|byte| matches!(byte, b';' | b'!' | b'}' | b'{')) {
        return false;
    }
    let Ok(gap) = std::str::from_utf8(gap) else { return false };
    // a comma ends a phrase unless quotes make it a cell boundary further on
    if gap.contains(", ") || gap.trim_start().starts_with(',') {
        return false;
    }
    let sentence =
        gap.char_indices().any(|(at, c)| c == '.' && at > 0 && gap[at + 1..].starts_with([' ', '\n']));
    if sentence {
        return false;
    }
    gap.split(|c: char| !(c.is_alphabetic() || c == '\''))
        .filter(|word| !word.trim_matches('\'').is_empty())
        .all(|word| GLUE.contains(&word.trim_matches('\'').to_lowercase().as_str()))
        && !gap.bytes().any(|byte| byte.is_ascii_digit())
}

/// Says whether `gap` holds an earlier value of the same shape as `value`, as in `orders 12-3, 45-6 and 78-9`:
/// what names the first names them all.
fn is_list(gap: &[u8], value: &[u8]) -> bool {
    let separator = gap.iter().rev().take_while(|byte| !byte.is_ascii_digit()).count();
    let Some((head, between)) = gap.split_at_checked(gap.len() - separator) else { return false };
    let Some((glue, sibling)) = head.len().checked_sub(value.len()).and_then(|at| head.split_at_checked(at))
    else {
        return false;
    };
    let alike = sibling.iter().zip(value).all(|(a, b)| a == b || (a.is_ascii_digit() && b.is_ascii_digit()));
    let listed = std::str::from_utf8(between).is_ok_and(|between| {
        between
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .all(|word| CONJUNCTIONS.contains(&word))
    });
    alike && listed && between.len() <= 16 && (is_glue(glue) || is_list(glue, value))
}

/// Words between the members of a list.
const CONJUNCTIONS: &[&str] =
    &["and", "or", "to", "into", "with", "y", "et", "und", "e", "en", "oder", "ou", "i", "и"];

/// Says whether a full stop between `before` and `after` ends a sentence rather than an abbreviation.
fn ends_sentence(before: &str, after: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    // directly after the label it abbreviates the label itself: `tel. 030 …`
    let abbreviates =
        before.is_empty() || ["no", "nr", "num", "n", "núm"].contains(&word.to_lowercase().as_str());
    !abbreviates && after.starts_with([' ', '\n'])
}

/// Says whether `gap` joins two names of one value: `SSN / tax id`, `SSN or TIN`, `SSN (tax id)`.
fn is_alternative(gap: &[u8]) -> bool {
    matches!(gap, b"/" | b" / " | b" or " | b" (" | b"|" | b" | ")
}
