// The latest critical events, one click from their drawer.
import { Link } from "react-router";
import type { EventRow } from "@/api/types";
import { DemoMark, SeverityMark, VendorMark } from "@/components/ui/marks";
import { Panel } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { paths } from "@/lib/paths";
import type { RangeQuery } from "@/lib/range";

export function Latest({ rows, range }: { rows: readonly EventRow[]; range: RangeQuery }) {
  return (
    <Panel
      title="Latest critical"
      flush
      actions={
        rows.length > 0 && (
          <Link
            to={paths.events({ severity: ["critical"] }, range)}
            className="px-1 text-dense text-accent hover:underline"
          >
            All critical events
          </Link>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="px-4 py-6 text-muted">No critical finding in this range.</p>
      ) : (
        <ul>
          {rows.map(row => (
            <li key={row.id} className="border-b border-hairline last:border-0">
              <Link
                to={paths.eventIn(row.id, { severity: ["critical"] }, range)}
                className="block px-4 py-2 hover:bg-raised"
              >
                <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <SeverityMark severity={row.severity} />
                  <span className="font-mono text-dense">{row.detectors.join(", ")}</span>
                  {row.demo && <DemoMark />}
                  <span className="ml-auto text-dense text-faint">
                    <Time at={row.occurred_at} />
                  </span>
                </span>
                <span className="mt-0.5 block truncate text-muted">{row.preview}</span>
                <span className="flex flex-wrap gap-x-3 text-dense text-faint">
                  <span>{row.user ?? row.subject_id ?? "unknown person"}</span>
                  <VendorMark id={row.vendor} />
                  {row.app && <span>{row.app}</span>}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
