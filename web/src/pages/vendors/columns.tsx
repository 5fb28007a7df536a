// A vendor as a row of the coverage map. A cell says why on hover and focus, and leads to where it can be changed.
import { Link } from "react-router";
import type { VendorSeen } from "@/api/types";
import type { Column } from "@/components/ui/data-table";
import { VendorMark } from "@/components/ui/marks";
import { Ago } from "@/components/ui/time";
import { Tooltip } from "@/components/ui/tooltip";
import { COLUMN_WORDS, COLUMNS, type CoverageColumn, cellOf } from "@/features/vendors/coverage";
import { CoverageMark } from "@/features/vendors/marks";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";

/** Where a person can look at the cell's cause, or change it. */
function cellHref(vendor: VendorSeen, column: CoverageColumn, state: string): string {
  if (column === "gateway") return paths.events({ vendor: [vendor.vendor] }, { range: "30d" });
  return vendor.keys > 0 && state !== "blind" && state !== "not_offered"
    ? paths.vendor(vendor.vendor, "collection")
    : paths.vendor(vendor.vendor);
}

function Cell({ vendor, column }: { vendor: VendorSeen; column: CoverageColumn }) {
  const cell = cellOf(vendor.cells, column);
  if (!cell) return <span className="text-faint">unknown</span>;
  return (
    <Tooltip
      hint={
        <>
          {cell.why}
          {cell.last_at && (
            <span className="block text-muted">
              Last read <Ago at={cell.last_at} />
            </span>
          )}
        </>
      }
    >
      <Link
        to={cellHref(vendor, column, cell.state)}
        className="inline-flex min-h-6 items-center rounded-control align-middle hover:underline"
      >
        <CoverageMark state={cell.state} />
      </Link>
    </Tooltip>
  );
}

export const vendorColumns: readonly Column<VendorSeen>[] = [
  {
    id: "vendor",
    header: "Vendor",
    min: 160,
    grow: 2,
    card: "lead",
    cell: vendor => <VendorMark id={vendor.vendor} name={vendor.name} />,
  },
  ...COLUMNS.map(
    (column): Column<VendorSeen> => ({
      id: column,
      header: COLUMN_WORDS[column],
      named: true,
      min: 112,
      grow: 1,
      cell: vendor => <Cell vendor={vendor} column={column} />,
    }),
  ),
  {
    id: "last",
    header: "Last data",
    named: true,
    min: 104,
    cell: vendor =>
      vendor.last_data_at ? <Ago at={vendor.last_data_at} /> : <span className="text-faint">never</span>,
  },
  {
    id: "keys",
    header: "Credentials",
    min: 92,
    align: "end",
    card: "lead",
    cell: vendor =>
      vendor.keys === 0 ? (
        <span className="text-faint">none</span>
      ) : (
        <Link
          to={paths.vendor(vendor.vendor, "credentials")}
          aria-label={`${plural(vendor.keys, "credential")} of ${vendor.name}`}
          className="text-accent hover:underline"
        >
          {vendor.keys}
        </Link>
      ),
  },
];
