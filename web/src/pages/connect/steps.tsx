// Where in the flow a person is; steps that are done lead back to their choice.
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { KeyKind, Vendor } from "@/api/types";
import { cx } from "@/lib/cx";
import { paths } from "@/lib/paths";

interface StepsProps {
  vendor: Vendor | undefined;
  kind: KeyKind | undefined;
  done: boolean;
}

interface Step {
  name: string;
  chosen: ReactNode;
  /** Where the choice is made again. */
  to: string | null;
}

function stepsOf({ vendor, kind, done }: StepsProps): Step[] {
  const back = (to: string) => (done ? null : to);
  return [
    { name: "Vendor", chosen: vendor?.name, to: vendor ? back(paths.connect()) : null },
    {
      name: "Kind",
      chosen: kind?.name,
      to: vendor && kind && vendor.kinds.length > 1 ? back(paths.connect({ vendor: vendor.id })) : null,
    },
    { name: "Credential", chosen: done ? "stored" : null, to: null },
    { name: "Proof and first sync", chosen: null, to: null },
  ];
}

export function Steps(props: StepsProps) {
  const steps = stepsOf(props);
  const now = props.done ? 3 : props.kind ? 2 : props.vendor ? 1 : 0;
  return (
    <ol aria-label="Steps" className="flex flex-wrap items-center gap-x-6 gap-y-2">
      {steps.map((step, i) => {
        const state = i < now || (props.done && i < 3) ? "done" : i === now ? "now" : "later";
        return (
          <li
            key={step.name}
            aria-current={state === "now" ? "step" : undefined}
            className={cx("flex items-center gap-2", state === "later" ? "text-faint" : "text-text")}
          >
            <span
              aria-hidden
              className={cx(
                "inline-flex size-6 items-center justify-center rounded-full border text-dense font-semibold",
                state === "now" && "border-accent bg-accent text-on-accent",
                state === "done" && "border-ok text-ok",
                state === "later" && "border-edge",
              )}
            >
              {state === "done" ? <Check className="size-3.5" /> : i + 1}
            </span>
            <span className={cx(state === "now" && "font-semibold")}>{step.name}</span>
            {step.chosen &&
              (step.to ? (
                <Link to={step.to} className="text-accent hover:underline" title="Choose another">
                  {step.chosen}
                </Link>
              ) : (
                <span className="text-muted">{step.chosen}</span>
              ))}
          </li>
        );
      })}
    </ol>
  );
}
