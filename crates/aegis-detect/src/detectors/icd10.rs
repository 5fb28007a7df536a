//! Diagnosis codes (ICD-10-CM): a letter, a digit, a digit or A or B, and after a dot up to four more.

use crate::context::Roles;
use crate::detector::{Candidates, DENIED, Detector, DetectorInfo, LABEL, Match, Numbers, Odds};
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
        max_hold: crate::site::hold(&[Kind::Lettered]),
        hits: &[
            "HI*ABK:J45909~",
            "HI*ABF:H401131~",
            "Dx: E11.9",
            "diagnosis asthma (J45.909)",
            "ICD-10 I10",
            "icd_code=S72.001A",
            "primary diagnosis: F41.1, stable",
            "auf dem Krankenschein steht M54.5",
            "rozpoznanie F32.1",
            "dg. N39.0",
            "病名コード J06.9",
            "presenting L40.0, no fever",
        ],
        misses: &[
            "<path stroke=\"#000\" d=\"M20.001 19A2\"/>",
            "DG1|1||Asthma^Principal diagnosis^I10C",
            "HI*BH:J45909~",
            "vitamin B12",
            "London E10 5AB",
            "seat F41.1",
            "cell A10",
            "model M54.5",
            "section C12.3",
            "E11.9",
            "Abschnitt C12.3",
            "firmware F41.1",
        ],
    },
    candidates: Candidates::At(&[Kind::Lettered]),
    numbers: Numbers::of(1..=6, 1),
    labels: "icd, icd-10, icd10, icd-10-cm, icd 10, icd code, icd-10 code, icd10 code, dx, dx code, diagnosis code, diagnosis, diagnoses, \
         diagnosed, dg1, primary diagnosis, secondary diagnosis, admitting diagnosis, diag, diag code, diagnose, diagnosen, \
         diagnoseschlüssel, diagnostic, diagnóstico, cie-10, cie10, cim-10, cim10, diagnosi, 诊断, 診断, диагноз, мкб-10, icd9, \
         icd10-code, icd-code, icd-10-code, icd-10-gm, icd10-gm, icd code is, icd-10 codes, diagnosis codes, \
         dx codes, dx is, final diagnosis, discharge diagnosis, working diagnosis, principal diagnosis, \
         primary dx, secondary dx, differential diagnosis, provisional diagnosis, admission diagnosis, \
         diagnosed with, diagnosecode, diagnosenschlüssel, diagnosecodes, hauptdiagnose, nebendiagnose, \
         nebendiagnosen, verdachtsdiagnose, dauerdiagnose, dauerdiagnosen, aufnahmediagnose, \
         entlassungsdiagnose, behandlungsdiagnose, icd-schlüssel, diagnoseschlüssel icd, diagn., diagnostics, \
         diagnostic principal, diagnostic associé, code diagnostic, code cim, code cim-10, \
         diagnostic de sortie, code cim10, cim 10, cim 11, diagnostic retenu, diagnóstico principal, \
         diagnóstico secundario, diagnósticos, dx principal, dx secundario, código diagnóstico, \
         código de diagnóstico, código cie, código cie-10, cie10-es, cie 10, impresión diagnóstica, \
         juicio clínico, diagnostico, diagnòstic, diagnóstico secundário, código cid, código cid-10, cid-10, \
         cid10, cid 10, hipótese diagnóstica, diagnóstico de alta, diagnosi principale, diagnosi secondaria, \
         diagnosi di dimissione, diagnosi di ingresso, codice diagnosi, codice icd, codice icd-10, \
         codice icd10, hoofddiagnose, nevendiagnose, diagnosecode icd, rozpoznanie, rozpoznania, \
         rozpoznanie zasadnicze, rozpoznanie główne, rozpoznanie współistniejące, kod rozpoznania, kod icd, \
         kod icd-10, kod choroby, nr statystyczny choroby, diagnoza, diagnóza, diagnózy, hlavní diagnóza, \
         vedlejší diagnóza, kód diagnózy, kód dg, hlavná diagnóza, mkn, mkn-10, mkn 10, základní diagnóza, \
         dijagnoza, dijagnoze, mkb-10, mkb 10, mkb, дијагноза, šifra bolesti, diagnoza mkb, diagnos, \
         diagnoskod, diagnoskoder, diagnoser, huvuddiagnos, bidiagnos, diagnosekode, diagnosekoder, \
         hoveddiagnose, bidiagnose, aktionsdiagnose, diagnosen er, hoveddiagnosen, bidiagnoser, diagnosis er, \
         diagnoosi, diagnoosit, diagnoosikoodi, päädiagnoosi, sivudiagnoosi, icd-koodi, icd-10-koodi, tanı, \
         tanısı, tanı kodu, tanı kodları, ana tanı, ön tanı, kesin tanı, teşhis, icd kodu, icd-10 kodu, \
         icd10 kodu, tani kodu, диагноза, диагнозы, основной диагноз, сопутствующий диагноз, \
         заключительный диагноз, предварительный диагноз, код диагноза, код мкб, код мкб-10, мкб, мкб 10, \
         мкб10, код по мкб, діагноз, діагнозу, основний діагноз, код діагнозу, мкх, мкх-10, мкх 10, код мкх, \
         код мкх-10, диагноза по мкб, διάγνωση, διάγνωσης, κύρια διάγνωση, κωδικός διάγνωσης, κωδικός icd, \
         κωδικός icd-10, diagnózis, diagnózisok, fődiagnózis, kísérő diagnózis, bno, bno-10, bno kód, \
         bno kódja, kórisme, diagnózis kód, diagnostic secundar, cod diagnostic, cod icd, cod icd-10, \
         cod cim, diagnosticul, diagnostice, diagnosis utama, kode icd, kode icd-10, kode diagnosis, \
         chẩn đoán, mã icd, mã bệnh, mã icd-10, การวินิจฉัย, รหัสโรค, निदान, אבחנה, קוד אבחנה, קוד icd, \
         تشخيص, التشخيص, رمز التشخيص, تشخیص, 病名, 病名コード, 傷病名, 傷病名コード, 診断名, 診断コード, 主病名, 诊断编码, 诊断代码, 疾病编码, 疾病代码, \
         主要诊断, 诊断为, 诊断码, 診斷, 診斷碼, 疾病碼, 진단, 진단명, 진단코드, 진단 코드, 상병코드, 상병명, 상병, 질병코드, 질병분류코드, 주상병, 부상병",
    hints: "obesity, apnea, insomnia, migraine, anemia, anaemia, cardiac, heart failure, renal, kidney, liver, stroke, allergy, arthritis, \
         dementia, epilepsy, hypothyroidism, gerd, uti, icd codes, diabetes, hypertension, asthma, depression, cancer, carcinoma, fracture, \
         pain, disorder, syndrome, disease, chronic, acute, \
         comorbidity, comorbidities, anxiety, infection, pneumonia, copd, ckd, chief complaint, assessment, problem list, encounter, claim form, \
         cpt, billing code, history of, symptoms, medications, \
         presenting, presents with, presented with, presenting with, complains of, suffers from, \
         suffering from, sick note, sick leave, medical certificate, fit note, discharge letter, \
         doctor's note, doctors note, hospital, clinic, patient, code on my, comes back as, rule out, \
         superbill, eob, explanation of benefits, prior auth, prior authorization, insurance claim, \
         medical bill, g codes, krankenschein, krankschreibung, krankgeschrieben, krankmeldung, \
         au-bescheinigung, arbeitsunfähigkeit, arbeitsunfähigkeitsbescheinigung, attest, arztbrief, befund, \
         überweisung, krankenhaus, entlassungsbrief, gelber schein, certificat médical, arrêt maladie, \
         arrêt de travail, compte rendu, compte-rendu, ordonnance, lettre de sortie, hospitalisation, \
         baja médica, parte de baja, informe médico, certificado médico, informe de alta, incapacidad, \
         incapacidad temporal, cid, atestado, atestado médico, laudo, laudo médico, relatório médico, nota de alta, baixa médica, \
         certificato medico, certificato di malattia, referto, \
         lettera di dimissione, malattia, impegnativa, ziekmelding, ontslagbrief, verwijsbrief, huisarts, \
         doktersbriefje, zwolnienie, zwolnienie lekarskie, zwolnieniu, zwolnieniu lekarskim, l4, \
         karta informacyjna, wypis, skierowanie, e-zla, zaświadczenie lekarskie, rozp., rozpozn., dg, dg., \
         dgn, dgn., neschopenka, neschopenky, neschopence, lékařská zpráva, propouštěcí zpráva, \
         lekárska správa, prepúšťacia správa, poukaz, nález, otpusno pismo, doznaka, sjukintyg, läkarintyg, \
         sjukskriven, sjukskrivning, remiss, epikris, sykmelding, sykmeldt, epikrise, henvisning, \
         sygemelding, sygemeldt, lægeerklæring, lægeattest, legeerklæring, sairausloma, sairauslomatodistus, \
         sairaslomatodistus, lääkärintodistus, epikriisi, lähete, sağlık raporu, epikriz, \
         istirahat raporu, iş göremezlik, reçete, tetkik, больничный, больничном, больничный лист, выписка, выписной эпикриз, эпикриз, \
         направление, листок нетрудоспособности, дз, \
         лікарняний, лікарняному, виписка, епікриз, направлення, дз., παραπεμπτικό, \
         ιατρική γνωμάτευση, εξιτήριο, αναρρωτική, αναρρωτική άδεια, zárójelentés, zárójelentésen, táppénz, \
         beutaló, ambuláns lap, orvosi igazolás, bilet de externare, scrisoare medicală, concediu medical, \
         adeverință medicală, bilet de trimitere, surat keterangan sakit, surat dokter, giấy ra viện, \
         תעודת מחלה, סיכום מחלה, مرضية, إجازة مرضية, 診断書, 紹介状, 傷病手当金, 休職, 诊断书, 病假条, 病假, 出院小结, 診斷書, 진단서, 소견서, \
         병가, 퇴원요약, \
         diagnosed as, diagnosticaron, diagnosticado, diagnosticada, diagnosticaram, diagnosticou, \
         diagnostiqué, diagnostiquée, diagnostiziert, diagnostizierte, gediagnosticeerd, zdiagnozowano, \
         diagnostikován, diagnostikována, diagnostikovali, diagnosticato, diagnosticata, diagnostiserad, \
         diagnosticeret, diagnostisert, diagnosticat, my chart, mychart, chart says, chart note, \
         informe, relatório, relatorio, intyget, intyg, lähetteessä, lausunnossa, surat, מכתב השחרור, imp, 診断書, 診斷書, giấy ra viện, \
         cid, cid-10, rozpoznaniem, rozpoznania, skierowanie, skierowaniu, raporda, raporu, rapor, raporumda, выписке, выписки, справке, \
         направлении, epikrisen, epikrisa, journalen, लिखा, रिपोर्ट, التقرير, التشخيص, laudo, atestado, coded, code dx, impression, \
         indication, billed under, billed as, billed with, coded as, coded under, code for my, referral, doctor wrote, \
         doctor put, doctors office, lab order, after visit summary",
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
        || is_drawn(site, start)
    {
        return None;
    }
    let context = site.context(start..end);
    let named = context.names(site.own) || site.is_x12_diagnosis(start);
    // what leads to it tells of a diagnosis: `Giấy ra viện ghi I10`
    let led = !named && context.label.has(site.own.hint()) && !context.denies(site.own);
    if !named && !led && !dotted {
        return None;
    }
    let mut found = Match::new(
        start..end,
        if dotted { Odds::of(0.35) } else { Odds::of(0.30) },
        Severity::Medium,
        "shape of a code",
    );
    if named {
        found.add(LABEL, "label: diagnosis");
    } else if led {
        found.add(1.8, "clinical words near");
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

/// A drawing begins there: `<path d="M12.5 3…"`, `d: 'M10.2…'`.
fn is_drawn(site: &Site, start: usize) -> bool {
    let before = site.bytes(start.saturating_sub(5)..start);
    let Some((b'"' | b'\'', name)) = before.split_last() else { return false };
    let name = name.strip_suffix(b" ").unwrap_or(name);
    matches!(name, [.., other, b'd', b'=' | b':'] if !other.is_ascii_alphanumeric())
}

fn is_code(byte: &u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase()
}
