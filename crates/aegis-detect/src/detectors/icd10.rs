//! Diagnosis codes (ICD-10-CM): a letter, a digit, a digit or A or B, and after a dot up to four more.

use crate::context::Roles;
use crate::detector::{Candidates, DENIED, Detector, DetectorInfo, LABEL, Match, Numbers, Odds, Quality};
use crate::finding::{Category, Severity};
use crate::lexer::Kind;
use crate::redact::DOT;
use crate::site::Site;

pub(crate) static ICD10: Detector = Detector {
    info: DetectorInfo {
        id: "icd10",
        name: "Diagnosis code",
        description: "An ICD-10 code with a dot among clinical words, or without one where a label says so.",
        category: Category::Health,
        severity: Severity::Medium,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["HIPAA 160.103", "GDPR 9"],
        quality: Quality { precision: 1.0, recall: 1.0, values: 12 },
        max_hold: crate::site::hold(&[Kind::Lettered]),
        hits: &[
            "HI*ABK:J45909~",
            "HI*ABF:H401131~",
            "Dx: E11.9",
            "diagnosis asthma (J45.909)",
            "ICD-10 I10",
            "icd_code=S72.001A",
            "primary diagnosis: F41.1, stable",
        ],
        misses: &[
            "DG1|1||Asthma^Principal diagnosis^I10C",
            "HI*BH:J45909~",
            "vitamin B12",
            "London E10 5AB",
            "seat F41.1",
            "cell A10",
            "model M54.5",
            "section C12.3",
            "E11.9",
        ],
    },
    candidates: Candidates::At(&[Kind::Lettered]),
    numbers: Numbers::of(1..=6, 1),
    labels: "icd, icd-10, icd10, icd-10-cm, icd 10, icd code, icd-10 code, icd10 code, dx, dx code, diagnosis code, diagnosis, diagnoses, \
         diagnosed, dg1, primary diagnosis, secondary diagnosis, admitting diagnosis, diag, diag code, diagnose, diagnosen, \
         diagnoseschlüssel, diagnostic, diagnóstico, cie-10, cie10, cim-10, cim10, diagnosi, 诊断, 診断, диагноз, мкб-10, icd9",
    hints: "obesity, apnea, insomnia, migraine, anemia, anaemia, cardiac, heart failure, renal, kidney, liver, stroke, allergy, arthritis, dementia, epilepsy, hypothyroidism, gerd, uti, icd codes, diabetes, hypertension, asthma, depression, cancer, carcinoma, fracture, pain, disorder, syndrome, disease, chronic, acute, \
         comorbidity, comorbidities, anxiety, infection, pneumonia, copd, ckd, chief complaint, assessment, problem list, encounter, claim form, \
         cpt, billing code, history of, symptoms, medications",
    validate,
    canonical: |value| value.to_ascii_uppercase(),
    sample: |value| {
        value.chars().enumerate().map(|(at, c)| if at == 0 || c == '.' { c } else { DOT }).collect()
    },
};

fn validate(site: &Site) -> Option<Match> {
    let digits = site.anchor();
    let start = digits.start.checked_sub(1)?;
    let letter = site.byte(start);
    let before = site.before(start);
    if !letter.is_ascii_uppercase()
        || digits.end - digits.start > 6
        || before.is_ascii_alphanumeric()
        || matches!(before, b'.' | b'-' | b'_' | b'/' | b'$')
    {
        return None;
    }
    let text = site.bytes(digits.start..digits.start + 9);
    let third = *text.get(1)?;
    if !(third.is_ascii_digit() || matches!(third, b'A' | b'B')) {
        return None;
    }
    let dotted = text.get(2) == Some(&b'.') && text.get(3).is_some_and(is_code);
    let from = if dotted { 3 } else { 2 };
    let more = text[from..].iter().take_while(|byte| is_code(byte)).count();
    let end = digits.start + from + more;
    let fits = more <= 4
        && !site.byte(end).is_ascii_alphanumeric()
        && !(site.byte(end) == b'.' && site.byte(end + 1).is_ascii_digit());
    if !fits
        || matches!(site.byte(end), b'-' | b'/' | b'%' | b'_') && site.byte(end + 1).is_ascii_alphanumeric()
        || (letter == b'U' && text[0] != b'0')
        || site.is_coding_system(start, end)
    {
        return None;
    }
    let context = site.context(start..end);
    let named = context.names(site.own) || site.is_x12_diagnosis(start);
    if !named && !dotted {
        return None;
    }
    let mut found = Match::new(
        start..end,
        Odds::of(if dotted { 0.35 } else { 0.30 }),
        Severity::Medium,
        "shape of a code",
    );
    if named {
        found.add(LABEL, "label: diagnosis");
    } else {
        let near = context.near | context.after(site);
        let told = near.has(site.own | site.own.hint() | Roles::CLINICAL);
        found.add_if(told, 1.8, "clinical words near");
        found.add_if(
            !told && context.anywhere(site).has(site.own | site.own.hint() | Roles::CLINICAL),
            1.0,
            "clinical words about",
        );
        found.add_if(before == b'(' && site.byte(end) == b')', 0.5, "in parentheses");
        found.add_if(context.denies(site.own), DENIED, "named as something else");
    }
    Some(found)
}

fn is_code(byte: &u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase()
}
