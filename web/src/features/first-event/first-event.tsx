// How the first event gets in: a request to copy, or one click. Shown where a page would otherwise be empty.
import { useMutation } from "@tanstack/react-query";
import { Link } from "react-router";
import { client, unwrap } from "@/api/client";
import { useRefusal } from "@/api/me";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { Failed } from "@/components/ui/states";
import { notify } from "@/components/ui/toast";
import { paths } from "@/lib/paths";

/** A request with a documented test card in it, so that the first finding comes with the first event. */
function sample() {
  return {
    occurred_at: new Date().toISOString(),
    vendor: "openai",
    model: "gpt-5",
    app: "console-test",
    prompt: [
      { role: "user", text: "Test from the console: my card is 4111 1111 1111 1111, mail test@example.com." },
    ],
    response: [{ role: "assistant", text: "Thank you, noted." }],
    status: "ok",
  };
}

function command(): string {
  const { occurred_at: _, ...event } = sample();
  return [
    `curl ${window.location.origin}/api/pipeline/ingest \\`,
    `  -H "Authorization: Bearer $AEGIS_TOKEN" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify({ occurred_at: "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'", ...event })}'`,
  ].join("\n");
}

export function SendTestEvent() {
  const refused = useRefusal("analyst");
  const send = useMutation({
    mutationFn: () =>
      unwrap(
        client.POST("/api/pipeline/ingest", {
          body: JSON.stringify(sample()),
          bodySerializer: body => body,
          headers: { "Content-Type": "application/x-ndjson" },
        }),
      ),
    onSuccess: () => notify("Test event stored. It carries a documented test card number."),
  });
  return (
    <>
      <Button look="primary" refused={refused} busy={send.isPending} onClick={() => send.mutate()}>
        Send a test event
      </Button>
      {send.isError && <Failed error={send.error} />}
    </>
  );
}

export function FirstEvent() {
  const text = command();
  return (
    <div className="flex flex-col gap-3 text-left">
      <p>
        Post an interaction from any machine. It needs an API token with the scope{" "}
        <code className="font-mono">ingest</code>, made under{" "}
        <Link to={paths.access()} className="text-accent underline">
          Access
        </Link>
        .
      </p>
      <div className="flex items-start gap-2 rounded-control border border-hairline bg-canvas p-3">
        <pre className="min-w-0 flex-1 font-mono text-dense break-all whitespace-pre-wrap text-text">
          {text}
        </pre>
        <CopyButton value={text} name="Copy the command" />
      </div>
    </div>
  );
}
