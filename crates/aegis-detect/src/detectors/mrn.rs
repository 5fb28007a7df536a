//! Medical record numbers: no format of their own, so a label must name them.

use crate::checksum::nhs;
use crate::context::Roles;
use crate::detector::{Candidates, Detector, DetectorInfo, HINT, LABEL, Match, Numbers, Odds, Quality};
use crate::finding::{Category, Severity};
use crate::lexer::{Joint, Kind};
use crate::redact::{capitals_of, hide_digits};
use crate::site::Site;

pub(crate) static MRN: Detector = Detector {
    info: DetectorInfo {
        id: "mrn",
        name: "Medical record number",
        description: "Five to twelve digits, with up to three letters before them, named as a patient's record.",
        category: Category::Health,
        severity: Severity::High,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["HIPAA 164.514(b)(2)(i)(H)", "GDPR 9"],
        quality: Quality { precision: 1.0, recall: 1.0, values: 37 },
        max_hold: crate::site::hold(&[Kind::Digits, Kind::Lettered]),
        hits: &[
            "<patientRole>\n <id extension=\"7237878\" root=\"2.16.840.1.113883.19.5\"/>",
            "{\"type\": {\"coding\": [{\"code\": \"MR\"}]}, \"value\": \"0055064\"}",
            "MRN: 00482131",
            "medical record number H000123456",
            "patient_mrn=MR-0048213",
            "Med Rec # 12-34-56",
            "NHS number 943 476 5919",
            "patient id 884213 admitted to ward 4",
        ],
        misses: &[
            "NIP 169-720-61-44",
            "<patientRole><id extension=\"536228145\" root=\"2.16.840.1.113883.4.1\"/>",
            "{\"type\": {\"coding\": [{\"code\": \"DL\"}]}, \"value\": \"0055064\"}",
            "patient 3 of 12",
            "00482131",
            "MRN 2024-05-06",
            "trial NCT01234567",
            "WBC 11200",
            "mrn = None",
            "accession 0048213",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits, Kind::Lettered]),
    numbers: Numbers::of(1..=12, 5).named(),
    labels: "mrn, m.r.n, med. rec, med. record, med record, medical rec, uhid, patient identifier mrn, empi, \
         patienten-nr, patientennr, n° patient, numéro patient, nº historia, expediente clínico, \
         numero cartella, nr pacjenta, numer pacjenta, mr#, mr #, mr no, mr number, mrn no, mrn number, med rec, med rec no, med rec num, \
         med rec number, med rec #, medical record, medical record no, medical record num, \
         medical record number, medical record #, medical rec, medical records number, patient mrn, \
         pat mrn, hospital mrn, nhs, nhs number, nhs no, chi number, historia clínica, \
         número de historia clínica, nhc, número de expediente médico, patientennummer, patientennr, \
         patienten-id, fallnummer, krankenaktennummer, numéro de dossier médical, dossier médical, \
         dossier patient, identifiant patient, ipp, cartella clinica, prontuário, número do prontuário, \
         patiëntnummer, номер медицинской карты, 病历号, 診察券番号, カルテ番号, 患者番号",
    hints: "patient identifier, hosp no, hosp. no, hospital id, ur number, episode number, admission no, \
         admission number, aufnahmenummer, fallnr, patient ref, patient id, pat id, patient no, patient number, patient #, pt id, chart, chart no, chart number, \
         chart #, hospital no, hospital number, unit number, unit no, urn, csn, fin, visit number, \
         encounter number",
    validate,
    canonical: capitals_of,
    sample: |value| hide_digits(value, 2),
};

fn validate(site: &Site) -> Option<Match> {
    let end = number_end(site)?;
    let run = site.run();
    let groups = run.groups().iter().take_while(|group| group.end <= end).count();
    let digits: usize = run.groups()[..groups].iter().map(|group| group.end - group.start).sum();
    let (start, prefix) = letters_before(site);
    if !(5..=12).contains(&digits) || !site.opens(start) || !site.closes(end) || prefix == b"NCT" {
        return None;
    }
    let field = site.hl7_field(start) == Some(HL7_IDENTIFIERS) || site.is_patient_identifier(start, end);
    if !field && prefix != b"MRN" && !site.may_be_labelled(start) {
        return None;
    }
    if is_date(site, end) {
        return None;
    }
    let context = site.context(start..end);
    let weak = context.label.has(site.own.hint())
        || (context.column.has(site.own.hint()) && !context.label.has(Roles::NAMING));
    let named = context.names(site.own) || (prefix == b"MRN" && !context.denies(site.own)) || field;
    if !(named || weak) {
        return None;
    }
    let mut found = Match::new(start..end, Odds::of(0.45), Severity::High, "digits of a record number");
    if named {
        found.add(LABEL, "label: medical record");
    } else {
        found.reasons.push("label: patient or chart");
        found.add_if(context.anywhere(site).has(Roles::CLINICAL), HINT, "clinical words near");
    }
    found.add_if(nhs(&run.digits(groups)), 1.5, "nhs check digit");
    Some(found)
}

/// The field of a PID segment that holds the patient's identifiers (HL7 v2, chapter 3).
const HL7_IDENTIFIERS: usize = 3;

/// The digits are those of a date.
fn is_date(site: &Site, end: usize) -> bool {
    site.date().is_some_and(|found| !found.bare && found.span.end >= end)
}

/// Up to four capitals before the digits, with or without a hyphen: `H000123`, `MRN-000123`.
fn letters_before<'a>(site: &Site<'a>) -> (usize, &'a [u8]) {
    let digits = site.anchor().start;
    let end = if site.before(digits) == b'-' && site.before(digits - 1).is_ascii_uppercase() {
        digits - 1
    } else {
        digits
    };
    let letters = (0..4).take_while(|&n| end > n && site.before(end - n).is_ascii_uppercase()).count();
    if letters == 0 {
        return (digits, b"");
    }
    (end - letters, site.bytes(end - letters..end))
}

/// Where the digits end: one group, or several of two to four joined alike.
fn number_end(site: &Site) -> Option<usize> {
    let run = site.run();
    let groups = run.groups();
    if !matches!(site.anchor().joint, Joint::None | Joint::Space | Joint::Paren | Joint::Hyphen) {
        return None;
    }
    let first = groups.first()?;
    if first.end - first.start >= 5 {
        return matches!(run.joint_after(1), Joint::None | Joint::Space | Joint::Paren).then_some(first.end);
    }
    let joint = run.joint_after(1);
    if !matches!(joint, Joint::Hyphen | Joint::Space) {
        return None;
    }
    let more =
        groups[1..].iter().take_while(|group| group.joint == joint && group.end - group.start <= 4).count();
    (1..=4).contains(&more).then(|| groups[more].end)
}
