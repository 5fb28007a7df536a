#!/usr/bin/env python3
"""Calls a model through OpenAI's client under OpenTelemetry's instrumentation, and sends what that recorded, spans and log
records, twice each.

Run by the test of crates/aegisflow/tests/it/ingest/otlp_exporters.rs:
otlp_exporter.py ENDPOINT TOKEN protobuf|json today|before
Prints what became of each export, and the ids of the span. `before` are the names of conventions up to 1.36.
"""

import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

endpoint, token, encoding, names = sys.argv[1:]
if names == "today":
    os.environ["OTEL_SEMCONV_STABILITY_OPT_IN"] = "gen_ai_latest_experimental"
os.environ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "span_and_event" if names == "today" else "true"

import openai
from opentelemetry.instrumentation.openai_v2 import OpenAIInstrumentor
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

if encoding == "protobuf":
    from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import Compression, OTLPSpanExporter
else:
    from opentelemetry.exporter.otlp.json.http._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.json.http.trace_exporter import Compression, OTLPSpanExporter

RESOURCE = Resource.create({"service.name": "helpdesk"})
QUESTION = "My SSN is 536-90-4399"
ANSWER = {
    "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-5-2025",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Noted."}}],
    "usage": {"prompt_tokens": 300, "completion_tokens": 3, "total_tokens": 303},
}


class Vendor(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps(ANSWER).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def call():
    """What the instrumentation records of one call."""
    vendor = HTTPServer(("127.0.0.1", 0), Vendor)
    threading.Thread(target=vendor.serve_forever, daemon=True).start()
    spans, records = InMemorySpanExporter(), InMemoryLogRecordExporter()
    tracing, logging = TracerProvider(resource=RESOURCE), LoggerProvider(resource=RESOURCE)
    tracing.add_span_processor(SimpleSpanProcessor(spans))
    logging.add_log_record_processor(SimpleLogRecordProcessor(records))
    OpenAIInstrumentor().instrument(tracer_provider=tracing, logger_provider=logging)
    client = openai.OpenAI(api_key="none", base_url=f"http://127.0.0.1:{vendor.server_port}/v1")
    client.chat.completions.create(model="gpt-5", messages=[{"role": "user", "content": QUESTION}])
    return spans.get_finished_spans(), records.get_finished_logs()


def exporters(bearer):
    headers = {"Authorization": f"Bearer {bearer}"}
    spans = OTLPSpanExporter(
        endpoint=f"{endpoint}/v1/traces", headers=headers, compression=Compression("gzip"), timeout=20
    )
    return spans, OTLPLogExporter(endpoint=f"{endpoint}/v1/logs", headers=headers, timeout=20)


def main():
    spans, records = call()
    by_span, by_record = exporters(token)

    def export():
        return [by_span.export(spans).name, by_record.export(records).name]

    ids = spans[0].get_span_context()
    print(json.dumps({
        "first": export(),
        "again": export(),
        "refused": exporters("none")[0].export(spans).name,
        "span": f"otlp/{ids.trace_id:032x}/{ids.span_id:016x}",
    }))


main()
