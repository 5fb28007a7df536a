// The values of the dimension as rows: money of each kind in a column of its own, tokens, and what a million of them costs.
import { Link } from "react-router";
import type { Spend, SpendBy, SpendItem } from "@/api/types";
import { type Column, DataTable } from "@/components/ui/data-table";
import { VendorMark } from "@/components/ui/marks";
import { Empty } from "@/components/ui/states";
import { filtersOf, keyOf, nameOf } from "@/features/cost/figures";
import { about, count, percent, short, usd } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { RangeQuery } from "@/lib/range";

const nothing = <span className="text-faint">–</span>;
const money = (decimal: string, show: (decimal: string) => string) =>
  Number(decimal) === 0 ? nothing : show(decimal);
const tokens = (n: number) => (n === 0 ? nothing : <span title={count(n)}>{short(n)}</span>);

function columnsOf(by: SpendBy, range: RangeQuery): Column<SpendItem>[] {
  const column = (
    id: string,
    header: string,
    min: number,
    cell: Column<SpendItem>["cell"],
    card: Column<SpendItem>["card"] = "none",
  ): Column<SpendItem> => ({ id, header, min, grow: 1, align: "end", named: true, card, cell });
  return [
    {
      id: "name",
      header: by === "vendor" ? "Vendor" : "Name",
      min: 200,
      grow: 3,
      card: "lead",
      cell: item => <Name item={item} by={by} range={range} />,
    },
    column("billed", "Billed", 96, item => money(item.figures.reported.billed_usd, usd), "line"),
    column("share", "Share", 64, item => (item.billed_share === null ? nothing : percent(item.billed_share))),
    column("stated", "Stated", 88, item => money(item.figures.reported.stated_usd, usd), "line"),
    column("observed", "Observed", 104, item => money(item.figures.observed_usd, about), "line"),
    column("seen", "Share seen", 80, item => (item.seen_share === null ? nothing : percent(item.seen_share))),
    column("unpriced", "Not priced", 88, item => tokens(item.figures.not_priced.tokens), "line"),
    column("input", "Input", 72, item => tokens(item.figures.tokens.input)),
    column("cached", "Cached", 72, item => tokens(item.figures.tokens.cached_input)),
    column("output", "Output", 72, item => tokens(item.figures.tokens.output)),
    column("reasoning", "Reasoning", 80, item => tokens(item.figures.tokens.reasoning)),
    column("million", "$ / 1M tokens", 96, item => {
      const price = item.figures.usd_per_million_tokens;
      return price === null ? nothing : about(price);
    }),
  ];
}

function Name({ item, by, range }: { item: SpendItem; by: SpendBy; range: RangeQuery }) {
  const filters = filtersOf(item, by);
  const name = nameOf(item, by);
  const vendor = by === "vendor" ? item.key : item.vendor;
  const label =
    item.other || item.key === null ? (
      <i className="text-muted">{name}</i>
    ) : vendor === null ? (
      name
    ) : by === "vendor" ? (
      <VendorMark id={vendor} />
    ) : (
      <VendorMark id={vendor} model={name} />
    );
  if (filters === null) return label;
  return (
    <Link to={paths.events(filters, range)} className="hover:text-accent">
      {label}
    </Link>
  );
}

export function ItemTable({ spend, range }: { spend: Spend; range: RangeQuery }) {
  return (
    <DataTable
      label="What was spent"
      columns={columnsOf(spend.by, range)}
      rows={spend.items}
      rowKey={keyOf}
      empty={
        <Empty title="Nothing was spent in this range">
          Neither a bill nor a call was seen. Choose a longer range, or connect a credential that may read
          costs.
        </Empty>
      }
    />
  );
}
