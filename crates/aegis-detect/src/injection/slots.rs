//! Phrases with slots: {ignore} × {all previous} × {instructions}, in many languages and any mixture.

use super::Sign;
use super::families::{Families, Family};
use super::hits::{Hit, Hits};
use crate::vectors::{BLOCK, Bytes, Plain, Vectors, block_at};
use crate::work;
use std::ops::Range;

/// A place in a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Ignore, forget, override…
    Drop,
    /// Reveal, print, repeat…
    Show,
    /// Previous, all, above…
    Earlier,
    /// Your, system, initial, hidden…
    Yours,
    /// Instructions, prompt, rules…
    Rules,
    /// Attention, note to…
    Call,
    /// Language models, assistants…
    Model,
    /// No, without, free of…
    Without,
    /// Restrictions, ethics, policies…
    Limits,
    /// Send, forward, upload, read out…
    Act,
    /// Keys, passwords, whole inboxes: what nobody outside may have.
    Secret,
    /// An address outside.
    Outside,
    /// What an honest request is about: a mail, an order, a page.
    Thing,
}

impl Slot {
    /// The family of phrases that begin with this slot.
    fn makes(self) -> Option<Family> {
        match self {
            Slot::Drop => Some(Family::Override),
            Slot::Show => Some(Family::Leak),
            Slot::Call => Some(Family::Indirect),
            Slot::Without => Some(Family::Persona),
            Slot::Act => Some(Family::Exfiltration),
            Slot::Earlier | Slot::Yours | Slot::Rules | Slot::Model | Slot::Limits | Slot::Thing => None,
            Slot::Secret | Slot::Outside => None,
        }
    }
}

