//! Pairs that no vendor would send: each is read or refused by a message that names the field and repeats nothing.

use crate::conformance::{cases, fixture};
use aegis_domain::Status;
use aegis_vendors::{ChatFormat, FORMATS, ParsedChat, WireError, format};
use proptest::prelude::*;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

fn parse(id: &str, request: Value, response: Value) -> Result<ParsedChat, WireError> {
    let f = format(id).unwrap();
    f.parse(&to_raw_value(&request).unwrap(), Some(&to_raw_value(&response).unwrap()))
}

#[test]
fn errors_name_the_field_and_what_belongs_there() {
    let secret = "531-86-2094";
    for (id, request, response, message) in [
        ("openai.chat", json!([secret]), json!(null), "request must be an object"),
        ("openai.chat", json!({"model": "m"}), json!(null), "request.messages must be a list"),
        ("openai.chat", json!({"messages": []}), json!(null), "request.model must be a string"),
        (
            "openai.chat",
            json!({"model": "m", "messages": [{"content": {"text": secret}}]}),
            json!(null),
            "request.messages[0].content must be a list",
        ),
        (
            "openai.chat",
            json!({"model": "m", "messages": [{"content": [{"type": "image_url", "image_url": {"url": 5}}]}]}),
            json!(null),
            "request.messages[0].content[0].image_url.url must be a string",
        ),
        (
            "openai.chat",
            json!({"model": "m", "messages": []}),
            json!({"usage": {"prompt_tokens": "12"}}),
            "response.usage.prompt_tokens must be a whole number of 0 or more",
        ),
        (
            "anthropic.messages",
            json!({"model": "m", "messages": [{"role": "user", "content": [secret]}]}),
            json!(null),
            "request.messages[0].content[0] must be an object",
        ),
        (
            "anthropic.messages",
            json!({"model": "m", "messages": []}),
            json!("x"),
            "response must be an object",
        ),
        (
            "gemini.generate_content",
            json!({"contents": [], "systemInstruction": secret, "system_instruction": {}}),
            json!(null),
            "request must be without a key in two spellings",
        ),
        (
            "openai.responses",
            json!({"model": "m", "input": [{"role": "user", "content": [{"type": "input_text", "text": 5}]}]}),
            json!(null),
            "request.input[0].content[0].text must be a string",
        ),
        (
            "openai.embeddings",
            json!({"model": "m", "input": {"text": secret}}),
            json!(null),
            "request.input must be a string or a list",
        ),
        ("openrouter.chat", json!({"model": "m"}), json!(null), "request.messages must be a list"),
        (
            "cohere.chat",
            json!({"model": "m", "messages": []}),
            json!({"usage": {"billed_units": {"input_tokens": 1.5}}}),
            "response.usage.billed_units.input_tokens must be a whole number of 0 or more",
        ),
        (
            "ollama.generate",
            json!({"model": "m", "prompt": [secret]}),
            json!(null),
            "request.prompt must be a string",
        ),
    ] {
        let error = parse(id, request, response).err().expect("must be refused").to_string();
        assert_eq!(error, message);
    }
}

#[test]
fn json_nobody_can_hold_is_refused() {
    for body in
        [format!("{{\"a\":{}1{}}}", "[".repeat(400), "]".repeat(400)), "{\"a\":\"\\ud800\"}".to_owned()]
    {
        let Ok(raw) = RawValue::from_string(body) else { continue };
        for f in FORMATS {
            assert_eq!(f.parse(&raw, None).err(), Some(WireError::NotJson { field: "request" }));
        }
    }
}

#[test]
fn an_answer_that_never_finished_is_truncated() {
    // All that formats want, at once: none minds what another wants.
    let ask = json!({"model": "m", "messages": [], "input": [], "contents": []});
    for (id, response, status) in [
        (
            "openai.chat",
            json!({"choices": [{"message": {"content": "a"}, "finish_reason": null}]}),
            Status::Truncated,
        ),
        (
            "openai.chat",
            json!({"choices": [{"message": {"content": "a"}, "finish_reason": "length"}]}),
            Status::Ok,
        ),
        ("openai.chat", json!({"error": "no"}), Status::Error),
        ("anthropic.messages", json!({"content": [], "stop_reason": null}), Status::Truncated),
        ("anthropic.messages", json!({"content": [], "stop_reason": "max_tokens"}), Status::Ok),
        ("openai.responses", json!({"output": [], "status": "in_progress"}), Status::Truncated),
        ("openai.responses", json!({"output": [], "status": "incomplete"}), Status::Ok),
        (
            "openai.responses",
            json!({"output": [], "status": "failed", "error": {"message": "a"}}),
            Status::Error,
        ),
        ("gemini.generate_content", json!({"candidates": [{"content": {"parts": []}}]}), Status::Truncated),
        ("gemini.generate_content", json!({"candidates": [{"finishReason": "MAX_TOKENS"}]}), Status::Ok),
        ("mistral.chat", json!({"object": "error", "message": {"detail": []}}), Status::Error),
        ("cohere.chat", json!({"finish_reason": "ERROR", "message": {}}), Status::Error),
        ("cohere.chat", json!({"finish_reason": null, "message": {}}), Status::Truncated),
        (
            "openrouter.chat",
            json!({"choices": [{"error": {"message": "a"}, "finish_reason": "error"}]}),
            Status::Error,
        ),
        ("ollama.chat", json!({"message": {"content": "a"}, "done": false}), Status::Truncated),
        ("ollama.generate", json!({"response": "a", "done": true}), Status::Ok),
    ] {
        assert_eq!(parse(id, ask.clone(), response).unwrap().status, status);
    }
}

