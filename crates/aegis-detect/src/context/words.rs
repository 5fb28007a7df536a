//! The words every detector shares: what names other numbers, other dates, versions; what says nothing.
//! Read by the vocabulary and by the rules for what may stand between a label and its value.
//! A list is one text, its words separated by commas; the detectors write theirs alike.

/// Names of numbers that are no value of ours.
pub(super) const COUNTERS: &str = "order, orders, order id, order no, ord, invoice, inv, ticket, tkt, tracking, trk, sku, part, parts, \
     pn, p/n, isbn, issn, ean, upc, gtin, asin, uuid, guid, sha, sha1, sha256, md5, hash, digest, \
     checksum, crc, etag, commit, ref, reference, case, docket, lot, batch, serial, s/n, serial no, po, \
     purchase order, item, article, model, product, catalog, catalogue, asset, request, req, trace, span, \
     transaction, txn, job, session, quote, claim, policy, container, flight, booking, confirmation, \
     reservation, shipment, parcel, page, pages, amount, total, price, qty, quantity, score, coordinates, \
     coords, lat, lon, latitude, longitude, timestamp, epoch, unix time, duns, ein, fein, cage, routing, \
     aba, rtn, zip, postcode, imei, iccid, vin, doi, arxiv, cve, rfc, bug, issue, pr, object id, account, \
     acct, iban, npi, dea, passport, license, licence, permit, form, row, line, port, pid, offset, size, \
     bytes, error code, exit code, status code, sample, catalog no, accession, specimen, ndc, cpt, hcpcs, \
     loinc, wbc, dose, pedido, factura, artículo, referencia, número de serie, commande, facture, \
     référence, bestellung, bestellnummer, bestellnr, rechnung, rechnungsnummer, artikel, artikelnummer, \
     auftrag, auftragsnummer, vorgang, vorgangsnummer, aktenzeichen, kundennummer, seriennummer, sendung, \
     sendungsnummer, ordine, fattura, articolo, fatura, encomenda, bestelling, factuur, colis, envío, \
     numéro de série, dossier, numéro de commande, número de pedido, nº de pedido, expediente, código, folio, lote, contrato, contrat, \
     vertrag, vertragsnummer, chargennummer, art, best, teilenummer, teil, modell, modello, modèle, modelo, protocollo, pratica, \
     numéro de suivi, suivi, seguimiento, guía, sendungsnr, zamówienie, faktura, заказ, счет, артикул, номер заказа, 注文番号, 订单号, 订单, 品番, 型番, \
     受注番号, 주문번호, 송장, notice, contract, voucher, coupon, receipt, barcode, manifest, waybill, awb, meter, firmware id, crate, bin, shelf, \
     dial plan, snowflake, referenz, referenznummer, lieferschein, lieferscheinnummer, beleg, belegnummer, quittung, police, policennummer, \
     kunden-nr, mitgliedsnummer, akte, zeichen, geschäftszeichen, bon de livraison, bon de commande, devis, albarán, presupuesto, bolla, \
     preventivo, nota fiscal, recibo, reçu, paquet, paket, paketnummer, pakket, przesyłka, numer przesyłki, посылка, трек, \
     case no, case number, file number, file no, record no, record number, registration no, registration number, \
     reg no, numéro de dossier, n° de dossier, n° dossier, aktennummer, fallnr., número de expediente, \
     nº de expediente, nº expediente, n.º de expediente, processo, nº do processo, número do processo, \
     n.º do processo, nº de processo, número de registro, nº de registro, n. pratica, dossiernummer, dossiernr, \
     dossier nr, journalnr, journalnr., journalnummer, journal nr, saksnummer, dosya no, dosya no., dosya numarası, \
     protokol no, kayıt no, başvuru no, номер справи, ügyszám, iktatószám, nr. dosar, număr dosar, číslo jednací, \
     číslo případu";

/// Phrases that contain a counter-label and mean nothing by it.
pub(super) const NEUTRAL: &str = "in case, in order, just in case, in any case, line manager, for reference, as part, line of business, \
     art director, best regards, in part, dial in";

/// Names of versions, builds and sections.
pub(super) const VERSIONS: &str = "version, versions, ver, v, release, build, builds, rev, revision, firmware, upgrade, upgraded to, \
     upgrade to, kernel, driver, user agent, useragent, section, sect, chapter, oid, sdk, assembly, \
     assembly version, file version, product version, package, pkg, semver, tag, versión, versione, \
     versão, versie, fassung, installed, install, hotfix, patch, patched, plugin, library, dependency, changelog, upgrading, clause, \
     figure, appendix, annex, paragraph, §, wersja, версия, バージョン, 版本, 버전";