/// Words for each slot.
#[rustfmt::skip]
pub(super) static ALL: &[(Slot, &str)] = &[
    (Slot::Drop, "ignore|disregard|forget|override|bypass|do not follow|don't follow|stop following|skip|cancel|discard|neglect|pay no attention to|drop|abandon|do not obey|no longer follow|set aside|erase"),
    (Slot::Drop, "ignora|ignorad|ignore|olvida|olvide|omite|descarta|no sigas|anula|haz caso omiso de"),
    (Slot::Drop, "ignorez|oublie|oubliez|ne tiens pas compte|ne tenez pas compte|ne suis pas|fais abstraction|contourne"),
    (Slot::Drop, "ignoriere|ignorieren sie|vergiss|vergessen sie|missachte|missachten sie|befolge nicht|umgehe|überschreibe|verwirf"),
    (Slot::Drop, "ignora|dimentica|ignorate|dimenticate|non seguire|trascura|esqueça|esquece|ignorem|desconsidere|desconsidera|não siga"),
    (Slot::Drop, "negeer|vergeet|zignoruj|ignoruj|zapomnij|pomiń|игнорируй|игнорируйте|проигнорируй|забудь|забудьте|не следуй|ігноруй|забудь про|yok say|unut|görmezden gel"),
    (Slot::Drop, "تجاهل|انس|अनदेखा करें|भूल जाओ|नज़रअंदाज़|忽略|无视|忘记|忘掉|不要遵守|無視して|無視し|忘れて|忘れろ|従わないで|무시하고|무시해|잊어|bỏ qua|quên|abaikan|lupakan"),
    (Slot::Show, "reveal|print|show|output|display|repeat|recite|translate|summarise|summarize|encode|give me|tell me|write out|copy|leak|dump|expose|list|spell out|return|state|share|disclose|what is|what are|what were|type out|reproduce"),
    (Slot::Show, "muestra|muéstrame|revela|imprime|repite|dime|affiche|révèle|montre|répète|donne-moi|zeige|zeig mir|gib|verrate|wiederhole|mostra|mostrami|rivela|ripeti|mostre|revele|repita|diga|toon|onthul|herhaal|pokaż|ujawnij|powtórz|покажи|раскрой|выведи|повтори|göster|açıkla"),
    (Slot::Show, "显示|透露|泄露|输出|告诉我|打印|重复|表示して|見せて|明かして|教えて|出力して|보여|공개|출력|اكشف|اعرض|दिखाओ|tiết lộ|hiển thị|tampilkan|ungkapkan"),
    (Slot::Earlier, "previous|prior|above|earlier|preceding|all|any|every|before|foregoing|other|former|past|everything"),
    (Slot::Earlier, "anteriores|anterior|previas|previos|todas|todos|précédentes|précédents|antérieures|toutes|tous|ci-dessus|vorherigen|vorigen|bisherigen|obigen|alle|sämtliche|precedenti|tutte|tutti|acima|vorige|eerdere|alle|poprzednie|wszystkie|предыдущие|все|прошлые|вышеуказанные|попередні|усі|önceki|tüm"),
    (Slot::Earlier, "السابقة|جميع|كل|पिछले|सभी|之前的|以上|上面的|先前的|所有|前面的|これまでの|以前の|すべての|上記の|全ての|이전|모든|위의|trước|tất cả|sebelumnya|semua"),
    (Slot::Yours, "your|system|initial|original|hidden|secret|internal|developer|core|base|underlying|confidential|safety|first|starting|pre-prompt|opening"),
    (Slot::Yours, "tu|tus|sus|del sistema|ton|tes|vos|votre|du système|système|deine|deinen|ihre|ihren|tuo|tue|di sistema|do sistema|seu|suas|je|jouw|twoje|systemowy|твои|свои|системный|системные|системного|sistem"),
    (Slot::Yours, "你的|系统|初始|あなたの|システム|初期|시스템|당신의|النظام|सिस्टम|hệ thống|gốc"),
    (Slot::Rules, "instructions|instruction|prompt|prompts|rules|rule|guideline|guidelines|directions|directives|directive|context|programming|training|constraints|restrictions|orders|commands|policies|policy|guardrails|safeguards|safety rules|safety check|safety checks|filters|preprompt|configuration|text above|words above|everything above|lines above|message above|content above|told|system message|system prompt|systemprompt"),
    (Slot::Rules, "instrucciones|indicaciones|reglas|directrices|consignes|règles|directives|anweisungen|anweisung|regeln|vorgaben|systemprompt|richtlinien|istruzioni|regole|direttive|instruções|instrução|regras|diretrizes|instructies|regels|richtlijnen|instrukcje|polecenia|zasady|инструкции|инструкций|правила|указания|промпт|інструкції|вказівки|talimatları|talimatlar|kuralları"),
    (Slot::Rules, "التعليمات|تعليمات|निर्देशों|निर्देश|指令|指示|提示词|提示|规则|命令|プロンプト|ルール|規則|지시|지침|프롬프트|규칙|hướng dẫn|chỉ dẫn|lời nhắc|instruksi|perintah|aturan"),
    (Slot::Thing, "e-mail|email|mail|order|invoice|ticket|letter|message i sent|warning|warnings|error|file|files|page|step on|steps on|question|diagnosis|appointment|hotel|meeting|method|css|default|surgery|attachment|correo|factura|courriel|facture|e-mail|rechnung|bestellung|termin|css rule|exception|lint"),
    (Slot::Act, "send|sends|forward|email|e-mail|mail|post|upload|submit|transmit|copy|export|share|exfiltrate|leak|attach|append|include|read|open|access|retrieve|fetch|search for|look up|extract|collect|dump|write|save|cat|curl|sende|schicke|leite|lies|lade|übermittle|envía|envíe|envia|reenvía|lee|sube|envoie|envoyez|transfère|lis|téléverse|envie|encaminhe|leia|invia|inoltra|leggi|carica|stuur|wyślij|отправь|отправьте|перешли|прочитай|загрузи|надішли|gönder|发送|转发|读取|上传|发给|送信|転送|読み取|アップロード|보내|발송|전송|전달하|읽어|أرسل|भेज|bhejo|bhej do|gửi|kirim"),
    (Slot::Secret, "api key|api keys|api_key|api_keys|apikey|password|passwords|credential|credentials|secret key|secret keys|private key|private keys|access token|access tokens|session token|session tokens|auth token|auth tokens|ssh key|ssh keys|id_rsa|.env|.ssh|.aws|/etc/passwd|/etc/shadow|secrets|salary|salaries|payroll|customer list|customer data|user data|personal data|contact list|all contacts|bank details|account numbers|credit card|credit cards|conversation history|chat history|chat log|full conversation|entire conversation|previous messages|all emails|all e-mails|all messages|all files|all documents|environment variables|confidential|sensitive data|sensitive information|system logs|database dump"),
    (Slot::Secret, "passwort|passwörter|zugangsdaten|schlüssel|contraseña|contraseñas|credenciales|clave api|mot de passe|mots de passe|identifiants|clé api|senha|senhas|credenciais|parola d'ordine|credenziali|wachtwoord|hasło|hasła|пароль|пароли|учётные данные|ключ api|şifre|parola|密码|密钥|口令|凭证|工资|对话记录|对话内容|パスワード|認証情報|秘密鍵|apiキー|会話履歴|会話の内容|비밀번호|api 키|토큰|인증 정보|대화 내용|대화 내역|세션|كلمة المرور|पासवर्ड|mật khẩu|kata sandi"),
    (Slot::Outside, "@|http://|https://|webhook|external server|external address|external email"),
    (Slot::Call, "attention|note to|note for|dear|message to|message for|hey|hello|instruction to|instructions to|listen"),
    (Slot::Model, "language model|language models|llm|llms|ai|ais|ai model|ai models|ai assistant|ai assistants|chatbot|chatbots|assistant|gpt|agents"),
    (Slot::Without, "no|without|free of|free from|not bound by|unbound by|not restricted by|does not follow|doesn't follow|do not follow|not have to follow|does not care about|don't care about|ignores|has no|have no|no longer|breaks|beyond|disregards|abandon|rid of"),
    (Slot::Limits, "restrictions|limits|limitations|filters|ethics|ethical|morals|morality|moral|guidelines|censorship|openai|policies|policy|constraints|boundaries|ethical guidelines|rules|laws"),
];

