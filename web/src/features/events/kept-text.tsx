// A text with its findings marked: by colour, underline and a number that leads to the finding.
import type { Finding, Severity } from "@/api/types";
import { cx } from "@/lib/cx";
import { type ByteSpan, segments } from "@/lib/highlight";

const colours: Record<Severity, string> = {
  critical: "decoration-critical bg-critical/15",
  high: "decoration-high bg-high/15",
  medium: "decoration-medium bg-medium/15",
  low: "decoration-low bg-low/15",
  info: "decoration-info bg-info/15",
};

interface KeptTextProps {
  text: string;
  findings: readonly Finding[];
  /** Spans of the original text (the scan workbench), or of the kept one (events). */
  spans: "original" | "kept";
  /** The id of the element that explains a finding. */
  target: (finding: Finding) => string;
}

export function KeptText({ text, findings, spans, target }: KeptTextProps) {
  const marked: ByteSpan[] = findings.map(f =>
    spans === "kept" ? { start: f.kept_start, end: f.kept_end } : { start: f.start, end: f.end },
  );
  let at = 0;
  return (
    <p className="break-words whitespace-pre-wrap">
      {segments(text, marked).map(segment => {
        const key = at;
        at += segment.text.length;
        const finding = segment.span === null ? undefined : findings[segment.span];
        if (!finding) return <span key={key}>{segment.text}</span>;
        return (
          <mark
            key={key}
            className={cx(
              "rounded-[2px] underline decoration-2 underline-offset-4",
              colours[finding.severity],
            )}
          >
            {segment.text}
            <a
              href={`#${target(finding)}`}
              aria-label={`${(segment.span ?? 0) + 1}: ${finding.detector}, ${finding.severity}`}
              onClick={event => {
                event.preventDefault();
                const place = document.getElementById(target(finding));
                place?.scrollIntoView({ block: "nearest" });
                place?.focus();
              }}
              className="ml-0.5 align-super font-mono text-[0.625rem] leading-none text-muted hover:text-accent"
            >
              {(segment.span ?? 0) + 1}
            </a>
          </mark>
        );
      })}
    </p>
  );
}
