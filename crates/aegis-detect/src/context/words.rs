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
     numéro de série, dossier, numéro de commande, número de pedido, nº de pedido, expediente, código, folio, lote, contrato, contrat, vertrag, vertragsnummer, chargennummer, art, best, teilenummer, teil, modell, modello, modèle, modelo, protocollo, pratica, numéro de suivi, suivi, seguimiento, guía, sendungsnr, zamówienie, faktura, заказ, счет, артикул, номер заказа, 注文番号, 订单号, 订单, 品番, 型番, 受注番号, 주문번호, 송장, notice, contract, voucher, coupon, receipt, barcode, manifest, waybill, awb, meter, firmware id, crate, bin, shelf, dial plan, snowflake, referenz, referenznummer, lieferschein, lieferscheinnummer, beleg, belegnummer, quittung, police, policennummer, kunden-nr, mitgliedsnummer, akte, zeichen, geschäftszeichen, bon de livraison, bon de commande, devis, albarán, presupuesto, bolla, preventivo, nota fiscal, recibo, reçu, paquet, paket, paketnummer, pakket, przesyłka, numer przesyłki, посылка, трек";

/// Phrases that contain a counter-label and mean nothing by it.
pub(super) const NEUTRAL: &str = "in case, in order, just in case, in any case, line manager, for reference, as part, line of business, art director, best regards, in part, dial in";

/// Names of versions, builds and sections.
pub(super) const VERSIONS: &str = "version, versions, ver, v, release, build, builds, rev, revision, firmware, upgrade, upgraded to, \
     upgrade to, kernel, driver, user agent, useragent, section, sect, chapter, oid, sdk, assembly, \
     assembly version, file version, product version, package, pkg, semver, tag, versión, versione, \
     versão, versie, fassung, installed, install, hotfix, patch, patched, plugin, library, dependency, changelog, upgrading, clause, figure, appendix, annex, paragraph, §, wersja, версия, バージョン, 版本, 버전";

/// Names of dates that are no birth dates.
pub(super) const OTHER_DATES: &str = "date of service, dos, service date, admitted, admission, discharged, discharge, due, due date, \
     expires, expiry, exp, expiration, issued, issue date, released, release date, dated, invoice date, \
     order date, created, updated, modified, started, opened, closed, arrival, departure, founded, \
     founded on, founded in, seen on, visit, appointment, published, hired, hire date, start date, \
     end date, signed, died, deceased, death, date of death, sent, received, ingested, last login, \
     last seen, meeting, joined, effective, effective date, valid until, valid from, delivered, shipped, \
     collected, timestamp, built, married, baptised, established, incorporated, birth certificate issued";

/// Words that tell of a patient.
pub(super) const CLINICAL: &str = "patient, pt, admitted, dob, dx, rx, hx, ward, attending, diagnosis, clinic, hospital, \
     discharge summary, physician, medications, allergies, referral, mrn, icd, nurse, surgery";

/// Names of identifiers of no particular kind.
pub(super) const IDS: &str =
    "id, ids, identifier, key, code, handle, kennung, identifiant, identificador, codice";

/// Words that may stand between a label and its value.
pub(super) const GLUE: &str = "is, was, are, no, nr, num, number, numbers, value, the, on, at, to, of, as, ist, lautet, es, est, \
     le, la, el, il, am, der, den, al, au, unter, på, op, sul, je, är, er, mi, me, it's, its, it, s, given, listed, recorded, today, still, now, called, \
     file, here, text, string, uses, using, nummer, número, numéro, numero, c'est, son, sua, jest, это, \
     номер, у, है, नंबर, は, が, 是, 为, 為, 은, 는, 이, 가, into, from, mein, meine, ma, mon, mi, my, mio, o, os, \
     n, era, é, è, em, nel, das, die, de, du, ext, used, º, ª, nº, que, qui, dass, voor, van, pod, na, por";

/// Words between the members of a list.
pub(super) const CONJUNCTIONS: &str = "and, or, to, into, with, y, et, und, e, en, oder, ou, i, и";
