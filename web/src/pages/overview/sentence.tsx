// The status in one sentence, made of facts, each part a link to the rows behind it.
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Overview } from "@/api/types";
import { plural, span } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { RangeQuery } from "@/lib/range";

/** Behind by more than this, the lag is worth a word. */
const LAG_SECONDS = 5;

export function StatusSentence({ overview, range }: { overview: Overview; range: RangeQuery }) {
  const { critical, errors, events } = overview.kpis;
  const lag = overview.pipeline.lag_seconds ?? 0;
  const parts: { key: string; text: string; to: string }[] = [];
  if (critical.value) {
    parts.push({
      key: "critical",
      text: `${plural(critical.value, "critical event")}`,
      to: paths.events({ severity: ["critical"] }, range),
    });
  }
  if (errors.value) {
    parts.push({
      key: "errors",
      text: plural(errors.value, "failed call"),
      to: paths.events({ status: ["error"] }, range),
    });
  }
  if (lag > LAG_SECONDS) parts.push({ key: "lag", text: `figures ${span(lag)} behind`, to: paths.system() });
  if (events.value === 0) return <>No events in this range.</>;
  if (parts.length === 0) return <>Nothing critical and no failed call in this range.</>;
  return (
    <>
      {parts.map(
        (part, i): ReactNode => (
          <span key={part.key}>
            {i > 0 && "; "}
            <Link
              to={part.to}
              className="text-text underline decoration-edge underline-offset-2 hover:text-accent"
            >
              {part.text}
            </Link>
          </span>
        ),
      )}
      .
    </>
  );
}
