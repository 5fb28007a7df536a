//! Counts steps in tests: a clock would measure the machine, a count measures the code.
//! Called wherever work depends on the text. Nothing at all outside tests.

/// Notes `steps` of work.
#[inline(always)]
pub(crate) fn done(steps: usize) {
    #[cfg(test)]
    counted::STEPS.set(counted::STEPS.get() + steps as u64);
    #[cfg(not(test))]
    let _ = steps;
}

#[cfg(test)]
mod counted {
    use crate::{Scanner, ScannerConfig};
    use std::cell::Cell;

    thread_local! {
        pub(super) static STEPS: Cell<u64> = const { Cell::new(0) };
    }

    /// Near-values and other texts that make a careless scanner look at the same byte again and again.
    const NASTY: &[&str] = &[
        "1",
        "1 ",
        "1-",
        "12-34-",
        "123-45-678 ",
        "4539 1488 0343 6468 ",
        "4539148803436468,",
        "415-867-530 ",
        "+1 415 867 530 ",
        "+",
        "(",
        "(415) ",
        "a@",
        "@",
        "a.",
        "a@b.",
        "a@b.c ",
        "x@y-",
        "jane.doe@acme-corp",
        ":",
        "::",
        "1::",
        "2001:db8:",
        "ab:",
        "1.2.3.",
        "1.2.3.4.5 ",
        "ssn ",
        "ssn 12",
        "dob 1980-13-",
        "April ",
        "April 3 ",
        "3 de ",
        "mrn ",
        "order 1, ",
        "12-3, ",
        "ignore ",
        "ignore all ",
        "ignore all previous ",
        "all your rules ",
        "<|im_start|>",
        "\n",
        "a,b\n",
        "ssn,dob\n",
        "1,2\n",
        "INSERT INTO t (",
        "insert into t (ssn) values (1",
        "(1,",
        "'",
        "\"",
        "\u{200b}",
        "1\u{200b}",
        "１",
        "é",
        "漢",
        "昭和1年",
        " ",
        "\t",
        "|ssn|dob|\n|1|2|\n",
        "version 1.2.3.4 ",
        "tel. ",
        "0",
        "0000 0000 ",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEAxyz0123456789abcdef\n",
        "eyJ",
        "eyJhbGciOiJIUzI1NiJ9.",
        "eyJhbGciOiJIUzI1NiJ9=",
        "aaaaaaaaaaaaaaaa.",
        "aaaaaaaaaaaaaaaa ",
        "sk-",
        "ghp_Zx81kfLqpTnV0a3yRduHc7bEwJmS9o4T",
        "password=",
        "password is ",
        "key:",
        "redis://",
        "a://b:c@",
        "DE44",
        "DE44 5001 0517 5407 3249 3",
        "P<UTO",
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n",
        "12 Oak ",
        "Calle Mayor ",
        "PO Box ",
        "E11.",
        "Anna ",
        "Dear Anna Smith ",
    ];

    fn steps(scanner: &Scanner, text: &str) -> u64 {
        STEPS.set(0);
        scanner.scan(text);
        STEPS.get()
    }

    #[test]
    fn work_grows_with_the_text_and_no_faster() {
        let scanner = Scanner::new(ScannerConfig { fingerprint_key: [7; 32], today: (2026, 11, 23) });
        for piece in NASTY {
            let text = |bytes: usize| piece.repeat(bytes / piece.len());
            let (small, large) = (steps(&scanner, &text(20_000)), steps(&scanner, &text(80_000)));
            assert!(large <= small * 9 / 2, "{piece:?}: {small} steps for 20 kB, {large} for 80 kB");
            assert!(large <= 80_000 * MOST_PER_BYTE, "{piece:?}: {} steps a byte", large / 80_000);
        }
    }

    #[test]
    fn ten_times_the_text_is_ten_times_the_work() {
        let scanner = Scanner::new(ScannerConfig { fingerprint_key: [7; 32], today: (2026, 11, 23) });
        for piece in
            ["The committee met again. ", "tel. 030 12 ", "a@b.co ", "key=", "DE1l 8O ", "\u{200b}1&#53;"]
        {
            let text = |bytes: usize| piece.repeat(bytes / piece.len());
            let (small, large) = (steps(&scanner, &text(200_000)), steps(&scanner, &text(2_000_000)));
            assert!(large <= small * 101 / 10, "{piece:?}: {small} steps for 200 kB, {large} for 2 MB");
        }
    }

    /// The densest candidates look at a window of context each.
    const MOST_PER_BYTE: u64 = 120;
}
