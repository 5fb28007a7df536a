// Marks of the vendors' part: coverage, a credential's status, an ability's standing. Always icon, word and colour.
import type { CoverageState, KeyStatus, Standing } from "@/api/types";
import { Mark, type Shape } from "@/components/ui/marks";
import { STANDING_WORDS } from "./abilities";
import { STATE_WORDS } from "./coverage";

type Look = readonly [Shape, string];

const coverage: Readonly<Record<CoverageState, Look>> = {
  fresh: ["tick", "text-ok"],
  seen: ["eye", "text-accent"],
  failing: ["cross", "text-critical"],
  lacking: ["stop", "text-high"],
  blind: ["ring", "text-muted"],
  not_offered: ["dash", "text-faint"],
};

export function CoverageMark({ state }: { state: CoverageState }) {
  const [shape, colour] = coverage[state];
  return (
    <Mark shape={shape} colour={colour}>
      {STATE_WORDS[state]}
    </Mark>
  );
}

const statuses: Readonly<Record<KeyStatus, readonly [Shape, string, string]>> = {
  valid: ["tick", "text-ok", "works"],
  invalid: ["cross", "text-critical", "refused"],
  unchecked: ["ring", "text-muted", "not checked"],
};

export function KeyStatusMark({ status }: { status: KeyStatus }) {
  const [shape, colour, word] = statuses[status];
  return (
    <Mark shape={shape} colour={colour}>
      {word}
    </Mark>
  );
}

const standings: Readonly<Record<Standing, Look>> = {
  has: ["tick", "text-ok"],
  lacks: ["stop", "text-high"],
  unclear: ["ring", "text-muted"],
};

export function StandingMark({ standing }: { standing: Standing }) {
  const [shape, colour] = standings[standing];
  return (
    <Mark shape={shape} colour={colour}>
      {STANDING_WORDS[standing]}
    </Mark>
  );
}
