// Findings, each with what, how sure and why; and the way to other events with the same value.
import type { ReactNode } from "react";
import type { Finding } from "@/api/types";
import { SeverityMark, Tag } from "@/components/ui/marks";
import { cx } from "@/lib/cx";
import { percent } from "@/lib/format";

export function findingId(finding: Finding): string {
  return `finding-${finding.id}`;
}

interface FindingListProps {
  findings: readonly Finding[];
  /** What can be done with one, at its right. */
  action?: (finding: Finding) => ReactNode;
  /** What stands for each elsewhere, in their order. */
  becomes?: readonly (string | undefined)[];
  /** Names of detectors by their ids, where they are at hand. */
  names?: ReadonlyMap<string, string>;
}

/** What stands for a finding's value. An attack has none: its text stays where it is. */
function Becomes({ finding, text }: { finding: Finding; text: string | undefined }) {
  if (finding.category === "attack" || !text || text === finding.sample) return null;
  return (
    <>
      <span className="mx-2 font-sans text-faint">becomes</span>
      <span className="text-accent">{text}</span>
    </>
  );
}

export function FindingList({ findings, action, becomes = [], names }: FindingListProps) {
  return (
    <ol className="flex flex-col gap-2">
      {findings.map((finding, i) => (
        <li
          key={finding.id}
          id={findingId(finding)}
          tabIndex={-1}
          className="rounded-control border border-hairline bg-canvas px-3 py-2"
        >
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-mono text-dense text-faint">{i + 1}</span>
            <SeverityMark severity={finding.severity} />
            {names?.has(finding.detector) && <span>{names.get(finding.detector)}</span>}
            <span className={cx("font-mono text-dense", names?.has(finding.detector) && "text-faint")}>
              {finding.detector}
            </span>
            <span className="text-dense text-muted">{percent(finding.confidence)} sure</span>
            {finding.known_test && <Tag>known test value</Tag>}
            <span className="ml-auto">{action?.(finding)}</span>
          </div>
          <p className="mt-1 font-mono text-dense break-all">
            {finding.sample}
            <Becomes finding={finding} text={becomes[i]} />
          </p>
          <p className="mt-1 text-dense text-muted">
            {finding.reasons.length > 0 ? `Because: ${finding.reasons.join(" · ")}` : "No reasons recorded"}
          </p>
          {finding.known_test && finding.severity === "info" && (
            <p className="mt-1 text-dense text-muted">
              A value published for tests and documentation: masked and kept, but it flags nothing.
            </p>
          )}
          {finding.tags.length > 0 && (
            <p className="mt-1.5 flex flex-wrap gap-1">
              {finding.tags.map(tag => (
                <Tag key={tag}>{tag}</Tag>
              ))}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
