//! Finds the few fixed words that announce a secret by themselves, all in one vectorised search.
//! Called by the lexer for each stretch of text.

use super::{Anchor, Joint, Kind};
use crate::vectors::Words;
use std::ops::Range;

/// Words for a password, as far as their forms agree, the head of an armoured block, that of a key in PuTTY's form, and
/// code that is given a secret (`secrets/code`).
const WORDS: &[&str] = &[
    // in the order in which neighbours are alike in their first bytes: they share a set of the search
    " key is ",
    " pw is ",
    " pwd is ",
    " pass ",
    ".getConnection(",
    "assphrase",
    "assword",
    "asswort",
    "new PDO(",
    "-----BEGIN",
    "Jelszó",
    "Mật khẩu",
    "TIFIED BY \"",
    "ata sandi",
    "jelszav",
    "jelszó",
    "tified by '",
    "O->__construct(",
    "Parola",
    "Senha",
    "asscode",
    "assord",
    "ftp_login(",
    "odeord",
    "parola",
    "Heslo",
    "Lozink",
    "TIFIED BY '",
    "e mdp ",
    "efine(\"",
    "efine('",
    "heslo",
    "lozink",
    "koden til ",
    "ASSWOR",
    "Private-Lines: ",
    "SMTP.start(",
    "asło",
    "de passe",
    "ennwort",
    "mật khẩu",
    "ontraseñ",
    ".login(",
    "achtwoord",
    "mariadb -",
    "mysql -",
    "mysqladmin -",
    "mysqldump -",
    "mysqli(",
    "rver community ",
    "dgangskod",
    "imap_open(",
    "passord",
    "salasana",
    "senha",
    "sqli_connect(",
    "sshpass -p",
    "sandi wifi",
    ", mk: ",
    // other scripts
    "ösenord",
    "şifre",
    "пароль",
    "密码",
    "密碼",
    "パスワード",
    "비밀번호",
    "비번",
    "暗証番号",
    "Şifre",
    "ароль",
    "арола",
    "ς πρόσβασης",
    "סיסמ",
    "كلمة المرور",
    "كلمة السر",
    "पासवर्ड",
    "รหัสผ่าน",
    "암호는",
    "암호:",
];

/// Longest of the words.
const LONGEST: usize = 24;

/// The search.
pub(crate) struct Literals {
    words: Words<5>,
}

impl Literals {
    pub(crate) fn build() -> Self {
        Literals { words: Words::new(WORDS) }
    }

    /// Notes the words that begin in `stretch`.
    pub(super) fn note(&self, hay: &[u8], stretch: Range<usize>, marks: &mut Vec<Anchor>) {
        let reach = &hay[..hay.len().min(stretch.end + LONGEST)];
        let mut from = stretch.start;
        while let Some(found) = self.words.find(reach, from..reach.len()) {
            if found.start >= stretch.end {
                break;
            }
            let block = matches!(hay[found.start], b'-' | b'P');
            let kind = if block { Kind::Block } else { Kind::Password };
            marks.push(Anchor { kind, joint: Joint::None, start: found.start, end: found.end });
            // a word within the end of another is none: the last byte of one is the first of the next at most
            from = found.start + 1;
        }
    }
}
