// In which zone times are shown: this machine's, UTC, or one by name.
import { Clock } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Popover } from "@/components/ui/popover";
import { cx } from "@/lib/cx";
import { zoneName } from "@/lib/format";
import { isZone, localZone, useZone, zoneChoice } from "@/lib/preferences";
import { useShortcuts } from "@/lib/shortcuts";
import { useSetting } from "@/lib/storage";

export function ZoneMenu() {
  const [open, setOpen] = useState(false);
  const zone = useZone();
  const choice = useSetting(zoneChoice);
  useShortcuts({ u: () => zoneChoice.set(zoneChoice.get() === "UTC" ? "local" : "UTC") });
  const choose = (next: string) => {
    zoneChoice.set(next);
    setOpen(false);
  };
  const fixedChoices = [
    { value: "local", label: `This machine (${localZone()})` },
    { value: "UTC", label: "UTC" },
  ];
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Time zone"
      className="w-72 p-2"
      trigger={
        <Button look="quiet" aria-label={`Time zone: ${zoneName(zone, Date.now())} (${zone})`}>
          <Clock aria-hidden className="size-4" />
          <span className="hidden lg:inline">{zoneName(zone, Date.now())}</span>
        </Button>
      }
    >
      {fixedChoices.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          aria-pressed={choice === value}
          onClick={() => choose(value)}
          className={cx(
            "flex h-8 w-full items-center rounded-control px-2 text-left hover:bg-raised",
            choice === value && "bg-raised font-semibold text-accent",
          )}
        >
          {label}
        </button>
      ))}
      <OtherZone onChoose={choose} chosen={choice !== "local" && choice !== "UTC" ? choice : ""} />
    </Popover>
  );
}

function OtherZone({ chosen, onChoose }: { chosen: string; onChoose: (zone: string) => void }) {
  const [typed, setTyped] = useState(chosen);
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const wrong = typed !== "" && !isZone(typed);
  return (
    <form
      className="mt-1 flex items-end gap-2 border-t border-hairline p-2"
      onSubmit={event => {
        event.preventDefault();
        if (typed !== "" && !wrong) onChoose(typed);
      }}
    >
      <Field
        label="Another zone"
        className="min-w-0 flex-1"
        error={wrong ? "Not a zone this browser knows." : undefined}
      >
        <Input
          list="zones"
          value={typed}
          placeholder="Europe/Berlin"
          autoComplete="off"
          spellCheck={false}
          onChange={event => setTyped(event.target.value)}
        />
      </Field>
      <datalist id="zones">
        {zones.map(zone => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Button type="submit">Use</Button>
    </form>
  );
}
