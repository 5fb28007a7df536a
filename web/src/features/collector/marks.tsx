// A run's state and what began it. Always icon, word and colour.
import type { FeedRun, Run, RunState } from "@/api/types";
import { Mark, type Shape } from "@/components/ui/marks";

type Look = readonly [Shape, string, string];

const runs: Readonly<Record<RunState, Look>> = {
  running: ["turn", "text-accent", "running"],
  whole: ["tick", "text-ok", "whole"],
  partly: ["flag", "text-high", "in part"],
  failed: ["cross", "text-critical", "failed"],
  cancelled: ["stop", "text-muted", "cancelled"],
  interrupted: ["cut", "text-high", "interrupted"],
};

export function RunMark({ state }: { state: RunState }) {
  const [shape, colour, word] = runs[state];
  return (
    <Mark shape={shape} colour={colour}>
      {word}
    </Mark>
  );
}

const feeds: Readonly<Record<FeedRun["state"], Look>> = {
  waiting: ["ring", "text-muted", "waits"],
  running: ["turn", "text-accent", "reading"],
  whole: ["tick", "text-ok", "whole"],
  stopped: ["cross", "text-critical", "stopped"],
};

export function FeedMark({ state }: { state: FeedRun["state"] }) {
  const [shape, colour, word] = feeds[state];
  return (
    <Mark shape={shape} colour={colour}>
      {word}
    </Mark>
  );
}

export const TRIGGER_WORDS: Readonly<Record<Run["trigger"], string>> = {
  manual: "by hand",
  schedule: "on schedule",
  backfill: "back-fill",
  window: "chosen days",
};
