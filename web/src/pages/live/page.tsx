// What happens now? The stream of events as they are stored; pausing freezes the view and loses nothing.
import { Eraser, Pause, Play } from "lucide-react";
import { Spark } from "@/components/charts/spark";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Page } from "@/components/ui/page";
import { Empty } from "@/components/ui/states";
import { EventDrawer } from "@/features/events/event-drawer";
import { FilterBar } from "@/features/events/filter-bar";
import { FirstEvent, SendTestEvent } from "@/features/first-event/first-event";
import { type Live, useLive } from "@/features/live/use-live";
import { bareFilters, eventSpec, isUnfiltered } from "@/lib/event-query";
import { defineFilters, text } from "@/lib/filters";
import { count, rate } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { RangeQuery } from "@/lib/range";
import { useShortcuts } from "@/lib/shortcuts";
import { useFilters } from "@/lib/use-filters";
import { ConnectionWords } from "./connection";
import { GapRow, liveColumns } from "./rows";

const spec = defineFilters({ ...eventSpec, event: text() });
/** The counts beside the filter's suggestions. */
const RECENT = { range: "1h" } satisfies RangeQuery;

export default function LivePage() {
  const [{ event, ...filters }, set, ignored] = useFilters(spec);
  const live = useLive(filters);
  useShortcuts({ " ": () => live.setPaused(!live.paused) });
  return (
    <Page
      title="Live"
      fill
      ignored={ignored}
      about={<ConnectionWords live={live} />}
      actions={<Controls live={live} />}
    >
      <div className="flex flex-wrap items-center gap-3">
        <FilterBar filters={filters} range={RECENT} onChange={set} />
        <Rate live={live} />
      </div>
      <section
        aria-label="Live events"
        className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-panel border border-hairline bg-panel"
      >
        <DataTable
          label="Live events"
          fill
          columns={liveColumns}
          rows={live.rows}
          rowKey={row => row.key}
          href={row => (row.kind === "event" ? paths.liveEvent(row.key, filters) : "")}
          openKey={event}
          special={row => (row.kind === "gap" ? <GapRow gap={row.gap} filters={filters} /> : null)}
          onTop={atTop => {
            if (atTop === live.paused) live.setPaused(!atTop);
          }}
          empty={
            live.connection.kind !== "open" ? (
              <Empty title="Not connected">
                The stream is not being followed now. It connects again by itself.
              </Empty>
            ) : isUnfiltered(filters) ? (
              <Empty title="Quiet so far" action={<SendTestEvent />}>
                <FirstEvent />
              </Empty>
            ) : (
              <Empty
                title="Nothing matching yet"
                action={<Button onClick={() => set(bareFilters)}>Clear the filters</Button>}
              >
                The stream is followed with these filters; a matching event will appear here by itself.
              </Empty>
            )
          }
        />
      </section>
      <EventDrawer id={event} onClose={() => set({ event: null })} />
    </Page>
  );
}

function Controls({ live }: { live: Live }) {
  return (
    <>
      <Button look="quiet" onClick={live.clear}>
        <Eraser aria-hidden className="size-4" />
        Clear
      </Button>
      <Button
        look={live.paused ? "primary" : "plain"}
        aria-pressed={live.paused}
        onClick={() => live.setPaused(!live.paused)}
      >
        {live.paused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
        {live.paused ? `Resume · ${count(live.waiting)} waiting` : "Pause"}
      </Button>
    </>
  );
}

function Rate({ live: { stats, rates } }: { live: Live }) {
  const sampled = stats !== null && stats.shown < stats.matched;
  return (
    <div className="flex h-8 items-center gap-3">
      <span className="w-28">
        <Spark points={rates.length < 2 ? [0, 0] : rates} unfinished={false} />
      </span>
      <span className="min-w-24 text-dense text-muted">
        {stats === null
          ? "no rate yet"
          : sampled
            ? `${rate(stats.shown)} of ${rate(stats.matched)}, sampled`
            : rate(stats.rate)}
        {stats !== null && stats.total_rate > stats.rate && (
          <span className="block text-faint">{rate(stats.total_rate)} in all</span>
        )}
      </span>
    </div>
  );
}
