//! Spans and records of every generation of names, in both encodings; and bytes that are none.

use aegis_domain::{Direction, Interaction, Source, Status, Usage};
use aegis_vendors::otlp::{Encoding, OtlpError, Read, logs, traces};
use proptest::prelude::{prop, proptest};
use serde_json::{Value, json};

const SSN: &str = "531-86-2094";
const MAIL: &str = "maria.lopez@example.com";

/// Attributes as OTLP/JSON writes them. Whole numbers are text there.
fn attributes(pairs: &Value) -> Value {
    let pairs = pairs.as_object().unwrap().iter();
    pairs.map(|(key, value)| json!({"key": key, "value": any(value)})).collect()
}

fn any(value: &Value) -> Value {
    match value {
        Value::String(s) => json!({ "stringValue": s }),
        Value::Bool(b) => json!({ "boolValue": b }),
        Value::Number(n) if n.is_i64() => json!({ "intValue": n.to_string() }),
        Value::Number(n) => json!({ "doubleValue": n }),
        Value::Array(items) => json!({ "arrayValue": {"values": items.iter().map(any).collect::<Vec<_>>()} }),
        Value::Object(_) => json!({ "kvlistValue": {"values": attributes(value)} }),
        Value::Null => json!({}),
    }
}

fn span(pairs: &Value) -> Value {
    json!({
        "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "spanId": "00f067aa0ba902b7", "name": "chat m",
        "startTimeUnixNano": "1793610301000000000", "endTimeUnixNano": "1793610306851000000",
        "attributes": attributes(pairs),
    })
}

fn of_spans(spans: Vec<Value>) -> Value {
    let resource = attributes(&json!({"service.name": "helpdesk", "deployment.environment.name": "prod"}));
    json!({"resourceSpans": [{"resource": {"attributes": resource}, "scopeSpans": [{"scope": {"name": "x"}, "spans": spans}]}]})
}

fn read(body: &Value) -> Read {
    traces(body.to_string().as_bytes(), Encoding::Json).unwrap()
}

fn one(pairs: &Value) -> Interaction {
    let mut read = read(&of_spans(vec![span(pairs)]));
    assert_eq!((read.interactions.len(), read.rejected), (1, 0), "{:?}", read.reasons);
    read.interactions.remove(0)
}

fn parts(i: &Interaction) -> Vec<(&str, &str, &str)> {
    let way = |d| if d == Direction::Prompt { "prompt" } else { "response" };
    i.parts.iter().map(|p| (way(p.direction), p.role.as_str(), p.text.as_str())).collect()
}

