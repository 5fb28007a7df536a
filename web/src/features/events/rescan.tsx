// Scans a kept event again with today's detectors. The text is masked already, so what it finds was missed before.
import { useMutation } from "@tanstack/react-query";
import { ScanSearch } from "lucide-react";
import { client, unwrap } from "@/api/client";
import { useRefusal } from "@/api/me";
import type { EventScanAnswer } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Failed } from "@/components/ui/states";
import { micros, plural } from "@/lib/format";
import { useShortcuts } from "@/lib/shortcuts";

export function useRescan(id: string) {
  return useMutation({
    mutationKey: ["rescan", id],
    mutationFn: () =>
      unwrap(client.POST("/api/compliance/scan/{event_id}", { params: { path: { event_id: id } } })),
  });
}

type Rescan = ReturnType<typeof useRescan>;

export function RescanButton({ rescan }: { rescan: Rescan }) {
  const refused = useRefusal("analyst");
  const start = () => {
    if (refused === null && !rescan.isPending) rescan.mutate();
  };
  useShortcuts({ r: start });
  return (
    <Button small look="quiet" refused={refused} busy={rescan.isPending} onClick={start}>
      <ScanSearch aria-hidden className="size-4" />
      Scan again
    </Button>
  );
}

function outcome(answer: EventScanAnswer): string {
  const found = answer.parts.flatMap(part => part.findings);
  const time = micros(answer.parts.reduce((sum, part) => sum + part.scan_us, 0));
  if (found.length === 0) return `Nothing found in the masked text, in ${time}.`;
  const names = [...new Set(found.map(f => f.detector))].join(", ");
  return `${plural(found.length, "finding")} in the masked text (${names}), in ${time}.`;
}

export function RescanResult({ rescan }: { rescan: Rescan }) {
  if (rescan.isError) return <Failed error={rescan.error} what="the new scan" />;
  if (!rescan.data) return null;
  return (
    <p role="status" className="mx-4 mb-4 rounded-control border border-hairline bg-canvas px-3 py-2">
      {outcome(rescan.data)}
    </p>
  );
}
