//! Names of numbers that are no value of ours, in many languages: orders, shipments, invoices, serials, accounts,
//! customers, and the numbers of firms and taxpayers that no detector looks for.
//! Read by the vocabulary, with the short list of `words`. A word that is also how people announce a telephone number (a
//! delivery, a reservation) stands here only where it names a number itself.

/// Words separated by commas.
pub(super) const NUMBERS: &str = "panel, respondent, solicitation, amendment, tender, charge nr, charge-nr, chargennr, ロット, 로트, 품번, 제품코드, \
     批号, agreement, agreement no, grant, grant no, adjuster file, matter, matter no, journal entry, loss no, damage no, motion, \
     application no, application number, badge, badge no, schadennummer, schadennr, schaden-nr, schadenr, schadenr., schadenummer, \
     schadedossier, hasar dosyası, hasar no, sinistre, n° sinistre, n° de sinistre, siniestro, nº de siniestro, sinistro, szkoda, nr szkody, \
     skadenummer, skadenr, skadenr., kárszám, číslo škody, konto, konta, compte, conta, conto, hesap, sales order, so no, so number, \
     work order, order ref, order num, orderid, order nr, po no, po number, \
     shipment id, consignment, consignment no, delivery note, packing slip, packing list, pick list, package id, rma, \
     return no, asn, sscc, bill of lading, mawb, hawb, payment id, subscription id, customer id, customer no, \
     customer number, client no, client number, member no, member number, membership number, loyalty number, \
     account id, device id, serial number, part number, batch number, lot number, stock code, plu, gln, mpn, nsn, imsi, \
     eid, meid, esn, asset tag, transaction number, transaction no, receipt no, reservation number, confirmation no, \
     warranty no, vat, vat no, vat number, vat id, vat reg, vat reg no, vatin, gst, gstin, gst no, abn, acn, crn, \
     company number, company no, company reg no, lei, \
     bestell-nr, auftragsnr, auftrags-nr, rechnungsnr, rechnungs-nr, seriennr, serien-nr, kundennr, \
     kunden-nummer, artikelnr, artikel-nr, belegnr, beleg-nr, vertragsnr, vertrags-nr, vorgangsnr, vorgangs-nr, \
     sendungsverfolgung, sendungsverfolgungsnummer, trackingnummer, paketnr, ticketnummer, ordernummer, mitgliedsnr, \
     inventarnummer, gerätenummer, zählernummer, transaktionsnummer, buchungsnummer, buchungscode, reklamation, \
     reklamationsnummer, losnummer, materialnummer, kontonr, kto, kto.-nr, steuernummer, steuer-nr, st.-nr, \
     steuer-id, steuer-idnr, ust-id, ust-idnr, ust-id-nr, ustid, ustidnr, ust.-id, umsatzsteuer-id, handelsregister, hrb, \
     bordereau, expédition, numéro de facture, n° de série, numéro de colis, numéro de lot, numéro client, n° client, \
     numéro de client, code client, réf client, référence client, référence commande, numéro de compte, n° de compte, \
     abonné, adhérent, siret, siren, tva, tva intracommunautaire, n° tva, numéro de tva, code ape, \
     orden, orden de compra, órdenes, rastreo, número de rastreo, paquete, número de cliente, nº de cliente, n.º de cliente, \
     número de cuenta, nº de cuenta, cuenta, boleto, número de lote, póliza, n.º de serie, nº de serie, nro de serie, \
     nro. de serie, remito, remisión, número de guía, número de factura, nif, cif, cuit, cuil, rut, ruc, \
     pedidos, ordem de compra, rastreamento, rastreio, código de rastreio, código de rastreamento, remessa, boleto bancário, \
     nº de série, n.º de encomenda, n.º de série, número do cliente, código do cliente, nº da conta, número da conta, \
     apólice, chamado, cnpj, cpf, nipc, inscrição estadual, inscrição municipal, \
     numero ordine, numero d'ordine, n. ordine, spedizione, numero di spedizione, pacco, ddt, scontrino, ricevuta, \
     numero di serie, matricola, codice cliente, numero cliente, numero di conto, lotto, polizza, commessa, p.iva, p. iva, \
     piva, partita iva, codice fiscale, cod. fisc, c.f, \
     bestelnummer, bestelnr, bestelnr., bestel-nr, bestelcode, ordernr, klantnummer, klantnr, factuurnummer, factuurnr, serienummer, \
     serienr, zending, zendingnummer, verzendnummer, pakketnummer, track en trace, referentie, referentienummer, \
     ticketnr, zaaknummer, lidnummer, relatienummer, polisnummer, contractnummer, debiteurnummer, btw, \
     btw-nr, btw-nummer, btw nr, btw-id, kvk, kvk-nr, kvk-nummer, rsin, \
     zamówienia, zamówieniu, zamówień, numer zamówienia, nr zamówienia, paczka, paczki, przesyłki, numer paczki, \
     faktury, fakturę, partia, partii, numer seryjny, numeru seryjnego, nr seryjny, seryjny, numer klienta, nr klienta, zlecenie, \
     zlecenia, zgłoszenie, zgłoszenia, reklamacja, reklamacji, list przewozowy, listu przewozowego, umowa, umowy, \
     paragon, nip, regon, krs, pesel, \
     objednávka, objednávky, objednávce, číslo objednávky, zásilka, zásilky, sériové číslo, výrobní číslo, \
     číslo zákazníka, zákaznické číslo, číslo smlouvy, číslo účtu, šarže, balík, balíku, reklamace, zakázka, zakázky, \
     smlouva, smlouvy, ičo, dič, ič dph, objednávku, faktúra, faktúry, zmluva, zmluvy, zásielka, zásielky, \
     beställning, beställningsnummer, beställningsnr, försändelse, försändelsenummer, kollinummer, spårningsnummer, \
     fakturanummer, fakturanr, kundnummer, kundnr, bokningsnummer, ärende, ärendenummer, avtal, avtalsnummer, \
     organisationsnummer, org.nr, orgnr, momsnummer, momsregistreringsnummer, partinummer, ocr, ocr-nummer, \
     ordre, ordrenummer, ordrenr, ordrenr., bestilling, bestillingsnummer, forsendelse, forsendelsesnummer, pakke, pakkenummer, \
     sporingsnummer, kundenummer, kundenr, sag, sagsnummer, sagsnr, medlemsnummer, avtalenummer, kvittering, cvr, \
     cvr-nr, cvr-nummer, se-nr, organisasjonsnummer, kid-nummer, varenummer, varenr, \
     tilaus, tilauksen, tilausnumero, tilausnro, lähetys, lähetystunnus, lähetysnumero, seurantakoodi, laskunumero, \
     laskun numero, sarjanumero, asiakasnumero, varausnumero, viitenumero, y-tunnus, alv-numero, eränumero, \
     sopimusnumero, tuotenumero, \
     sipariş, siparişi, siparişin, siparişiniz, siparişinizin, siparişim, siparişimin, sipariş no, sipariş numarası, \
     sipariş numarasi, siparis no, siparis numarasi, kargo takip no, kargo takip numarası, takip no, takip numarası, \
     gönderi, gönderi no, gönderi numarası, fatura no, fatura numarası, seri no, seri numarası, müşteri no, \
     müşteri numarası, hesap no, hesap numarası, poliçe, poliçe no, sözleşme no, irsaliye, vergi no, \
     vergi numarası, vergi kimlik no, vkn, parti no, referans no, \
     заказа, заказу, заказом, заказе, № заказа, посылки, посылку, отправление, отправления, накладная, накладной, счёт, \
     счета, счёта, счету, счет-фактура, счёт-фактура, серийный номер, серийного номера, договор, договора, заявка, заявки, \
     партия, партии, номер партии, номер бронирования, трек-номер, трек-код, номер клиента, лицевой счет, лицевой счёт, \
     лицевого счета, лицевого счёта, расчетный счет, расчётный счёт, чек, чека, инн, кпп, огрн, окпо, снилс, \
     замовлення, замовленню, номер замовлення, посилка, накладна, рахунок, рахунку, серійний номер, договору, єдрпоу, \
     рнокпп, іпн, поръчка, фактура, пратка, сериен номер, еик, булстат, поруџбина, пошиљка, наруџба, \
     παραγγελία, παραγγελίας, αριθμός παραγγελίας, αποστολή, αποστολής, δέμα, δέματος, τιμολόγιο, τιμολογίου, \
     σειριακός αριθμός, κωδικός πελάτη, λογαριασμός, λογαριασμού, αριθμός κράτησης, παρτίδα, παρτίδας, αφμ, α.φ.μ, \
     rendelés, rendelésszám, rendelési szám, megrendelés, megrendelés száma, csomagszám, számla, számlaszám, számla száma, \
     sorozatszám, gyári szám, ügyfélszám, foglalási szám, szerződésszám, adószám, cégjegyzékszám, szállítólevél, \
     comandă, comanda, comenzii, nr. comandă, număr comandă, colet, factură, facturii, număr de serie, \
     cod client, număr de înmatriculare, cui, narudžba, narudžbe, broj narudžbe, narudžbenica, pošiljka, pošiljke, račun, \
     serijski broj, oib, naročilo, naročila, davčna številka, tellimus, tellimuse number, pasūtījums, užsakymas, užsakymo, \
     ご注文番号, 注文, 伝票番号, 送り状番号, 追跡番号, お問い合わせ番号, 問い合わせ番号, 請求書番号, 請求番号, \
     シリアル番号, シリアルナンバー, 製造番号, 製品番号, 商品番号, 商品コード, 会員番号, お客様番号, 顧客番号, 口座番号, 予約番号, 契約番号, \
     管理番号, 法人番号, 取引番号, 発注番号, ロット番号, 配送番号, 出荷番号, 伝票, \
     订单编号, 訂單號, 訂單編號, 訂單號碼, 订单号码, 运单号, 运单, 快递单号, 物流单号, 发票号, 发票号码, 序列号, 客户编号, 客户号, 会员号, \
     账号, 帐号, 账户, 合同号, 合同编号, 批号, 批次号, 流水号, 交易号, 商品编号, 货号, 预订号, 税号, 纳税人识别号, 统一社会信用代码, 統一編號, \
     采购单号, 工单号, 工单, 單號, 单号, 序號, \
     주문 번호, 주문, 송장번호, 송장 번호, 운송장번호, 운송장 번호, 운송장, 일련번호, 시리얼번호, 시리얼 번호, 제조번호, 고객번호, 고객 번호, \
     회원번호, 계좌번호, 예약번호, 계약번호, 사업자등록번호, 상품번호, 관리번호, 법인등록번호, \
     رقم الطلب, الطلب, طلب رقم, رقم الشحنة, رقم التتبع, فاتورة, رقم الفاتورة, الرقم التسلسلي, رقم العميل, رقم الحساب, \
     מספר הזמנה, הזמנה, מספר משלוח, חשבונית, מספר סידורי, ח.פ, ऑर्डर, ऑर्डर नंबर, ऑर्डर संख्या, इनवॉइस, \
     đơn hàng, mã đơn hàng, số đơn hàng, mã vận đơn, hóa đơn, số hóa đơn, số sê-ri, mã khách hàng, mã số thuế, pesanan, \
     nomor pesanan, no pesanan, nomor resi, no resi, nomor seri, nomor pelanggan, npwp, คำสั่งซื้อ, หมายเลขคำสั่งซื้อ, เลขพัสดุ";