#[test]
fn todays_names_are_read_structured_and_as_json_text() {
    let system = json!([{"type": "text", "content": "Be brief."}]);
    let input = json!([
        {"role": "user", "parts": [{"type": "text", "content": format!("SSN {SSN}")},
            {"type": "blob", "modality": "image", "content": "iVBORw0KGgo="},
            {"type": "uri", "modality": "image", "uri": "https://corp.example/a.png"}]},
        {"role": "tool", "parts": [{"type": "tool_call_response", "id": "c1", "response": {"mail": MAIL}}]},
    ]);
    let output = json!([{"role": "assistant", "finish_reason": "stop", "parts": [
        {"type": "reasoning", "content": "hm"},
        {"type": "tool_call", "id": "c2", "name": "send", "arguments": {"to": MAIL}},
        {"type": "text", "content": "Done."}]}]);
    let tools = json!([{"type": "function", "name": "send", "description": format!("to {MAIL}")}]);
    let mut pairs = json!({
        "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-5",
        "gen_ai.response.model": "gpt-5-2025", "gen_ai.response.id": "resp_1", "gen_ai.conversation.id": "conv-1",
        "gen_ai.agent.name": "triage", "user.id": "jan", "gen_ai.usage.input_tokens": 120,
        "gen_ai.usage.output_tokens": 30, "gen_ai.usage.cache_read.input_tokens": 64,
        "gen_ai.usage.cache_creation.input_tokens": 8, "gen_ai.usage.reasoning.output_tokens": 12,
        "gen_ai.response.time_to_first_chunk": 0.25,
        "gen_ai.system_instructions": system.to_string(), "gen_ai.input.messages": input.to_string(),
        "gen_ai.output.messages": output.to_string(), "gen_ai.tool.definitions": tools.to_string(),
    });
    let as_text = one(&pairs);
    pairs["gen_ai.system_instructions"] = system;
    pairs["gen_ai.input.messages"] = input;
    pairs["gen_ai.output.messages"] = output;
    pairs["gen_ai.tool.definitions"] = tools;
    let structured = one(&pairs);
    assert_eq!(parts(&as_text), parts(&structured));
    assert_eq!(
        parts(&structured),
        [
            ("prompt", "system", "Be brief."),
            ("prompt", "user", "SSN 531-86-2094"),
            ("prompt", "user", "https://corp.example/a.png"),
            ("prompt", "tool", "mail: maria.lopez@example.com"),
            (
                "prompt",
                "tool_definition",
                "description: to maria.lopez@example.com\nname: send\ntype: function"
            ),
            ("response", "thinking", "hm"),
            ("response", "tool_call", "to: maria.lopez@example.com"),
            ("response", "assistant", "Done."),
        ]
    );
    let i = structured;
    assert_eq!(i.uninspected_bytes, 12, "the image");
    assert_eq!(
        (i.vendor.as_str(), i.model.as_str(), i.source, i.status),
        ("openai", "gpt-5-2025", Source::Otlp, Status::Ok)
    );
    assert_eq!(i.external_id.as_deref(), Some("otlp/4bf92f3577b34da6a3ce929d0e0e4736/00f067aa0ba902b7"));
    assert_eq!(i.occurred_at.to_string(), "2026-11-02T09:05:01.000Z");
    assert_eq!((i.latency_ms, i.ttft_ms), (Some(5851), Some(250)));
    assert_eq!(
        (i.user.as_deref(), i.app.as_deref(), i.conversation_id.as_deref()),
        (Some("jan"), Some("helpdesk"), Some("conv-1"))
    );
    assert_eq!(
        i.labels.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>(),
        ["agent=triage", "environment=prod", "response_id=resp_1"]
    );
    let usage = Usage {
        input_tokens: 120,
        cached_input_tokens: 64,
        cache_write_tokens: 8,
        output_tokens: 30,
        reasoning_tokens: 12,
    };
    assert_eq!(i.usage, Some(usage));
}

#[test]
fn older_names_and_those_of_other_instrumentations_are_read() {
    let ask = ("prompt", "user", "SSN 531-86-2094");
    let say = ("response", "assistant", "ok");
    let openllmetry = json!({
        "llm.request.type": "chat", "gen_ai.system": "Anthropic", "gen_ai.request.model": "m",
        "gen_ai.prompt.0.role": "user", "gen_ai.prompt.0.content": format!("SSN {SSN}"),
        "gen_ai.completion.0.content": "ok", "gen_ai.completion.0.finish_reason": "stop",
        "gen_ai.usage.prompt_tokens": 5, "gen_ai.usage.completion_tokens": 2,
    });
    let openinference = json!({
        "openinference.span.kind": "LLM", "llm.provider": "anthropic", "llm.model_name": "m",
        "llm.input_messages.0.message.role": "user", "llm.input_messages.0.message.content": format!("SSN {SSN}"),
        "llm.output_messages.0.message.role": "assistant", "llm.output_messages.0.message.content": "ok",
        "input.value": "a copy of it all", "llm.token_count.prompt": 5, "llm.token_count.completion": 2,
    });
    let first = json!({
        "gen_ai.operation.name": "chat", "gen_ai.system": "anthropic", "gen_ai.request.model": "m",
        "gen_ai.prompt": json!([{"role": "user", "content": format!("SSN {SSN}")}]).to_string(),
        "gen_ai.completion": json!([{"role": "assistant", "content": "ok"}]).to_string(),
        "llm.usage.prompt_tokens": 5, "llm.usage.completion_tokens": 2,
    });
    for pairs in [openllmetry, openinference, first] {
        let i = one(&pairs);
        assert_eq!(parts(&i), [ask, say], "{pairs}");
        assert_eq!((i.vendor.as_str(), i.model.as_str()), ("anthropic", "m"));
        assert_eq!(i.usage.map(|u| (u.input_tokens, u.output_tokens)), Some((5, 2)));
    }
    let mut on_events = span(
        &json!({"gen_ai.operation.name": "chat", "gen_ai.system": "az.ai.openai", "gen_ai.request.model": "m"}),
    );
    on_events["events"] = json!([
        {"name": "gen_ai.user.message", "attributes": attributes(&json!({"content": format!("SSN {SSN}")}))},
        {"name": "gen_ai.choice", "attributes": attributes(&json!({"message": json!({"role": "assistant", "content": "ok"}).to_string()}))},
        {"name": "exception"},
    ]);
    let read = read(&of_spans(vec![on_events]));
    assert_eq!(parts(&read.interactions[0]), [ask, say]);
    assert_eq!(read.interactions[0].vendor, "azure_openai");
}

