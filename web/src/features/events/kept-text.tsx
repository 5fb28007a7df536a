// A text with its findings marked: by colour, underline and a number that leads to the finding. In the colour of its
// severity a value is there or was; in the accent's something else stands for it.
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

const REPLACED = "decoration-accent bg-accent/15";

interface KeptTextProps {
  text: string;
  findings: readonly Finding[];
  /** Where they lie: in the original text, in the kept one (events), or, replaced, in another of their order. */
  spans: "original" | "kept" | readonly ByteSpan[];
  /** The id of the element that explains a finding. */
  target: (finding: Finding) => string;
}

function spansIn(spans: KeptTextProps["spans"], findings: readonly Finding[]): readonly ByteSpan[] {
  if (spans === "original") return findings;
  return spans === "kept" ? findings.map(f => ({ start: f.kept_start, end: f.kept_end })) : spans;
}

export function KeptText({ text, findings, spans, target }: KeptTextProps) {
  const marked = spansIn(spans, findings);
  const colour = (finding: Finding) =>
    // An attack is never replaced.
    typeof spans === "string" || finding.category === "attack" ? colours[finding.severity] : REPLACED;
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
            className={cx("rounded-[2px] underline decoration-2 underline-offset-4", colour(finding))}
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
              className="ml-0.5 inline-block align-super font-mono text-[0.625rem] leading-none text-muted no-underline hover:text-accent"
            >
              {(segment.span ?? 0) + 1}
            </a>
          </mark>
        );
      })}
    </p>
  );
}