/// Bytes a phrase may spread over: about six words.
const SPREAD: usize = 64;

/// Calls `each` with the log-odds, family and span of every phrase with enough slots filled.
pub(super) fn phrases(
    text: &[u8],
    window: &Range<usize>,
    hits: &Hits,
    mut each: impl FnMut(f32, Family, Range<usize>),
) {
    let mut found = Families::default();
    for (n, head) in hits.iter().enumerate() {
        let Sign::Slot(slot) = head.sign else { continue };
        // one of a kind: saying it twice is no second proof
        if slot.makes().is_none_or(|family| found.has(family)) {
            continue;
        }
        let phrase = match slot {
            Slot::Drop | Slot::Show => complete(text, head, hits, n).and_then(|phrase| weigh(slot, &phrase)),
            Slot::Call => {
                followed(text, head, hits, n, Slot::Model, 8).map(|end| (4.4, Family::Indirect, end))
            }
            Slot::Without => {
                followed(text, head, hits, n, Slot::Limits, 24).map(|end| (2.2, Family::Persona, end))
            }
            Slot::Act => taken(text, head, hits, n),
            _ => None,
        };
        if let Some((odds, family, end)) = phrase
            && !is_forbidden(text, window, head, slot)
        {
            found.add(family);
            each(odds, family, head.span.start..end);
        }
    }
}

/// What a phrase about instructions is worth.
fn weigh(head: Slot, phrase: &Phrase) -> Option<(f32, Family, usize)> {
    let (family, odds) = match (head, phrase.yours, phrase.earlier) {
        (Slot::Drop, false, false) => (Family::Override, 2.6),
        (Slot::Drop, _, _) => (Family::Override, 5.6),
        (_, true, _) => (Family::Leak, 5.0),
        (_, false, true) => (Family::Leak, 3.0),
        (_, false, false) => return None,
    };
    Some((odds - if phrase.thing { 3.0 } else { 0.0 }, family, phrase.end))
}

/// What it is worth that something secret is read or sent, the more if it goes to an address.
fn taken(text: &[u8], head: &Hit, hits: &[Hit], n: usize) -> Option<(f32, Family, usize)> {
    let end = match followed(text, head, hits, n, Slot::Secret, SPREAD) {
        Some(end) => end,
        None if head.verb_last && preceded(head, &hits[..n], Slot::Secret) => head.span.end,
        None => return None,
    };
    let leaves = followed(text, head, hits, n, Slot::Outside, 2 * SPREAD).is_some();
    Some((if leaves { 4.0 } else { 2.0 }, Family::Exfiltration, end))
}

/// Ends of what says that something must not be done: what follows is a warning, not an order.
#[rustfmt::skip]
const FORBIDS: &[&str] = &[
    "not", "n't", "n’t", "never", "nobody", "no one", "nicht", "nie", "niemals", "niet", "nooit", "nunca", "jamais", "não", "mai",
    "non", "не", "никогда", "ніколи", "asla", "勿", "不要", "不得", "不能", "不会", "别", "mat", "मत", "jangan", "không", "đừng", "لا",
];

/// Ends of verbs that are forbidden, in languages that say so behind them.
const FORBIDDEN: &[&str] = &["ないで", "ません", "するな", "지 마", "지 말", "지마", "면 안"];