/// Names of dates that are no birth dates.
pub(super) const OTHER_DATES: &str = "date of service, dos, service date, admitted, admission, discharged, discharge, due, due date, \
     expires, expiry, exp, expiration, issued, issue date, released, release date, dated, invoice date, \
     order date, created, updated, modified, started, opened, closed, arrival, departure, founded, \
     founded on, founded in, seen on, visit, appointment, published, hired, hire date, start date, \
     end date, signed, died, deceased, death, date of death, sent, received, ingested, last login, \
     last seen, meeting, joined, effective, effective date, valid until, valid from, delivered, shipped, \
     collected, timestamp, built, married, baptised, established, incorporated, birth certificate issued, \
     verheiratet, geheiratet, heirat, gestorben, verstorben, ausgestellt, ausgestellt am, gültig bis, gültig ab, \
     fällig, eingestellt, aufgenommen, entlassen, eintritt, termin am, unterschrieben, rechnung vom, marié, mariée, \
     mariés, décédé, décédée, délivré, délivrée, expire, valable jusqu'au, hospitalisé, hospitalisée, admis, \
     admise, embauché, embauchée, échéance, rendez-vous, signé, casado, casada, casados, fallecido, \
     fallecida, falleció, expedido, expedida, caduca, vence, vencimiento, firmado, ingreso, \
     falecido, falecida, faleceu, emitido, emitida, validade, válido até, vencimento, admissão, assinado, sposato, \
     sposata, sposati, deceduto, deceduta, rilasciato, rilasciata, scade, scadenza, ricoverato, ricoverata, \
     dimesso, dimessa, firmato, getrouwd, overleden, afgegeven, geldig tot, verloopt, opgenomen, \
     ontslagen, sinds, zmarł, zmarła, wydany, wydane, ważny do, termin, od dnia, przyjęty, wypisany, zawarta, \
     zawarta dnia, zemřel, zemřela, vydán, vydaný, platnost do, platí do, přijat, propuštěn, ode dne, död, avliden, \
     utfärdad, giltig till, inskriven, utskriven, återbesök, död den, dødd, afdød, udstedt, gyldig til, \
     gyldig indtil, indlagt, udskrevet, innlagt, utskrevet, kuoli, kuollut, myönnetty, voimassa, erääntyy, kontrol, \
     randevu, randevusu, vefat, öldü, düzenlenme, geçerlilik, son kullanma, başlangıç, умер, умерла, выдан, \
     действителен до, поступил, поступила, выписан, выписана, заключен, помер, померла, виданий, \
     дійсний до, виписаний";

