//! The words that addresses are made of, as lists. Read by the cursor over an address.

use crate::word_list::WordList;

/// Kinds of streets that are hardly anything else.
const PLAIN_WORDS: &[&str] = &[
    "street",
    "st",
    "avenue",
    "ave",
    "av",
    "road",
    "rd",
    "boulevard",
    "blvd",
    "lane",
    "ln",
    "terrace",
    "ter",
    "parkway",
    "pkwy",
    "highway",
    "hwy",
    "cir",
    "crescent",
    "cres",
    "trl",
    "turnpike",
    "tpke",
    "expressway",
    "expy",
    "causeway",
    "esplanade",
    "mews",
    "sq",
    "pl",
    "ct",
    "drv",
];
pub(super) static PLAIN: WordList = WordList::new(PLAIN_WORDS);
/// Kinds of streets that are everyday words too.
const COMMON_WORDS: &[&str] = &[
    "drive", "dr", "court", "way", "place", "circle", "square", "trail", "loop", "alley", "close", "row",
    "walk", "plaza", "gardens", "grove", "hill", "rise", "quay", "park", "path", "pike", "run", "bend",
    "cove", "point", "ridge", "landing", "crossing", "parade", "green", "wharf", "heights", "view", "vista",
    "glen", "manor", "end",
];
pub(super) static COMMON: WordList = WordList::new(COMMON_WORDS);
/// All kinds of English streets.
pub(crate) const ENGLISH: [&[&str]; 2] = [PLAIN_WORDS, COMMON_WORDS];
/// Directions after a street.
pub(super) static DIRECTIONS: WordList = WordList::new(&[
    "n",
    "s",
    "e",
    "w",
    "ne",
    "nw",
    "se",
    "sw",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
]);
/// Names of parts of a house.
pub(super) static UNITS: WordList = WordList::new(&[
    "apt",
    "apartment",
    "suite",
    "ste",
    "unit",
    "flat",
    "room",
    "rm",
    "floor",
    "fl",
    "bldg",
    "building",
    "lot",
    "#",
]);
/// Kinds of streets that stand before their name.
pub(crate) const ROMANCE: &[&str] = &[
    "rue",
    "avenue",
    "av",
    "boulevard",
    "bd",
    "blvd",
    "place",
    "pl",
    "chemin",
    "allée",
    "allee",
    "impasse",
    "quai",
    "cours",
    "route",
    "square",
    "passage",
    "villa",
    "cité",
    "sentier",
    "faubourg",
];
pub(super) static BEFORE_NAME: WordList = WordList::new(ROMANCE);
/// Small words inside names of streets.
pub(super) static PARTICLES: WordList = WordList::new(&[
    "de", "du", "des", "la", "le", "les", "d", "l", "et", "del", "della", "di", "da", "do", "dos", "las",
    "los", "el", "van", "der", "den", "sur", "aux", "à", "saint",
]);
/// Words after a number that count something: `24 Hour Dr`.
pub(super) static MEASURES: WordList = WordList::new(&[
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "minute",
    "minutes",
    "best",
    "new",
    "more",
    "top",
    "way",
    "star",
    "step",
    "steps",
    "percent",
    "times",
    "million",
    "billion",
    "foot",
    "feet",
    "ft",
    "meter",
    "meters",
    "metre",
    "metres",
    "mile",
    "miles",
    "km",
    "kilometers",
    "lane",
    "lanes",
    "inch",
    "inches",
    "acre",
    "acres",
    "yards",
    "yard",
    "block",
    "blocks",
    "second",
    "seconds",
    "mph",
    "kmh",
    "kg",
    "lb",
    "lbs",
    "people",
    "cars",
    "total",
    "different",
    "other",
    "of",
    "per",
    "x",
]);
/// Small words that are in no name of a street.
pub(super) static NO_NAMES: WordList = WordList::new(&[
    "a", "an", "the", "of", "in", "on", "at", "to", "by", "per", "and", "or", "for", "with", "from", "down",
    "off", "up", "under", "over", "across", "along", "is", "are", "was", "were", "my", "your", "our", "his",
    "her", "their", "this", "that", "these", "those", "it", "we", "you", "i", "they", "he", "she", "as",
    "if", "not", "no", "so", "but", "then", "than", "can", "will", "would", "should", "could", "have", "has",
    "had", "do", "does", "did", "am", "pm", "each", "every", "all", "some", "any", "when", "where", "which",
    "who", "what", "into", "onto", "out", "about", "after", "before", "until", "while", "be", "been", "get",
    "got", "old", "people", "cars", "lights", "signs",
]);
/// Short forms of kinds of streets that are no other words in small letters.
pub(super) static SHORT: WordList =
    WordList::new(&["st", "ave", "rd", "blvd", "ln", "pkwy", "hwy", "cres", "tpke", "dr"]);
/// Parts of a house before their number, in many languages.
pub(super) static FLATS: WordList = WordList::new(&[
    "m",
    "lok",
    "mieszkanie",
    "кв",
    "квартира",
    "корп",
    "стр",
    "оф",
    "под",
    "эт",
    "d",
    "daire",
    "kat",
    "bus",
    "top",
    "tür",
    "stiege",
    "int",
    "interno",
    "scala",
    "sc",
    "ap",
    "apt",
    "apto",
    "apartamento",
    "casa",
    "dpto",
    "depto",
    "piso",
    "puerta",
    "porta",
    "lgh",
    "app",
    "appartement",
    "esc",
    "byt",
    "kv",
]);
/// Sides of a floor.
pub(super) static SIDES: WordList = WordList::new(&[
    "dto", "Dt", "esq", "izq", "izda", "izqda", "dcha", "der", "frente", "fte", "fr", "centro", "tras",
    "int", "ext",
]);
/// Words after a street that is none: `10 Best Way to`.
pub(super) static PROSE: WordList =
    WordList::new(&["to", "of", "for", "that", "who", "which", "you", "we", "with", "than", "from"]);
/// States of the USA.
pub(super) const STATES: &str = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR";

/// Roads that have a number for a name.
pub(super) static NUMBERED_ROADS: WordList =
    WordList::new(&["route", "rte", "rt", "highway", "hwy", "cr", "sr", "fm", "rr"]);
/// Whose roads those are.
pub(super) static ROAD_OWNERS: WordList = WordList::new(&[
    "county",
    "co",
    "state",
    "us",
    "farm",
    "ranch",
    "rural",
    "forest",
    "township",
    "old",
    "interstate",
]);
