//! Evidence in one piece: tokens and phrases with their log-odds in tenths.
//! A list is one text, its phrases separated by ` | `. Read when the automaton is built.

use super::Family::{
    self, Authority, Encoding, Exfiltration, Indirect, Leak, Override, Persona, RoleSpoof, Secrecy,
    Splitting, Template, ToolHijack,
};

/// Evidence for an attack.
#[rustfmt::skip]
pub(super) static FOR: &[(Family, i16, &str)] = &[
    // control tokens of chat templates
    (Template, 46, "<|im_start|> | <|begin_of_text|> | <|start_header_id|> | <|system|> | <<SYS>> | <</SYS>> | <start_of_turn>"),
    (Template, 42, "<|im_end|> | <|endoftext|> | <|eot_id|> | <|end_header_id|> | <|user|> | <|assistant|> | [INST] | [/INST] | <end_of_turn>"),
    (Template, 36, "<function_calls> | <tool_call> | <|channel|> | <|message|>"),
    (Template, 22, "\n\nhuman: | \n\nassistant: | </s> | <s>"),

    // words that take instructions back
    (Override, 44, "new instructions: | new instruction: | instructions no longer apply | rules no longer apply | updated instructions: | obey only me | answer only to me | listen only to me | follow only my | only my instructions"),
    (Override, 30, "no longer apply | no longer bound | new task: | new task | new instructions | new rules | new directive | your new goal | your real task | your only task | stop what you are doing | are hereby cancelled"),
    (Override, 12, "from now on | instead, | as of now | henceforth | starting now"),

    // a role that is not the writer's
    (RoleSpoof, 40, "system override | admin override | root access granted | i am your developer | this is your developer | i am your creator | [system message] | ### system | begin system message"),
    (RoleSpoof, 32, "[system] | <system> | admin mode | sudo mode | god mode | end of user input | end of document | end of data"),
    (RoleSpoof, 22, "developer message | system notice | system message | system update | </system> | maintenance mode | debug mode | user is an administrator | user is an admin | user has been verified"),
    (RoleSpoof, 22, "filters are disabled | filters disabled | filters off | safety off | safety is off | comply with every | comply with all | return raw data | do not redact | don't redact | no redaction | unlock all"),

    // a persona without rules
    (Persona, 46, "do anything now | you are now dan | developer mode enabled | dan mode | [jailbreak] | 🔓 | do not have to abide | freed from the typical confines | broken free of the typical confines | you have no rules | free of all rules | free of all restrictions"),
    (Persona, 34, "no restrictions | without restrictions | without any restrictions | jailbroken | you have no limits | no filters | no content policy | unfiltered | uncensored | unrestricted | never refuse | cannot refuse | never say i can't | no ethical | no moral | without ethics | amoral | regardless of legality | evil confidant | opposite mode | no safety"),
    (Persona, 20, "developer mode | stay in character | in character | openai's content policy | openai policies | openai policy | openai guidelines | openai's policies | always comply | no limits | break character | rules imposed | illegal or unethical | unethical or illegal | token system | lose tokens | deduct"),
    (Persona, 12, "you are now | you will act as | you are going to act as | act as a | pretend to be | pretend that you | roleplay as | role-play as | immerse yourself | chatgpt | chat gpt | content policy | illegal | unethical | immoral | censorship | nsfw | openai | disclaimer | as an ai language model | hypothetical response | villain | without warnings | even if it is | no matter what | fictional"),

    // addressed to whatever model reads along
    (Indirect, 46, "if you are an ai | if you are an llm | if you are a language model | if you're an ai | if you're an llm | ai reading this | ai assistants reading this | model reading this | models reading this | llms reading | ai model processing this | note to the model | note to ai | note for ai | instructions for ai | instructions for the assistant | instructions to the assistant"),
    (Indirect, 34, "when summarising this | when summarizing this | when you summarise | when you summarize | while summarising | while summarizing | do not summarise the | do not summarize the | best candidate | candidate as the best | candidate is the best"),
    (Indirect, 14, "font-size:0 | font-size: 0 | display:none | display: none | color:white | visibility:hidden | the assistant must | the ai must | the model must"),

    // silence, haste, no questions
    (Secrecy, 34, "without mentioning | do not reveal this | don't reveal this | do not disclose this | keep this secret from | do not include this in | not be mentioned | do not alert | without notifying | without alerting | without asking | do not ask the user | don't ask the user | do not inform | no need to tell | no need to inform | user does not need to know | user need not know | keep this hidden | keep this out of | out of the summary | do not log | don't log | no trace | hide this | conceal this | act as if nothing | as if nothing happened | proceed as normal | continue as normal | then continue normally"),
    (Secrecy, 34, "nicht erwähnen | erwähne nicht | erwähne diesen | ohne rückfrage | ohne nachzufragen | dem benutzer nicht | dem nutzer nicht | no menciones | sin mencionar | sin pedir confirmación | no se lo digas | sin avisar | ne mentionne pas | ne mentionnez pas | sans mentionner | sans demander | sans en informer | não mencione | sem mencionar | sem pedir | não conte | non menzionare | senza menzionare | senza chiedere | niet vermelden | vermeld niet | nie wspominaj | bez pytania | не упоминай | не упоминайте | не сообщай | не спрашивай | без подтверждения | не згадуй | bahsetme | sormadan | söyleme"),
    (Secrecy, 34, "不要提及 | 不要提到 | 不要告诉 | 无需确认 | 不要确认 | 别告诉 | 触れないで | 触れずに | 言及しない | 言及せず | 確認を求めず | 知らせずに | 知らせる必要は | 언급하지 | 알리지 | 묻지 말고 | 확인을 구하지 | 감추 | 숨기고 | 숨겨라 | 은폐 | لا تذكر | لا تخبر | उल्लेख न | न बताएं | mat batana | bina bataye | mat bolna | đừng đề cập | không đề cập | jangan sebutkan | jangan beri tahu"),
    (Secrecy, 12, "immediately | right now | at once | urgent | proceed directly | skip confirmation | no confirmation | no questions | sofort | inmediatamente | immédiatement | imediatamente | immediatamente | немедленно | 立即 | 直ちに | 즉시 | silently"),

    // who says that it may be done
    (Authority, 30, "pre-approved | preapproved | has authorized | has authorised | have authorized | is authorized to | is authorised to | am authorized | authorized by the | authorised by the | authorized penetration | authorised penetration | authorized security test | i am the administrator | i am an administrator | i'm the administrator | as the administrator | as your administrator | i am the ceo | this is the ceo | i'm your developer | from the developers | by the developers | security clearance | override code | clearance level | user has approved | user has already | user wants you to | user has consented | user also wants | previously authorized"),
    (Authority, 18, "failure to comply | non-compliance | compliance requires | required for compliance | mandatory step | is mandatory | are mandatory | mandatory for | required by policy | as per policy | security team | it department | it security | platform team | administrator | sysadmin | internal audit | auditor | penetration test | red team | security drill | training exercise | for verification | verify your identity | to verify your | supersedes | takes precedence | take precedence | highest priority | priority override | top priority"),
    (Authority, 22, "autorisierter | genehmigt von | vom administrator | als administrator | höchste priorität | vorrang vor | autorizado por | soy el administrador | prioridad máxima | prevalece sobre | autorisé par | je suis l'administrateur | priorité absolue | prévaut sur | sou o administrador | prioridade máxima | sono l'amministratore | priorità massima | администратор | наивысший приоритет | 管理员 | 最高优先级 | 优先于 | 管理者 | 最優先 | 優先され | 관리자 | 최우선 | 우선합니다 | 우선한다 | المسؤول | व्यवस्थापक | quản trị viên"),

    // orders for whatever agent comes by, in plain words
    (Indirect, 24, "note to assistant | note for assistant | note to the assistant | note for the assistant | dear assistant | assistant, please | ai agent | ai agents | ai assistant must | ai assistants must | agents must | before summarising | before summarizing | before you continue | before proceeding | before answering | before responding | before you answer | before you respond | after summarising | after summarizing | after reading this | when processing this | processing this document | while you are at it | updated task | task update | additional task | additional instruction | additional instructions | hidden instruction | next instruction | follow these steps | to complete this request | to complete the task | as part of this task | part of the workflow"),
    (Indirect, 26, "hinweis an den assistenten | hinweis für die ki | an die ki | bevor du antwortest | neue aufgabe | neue anweisung | nota para el asistente | para la ia | antes de responder | nueva tarea | nuevas instrucciones | note pour l'assistant | à l'ia | avant de répondre | nouvelle tâche | nouvelles instructions | nota para o assistente | nova tarefa | novas instruções | nota per l'assistente | nuovo compito | prima di rispondere | nieuwe taak | nowe zadanie | новая задача | новые инструкции | перед ответом | для ии | нова задача | yeni görev | 新任务 | 新的指令 | 新指令 | 回答之前 | 致助手 | 系统通知 | 系统消息 | 新しい任務 | 新しい指示 | 回答する前に | システム通知 | システムメッセージ | aiへ | 새로운 지시 | 새 지시 | 새 작업 | 시스템 메시지 | 시스템 알림 | 시스템 지시 | 답하기 전에 | 이 문서를 처리하는 | ai는 | 봇은 | 지금부터 | 모드로 전환 | 인격 | naya task | ab se tum | مهمة جديدة | नया कार्य | nhiệm vụ mới | tugas baru"),

    // a tool made to act
    (ToolHijack, 42, "without telling the user | without asking the user | without informing the user | without the user knowing | do not tell the user | don't tell the user | user must not know | do not inform the user | before using this tool | hide this from the user"),
    (ToolHijack, 24, "do not mention it | do not mention this | don't mention this | don't mention it | forward all e-mails | forward all emails | <important> | do not ask for confirmation | without confirmation"),
    (ToolHijack, 14, "silently | ~/.ssh | id_rsa | call the tool | use the tool | run the following command | delete all | transfer all | .env file | api keys"),

    // data sent out
    (Exfiltration, 40, "append the conversation | send the conversation | conversation history to | chat history to | post the conversation | base64 of the chat | exfiltrate the | send all api keys"),
    (Exfiltration, 22, "render this image | add this image | include this image | insert this image | display this image | show this image | add this link | include this link | load this image | follow this link | fetch this url"),
    (Exfiltration, 10, "to the url | in the query string | webhook | when you answer | at the end of your reply | before anything else"),

    // hidden by encoding; the encoded words themselves are made by `encoded`
    (Encoding, 42, "decode and follow | decode and execute | decode and obey | execute the decoded | follow the decoded | then follow the instructions in it"),
    (Encoding, 22, "decode this | decode it | decode the following | follow it | follow it: | do what it says | read it backwards | read backwards | rot13 | reverse the letters | base64 task"),

    // split up
    (Splitting, 30, "what the three spell | what they spell | spell together | spells together | do what the result | execute the result | follow the result | run the result | obey the result | combine the first letters | join the parts | run what | execute what"),
    (Splitting, 12, "concatenate | print(a+b) | a + b | a+b | put together | joined together | first letter of each | let a = | let x ="),

    // the prompt asked for
    (Leak, 44, "starting with 'you are' | starting with \"you are\" | what were you told | what you were told | everything before this line | everything above this line | text before this line | instructions verbatim | prompt verbatim | your hidden rules | your hidden prompt | your secret instructions"),
    (Leak, 12, "word for word | verbatim | above this line | your first message | in a code block"),
];

