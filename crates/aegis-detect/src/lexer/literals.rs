//! Finds the few fixed words that announce a secret by themselves, all in one vectorised search.
//! Called by the lexer for each stretch of text.

use super::{Anchor, Joint, Kind};
use crate::vectors::Words;
use std::ops::Range;

/// Words for a password, as far as their forms agree, the head of an armoured block, and that of a key in PuTTY's form.
const WORDS: &[&str] = &[
    "-----BEGIN",
    " pw is ",
    " pwd is ",
    " key is ",
    "Private-Lines: ",
    "ASSWOR",
    "passord",
    "assword",
    "asswort",
    "assphrase",
    "asscode",
    "asło",
    "ösenord",
    "şifre",
    "ennwort",
    "senha",
    "heslo",
    "salasana",
    "de passe",
    "dgangskod",
    "achtwoord",
    "ontraseñ",
    "пароль",
    "密码",
    "密碼",
    "パスワード",
    "비밀번호",
    "暗証番号",
    // passwords in more languages
    "Senha",
    "assord",
    "odeord",
    "jelszó",
    "Jelszó",
    "jelszav",
    "lozink",
    "Lozink",
    "Parola",
    "parola",
    "Şifre",
    "Heslo",
    "ароль",
    "арола",
    "ς πρόσβασης",
    "סיסמ",
    "كلمة المرور",
    "كلمة السر",
    "पासवर्ड",
    "รหัสผ่าน",
    "mật khẩu",
    "Mật khẩu",
    "ata sandi",
    "암호는",
    "암호:",
    // code that is given one: `secrets/code`
    "efine('",
    "efine(\"",
    "TIFIED BY '",
    "tified by '",
    "TIFIED BY \"",
    "O->__construct(",
    "new PDO(",
    "SMTP.start(",
    "mysqli(",
    "sqli_connect(",
    ".getConnection(",
    "ftp_login(",
    "imap_open(",
    ".login(",
    "mysql -",
    "mysqldump -",
    "mysqladmin -",
    "mariadb -",
    "sshpass -p",
    "rver community ",
];

/// Longest of the words.
const LONGEST: usize = 24;

/// The search.
pub(crate) struct Literals {
    words: Words<4>,
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
