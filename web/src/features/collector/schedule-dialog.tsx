// When a credential is read: one of the usual rhythms or a cron expression, and whether at all.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, failure, unwrap } from "@/api/client";
import { keys } from "@/api/queries";
import type { Schedule } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Checkbox, Field, Input, Select } from "@/components/ui/field";
import { Failed } from "@/components/ui/states";
import { notify } from "@/components/ui/toast";
import { cronFault, minuteOf, PRESETS } from "./cron";

const OWN = "own";

export function ScheduleDialog({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  return (
    <Dialog
      open={schedule !== null}
      onClose={onClose}
      title={`Schedule of ${schedule?.key.label ?? ""}`}
      about="Times are in UTC. Each reading goes back over the days that the vendor still revises."
    >
      {schedule && <ScheduleForm schedule={schedule} onClose={onClose} />}
    </Dialog>
  );
}

function ScheduleForm({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const cache = useQueryClient();
  const [cron, setCron] = useState(schedule.cron);
  const [jitter, setJitter] = useState(String(schedule.jitter_seconds));
  const [enabled, setEnabled] = useState(schedule.enabled);
  const minute = minuteOf(cron);
  const preset = PRESETS.findIndex(one => one.cron(minute) === cron.trim());
  const [own, setOwn] = useState(preset === -1);
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        client.PUT("/api/collector/schedules/{key_id}", {
          params: { path: { key_id: schedule.key.id } },
          body: { cron: cron.trim(), jitter_seconds: Number(jitter), enabled },
        }),
      ),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: keys.collector });
      notify(`The schedule of ${schedule.key.label} was changed.`);
      onClose();
    },
  });
  const said = save.error ? failure(save.error).fields : {};
  const wrong = cronFault(cron);
  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        if (wrong === null && !save.isPending) save.mutate();
      }}
    >
      <Field label="How often">
        <Select
          value={own || preset === -1 ? OWN : String(preset)}
          onChange={event => {
            setOwn(event.target.value === OWN);
            const chosen = PRESETS[Number(event.target.value)];
            if (chosen) setCron(chosen.cron(minute));
          }}
        >
          {PRESETS.map((one, i) => (
            <option key={one.name} value={i}>
              {one.name}
            </option>
          ))}
          <option value={OWN}>A cron expression</option>
        </Select>
      </Field>
      {(own || preset === -1) && (
        <Field
          label="Cron expression"
          hint="Minute, hour, day of the month, month, day of the week."
          error={said.cron ?? wrong ?? undefined}
        >
          <Input
            value={cron}
            onChange={event => setCron(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
      )}
      <Field
        label="Spread, in seconds"
        hint="Each reading begins up to this much later, so that not all begin at once."
        error={said.jitter_seconds}
      >
        <Input
          type="number"
          min={0}
          max={3600}
          value={jitter}
          onChange={event => setJitter(event.target.value)}
        />
      </Field>
      <Checkbox
        label="Read by itself"
        hint="Off, it is read by hand only."
        checked={enabled}
        onChange={event => setEnabled(event.target.checked)}
      />
      {save.isError && Object.keys(said).length === 0 && (
        <Failed error={save.error} title="Nothing was changed" />
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
