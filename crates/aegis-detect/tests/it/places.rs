//! Values are known by where they stand: in a column, however the table is written, after a key, over folded lines.

use aegis_detect::{Scanner, ScannerConfig};

fn found(text: &str) -> Vec<(&'static str, String)> {
    let scanner = Scanner::new(ScannerConfig { fingerprint_key: [7; 32], today: (2026, 11, 24) });
    let findings = scanner.scan(text).findings.into_iter();
    let values = findings.filter(|finding| finding.confidence >= 0.5);
    values.map(|finding| (finding.detector, text[finding.span].to_owned())).collect()
}

fn ssns(text: &str) -> Vec<String> {
    found(text).into_iter().filter(|(detector, _)| *detector == "us_ssn").map(|(_, value)| value).collect()
}

#[test]
fn columns_of_sql_name_their_values() {
    for text in [
        "INSERT INTO patients (id, ssn, city) VALUES (1, '536228145', 'Rome'), (2, 212098765, 'Oslo');",
        "insert into patients (id, ssn, city)\nvalues\n  (1, '536228145', 'Rome'),\n  (2, '212098765', 'Oslo');",
        "INSERT INTO clinic.patients\n  (id, ssn, city)\nVALUES\n  (1, '536228145', 'Rome'),\n  (2, '212098765', 'Oslo');",
        "COPY patients (id, ssn, city) FROM stdin;\n1\t536228145\tRome\n2\t212098765\tOslo\n\\.\n",
        "id,ssn,city\n1,536228145,Rome\n2,212098765,Oslo\n",
        "| id | ssn | city |\n|---|---|---|\n| 1 | 536228145 | Rome |\n| 2 | 212098765 | Oslo |\n",
    ] {
        assert_eq!(ssns(text), ["536228145", "212098765"], "{text}");
    }
}

#[test]
fn a_column_ends_with_its_statement_and_other_columns_name_nothing() {
    for text in [
        "INSERT INTO orders (order_no, tracking_no) VALUES (536228145, '212098765');",
        "INSERT INTO patients (id, ssn)\nVALUES (1, 'none');\nSELECT (1, 536228145);",
        "INSERT INTO patients (id, ssn) VALUES (1, null);\n(2, 536228145)",
    ] {
        assert_eq!(ssns(text), [""; 0], "{text}");
    }
}

#[test]
fn secrets_without_a_mark_are_known_by_what_stands_before() {
    let secret = "9Zq3mXk2LrT8vBn5YcW1dHs7EfGj4KpQ0uA6oRtI";
    let key = "Private-Lines: 2\nAAAAIQCx81kfLqpTnV0a3yRduHc7bEwJmS9o4TYgU2aBcDe8QxAAAAIQCx81kfLq\npTnV0a3yRduHc7bE==";
    let texts = [
        (format!("AKIAQ3EGRLD6NZ7TPWXV {secret}"), secret, 2),
        (format!("PuTTY-User-Key-File-3: ssh-rsa\n{key}\nPrivate-MAC: 5c1e2f"), key, 1),
    ];
    for (text, value, count) in texts {
        let found = found(&text);
        assert_eq!(found.len(), count, "{found:?}");
        assert_eq!(found.last(), Some(&("secrets", value.to_owned())), "{text}");
    }
    assert_eq!(found(&format!("the digest is {secret}")), []);
}

#[test]
fn quotation_marks_are_no_part_of_a_name() {
    assert_eq!(found("patient_name = 'Ann Lee'")[0].1, "Ann Lee");
}

#[test]
fn values_over_the_lines_of_a_mail_in_base64_are_whole() {
    let [first, second] = [
        "SGVsbG8sIHBsZWFzZSBwcm9jZXNzIHRoaXMgY2xhaW0gYXQgb25jZTsgdGhlIGNhcmQgaXMgNDUz",
        "OSAxNDg4IDAzNDMgNjQ2NywgdGhhbmtzIGEgbG90IGZvciB0aGUgaGVscCB3aXRoIGl0Lg==",
    ];
    for line_end in ["\n", "\r\n"] {
        let text = format!("{first}{line_end}{second}");
        assert_eq!(found(&text), [("credit_card", text)]);
    }
}