/// More names of versions: other languages, their cases, and what runs in a device.
pub(super) const VERSIONS: &str = "update, updates, update von, update from, php, nginx, app na, aplicación, aplicação, aplicația, aplikacja, \
     aplikacji, aplikace, aplikaci, appen, sovellus, приложение, приложения, приложении, застосунок, uygulama, uygulaması, alkalmazás, \
     εφαρμογή, アプリ, 应用, 앱, aplikasi, ứng dụng, التطبيق, frissítettük, mise à jour, aggiornamento, actualización, atualização, \
     release notes, software, software update, upgraded, updated to, update to, downgrade, downgraded to, \
     registo de alterações, notas de versão, notas de la versión, note di rilascio, notes de version, versionshinweise, \
     änderungsprotokoll, oppgradering, oppgradering til, oppgradert, oppgradert til, oppdatering til, uppgradering, \
     uppgradering till, uppgraderat till, uppdatering till, opgradering, opgradering til, opgraderet til, opdatering til, \
     päivitys, päivitetty, aktualizace na, aktualizováno na, aktualizacja do, zaktualizowano do, actualización a, \
     actualizado a, actualizar a, atualização para, atualizado para, atualizar para, aggiornamento a, aggiornato a, \
     aggiornamento alla, mise à jour vers, mis à jour vers, mise à niveau vers, aktualisierung auf, aktualisiert auf, \
     update auf, upgrade auf, upgrade naar, update naar, bijgewerkt naar, güncelleme, güncellendi, yükseltme, обновление до, \
     обновлен до, обновили до, обновления до, оновлення до, оновлено до, αναβάθμιση σε, ενημέρωση σε, frissítés, \
     actualizare la, actualizat la, リリースノート, アップデート, アップグレード, 更新日志, 更新说明, 发行说明, 升级到, 更新到, \
     升級到, 릴리스 노트, 업데이트, 업그레이드, firmware version, fw version, fw ver, fw rev, sw version, sw ver, hw version, hw rev, software version, app version, \
     os version, agent version, client version, bios, bios version, build number, build no, version number, ver., wersji, wersję, \
     wersją, wydanie, wydania, verze, verzi, verzia, verzie, verzija, verziji, verzije, versiunea, versiune, verzió, verziója, verziószám, έκδοση, \
     έκδοσης, версии, версию, версией, версія, версії, версію, редакция, релиз, релиза, сборка, сборки, прошивка, прошивки, \
     прошивку, sürüm, sürümü, sürümünü, sürümüne, sürümünde, versjon, versjonen, versionen, versiota, versioon, versio, versija, \
     utgåva, udgave, versienummer, versionsnummer, versionsnr, número de versión, numéro de version, numero di versione, \
     número da versão, versiones, versioni, versões, versies, バージョン番号, ヴァージョン, ファームウェア, ビルド, 版本号, 版本號, 固件, 固件版本, \
     韌體, 펌웨어, 빌드, phiên bản, versi, إصدار, الإصدار, גרסה, גרסת, संस्करण, เวอร์ชัน, micrologiciel, microcode, \
     oprogramowanie, oprogramowania, mise à jour, aktualizacja, aktualizacji, actualización, \
     aggiornamento, atualização, uppgraderad till, opdateret til, \
     обновление, обновлено до, оновлення";

/// Names of tags and attributes between a label and its value: `<td>DOB</td><td>`, `<id extension="`.
pub(super) const MARKUP: &str = "td, th, dd, dt, span, strong, id extension";
