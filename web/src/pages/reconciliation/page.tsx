// What was billed that never passed us? Bills against what was seen here, by day, with the cause of each gap.
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { reconciliationQuery } from "@/api/cost-queries";
import type { Reconciliation } from "@/api/types";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Field, Select } from "@/components/ui/field";
import { Page, Panel } from "@/components/ui/page";
import { Segmented } from "@/components/ui/segmented";
import { awaiting, Empty, Region } from "@/components/ui/states";
import { WholeDays } from "@/features/cost/as-of";
import { CAUSE_WORDS, CAUSES } from "@/features/cost/causes";
import { ForeignNote } from "@/features/cost/foreign";
import { Tiles } from "@/features/cost/tiles";
import { AddCredential } from "@/features/vendors/add-credential";
import { rangeSpec } from "@/lib/event-query";
import { defineFilters, oneOf, text } from "@/lib/filters";
import { about, count, isZero, plural, usd } from "@/lib/format";
import { rangeQuery } from "@/lib/range";
import { useFilters } from "@/lib/use-filters";
import { VENDOR_IDS, vendorName } from "@/lib/vendors";
import { Causes } from "./causes";
import { lineColumns, lineHref, lineKey } from "./columns";
import { LineDrawer } from "./line-drawer";

const GROUPS = ["vendor", "model", "key"] as const;

const spec = defineFilters({
  ...rangeSpec,
  group: oneOf(GROUPS, "vendor"),
  vendor: text(),
  cause: oneOf(["all", ...CAUSES], "all"),
  line: text(),
});

function words(data: Reconciliation): string {
  const bypass = data.causes.find(one => one.cause === "bypass");
  const lines = data.items.length + data.left_off;
  if (lines === 0) return "There is nothing to compare in this range.";
  if (!bypass) return `${plural(lines, "comparison")}; nothing was billed that was never seen here.`;
  const more = isZero(bypass.expected_gap_usd)
    ? ""
    : `, and ${about(bypass.expected_gap_usd)} with no bill in dollars`;
  return `${plural(lines, "comparison")}; ${usd(bypass.gap_usd)} billed that never passed here${more}.`;
}

export default function ReconciliationPage() {
  const [filters, set, ignored] = useFilters(spec);
  const range = rangeQuery(filters);
  const cause = filters.cause === "all" ? null : filters.cause;
  const asked = {
    group: filters.group,
    ...(filters.vendor === null ? {} : { vendor: filters.vendor }),
    ...(cause === null ? {} : { cause }),
  };
  const found = useQuery(reconciliationQuery(range, asked));
  const [search] = useSearchParams();
  const filtered = cause !== null || filters.vendor !== null;
  return (
    <Page
      title="Reconciliation"
      about={found.data ? words(found.data) : awaiting(found, "Comparing bills with what was seen…")}
      ignored={ignored}
      actions={found.data && <WholeDays from={found.data.from} to={found.data.to} asOf={found.data.as_of} />}
    >
      <div className="flex flex-wrap items-end gap-3">
        <Segmented
          label="Compare by"
          value={filters.group}
          onChange={group => set({ group })}
          options={[
            { value: "vendor", label: "Vendors" },
            { value: "model", label: "Models" },
            { value: "key", label: "API keys" },
          ]}
        />
        <Field label="Vendor" className="w-44">
          <Select
            value={filters.vendor ?? ""}
            onChange={event => set({ vendor: event.target.value || null })}
          >
            <option value="">All vendors</option>
            {VENDOR_IDS.map(id => (
              <option key={id} value={id}>
                {vendorName(id)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Cause" className="w-52">
          <Select
            value={filters.cause}
            onChange={event => set({ cause: CAUSES.find(one => one === event.target.value) ?? "all" })}
          >
            <option value="all">All causes</option>
            {CAUSES.map(one => (
              <option key={one} value={one}>
                {CAUSE_WORDS[one].name}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Region framed query={found} what="the comparison" className="h-96">
        {data => (
          <>
            <Tiles
              tiles={[
                { name: "Billed", value: usd(data.billed_usd), note: "by the vendors' bills" },
                {
                  name: "Seen here",
                  value: about(data.seen_usd),
                  note: "stated in answers, or by our prices",
                },
                {
                  name: "Not priced",
                  value: `${count(data.not_priced_tokens)} tokens`,
                  note: "seen, and in no sum of money",
                },
                {
                  name: "Compared",
                  value: count(data.items.length + data.left_off),
                  note: `one per ${filters.group === "key" ? "API key" : filters.group} and day`,
                },
              ]}
            />
            <ForeignNote foreign={data.foreign} />
            {data.causes.length > 0 && (
              <Causes causes={data.causes} chosen={cause} onChoose={next => set({ cause: next ?? "all" })} />
            )}
            <Panel
              title="Gaps"
              about={
                data.left_off > 0
                  ? `the ${count(data.items.length)} largest; ${count(data.left_off)} smaller ones are in the sums`
                  : "the largest first"
              }
              flush
            >
              <DataTable
                label="Gaps between bills and what was seen"
                columns={lineColumns(data.group)}
                rows={data.items}
                rowKey={lineKey}
                href={line => lineHref(search, line)}
                openKey={filters.line}
                empty={
                  filtered ? (
                    <Empty
                      title="No comparison matches"
                      action={<Button onClick={() => set({ vendor: null, cause: "all" })}>Show all</Button>}
                    />
                  ) : (
                    <Empty title="Nothing to compare yet" action={<AddCredential />}>
                      It takes a credential that may read usage or costs, and events of the same vendor.
                    </Empty>
                  )
                }
              />
            </Panel>
          </>
        )}
      </Region>
      <LineDrawer
        id={filters.line}
        line={found.data?.items.find(line => lineKey(line) === filters.line)}
        onClose={() => set({ line: null })}
      />
    </Page>
  );
}
