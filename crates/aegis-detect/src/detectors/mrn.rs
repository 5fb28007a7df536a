//! Medical record numbers: no format of their own, so a label must name them.

use crate::checksum::nhs;
use crate::context::Roles;
use crate::detector::{Candidates, Detector, DetectorInfo, HINT, LABEL, Match, Numbers, Odds};
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
        max_hold: crate::site::hold(&[Kind::Digits, Kind::Lettered]),
        hits: &[
            "<patientRole>\n <id extension=\"7237878\" root=\"2.16.840.1.113883.19.5\"/>",
            "{\"type\": {\"coding\": [{\"code\": \"MR\"}]}, \"value\": \"0055064\"}",
            "PID|1||5512087^^^NORTH^MR||",
            "MRN: 00482131",
            "my chart # is 58806759",
            "nr historii choroby 147911/26",
            "medical record number H000123456",
            "patient_mrn=MR-0048213",
            "Med Rec # 12-34-56",
            "NHS number 943 476 5919",
            "patient id 884213 admitted to ward 4",
            "the hospital number on his wristband is 884213",
            "nº historia clínica 00482131",
            "what is your MRN?\nCaller: 884213",
            "číslo chorobopisu 482131",
            "история болезни № 482131",
            "dossier n° 00482131, hospitalisée le 3 mai",
            "journalnr 4821312, diagnos I10.9",
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
            "dossier n° 00482131",
            "NIP 5261040828",
            "journalnr 4821312",
            "expediente 482131 del juzgado",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits, Kind::Lettered]),
    numbers: Numbers::of(1..=12, 5).shaped(may_be_shaped).named().recalled(),
    labels: "mrn, m.r.n, med. rec, med. record, med record, medical rec, uhid, patient identifier mrn, empi, \
         patienten-nr, patientennr, n° patient, numéro patient, nº historia, expediente clínico, \
         numero cartella, nr pacjenta, numer pacjenta, mr#, mr #, mr no, mr number, mrn no, mrn number, med rec, med rec no, med rec num, \
         med rec number, med rec #, medical record, medical record no, medical record num, \
         medical record number, medical record #, medical records number, patient mrn, \
         pat mrn, hospital mrn, nhs, nhs number, nhs no, chi number, historia clínica, \
         número de historia clínica, nhc, número de expediente médico, patientennummer, \
         patienten-id, fallnummer, krankenaktennummer, numéro de dossier médical, dossier médical, \
         dossier patient, identifiant patient, ipp, cartella clinica, prontuário, número do prontuário, \
         patiëntnummer, номер медицинской карты, 病历号, 診察券番号, カルテ番号, 患者番号, \
         patient id, patient ids, pat id, pat. id, patient no, patient nr, patient number, patient #, \
         patient id number, pt id, pt no, pt number, pt #, patient identifier, patient record, \
         patient record number, patient record no, patient file number, patient file no, \
         patient chart number, chart no, chart number, chart #, medical chart, medical chart number, \
         hospital no, hospital number, hosp no, hosp. no, hosp number, hospital id, hospital record number, \
         health record number, clinic number, clinical record number, medical file number, mrd no, \
         mrd number, uhid no, emr number, emr no, emr id, ehr id, ur number, pat.-nr, pat.-nr., pat-nr, \
         patnr, pat.nr., pat. nr, patienten nr, patientenidentifikation, patientenkennung, patientenakte, \
         patientenaktennummer, krankenakte, krankenblattnummer, krankengeschichte, krankenhausnummer, \
         krankenhausfallnummer, klinikfallnummer, fall-nr. klinik, n° de patient, numéro de patient, \
         identifiant du patient, identifiant permanent du patient, n° ipp, numéro ipp, n° de dossier médical, \
         n° dossier médical, numéro de dossier patient, n° de dossier patient, n° dossier patient, \
         n° dossier hospitalier, dossier hospitalier, numéro d'hospitalisation, dossier de soins, \
         nº de historia, nº de historia clínica, nº historia clínica, n.º historia clínica, \
         n.º de historia clínica, núm. historia clínica, núm. de historia clínica, num. historia clínica, \
         número historia clínica, historia clínica nº, historia clinica, numero de historia clinica, \
         hist. clínica, h. clínica, hc nº, n.h.c., nº hc, ficha clínica, número de paciente, nº de paciente, \
         nº paciente, id de paciente, id paciente, id del paciente, expediente médico, \
         número de expediente clínico, nº de expediente clínico, registro médico, número de registro médico, \
         història clínica, número d'història clínica, processo clínico, processo clínico nº, \
         nº do processo clínico, nº de processo clínico, número do processo clínico, n.º do processo clínico, \
         n.º de processo clínico, nº processo clínico, processo hospitalar, número do paciente, \
         nº do paciente, id do paciente, número do doente, nº do doente, nº de utente, n.º de utente, \
         número de utente, número do utente, nº prontuário, nº do prontuário, n.º do prontuário, \
         prontuário médico, prontuário eletrônico, registro hospitalar, prontuario, \
         número de registro do paciente, numero di cartella clinica, numero cartella clinica, \
         n. cartella clinica, n° cartella clinica, cartella clinica n., cartella clinica n, cartella n., \
         nosologico, numero nosologico, n. nosologico, codice paziente, id paziente, numero paziente, \
         codice sanitario del paziente, patiëntennummer, patientnummer, patiëntnr, patientnr, patiënt-id, \
         patient-nr, patiëntdossier, ziekenhuisnummer, medisch dossiernummer, medisch dossier, \
         zorgdossiernummer, nr historii choroby, numer historii choroby, nr hist. chor., historia choroby, \
         historii choroby, nr księgi głównej, numer księgi głównej, id pacjenta, identyfikator pacjenta, \
         nr karty pacjenta, numer karty pacjenta, nr dokumentacji medycznej, \
         číslo chorobopisu, č. chorobopisu, chorobopis, chorobopisu, číslo pacienta, id pacienta, \
         č. pacienta, identifikátor pacienta, číslo zdravotní dokumentace, číslo karty pacienta, \
         číslo zdravotnej dokumentácie, zdravotná karta, zdravotní karta, patientjournal, \
         patientjournalnummer, patient-id, patientens journalnummer, patientnummeret, pasientnummer, \
         pasientnr, pasient-id, pasientjournal, pasientnr., sykehusnummer, npr-id, potilasnumero, \
         potilastunnus, potilasnro, potilas-id, potilastunniste, sairauskertomusnumero, \
         potilaskertomusnumero, sairauskertomus, hasta no, hasta no., hasta numarası, hasta numaram, \
         hasta id, hasta dosya no, hasta dosya numarası, hasta kayıt no, hasta kimliği, hasta kodu, \
         hasta protokol no, tıbbi kayıt no, tıbbi kayıt numarası, история болезни, истории болезни, \
         номер истории болезни, медицинская карта, медицинской карты, медкарта, медкарты, номер медкарты, \
         номер карты пациента, карта пациента, карты пациента, номер пациента, id пациента, \
         амбулаторная карта, амбулаторной карты, карта стационарного больного, карты стационарного больного, \
         и/б, історія хвороби, історії хвороби, номер історії хвороби, медична карта, медичної карти, \
         медичної картки, медична картка, номер картки пацієнта, картка пацієнта, номер пацієнта, \
         id пацієнта, амбулаторна картка, αριθμός μητρώου ασθενούς, αρ. μητρώου ασθενούς, μητρώο ασθενούς, \
         κωδικός ασθενούς, αριθμός ασθενούς, αρ. ασθενούς, ιατρικός φάκελος, αριθμός φακέλου ασθενούς, \
         φάκελος ασθενούς, αρ. φακέλου ασθενούς, kórlapszám, kórlap száma, kórlap, betegazonosító, \
         beteg azonosító, beteg azonosítója, beteg sorszáma, kórházi azonosító, \
         ambuláns naplószám, kórházi törzsszám, foaie de observație, nr. foaie de observație, \
         număr foaie de observație, f.o. nr, nr. f.o., fișa pacientului, fișă pacient, nr. fișă pacient, id pacient, cod pacient, \
         număr pacient, dosar medical, nr. dosar medical, \
         număr dosar medical, broj kartona, broj pacijenta, број картона, број пацијента, \
         matični broj bolesnika, broj povijesti bolesti, povijest bolesti, номер на история на заболяването, \
         история на заболяването, nomor rekam medis, no rekam medis, no. rekam medis, rekam medis, no rm, \
         no. rm, nomor rm, nombor pesakit, no. pesakit, id pasien, nomor pasien, mã bệnh nhân, \
         mã số bệnh nhân, số hồ sơ bệnh án, mã bệnh án, số bệnh án, เลขประจำตัวผู้ป่วย, หมายเลขผู้ป่วย, \
         मरीज संख्या, रोगी संख्या, मेडिकल रिकॉर्ड नंबर, מספר תיק רפואי, תיק רפואי, מספר מטופל, מספר חולה, \
         رقم الملف الطبي, رقم المريض, رقم ملف المريض, السجل الطبي, رقم السجل الطبي, شماره پرونده پزشکی, \
         شماره پرونده بیمار, 患者id, カルテno, カルテ番号は, 診察券no, 病歴番号, 患者コード, 患者no, 住院号, 门诊号, 病案号, 病历编号, 就诊卡号, 患者编号, \
         病人编号, 病人号, 患者号, 病歷號, 病歷號碼, 病歷編號, 住院號, 門診號, 患者編號, 등록번호는, 환자번호, 환자 번호, 환자등록번호, 환자 등록번호, 병록번호, 차트번호, \
         차트 번호, 진료번호, 의무기록번호, 병원등록번호, \
         hospital #, hosp #, hospital mr no, patient mr no, my chart #, my chart no, my chart number, potilasnumeroni, מספר המטופל, \
         fișa de pacient, fișa de pacient nr., номер моєї медичної картки, номер моей медкарты, \
         nr kartoteki pacjenta, kartoteka pacjenta, मरीज़ नंबर, मरीज नंबर, ملفي الطبي, رقم ملفي الطبي, \
         kórházi betegazonosító, kórházi betegazonosítója, betegazonosítója, betegazonosítóm, fo nr, fo nr., \
         chart id, chart num, patient nbr",
    hints: "patient identifier, ur number, nip, episode number, admission no, \
         admission number, aufnahmenummer, fallnr, patient ref, chart, \
         unit number, unit no, urn, csn, fin, visit number, \
         encounter number, hospital file, hospital record, file number, file no, record no, record number, \
         registration no, registration number, reg no, admission id, episode id, visit id, encounter id, \
         op no, ip no, ipd no, opd no, cr no, ur no, folder number, card number hospital, \
         account number hospital, case no, case number, unit record number, aktenzeichen, akte, aktennummer, \
         aufnahme-nr, aufnahmenr, behandlungsnummer, behandlungsfall, fall-nr, fallnr., vorgangsnummer, \
         patient nr, dossier, numéro de dossier, n° de dossier, n° dossier, n° séjour, numéro de séjour, \
         séjour n°, n° iep, iep, n° d'admission, numéro d'admission, expediente, número de expediente, \
         nº de expediente, nº expediente, n.º de expediente, folio, nº de episodio, episodio, ficha, \
         número de ficha, nº ficha, hc, historia, processo, processo nº, nº do processo, número do processo, \
         n.º do processo, nº de processo, registro, nº de registro, número de registro, matrícula, \
         atendimento, nº do atendimento, número de atendimento, episódio, nº de episódio, cartella, pratica, \
         n. pratica, scheda, n. scheda, sdo, codice ricovero, numero ricovero, n. ricovero, accettazione, \
         dossiernummer, dossiernr, dossier nr, opnamenummer, zorgnummer, nr karty, numer karty, nr księgi, \
         nr pobytu, nr kartoteczny, číslo karty, č. karty, číslo případu, číslo hospitalizace, číslo jednací, \
         journalnr, journalnr., journalnummer, journal nr, journal-nr, journal, journalen, vårdtillfälle, \
         remissnummer, kontaktnummer, saksnummer, innleggelsesnummer, indlæggelsesnummer, käyntinumero, \
         asiakasnumero, hoitojakso, dosya no, dosya no., dosya numarası, dosya, protokol no, \
         protokol numarası, protokol, kayıt no, kabul no, başvuru no, başvuru numarası, карта, номер карты, \
         карты, номер случая, картка, номер картки, номер справи, αριθμός φακέλου, αρ. φακέλου, \
         αρ. μητρώου, αριθμός μητρώου, αριθμός περιστατικού, ügyszám, naplószám, esetszám, iktatószám, \
         nr. dosar, număr dosar, nr. fișa, nr. internare, broj protokola, nomor registrasi, no registrasi, \
         no. registrasi, số hồ sơ, mã hồ sơ, 受付番号, 整理番号, 登録番号, 编号, 登记号, 档案号, 등록번호, 접수번호, 登錄號, 檔案號, \
         nr. fișă, nr kartoteki, numer kartoteki, törzsszám, kartonszám",
    validate,
    canonical: capitals_of,
    sample: |value| hide_digits(value, 2),
};

