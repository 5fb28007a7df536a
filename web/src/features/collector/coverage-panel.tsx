// The strips of all credentials, or of one vendor's, with their legend. Used by Collectors and by a vendor's tab.
import { useState } from "react";
import type { CollectorCoverage, FeedCoverage, Run, Schedule } from "@/api/types";
import { Panel } from "@/components/ui/page";
import { KeyStrips } from "./key-strips";
import { ScheduleDialog } from "./schedule-dialog";
import { DayBox } from "./strip";
import { DAY_STATES, DAY_WORDS } from "./strip-days";

interface CoveragePanelProps {
  coverage: CollectorCoverage;
  schedules: readonly Schedule[];
  running: readonly Run[];
  onOpenRun: (id: string) => void;
}

/** The feeds of each credential together, in the order they came. */
function byKey(items: readonly FeedCoverage[]): FeedCoverage[][] {
  const groups = new Map<string, FeedCoverage[]>();
  for (const item of items) groups.set(item.key.id, [...(groups.get(item.key.id) ?? []), item]);
  return [...groups.values()];
}

export function CoveragePanel({ coverage, schedules, running, onOpenRun }: CoveragePanelProps) {
  const [editing, setEditing] = useState<Schedule | null>(null);
  return (
    <Panel title="The last 30 days" about="In UTC, the vendors' days" actions={<StripLegend />} flush>
      <div className="divide-y divide-hairline">
        {byKey(coverage.items).map(feeds => {
          const key = feeds[0]?.key;
          if (!key) return null;
          return (
            <KeyStrips
              key={key.id}
              of={key}
              feeds={feeds}
              schedule={schedules.find(one => one.key.id === key.id)}
              run={running.find(one => one.key.id === key.id)}
              onOpenRun={onOpenRun}
              onSchedule={setEditing}
            />
          );
        })}
      </div>
      <ScheduleDialog schedule={editing} onClose={() => setEditing(null)} />
    </Panel>
  );
}

function StripLegend() {
  return (
    <ul aria-label="What the days mean" className="flex flex-wrap gap-x-3 gap-y-1 text-dense text-muted">
      {DAY_STATES.map(state => (
        <li key={state} className="inline-flex items-center gap-1.5">
          <DayBox state={state} className="size-4" />
          {DAY_WORDS[state]}
        </li>
      ))}
    </ul>
  );
}