#[test]
fn numbered_messages_are_read_in_order_with_their_tools() {
    let i = one(&json!({
        "openinference.span.kind": "LLM", "llm.system": "vertexai", "llm.model_name": "m",
        "llm.input_messages.10.message.role": "user", "llm.input_messages.10.message.content": "last",
        "llm.input_messages.2.message.role": "system", "llm.input_messages.2.message.content": "first",
        "llm.output_messages.0.message.role": "model",
        "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": "send",
        "llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments": r#"{"to":"maria.lopez\u0040example.com"}"#,
        "llm.output_messages.0.message.contents.0.message_content.text": "sent",
    }));
    assert_eq!(
        parts(&i),
        [
            ("prompt", "system", "first"),
            ("prompt", "user", "last"),
            ("response", "model", "sent"),
            ("response", "tool_call", "to: maria.lopez@example.com"),
        ]
    );
    assert_eq!(i.vendor, "gemini");
}

#[test]
fn what_stands_around_calls_is_passed_over_and_what_cannot_be_kept_is_rejected() {
    let agent = json!({"gen_ai.operation.name": "invoke_agent", "gen_ai.provider.name": "openai", "gen_ai.usage.input_tokens": 9});
    let tool = json!({"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "send"});
    let database = json!({"db.system": "postgresql"});
    let stranger = json!({"gen_ai.operation.name": "chat", "gen_ai.provider.name": "aws.bedrock", "gen_ai.request.model": SSN});
    let nobody = json!({"gen_ai.operation.name": "chat", "gen_ai.request.model": "m"});
    let mut idless = span(&json!({"gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai"}));
    idless["spanId"] = json!("");
    let mut spans: Vec<Value> = [&agent, &tool, &database, &stranger, &nobody].map(span).to_vec();
    spans.push(idless);
    let read = read(&of_spans(spans));
    assert_eq!((read.interactions.len(), read.passed_over, read.rejected), (0, 3, 3));
    assert_eq!(
        read.reasons,
        [
            "gen_ai.provider.name is of no vendor that is known here",
            "gen_ai.provider.name is missing",
            "a span needs a trace id and a span id",
        ]
    );
}

#[test]
fn an_error_says_why() {
    let mut failed = span(
        &json!({"gen_ai.operation.name": "chat", "gen_ai.provider.name": "x_ai", "error.type": "timeout"}),
    );
    failed["status"] = json!({"code": 2, "message": format!("no answer for {SSN}")});
    let read = read(&of_spans(vec![failed]));
    assert_eq!(read.interactions[0].status, Status::Error);
    assert_eq!(parts(&read.interactions[0]), [("response", "error", "no answer for 531-86-2094")]);
    assert_eq!(read.interactions[0].model, "unknown");
}

#[test]
fn a_gateways_push_counts_under_the_gateway() {
    let mut body = of_spans(vec![span(
        &json!({"gen_ai.operation.name": "chat", "gen_ai.system": "openai", "gen_ai.response.model": "openai/gpt-4.1"}),
    )]);
    body["resourceSpans"][0]["resource"]["attributes"] = attributes(&json!({"service.name": "openrouter"}));
    assert_eq!(read(&body).interactions[0].vendor, "openrouter");
}

fn record(event: &str, time: u64, pairs: &Value, body: Option<&Value>) -> Value {
    json!({"timeUnixNano": time.to_string(), "eventName": event, "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
        "spanId": "00f067aa0ba902b7", "attributes": attributes(pairs), "body": body.map(any)})
}

fn of_records(records: Vec<Value>) -> Vec<u8> {
    let mut records = records;
    records
        .iter_mut()
        .filter(|r| r["body"].is_null())
        .for_each(|r| drop(r.as_object_mut().unwrap().remove("body")));
    json!({"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]}).to_string().into_bytes()
}

#[test]
fn records_of_one_span_are_one_call_without_its_tokens() {
    let by = json!({"gen_ai.system": "openai"});
    let body = of_records(vec![
        record(
            "gen_ai.choice",
            30_000_000,
            &by,
            Some(&json!({"index": 0, "message": {"role": "assistant", "content": "ok"}})),
        ),
        record("gen_ai.system.message", 10_000_000, &by, Some(&json!({"content": "Be brief."}))),
        record("gen_ai.user.message", 20_000_000, &by, Some(&json!({"content": format!("SSN {SSN}")}))),
        record("http.request", 20_000_000, &by, None),
    ]);
    let read = logs(&body, Encoding::Json).unwrap();
    assert_eq!((read.interactions.len(), read.passed_over), (1, 1), "{:?}", read.reasons);
    let i = &read.interactions[0];
    assert_eq!(
        parts(i),
        [
            ("prompt", "system", "Be brief."),
            ("prompt", "user", "SSN 531-86-2094"),
            ("response", "assistant", "ok"),
        ]
    );
    assert_eq!((i.usage, i.occurred_at.millis()), (None, 10));
    assert_eq!(
        i.external_id.as_deref(),
        Some("otlp/4bf92f3577b34da6a3ce929d0e0e4736/00f067aa0ba902b7/log/10000000")
    );
}

#[test]
fn a_record_of_a_whole_call_is_read() {
    let pairs = json!({
        "gen_ai.provider.name": "mistral_ai", "gen_ai.request.model": "m",
        "gen_ai.input.messages": [{"role": "user", "parts": [{"type": "text", "content": format!("SSN {SSN}")}]}],
        "gen_ai.usage.input_tokens": 9,
    });
    let body = of_records(vec![record("gen_ai.client.inference.operation.details", 5, &pairs, None)]);
    let read = logs(&body, Encoding::Json).unwrap();
    assert_eq!(parts(&read.interactions[0]), [("prompt", "user", "SSN 531-86-2094")]);
    assert_eq!((read.interactions[0].vendor.as_str(), read.interactions[0].usage), ("mistral", None));
}

#[test]
fn the_same_batch_gives_the_same_ids() {
    let body =
        of_spans(vec![span(&json!({"gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai"}))]);
    assert_eq!(read(&body).interactions[0].id.to_string(), read(&body).interactions[0].id.to_string());
}

/// Protobuf, written by its specification: a varint, or a length and what it counts.
mod wire {
    use serde_json::Value;

    fn varint(mut n: u64, out: &mut Vec<u8>) {
        while n > 0x7f {
            out.push((n & 0x7f) as u8 | 0x80);
            n >>= 7;
        }
        out.push(n as u8);
    }

    fn bytes(field: u64, inner: &[u8], out: &mut Vec<u8>) {
        varint(field << 3 | 2, out);
        varint(inner.len() as u64, out);
        out.extend_from_slice(inner);
    }

    fn fixed(field: u64, n: u64, out: &mut Vec<u8>) {
        varint(field << 3 | 1, out);
        out.extend_from_slice(&n.to_le_bytes());
    }

    fn nested(field: u64, out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
        let mut inner = Vec::new();
        write(&mut inner);
        bytes(field, &inner, out);
    }

    fn any(value: &Value, out: &mut Vec<u8>) {
        let Some((kind, v)) = value.as_object().and_then(|o| o.iter().next()) else { return };
        match kind.as_str() {
            "stringValue" => bytes(1, v.as_str().unwrap().as_bytes(), out),
            "boolValue" => {
                varint(2 << 3, out);
                varint(v.as_bool().unwrap().into(), out);
            }
            "intValue" => {
                varint(3 << 3, out);
                varint(v.as_str().unwrap().parse::<i64>().unwrap() as u64, out);
            }
            "doubleValue" => fixed(4, v.as_f64().unwrap().to_bits(), out),
            "arrayValue" => nested(5, out, |out| {
                v["values"].as_array().unwrap().iter().for_each(|v| nested(1, out, |out| any(v, out)));
            }),
            "kvlistValue" => nested(6, out, |out| pairs(1, &v["values"], out)),
            other => panic!("{other}"),
        }
    }

    fn pairs(field: u64, list: &Value, out: &mut Vec<u8>) {
        for pair in list.as_array().into_iter().flatten() {
            nested(field, out, |out| {
                bytes(1, pair["key"].as_str().unwrap().as_bytes(), out);
                nested(2, out, |out| any(&pair["value"], out));
            });
        }
    }

    fn hex(text: &Value) -> Vec<u8> {
        let text = text.as_str().unwrap();
        (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect()
    }

    fn number(text: &Value) -> u64 {
        text.as_str().unwrap().parse().unwrap()
    }

    fn span(span: &Value, out: &mut Vec<u8>) {
        bytes(1, &hex(&span["traceId"]), out);
        bytes(2, &hex(&span["spanId"]), out);
        bytes(5, span["name"].as_str().unwrap().as_bytes(), out);
        fixed(7, number(&span["startTimeUnixNano"]), out);
        fixed(8, number(&span["endTimeUnixNano"]), out);
        pairs(9, &span["attributes"], out);
    }

    /// One more list around a value.
    pub fn wrap(value: &mut Vec<u8>) {
        let inner = std::mem::take(value);
        nested(5, value, |out| bytes(1, &inner, out));
    }

    /// A request whose one span has this value.
    pub fn attribute(value: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        nested(1, &mut out, |out| {
            nested(2, out, |out| nested(2, out, |out| nested(9, out, |out| bytes(2, value, out))));
        });
        out
    }

    pub fn traces(body: &Value) -> Vec<u8> {
        let mut out = Vec::new();
        for resource in body["resourceSpans"].as_array().unwrap() {
            nested(1, &mut out, |out| {
                nested(1, out, |out| pairs(1, &resource["resource"]["attributes"], out));
                for scope in resource["scopeSpans"].as_array().unwrap() {
                    nested(2, out, |out| {
                        scope["spans"]
                            .as_array()
                            .unwrap()
                            .iter()
                            .for_each(|s| nested(2, out, |out| span(s, out)));
                    });
                }
            });
        }
        out
    }
}

fn sample() -> Value {
    of_spans(vec![span(&json!({
        "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": "m",
        "gen_ai.usage.input_tokens": 300, "gen_ai.response.time_to_first_chunk": 0.5, "gen_ai.request.stream": true,
        "gen_ai.response.finish_reasons": ["stop"],
        "gen_ai.input.messages": [{"role": "user", "parts": [{"type": "text", "content": SSN}]}],
    }))])
}

#[test]
fn protobuf_and_json_say_the_same() {
    let body = sample();
    let json = read(&body);
    let proto = traces(&wire::traces(&body), Encoding::Protobuf).unwrap();
    let all = |r: &Read| {
        r.interactions
            .iter()
            .map(|i| {
                (
                    i.external_id.clone(),
                    i.id.to_string(),
                    i.usage,
                    i.latency_ms,
                    i.ttft_ms,
                    format!("{:?}", parts(i)),
                    i.app.clone(),
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(all(&json), all(&proto));
    assert_eq!(proto.interactions[0].usage.map(|u| u.input_tokens), Some(300));
}

#[test]
fn what_is_no_request_is_refused() {
    for body in [
        "",
        "x",
        "[]",
        r#"{"resourceSpans":7}"#,
        r#"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xy"}]}]}]}"#,
    ] {
        assert_eq!(traces(body.as_bytes(), Encoding::Json).err(), Some(OtlpError::Json), "{body}");
    }
    let deep =
        format!(r#"{}{{"boolValue":true}}{}"#, r#"{"arrayValue":{"values":["#.repeat(200), "]}}".repeat(200));
    let deep = format!(
        r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"attributes":[{{"key":"k","value":{deep}}}]}}]}}]}}]}}"#
    );
    assert_eq!(traces(deep.as_bytes(), Encoding::Json).err(), Some(OtlpError::Json));
    let mut deep = Vec::new();
    (0..200).for_each(|_| wire::wrap(&mut deep));
    let attribute = wire::attribute(&deep);
    assert_eq!(traces(&attribute, Encoding::Protobuf).err(), Some(OtlpError::Protobuf));
    assert_eq!(traces(b"\x0a\xff", Encoding::Protobuf).err(), Some(OtlpError::Protobuf));
}

proptest! {
    #[test]
    fn changed_protobuf_never_panics(at in prop::arbitrary::any::<prop::sample::Index>(), with in prop::arbitrary::any::<u8>(), cut in prop::arbitrary::any::<prop::sample::Index>()) {
        let mut body = wire::traces(&sample());
        let place = at.index(body.len());
        body[place] = with;
        let _ = traces(&body, Encoding::Protobuf);
        let _ = logs(&body, Encoding::Protobuf);
        body.truncate(cut.index(body.len()));
        let _ = traces(&body, Encoding::Protobuf);
    }

    #[test]
    fn arbitrary_attributes_never_panic(key in "(gen_ai|llm|input)\\.[a-z_.0-9]{0,30}", text in "\\PC{0,60}|[\\[\\]{}\",:a-z0-9]{0,60}") {
        let pairs = json!({"gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", key: text});
        let _ = read(&of_spans(vec![span(&pairs)]));
        let record = record("gen_ai.user.message", 1, &pairs, Some(&json!(text)));
        let _ = logs(&of_records(vec![record]), Encoding::Json);
    }
}