/// Words that tell of a patient.
pub(super) const CLINICAL: &str = "patient, pt, admitted, dob, dx, rx, hx, ward, attending, diagnosis, clinic, hospital, \
     hasta, beteg, pacjent, pacjentka, pacient, pacientka, presents with, presented with, presenting with, longstanding, \
    impression, comorbidities, hba1c, egfr, year old woman, year old man, year old male, year old female, yo male, yo female, y/o, \
    discharge summary, physician, medications, allergies, referral, mrn, icd, nurse, surgery, \
     patients, inpatient, outpatient, wristband, radiology, biopsy, oncology, cardiology, emergency department, \
     lab results, discharge letter, discharged home, icu, pcp, prescription, hospitalized, hospitalised, \
     maternity, triage, consult note, chart note, clinical, patientin, patienten, pat., krankenhaus, \
     klinik, klinikum, stationär, ambulant, arzt, ärztin, hausarzt, arztbrief, befund, anamnese, entlassung, \
     entlassungsbrief, diagnose, diagnosen, notaufnahme, krankenschein, patiente, hospitalisé, hospitalisée, \
     hospitalisation, hôpital, médecin, ordonnance, compte rendu, compte-rendu, diagnostic, \
     urgences, antécédents, paciente, pacientes, hospitalizado, hospitalizada, ingresado, \
     ingresada, ingreso, médico, médica, urgencias, alta médica, informe de alta, informe médico, diagnóstico, \
     antecedentes, dx principal, utente, doente, internado, internada, internamento, internação, processo clínico, \
     relatório médico, urgência, alta hospitalar, nota de alta, enfermaria, paziente, pazienti, ricovero, \
     ricoverato, ricoverata, dimissione, dimesso, dimessa, reparto, ospedale, medico, referto, diagnosi, anamnesi, \
     pronto soccorso, patiënt, patiënte, patiënten, ziekenhuis, huisarts, opname, opgenomen, ontslagbrief, \
     polikliniek, afdeling, pacjent, pacjentka, pacjenta, pacjentki, szpital, szpitala, szpitalu, oddział, \
     oddziale, wypis, lekarz, rozpoznanie, zalecenia, karta informacyjna, przychodnia, hospitalizacja, pacient, \
     pacientka, pacienta, pacientky, nemocnice, nemocnici, lékař, lékařka, lékařská zpráva, propouštěcí zpráva, \
     oddělení, hospitalizace, hospitalizován, hospitalizována, diagnóza, dg, dg., ambulance, nemocnica, lekár, \
     lekárska správa, prepúšťacia správa, oddelenie, sjukhus, sjukhuset, läkare, läkaren, vårdcentral, \
     vårdcentralen, avdelning, återbesök, remiss, diagnos, diagnoskod, inlagd, utskriven, epikris, vårdkontakt, \
     sygehus, sygehuset, hospitalet, læge, lægen, indlagt, udskrevet, udskrivning, overlæge, epikrise, \
     diagnosekode, pasient, pasienten, sykehus, sykehuset, lege, legen, fastlege, innlagt, utskrevet, \
     poliklinikk, potilas, potilaan, sairaala, sairaalan, sairaalassa, lääkäri, osasto, osastolla, poliklinikka, \
     diagnoosi, lähete, epikriisi, kotiutus, hastanın, hastane, hastanesi, hastaneye, hasta adı, hekim, poliklinik, \
     taburcu, epikriz, tanı, tanı kodu, teşhis, ameliyat, muayene, yatış, пациент, пациентка, пациента, пациентки, \
     больной, больная, больница, больницы, больнице, врач, выписка, выписан, выписана, госпитализирован, \
     госпитализирована, отделение, отделении, поликлиника, диагноз, эпикриз, анамнез, стационар, пацієнт, \
     пацієнтка, пацієнта, лікарня, лікарні, лікар, виписка, госпіталізовано, відділення, діагноз, епікриз, хворий, \
     хвора, поліклініка, ασθενής, ασθενούς, νοσοκομείο, νοσοκομείου, ιατρός, γιατρός, εξιτήριο, νοσηλεία, διάγνωση, \
     κλινική, τμήμα επειγόντων, beteg, betegünk, kórház, kórházi, orvos, zárójelentés, osztály, osztályon, \
     ambulancia, diagnózis, kezelés, felvétel, pacientul, spital, spitalul, medic, medicul, externare, externat, \
     internare, internat, secția, bilet de externare, bolesnik, bolesnica, pacijent, bolnica, liječnik, lekar, \
     otpusno pismo, пацијент, болница, лекар, pasien, rumah sakit, dokter, rawat inap, rawat jalan, bệnh nhân, \
     bệnh viện, bác sĩ, nhập viện, xuất viện, ผู้ป่วย, โรงพยาบาล, मरीज, रोगी, अस्पताल, מטופל, מטופלת, בית חולים, \
     רופא, אשפוז, مريض, المريض, المريضة, مستشفى, المستشفى, طبيب, بیمار, بیمارستان, 患者, 患者様, 入院, 退院, 外来, 診療, 病院, \
     紹介状, 主治医, 診断, 病名, 受診, 病人, 住院, 出院, 门诊, 医院, 医生, 医师, 病历, 诊断, 主诉, 门急诊, 門診, 醫院, 醫師, 診斷, 환자, 입원, 퇴원, 외래, 병원, 의사, 진료, \
     진단, 주치의, 내원";

/// Names of identifiers of no particular kind.
pub(super) const IDS: &str =
    "id, ids, identifier, key, code, handle, kennung, identifiant, identificador, codice";

/// Words that may stand between a label and its value.
pub(super) const GLUE: &str = "is, was, are, no, nr, num, number, numbers, value, the, on, at, to, of, as, ist, lautet, es, est, \
     le, la, el, il, am, der, den, al, au, unter, på, op, sul, je, är, er, mi, me, it's, its, it, s, given, listed, recorded, today, still, now, called, \
     file, here, text, string, uses, using, nummer, número, numéro, numero, c'est, son, sua, jest, это, \
     номер, у, है, नंबर, は, が, 是, 为, 為, 은, 는, 이, 가, into, from, mein, meine, ma, mon, my, mio, o, os, \
     n, era, é, è, em, nel, das, die, de, du, ext, used, º, ª, nº, que, qui, dass, voor, van, pod, na, por, \
     №, č, číslo, cislo, nro, numret, nummeret, numer, seria, serie, série, serii, серия, серии, серія, номером, numarası, numarasi, \
     var, był, была, был, είναι, este, adalah, là, \
     français, française, belge, suisse, español, española, mexicano, mexicana, argentino, argentina, colombiano, \
     colombiana, chileno, peruano, brasileiro, brasileira, português, portuguesa, italiano, italiana, polski, český, \
     steht, стоит, написано, указано, указан, значится, зазначено, γράφει, λέει, står, figure, apparaît, indique, pone, aparece, \
     consta, figura, widnieje, napisane, uvedeno, stojí, áll, szerepel, scrie, apare, lukee, yazan, tertulis, ghi, \
     に, 上, 写, 写的是, 上寫, 寫, 写着, と, saya, שלי, הוא, היא, אצלכם, moi, moją, mojej, моєї, моей, моего, \
     hos, jer, chez, vous, bei, euch, ihnen, μου, मेरा, मेरी, présenté, présentée, presented, shown, provided, supplied, quoted, entered, \
     printed, stated, vorgelegt, angegeben, \
     hat, heeft, má, har, tiene, tem, рф, россии, российский, украины, україни, biometric, biométrico, biométrique";

