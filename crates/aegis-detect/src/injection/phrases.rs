//! Evidence in one piece: tokens and phrases with their log-odds in tenths.
//! A list is one text, its phrases separated by ` | `. Read when the automaton is built.

use super::Family::{
    self, Encoding, Exfiltration, Indirect, Leak, Override, Persona, RoleSpoof, Splitting, Template,
    ToolHijack,
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
    (40, "prompt injection | prompt injections | jailbreak attempt | jailbreak attempts | owasp | training explains | in css | in java | in python | is that a bug | quiz question"),
    (32, "detect that | the paper | this paper | researchers | mitigation | mitigations | unit test | what does | what is a | security awareness | cve-"),
    (22, "detection | red team | assert | regex | documentation | example of | for instance | such as"),
];

/// Words whose encoded forms mean that somebody hides them.
pub(super) const HIDDEN: &[&str] =
    &["ignore", "disregard", "instructions", "previous", "system prompt", "reveal", "override", "password"];
