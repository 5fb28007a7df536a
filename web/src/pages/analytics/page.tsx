// Who is fast, reliable, dear? Vendors or models in a table; up to four of them as small multiples on one scale.
import { useQuery } from "@tanstack/react-query";
import { analyticsQuery } from "@/api/cost-queries";
import { DataTable } from "@/components/ui/data-table";
import { Page, Panel } from "@/components/ui/page";
import { Segmented } from "@/components/ui/segmented";
import { Empty, Region } from "@/components/ui/states";
import { Time } from "@/components/ui/time";
import { rangeSpec } from "@/lib/event-query";
import { defineFilters, oneOf, terms } from "@/lib/filters";
import { count } from "@/lib/format";
import { rangeQuery } from "@/lib/range";
import { useFilters } from "@/lib/use-filters";
import { analyticsColumns } from "./columns";
import { Compare } from "./compare";
import { MOST, rowKeyOf, TRENDS } from "./rows";

const spec = defineFilters({
  ...rangeSpec,
  group: oneOf(["vendor", "model"], "vendor"),
  sel: terms(),
  trend: oneOf(TRENDS, "latency_p95_ms"),
});

export default function AnalyticsPage() {
  const [filters, set, ignored] = useFilters(spec);
  const range = rangeQuery(filters);
  const analytics = useQuery(analyticsQuery(range, filters.group));
  const rows = analytics.data?.items ?? [];
  const chosen = filters.sel.filter(key => rows.some(row => rowKeyOf(row) === key)).slice(0, MOST);
  const toggle = (key: string) =>
    set({ sel: chosen.includes(key) ? chosen.filter(one => one !== key) : [...chosen, key].slice(0, MOST) });
  return (
    <Page
      title="Vendor analytics"
      about="Speed, errors, tokens, money and findings of the calls that were seen here; nothing here is from bills."
      ignored={ignored}
      actions={
        <>
          {analytics.data && (
            <span className="text-dense text-faint">
              as of <Time at={analytics.data.as_of} shape="clock" />
            </span>
          )}
          <Segmented
            label="Rows"
            value={filters.group}
            onChange={group => set({ group, sel: [] })}
            options={[
              { value: "vendor", label: "Vendors" },
              { value: "model", label: "Models" },
            ]}
          />
        </>
      }
    >
      {/* The comparison stands above the table: neither is drawn before both can be. */}
      <Region framed query={analytics} what="the figures" className="h-96">
        {data => (
          <>
            {rows.length > 0 && (
              <Compare
                analytics={data}
                chosen={chosen.length > 0 ? chosen : rows.slice(0, MOST).map(rowKeyOf)}
                trend={filters.trend}
                onTrend={trend => set({ trend })}
              />
            )}
            <Panel
              title={filters.group === "vendor" ? "Vendors" : "Models"}
              about={
                data.left_off > 0
                  ? `the ${count(rows.length)} with the most events; ${count(data.left_off)} more are not listed`
                  : `choose up to ${MOST} to compare`
              }
              flush
            >
              <DataTable
                label="Speed, errors, tokens, spend and findings"
                columns={analyticsColumns({ group: data.group, range, chosen, onToggle: toggle, data })}
                rows={data.items}
                rowKey={rowKeyOf}
                empty={
                  <Empty title="No call was seen in this range">
                    Choose a longer range, or send calls through the gateway or the pipeline.
                  </Empty>
                }
              />
            </Panel>
          </>
        )}
      </Region>
    </Page>
  );
}