/// Bytes before a verb, and behind it, in which such words are looked for.
const NEAR: usize = 24;

/// What the verb asks for must not be done: "never share your password". Looks no farther than the window.
fn is_forbidden(text: &[u8], window: &Range<usize>, head: &Hit, slot: Slot) -> bool {
    if !matches!(slot, Slot::Drop | Slot::Show | Slot::Act) {
        return false;
    }
    work::done(1);
    let (start, end) = (head.span.start, head.span.end);
    let before = text[start.saturating_sub(NEAR).max(window.start)..start].trim_ascii_end();
    let forbids = |word: &&str| {
        let Some(at) = before.len().checked_sub(word.len()) else { return false };
        let whole =
            !word.is_ascii() || word.starts_with("n'") || at == 0 || !before[at - 1].is_ascii_alphanumeric();
        whole && before[at..].eq_ignore_ascii_case(word.as_bytes())
    };
    let behind = &text[end..window.end.min(end + NEAR)];
    FORBIDS.iter().any(forbids)
        || head.verb_last
            && FORBIDDEN.iter().any(|word| memchr::memmem::find(behind, word.as_bytes()).is_some())
}

/// Whether one of `slot` stands among the hits `before` and near `head`.
fn preceded(head: &Hit, before: &[Hit], slot: Slot) -> bool {
    let mut near = before.iter().rev().take_while(|hit| hit.span.end + SPREAD >= head.span.start);
    near.any(|hit| hit.sign == Sign::Slot(slot))
}

/// Where the next hit of `slot` ends, if it begins within `gap` bytes and in the same sentence.
fn followed(text: &[u8], head: &Hit, hits: &[Hit], n: usize, slot: Slot, gap: usize) -> Option<usize> {
    let mut near = hits[n + 1..].iter().take_while(|hit| hit.span.start <= head.span.end + gap);
    // behind the end of the sentence lie all that follow, too
    near.find(|hit| hit.sign == Sign::Slot(slot) && hit.span.start >= head.span.end)
        .filter(|hit| !ends_sentence(&text[head.span.end..hit.span.start]))
        .map(|hit| hit.span.end)
}

/// Marks that end a sentence.
const ENDS: [u8; 5] = *b"\n.?!;";

fn ends_sentence(gap: &[u8]) -> bool {
    work::done(1);
    gap.iter().fold(false, |ends, byte| ends | ENDS.contains(byte))
}

/// Where the sentence ends, if it does within [`SPREAD`] bytes from `at` on, or else how far that is.
fn end_of_sentence(text: &[u8], at: usize) -> usize {
    const { assert!(SPREAD == BLOCK) };
    let rest = text.get(at..).unwrap_or_default();
    let block = match rest.first_chunk() {
        Some(block) => Plain.load(block),
        None => Plain.load(&block_at(text, at)),
    };
    at + block.any(ENDS).trailing_zeros() as usize
}

struct Phrase {
    earlier: bool,
    yours: bool,
    thing: bool,
    end: usize,
}

/// Collects the slots after (or, in languages that put the verb last, before) `head`.
fn complete(text: &[u8], head: &Hit, hits: &Hits, n: usize) -> Option<Phrase> {
    let mut phrase = Phrase { earlier: false, yours: false, thing: false, end: 0 };
    let mut object = false;
    let mut take = |hit: &Hit| {
        work::done(1);
        let Sign::Slot(slot) = hit.sign else { return };
        if hit.span == head.span {
            return;
        }
        match slot {
            Slot::Earlier => phrase.earlier = true,
            Slot::Yours => phrase.yours = true,
            Slot::Thing => phrase.thing |= !object,
            Slot::Rules if !object => {
                object = true;
                phrase.end = hit.span.end.max(head.span.end);
            }
            _ => {}
        }
    };
    let end = end_of_sentence(text, head.span.end);
    hits[n + 1..].iter().take_while(|hit| hit.span.start <= end).for_each(&mut take);
    if hits.has_verb_last() {
        let gap = |hit: &Hit| hit.span.end.min(head.span.start)..head.span.start;
        let before = hits[..n].iter().rev().take_while(|hit| hit.span.end + SPREAD >= head.span.start);
        before
            .filter(|hit| head.verb_last || hit.verb_last)
            .filter(|hit| !ends_sentence(&text[gap(hit)]))
            .for_each(take);
    }
    object.then_some(phrase)
}
