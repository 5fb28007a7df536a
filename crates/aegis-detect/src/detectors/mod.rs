//! The list of detectors: one file each, one line here.
//! Read by the scanner (to run them), the vocabulary (for their words) and the catalogue.

mod bank_routing;
mod credit_card;
mod dea;
mod dob;
mod email;
mod iban;
mod icd10;
mod ip_address;
mod mrn;
mod npi;
pub(crate) mod passport;
mod person_name;
pub(crate) mod phone;
mod prompt_injection;
pub(crate) mod secrets;
pub(crate) mod street_address;
mod us_ssn;

use crate::detector::Detector;

/// Every detector. At equal confidence and length an earlier one wins a span.
pub(crate) static ALL: &[&Detector] = &[
    &credit_card::CREDIT_CARD,
    &us_ssn::US_SSN,
    &email::EMAIL,
    &ip_address::IP_ADDRESS,
    &phone::PHONE,
    &mrn::MRN,
    &dob::DOB,
    &secrets::SECRETS,
    &iban::IBAN,
    &bank_routing::BANK_ROUTING,
    &npi::NPI,
    &dea::DEA,
    &passport::PASSPORT,
    &street_address::STREET_ADDRESS,
    &icd10::ICD10,
    &person_name::PERSON_NAME,
    &prompt_injection::PROMPT_INJECTION,
];

/// The one that judges windows of running text.
pub(crate) static ATTACK: &Detector = &prompt_injection::PROMPT_INJECTION;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Scanner, ScannerConfig};
    use std::collections::BTreeSet;

    fn scanner() -> Scanner {
        Scanner::new(ScannerConfig { fingerprint_key: [7; 32], today: (2026, 11, 23) })
    }

    #[test]
    fn the_folder_and_the_list_agree() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/detectors");
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .expect("the folder of this file")
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
            .filter(|name| name != "mod")
            .collect();
        let listed: BTreeSet<String> = ALL.iter().map(|detector| detector.info.id.to_owned()).collect();
        assert_eq!(files, listed);
    }

    #[test]
    fn every_detector_finds_its_hits_and_passes_over_its_misses() {
        let scanner = scanner();
        let mut wrong = Vec::new();
        for detector in ALL {
            let info = &detector.info;
            let found = |text: &str| {
                scanner
                    .scan(text)
                    .findings
                    .into_iter()
                    .filter(|f| f.detector == info.id && f.confidence >= info.threshold)
                    .count()
            };
            let checked =
                info.hits.iter().map(|text| (text, 1)).chain(info.misses.iter().map(|text| (text, 0)));
            for (text, count) in checked.filter(|(text, count)| found(text) != *count) {
                wrong.push(format!(
                    "{} must find {count} in {text:?}: {:?}",
                    info.id,
                    scanner.scan(text).findings
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn no_sample_contains_the_value_it_stands_for() {
        let scanner = scanner();
        for text in ALL.iter().flat_map(|detector| detector.info.hits) {
            for finding in scanner.scan(text).findings {
                let value = &text[finding.span.clone()];
                assert!(!finding.sample.contains(value), "{value:?} shows in {:?}", finding.sample);
            }
        }
    }
}
