// What the marks of the map mean.
import { STATE_HELP, STATES } from "@/features/vendors/coverage";
import { CoverageMark } from "@/features/vendors/marks";

export function Legend() {
  return (
    <ul aria-label="What the marks mean" className="flex flex-wrap gap-x-5 gap-y-1 text-dense text-faint">
      {STATES.map(state => (
        <li key={state} className="inline-flex items-center gap-1.5">
          <CoverageMark state={state} />
          <span>{STATE_HELP[state]}</span>
        </li>
      ))}
    </ul>
  );
}