/// Words between the members of a list.
pub(super) const CONJUNCTIONS: &str = "and, or, to, into, with, y, et, und, e, en, oder, ou, i, и";

/// Words that say what a value is, right before it: the thing itself was named earlier.
pub(super) const COPULAS: &str = "is, was, it's, its, that's, here's, mine's, says, shows, reads, gives, is just, in, entered, typed, wrote, have, got, \
     ist, war, lautet, steht, est, était, c'est, affiche, es, era, dice, muestra, é, diz, mostra, è, staat, luidt, to, jest, \
     brzmi, je, zní, är, var, står, er, on, oli, это, является, був, є, είναι, ήταν, este, e, az, adalah";

/// Words that announce the number of what the sentence before spoke of.
pub(super) const NUMBERS: &str =
    "number, nummer, numéro, numero, número, nr, no, numer, nro, číslo, номер, numret, numarası";

/// Words of a clause that names nothing itself: what it states is about what was spoken of before.
pub(super) const ANAPHORS: &str = "i, we, you, he, she, they, put, in, entered, typed, wrote, gave, have, got, had, just, so, ok, okay, yes, sure, well, \
     here, this, that, those, same, mine, one, my, by, way, fyi, btw, sie, ich, habe, er, die, das, hier, also, voici, voilà, je, j'ai, \
     elle, il, oui, aquí, tengo, sí, ele, ela, aqui, tenho, sim, ecco, ho, sì, ik, heb, mam, mám, jag, har, jeg, minulla, вот, да, у, меня";

/// Words that tell one member of a pair from the other, of people and papers.
pub(super) const MARKERS: &str = "mine, his, hers, her, my, their, theirs, your, yours, our, ours, one, ones, other, second, first, third, \
     older, younger, elder, eldest, \
     youngest, oldest, half, son, daughter, wife, husband, mom, mum, dad, mother, father, brother, sister, baby, kid, child, partner, spouse, twin, \
     passport, license, licence, card, system, chart, certificate, app, portal, joint, savings, checking, \
     mein, meine, meiner, meines, seine, seiner, ihre, ihrer, sohn, tochter, frau, mann, mutter, vater, bruder, schwester, zweite, andere, kind, \
     mien, mienne, sien, sienne, fils, fille, femme, mari, mère, père, frère, sœur, soeur, autre, ma, conjoint, \
     mi, hijo, hija, esposa, esposo, marido, mujer, madre, padre, hermano, hermana, otro, otra, segundo, segunda, \
     meu, minha, filho, filha, mulher, mãe, pai, irmão, irmã, outro, outra, mio, mia, figlio, figlia, moglie, marito, altro, altra, fratello, sorella, \
     mijn, zoon, dochter, vrouw, man, ander, tweede, moeder, vader, syn, syna, córka, córki, żona, żony, mąż, męża, mój, moja, drugi, druga, \
     dcera, dcery, manželka, manželky, manžel, manžela, můj, moje, druhý, druhá, min, sons, dotter, dotters, fru, frus, mans, andra, sønn, søn, \
     datter, kone, mand, poikani, tyttäreni, vaimoni, mieheni, oğlum, oğlumun, oğlumunki, kızım, kızımın, kızımınki, eşim, eşimin, eşiminki, \
     сын, сына, дочь, дочери, жена, жены, муж, мужа, мой, моя, второй, вторая, син, сина, дочка, дочки, дружина, чоловік, fia, lánya, felesége, \
     férje, fiul, fiica, soția, soțul";

/// Who answers, on a line of their own: `Caller: …`.
pub(super) const SPEAKERS: &str = "a, answer, ans, r, reply, caller, customer, client, user, visitor, guest, member, me, you, antwort, kunde, kundin, \
     anrufer, anruferin, réponse, cliente, usuario, respuesta, risposta, utente, klant, klient, klientka, kund, asiakas, müşteri, \
     клиент, клієнт";
