// The scan workbench: paste a text, see what is found in it, why, and what would be kept. The text is scanned and
// forgotten by the server.
import { useMutation } from "@tanstack/react-query";
import { ScanSearch } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { client, unwrap } from "@/api/client";
import { useRefusal } from "@/api/me";
import type { ScanAnswer } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import { ActionMark } from "@/components/ui/marks";
import { Panel } from "@/components/ui/page";
import { Segmented } from "@/components/ui/segmented";
import { Failed } from "@/components/ui/states";
import { FindingList, findingId } from "@/features/events/findings";
import { KeptText } from "@/features/events/kept-text";
import { bytes, micros, percent, plural } from "@/lib/format";

/** The API's limit on one text. */
const MOST_BYTES = 1024 * 1024;

/** The id of its text box: what takes the focus when an example is tried. */
export const WORKBENCH_TEXT = "workbench-text";

interface WorkbenchProps {
  text: string;
  onText: (text: string) => void;
}

function refusal(text: string, role: string | null): string | null {
  if (role) return role;
  if (text.trim() === "") return "Put in a text first.";
  const size = new TextEncoder().encode(text).length;
  return size > MOST_BYTES ? `The text is ${bytes(size)}; at most 1 MiB is scanned at once.` : null;
}

export function Workbench({ text, onText }: WorkbenchProps) {
  const scan = useMutation({
    mutationFn: async (scanned: string) => ({
      scanned,
      answer: await unwrap(client.POST("/api/compliance/scan", { body: { text: scanned } })),
    }),
  });
  const refused = refusal(text, useRefusal("analyst"));
  const start = () => {
    if (refused === null) scan.mutate(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      start();
    }
  };
  return (
    <Panel title="Workbench" about="Nothing put in here is stored" className="lg:sticky lg:top-6">
      <div className="flex flex-col gap-3">
        <Field id={WORKBENCH_TEXT} label="Text to scan" hint="Ctrl or ⌘ and Enter scans.">
          <Textarea
            rows={6}
            value={text}
            spellCheck={false}
            placeholder="Paste a prompt, a log line, a mail…"
            onChange={event => onText(event.target.value)}
            onKeyDown={onKeyDown}
            className="min-h-28 font-mono !text-dense"
          />
        </Field>
        <div className="flex flex-wrap items-center gap-2">
          <Button look="primary" refused={refused} busy={scan.isPending} onClick={start}>
            <ScanSearch aria-hidden className="size-4" />
            Scan
          </Button>
          {(text !== "" || scan.data) && (
            <Button
              look="quiet"
              onClick={() => {
                onText("");
                scan.reset();
              }}
            >
              Clear
            </Button>
          )}
        </div>
        {scan.isError && <Failed error={scan.error} retry={start} what="the scan" />}
        {scan.data && <Outcome scanned={scan.data.scanned} answer={scan.data.answer} />}
      </div>
    </Panel>
  );
}

function Outcome({ scanned, answer }: { scanned: string; answer: ScanAnswer }) {
  const [view, setView] = useState<"found" | "kept">("found");
  return (
    <section aria-label="Outcome" className="flex flex-col gap-3 border-t border-hairline pt-3">
      <p role="status" className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <ActionMark action={answer.action} />
        <span>{plural(answer.findings.length, "finding")}</span>
        <span className="text-muted">injection {percent(answer.injection)}</span>
        <span className="text-muted">
          {bytes(answer.bytes)} in {micros(answer.scan_us)}
        </span>
      </p>
      <Segmented
        label="Show"
        value={view}
        onChange={setView}
        options={[
          { value: "found", label: "As put in" },
          { value: "kept", label: "As it would be kept" },
        ]}
      />
      <div className="max-h-72 overflow-auto rounded-control border border-hairline bg-canvas px-3 py-2">
        <KeptText
          text={view === "found" ? scanned : answer.redacted}
          findings={answer.findings}
          spans={view === "found" ? "original" : "kept"}
          target={findingId}
        />
      </div>
      {answer.findings.length > 0 && <FindingList findings={answer.findings} />}
    </section>
  );
}