fn validate(site: &Site) -> Option<Match> {
    let end = number_end(site)?;
    // a letter proves the number: `8920782J`
    let lettered = site.byte(end).is_ascii_uppercase() && site.closes(end + 1);
    let run = site.run();
    let groups = run.groups().iter().take_while(|group| group.end <= end).count();
    let yearly = run.joint_after(1) == Joint::Slash;
    let digits: usize = run.groups()[..groups].iter().map(|group| group.end - group.start).sum();
    let (start, prefix) = letters_before(site);
    if !(5..=12).contains(&digits)
        || !site.opens(start)
        || !(lettered || site.closes(end))
        || prefix == b"NCT"
    {
        return None;
    }
    let field = site.hl7_field(start) == Some(HL7_IDENTIFIERS) || site.is_patient_identifier(start, end);
    if !field && prefix != b"MRN" && !site.may_be_labelled(start) {
        return None;
    }
    if is_date(site, end) {
        return None;
    }
    let whole = end + usize::from(lettered);
    let context = site.context(start..whole);
    let weak = context.label.has(site.own.hint())
        || (context.column.has(site.own.hint()) && !context.label.has(Roles::NAMING));
    let named = context.names(site.own) || (prefix == b"MRN" && !context.denies(site.own)) || field;
    let told = !(named || weak)
        && (digits >= 6 || prefix.len() == 1)
        && !context.label.has(Roles::NAMING)
        && site.recalls(start);
    if !(named || !(yearly || lettered) && (weak || told)) {
        return None;
    }
    let mut found = Match::new(start..whole, Odds::of(0.45), Severity::High, "digits of a record number");
    if named {
        found.add(LABEL, "label: medical record");
    } else if told {
        found.add(1.5, "record spoken of before");
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

/// What may hang on the first digits: nothing of the number if those are many, else more like them.
fn may_be_shaped(first: usize, joint: Joint, second: usize) -> bool {
    match joint {
        Joint::None | Joint::Paren => first >= 5,
        Joint::Slash => first >= 4 && second <= 4,
        Joint::Space => first >= 5 || second <= 4,
        Joint::Hyphen => first < 5 && second <= 4,
        Joint::Dot | Joint::Dash => false,
    }
}

/// Where the digits end: one group, or several of two to four joined alike.
fn number_end(site: &Site) -> Option<usize> {
    let run = site.run();
    let groups = run.groups();
    if !matches!(site.anchor().joint, Joint::None | Joint::Space | Joint::Paren | Joint::Hyphen) {
        return None;
    }
    let first = groups.first()?;
    let yearly = first.end - first.start == 4 && run.joint_after(1) == Joint::Slash;
    if first.end - first.start >= 5 || yearly {
        return match run.joint_after(1) {
            Joint::None | Joint::Space | Joint::Paren => Some(first.end),
            // the number of a year: `147911/26`
            Joint::Slash => {
                let year = groups[1];
                (year.end - year.start <= 4 && run.joint_after(2) != Joint::Slash).then_some(year.end)
            }
            _ => None,
        };
    }
    let joint = run.joint_after(1);
    if !matches!(joint, Joint::Hyphen | Joint::Space) {
        return None;
    }
    let more =
        groups[1..].iter().take_while(|group| group.joint == joint && group.end - group.start <= 4).count();
    (1..=4).contains(&more).then(|| groups[more].end)
}
