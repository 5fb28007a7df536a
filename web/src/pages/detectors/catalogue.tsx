// The detectors as rows: what, how bad, from which confidence on it acts, how often lately.
import { Link } from "react-router";
import type { Detector } from "@/api/types";
import { type Column, DataTable } from "@/components/ui/data-table";
import { SeverityMark } from "@/components/ui/marks";
import { count, percent } from "@/lib/format";
import { paths } from "@/lib/paths";
import { QualityMark } from "./quality";

const columns: readonly Column<Detector>[] = [
  {
    id: "name",
    header: "Detector",
    min: 220,
    grow: 3,
    card: "lead",
    cell: detector => <span title={detector.id}>{detector.name}</span>,
  },
  { id: "category", header: "Data", min: 80, grow: 1, card: "none", cell: detector => detector.category },
  {
    id: "severity",
    header: "Severity",
    min: 88,
    cell: detector => <SeverityMark severity={detector.severity} />,
  },
  {
    id: "quality",
    header: "Precision / recall",
    min: 116,
    align: "end",
    card: "none",
    cell: detector => <QualityMark quality={detector.quality} />,
  },
  {
    id: "threshold",
    header: "Acts from",
    named: true,
    min: 76,
    align: "end",
    cell: detector =>
      detector.enabled ? percent(detector.threshold) : <span className="text-faint">off</span>,
  },
  {
    id: "hits",
    header: "In 7 days",
    named: true,
    min: 72,
    align: "end",
    cell: detector => <Hits detector={detector} />,
  },
];

/** How often it found something lately: the way to those events, if there are any. */
function Hits({ detector: { id, hits_7d } }: { detector: Detector }) {
  if (hits_7d === 0) return <span className="text-faint">none</span>;
  return (
    <Link
      to={paths.events({ detector: [id] }, { range: "7d" })}
      aria-label={`${count(hits_7d)} findings in 7 days: show their events`}
      className="text-accent hover:underline"
    >
      {count(hits_7d)}
    </Link>
  );
}

export function Catalogue({ detectors, openId }: { detectors: readonly Detector[]; openId: string | null }) {
  return (
    <DataTable
      label="Detectors"
      columns={columns}
      rows={detectors}
      rowKey={detector => detector.id}
      href={detector => paths.detectors(detector.id)}
      openKey={openId}
      unbound
      empty={<p className="p-4 text-muted">This build has no detectors.</p>}
    />
  );
}
