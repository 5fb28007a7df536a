// The detectors as rows: what, how bad, from which confidence on, how often lately, whether it flags.
import { Link } from "react-router";
import type { Detector } from "@/api/types";
import { type Column, DataTable } from "@/components/ui/data-table";
import { HealthMark, SeverityMark } from "@/components/ui/marks";
import { count, percent } from "@/lib/format";
import { paths } from "@/lib/paths";
import { QualityMark } from "./quality";

const columns: readonly Column<Detector>[] = [
  {
    id: "name",
    header: "Detector",
    min: 164,
    grow: 3,
    card: "lead",
    cell: detector => (
      <>
        {detector.name} <span className="font-mono text-dense text-faint">{detector.id}</span>
      </>
    ),
  },
  { id: "category", header: "Data", min: 80, grow: 1, card: "none", cell: detector => detector.category },
  {
    id: "severity",
    header: "Severity",
    min: 92,
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
    min: 76,
    align: "end",
    card: "none",
    cell: detector => percent(detector.threshold),
  },
  {
    id: "hits",
    header: "7 days",
    named: true,
    min: 64,
    align: "end",
    cell: detector => (
      <Link
        to={paths.events({ detector: [detector.id] }, { range: "7d" })}
        aria-label={`${count(detector.hits_7d)} findings in 7 days: show their events`}
        className="text-accent hover:underline"
      >
        {count(detector.hits_7d)}
      </Link>
    ),
  },
  {
    id: "enabled",
    header: "Flags",
    named: true,
    min: 60,
    cell: detector => <HealthMark ok={detector.enabled} yes="on" no="off" />,
  },
];

export function Catalogue({ detectors, openId }: { detectors: readonly Detector[]; openId: string | null }) {
  return (
    <DataTable
      label="Detectors"
      columns={columns}
      rows={detectors}
      rowKey={detector => detector.id}
      href={detector => paths.detectors(detector.id)}
      openKey={openId}
      empty={<p className="p-4 text-muted">This build has no detectors.</p>}
    />
  );
}