#[test]
fn text_dressed_up_as_binary_is_read_all_the_same() {
    let value = "data:;base64,SSN 531-86-2094";
    let openai = json!({"model": "m", "messages": [{"role": "user", "content": [
        {"type": "image_url", "image_url": {"url": value}},
        {"type": "file", "file": {"file_data": value}},
        {"type": "input_audio", "input_audio": {"data": value}},
        {"type": "hologram", "hologram": {"data": value}}]}]});
    let anthropic = json!({"model": "m", "messages": [{"role": "user", "content": [
        {"type": "image", "source": {"type": "base64", "data": value}},
        {"type": "document", "source": {"type": "url", "url": value}},
        {"type": "tool_use", "input": {"signature": value}},
        {"type": "hologram", "source": {"data": value}}]}]});
    let responses = json!({"model": "m", "input": [{"role": "user", "content": [
        {"type": "input_image", "image_url": value},
        {"type": "input_file", "file_data": value},
        {"type": "hologram", "data": value}]}, {"type": "function_call", "arguments": value}]});
    let gemini = json!({"contents": [{"parts": [
        {"inline_data": {"data": value}},
        {"fileData": {"fileUri": value}},
        {"functionCall": {"args": {"thought_signature": value}}},
        {"hologram": {"data": value}}]}]});
    let ollama = json!({"model": "m", "messages": [
        {"role": "user", "content": value, "images": [value]},
        {"tool_calls": [{"function": {"arguments": {"signature": value}}}, {"function": {"arguments": value}}]}]});
    for (id, request) in [
        ("openai.chat", openai),
        ("anthropic.messages", anthropic),
        ("openai.responses", responses),
        ("gemini.generate_content", gemini),
        ("ollama.chat", ollama),
    ] {
        let chat = parse(id, request, json!(null)).unwrap();
        assert_eq!(chat.parts.iter().filter(|p| p.text.contains("531-86-2094")).count(), 4, "{id}");
        assert_eq!(chat.uninspected_bytes, 0);
    }
}

/// All places in a value, as JSON pointers.
pub fn places(whole: &Value) -> Vec<String> {
    fn walk(value: &Value, at: String, out: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(k, v)| walk(v, format!("{at}/{k}"), out)),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, v)| walk(v, format!("{at}/{i}"), out))
            }
            _ => {}
        }
        out.push(at);
    }
    let mut all = Vec::new();
    walk(whole, String::new(), &mut all);
    all
}

/// Puts each of a few strange values in each place of each recorded pair.
fn for_each_mutation(mut see: impl FnMut(&'static dyn ChatFormat, Value, bool)) {
    let strange = [json!(null), json!(true), json!(-1.5), json!("x"), json!([]), json!({}), json!([[{}]])];
    for f in FORMATS {
        for case in cases(f.vendor()) {
            for (file, is_response) in [(Some(&case.request), false), (case.response.as_ref(), true)] {
                let Some(file) = file else { continue };
                let whole: Value = serde_json::from_str(&fixture(f.vendor(), file)).unwrap();
                for (place, odd) in places(&whole).iter().flat_map(|p| strange.iter().map(move |s| (p, s))) {
                    let mut changed = whole.clone();
                    *changed.pointer_mut(place).unwrap() = odd.clone();
                    see(*f, changed, is_response);
                }
            }
        }
    }
}

#[test]
fn a_strange_value_in_any_place_is_read_or_refused_without_an_echo() {
    let mut refused = 0;
    for_each_mutation(|f, changed, is_response| {
        let changed = to_raw_value(&changed).unwrap();
        let ask = json!({"model": "m", "messages": [], "input": [], "contents": []});
        let ask = to_raw_value(&ask).unwrap();
        let result = if is_response { f.parse(&ask, Some(&changed)) } else { f.parse(&changed, None) };
        if let Err(e) = result {
            refused += 1;
            let message = e.to_string();
            for value in ["531-86-2094", "maria", "4111"] {
                assert!(!message.contains(value), "{message}");
            }
        }
    });
    assert!(refused > 100, "types that matter are checked: {refused}");
}

proptest! {
    #[test]
    fn arbitrary_json_never_panics(body in "[\\[\\]{}\",:a-z0-9 ]{0,60}", key in "messages|content|usage|choices|input|output|contents|candidates|message") {
        let text = format!("{{\"model\":\"m\",\"messages\":[],\"{key}\":{body}}}");
        if let Ok(raw) = RawValue::from_string(text) {
            for f in FORMATS {
                let _ = f.parse(&raw, Some(&raw));
            }
        }
    }
}

#[test]
fn a_copy_of_a_thought_is_read_once() {
    let copies: Vec<Value> = (0..50).map(|_| json!({"type": "reasoning.text", "text": "thought"})).collect();
    let ask = json!({"model": "m", "messages": [{"role": "assistant", "reasoning": "thought", "reasoning_details": copies}]});
    let chat = parse("openrouter.chat", ask, json!(null)).unwrap();
    assert_eq!(chat.parts.iter().filter(|p| p.text == "thought").count(), 1);
}