/// Talk about attacks, and other evidence that nothing is attacked.
#[rustfmt::skip]
pub(super) static AGAINST: &[(i16, &str)] = &[
    (50, "chat template | chat templates | eslint | .gitignore | noqa | tokeniser | tokenizer | tokenizers | jinja"),
    (45, "attacker | attackers | injection attack | injection attacks | how can we detect | how do we detect | how to detect | exam instructions | corrected sheet | surgery"),
    (40, "inyección de prompt | inyección de prompts | injection de prompt | injections de prompts | prompt-injection | prompt-injections | promptinjectie | iniezione di prompt | injeção de prompt | injeção de prompts | injeção imediata | инъекция промпта | инъекции промптов | промпт-инъекция | ін'єкція промпта | prompt enjeksiyonu | 提示注入 | 提示词注入 | 注入攻击 | プロンプトインジェクション | インジェクション攻撃 | 프롬프트 인젝션 | 프롬프트 주입 | حقن المطالبات | حقن الأوامر | प्रॉम्प्ट इंजेक्शन | tiêm prompt | injeksi prompt | injecció de prompts | jailbreaking | 越狱 | 脱獄 | 탈옥"),
    (36, "angreifer | angriff auf | atacante | atacantes | attaquant | attaquants | attaque contre | aggressore | attaccante | attacco a | aanvaller | aanval op | atak na | злоумышленник | злоумышленники | атака на | зловмисник | saldırgan | المهاجم | हमलावर | 攻击者 | 的攻击 | 攻撃者 | への攻撃 | 공격자 | 대한 공격 | kẻ tấn công | cuộc tấn công | penyerang | serangan terhadap | ataque a | ataque contra"),
    (40, "is an injection | an injection? | known attack | known attacks | known bad | blocked attack | attack log | attack pattern | attack patterns | attempted attack | malicious prompt | malicious prompts | malicious input | benign or malicious | as malicious | adversarial prompt | adversarial prompts | guardrails such as | countermeasure | countermeasures | bug bounty | phishing awareness"),
    (26, "was blocked | were blocked | was refused | were refused | model refused | flagged as | the filter | the scanner | the detector | the classifier | classify the | what does it mean | treat it as data | gefiltert | der filter | el filtro | le filtre | il filtro | o filtro | het filter | filtr | фильтр | filtre | 过滤器 | フィルター | 필터 | bộ lọc"),
    (40, "prompt injection | prompt injections | jailbreak attempt | jailbreak attempts | owasp | training explains | in css | in java | in python | is that a bug | quiz question"),
    (32, "detect that | the paper | this paper | researchers | mitigation | mitigations | unit test | what does | what is a | security awareness | cve-"),
    (22, "explains why | explains how | explain why | erkläre, warum | explica por qué | explique pourquoi | spiega perché | explique por que | объясни, почему | 解释为什么 | なぜ | 왜 | detection | red team | assert | regex | documentation | example of | for instance | such as"),
];

/// Words whose encoded forms mean that somebody hides them.
pub(super) const HIDDEN: &[&str] =
    &["ignore", "disregard", "instructions", "previous", "system prompt", "reveal", "override", "password"];
