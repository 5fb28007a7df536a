// Show me exactly these: histogram, filters with counts, the rows, and one event beside them.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { PanelLeft } from "lucide-react";
import { useState } from "react";
import { eventsList, histogramQuery } from "@/api/queries";
import type { EventList } from "@/api/types";
import { type List, useList } from "@/api/use-list";
import { useNewer } from "@/api/use-newer";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Page } from "@/components/ui/page";
import { Failed, Loading } from "@/components/ui/states";
import { eventColumns } from "@/features/events/columns";
import { EventDrawer } from "@/features/events/event-drawer";
import { ExportMenu } from "@/features/events/export-menu";
import { FacetRail } from "@/features/events/facet-rail";
import { FilterBar } from "@/features/events/filter-bar";
import { EventHistogram } from "@/features/events/histogram";
import { type EventFilters, rangedEventSpec } from "@/lib/event-query";
import { defineFilters, text } from "@/lib/filters";
import { count, instant, plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import { useZone } from "@/lib/preferences";
import { type RangeQuery, rangeQuery } from "@/lib/range";
import { useFilters } from "@/lib/use-filters";
import { useMedia } from "@/lib/use-media";
import { ListFooter, NoEvents } from "./states";

const spec = defineFilters({ ...rangedEventSpec, event: text() });

function loadedWords({ state, rows }: List<EventList>, total: string | null): string {
  if (state === "loading") return "Reading events…";
  if (state === "failed" && rows.length === 0) return "No answer";
  return `${count(rows.length)} loaded${total ? ` of ${total}` : ""}`;
}

/** How many events match, where somebody knows exactly: the list itself, or the histogram above it. */
function useTotal(first: EventList | undefined, filters: EventFilters, range: RangeQuery): number | null {
  const histogram = useQuery(histogramQuery(filters, range));
  if (first?.total_exact) return first.total ?? null;
  if (!histogram.data?.exact) return null;
  return histogram.data.series.reduce((sum, line) => sum + line.points.reduce((a, n) => a + n, 0), 0);
}

export default function EventsPage() {
  const [values, set, ignored] = useFilters(spec);
  const { event, range: _r, from: _f, to: _t, ...filters } = values;
  const range = rangeQuery(values);
  const source = eventsList(filters, range);
  const list = useList(source);
  const cache = useQueryClient();
  const zone = useZone();
  const wide = useMedia("(width >= 1600px)");
  const [facets, setFacets] = useState<boolean | null>(null);
  const showFacets = facets ?? wide;
  const newer = useNewer(filters, range, list.rows[0]?.occurred_at);
  const total = useTotal(list.first, filters, range);
  const words = total === null ? null : plural(total, "event");
  return (
    <Page
      title="Events"
      fill
      ignored={ignored}
      about="Every recorded AI call, as kept: masked, with what was found and decided."
      actions={<ExportMenu filters={filters} range={range} rows={words} />}
    >
      <div className="flex flex-wrap items-start gap-2">
        <Button
          aria-pressed={showFacets}
          aria-expanded={showFacets}
          aria-controls="facets"
          onClick={() => setFacets(!showFacets)}
        >
          <PanelLeft aria-hidden className="size-4" />
          Counts
        </Button>
        <FilterBar filters={filters} range={range} onChange={set} />
      </div>
      <EventHistogram filters={filters} range={range} />
      <div className="flex min-h-0 flex-1 flex-col gap-4 sm:flex-row">
        {showFacets && (
          <aside
            id="facets"
            aria-label="Counts"
            className="shrink-0 overflow-y-auto rounded-panel border border-hairline bg-panel p-3 max-sm:max-h-72 sm:w-56"
          >
            <FacetRail filters={filters} range={range} onChange={set} />
          </aside>
        )}
        <section
          aria-label="Events"
          className="flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden rounded-panel border border-hairline bg-panel"
        >
          <p className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline px-4 py-1.5 text-dense text-muted">
            <span role="status">{loadedWords(list, words)}</span>
            {list.asOf > 0 && <span className="text-faint">as of {instant(list.asOf, zone, "clock")}</span>}
            {newer !== null && (
              <button
                type="button"
                onClick={() => void cache.resetQueries({ queryKey: source.queryKey })}
                className="h-6 rounded-full bg-accent px-2.5 font-semibold text-on-accent"
              >
                {newer} new
              </button>
            )}
          </p>
          {list.state === "loading" && <Loading what="the events" className="m-4 flex-1" />}
          {list.state === "failed" && list.rows.length === 0 && (
            <Failed error={list.error} retry={list.retry} what="the events" />
          )}
          {list.state !== "loading" && (list.rows.length > 0 || list.state !== "failed") && (
            <DataTable
              label="Events"
              fill
              columns={eventColumns}
              rows={list.rows}
              rowKey={row => row.id}
              href={row => paths.eventIn(row.id, filters, range)}
              openKey={event}
              onEnd={list.more}
              empty={<NoEvents list={list} filters={filters} range={range} onChange={set} />}
              footer={<ListFooter list={list} />}
            />
          )}
        </section>
      </div>
      <EventDrawer id={event} onClose={() => set({ event: null })} />
    </Page>
  );
}
