// What is spent, on what, and where will the month end? Bills, what answers state, our own prices and what has no price:
// each for itself.
import { useQuery } from "@tanstack/react-query";
import { outlookQuery, spendQuery } from "@/api/cost-queries";
import type { Outlook, SpendBy } from "@/api/types";
import { Select } from "@/components/ui/field";
import { Page, Panel } from "@/components/ui/page";
import { awaiting, Region } from "@/components/ui/states";
import { WholeDays } from "@/features/cost/as-of";
import { firstMeasure, MEASURES, type Measure } from "@/features/cost/figures";
import { ForeignNote } from "@/features/cost/foreign";
import { rangeSpec } from "@/lib/event-query";
import { defineFilters, oneOf } from "@/lib/filters";
import { instant, usd } from "@/lib/format";
import { rangeQuery } from "@/lib/range";
import { useFilters } from "@/lib/use-filters";
import { Course } from "./course";
import { ExportButton } from "./export";
import { ItemTable } from "./items";
import { Month } from "./month";
import { Totals } from "./totals";

const BYS = [
  "vendor",
  "model",
  "key",
  "team",
  "app",
  "user",
  "cost_center",
  "project",
] as const satisfies SpendBy[];

const BY_WORDS: Readonly<Record<SpendBy, string>> = {
  vendor: "By vendor",
  model: "By model",
  key: "By API key",
  team: "By team",
  app: "By app",
  user: "By person",
  cost_center: "By cost centre",
  project: "By project",
};

const spec = defineFilters({
  ...rangeSpec,
  by: oneOf(BYS, "vendor"),
  show: oneOf(["auto", ...MEASURES], "auto"),
});

function words(outlook: Outlook): string {
  const so = `${usd(outlook.spent_usd)} ${outlook.basis === "billed" ? "billed" : "seen here"} this month so far`;
  if (!outlook.forecast) return `${so}.`;
  const end = instant(new Date(Date.parse(outlook.to) - 1).toISOString(), "UTC", "day");
  return `${so}; about ${usd(outlook.forecast.expected_usd)} expected by ${end}.`;
}

export default function SpendPage() {
  const [filters, set, ignored] = useFilters(spec);
  const range = rangeQuery(filters);
  const spend = useQuery(spendQuery(range, filters.by));
  const outlook = useQuery(outlookQuery);
  const choice = (
    <Select
      aria-label="Told apart"
      value={filters.by}
      onChange={event => set({ by: BYS.find(by => by === event.target.value) ?? "vendor" })}
      className="!h-7 !w-auto !text-dense"
    >
      {BYS.map(by => (
        <option key={by} value={by}>
          {BY_WORDS[by]}
        </option>
      ))}
    </Select>
  );
  return (
    <Page
      title="Spend"
      about={outlook.data ? words(outlook.data) : awaiting(outlook, "Adding up what was spent…")}
      ignored={ignored}
      actions={
        <>
          {spend.data && <WholeDays from={spend.data.from} to={spend.data.to} asOf={spend.data.as_of} />}
          <ExportButton range={range} />
        </>
      }
    >
      <Region framed query={spend} what="what was spent" className="h-24">
        {data => <Totals spend={data} />}
      </Region>
      <Panel title="This month">
        <Region query={outlook} what="the month" className="h-20">
          {data => <Month outlook={data} />}
        </Region>
      </Panel>
      {spend.data && <ForeignNote foreign={spend.data.foreign} />}
      {spend.data && (
        <>
          <Course
            spend={spend.data}
            measure={filters.show === "auto" ? firstMeasure(spend.data.totals) : filters.show}
            onMeasure={(show: Measure) => set({ show })}
            choice={choice}
          />
          <Panel title={BY_WORDS[filters.by]} actions={choice} flush>
            <ItemTable spend={spend.data} range={range} />
          </Panel>
        </>
      )}
    </Page>
  );
}
