// One detector: how it works, what it fires on and what it lets pass, and its two settings.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, unwrap } from "@/api/client";
import { useRefusal } from "@/api/me";
import { keys } from "@/api/queries";
import type { Detector } from "@/api/types";
import { Button } from "@/components/ui/button";
import { rowId } from "@/components/ui/data-table";
import { Drawer } from "@/components/ui/dialog";
import { SeverityMark, Tag } from "@/components/ui/marks";
import { Facts } from "@/components/ui/page";
import { Empty, Failed, Loading } from "@/components/ui/states";
import { Switch } from "@/components/ui/switch";
import { notifyUndo } from "@/components/ui/toast";
import { bytes, percent } from "@/lib/format";
import { useShortcuts } from "@/lib/shortcuts";
import { OwnDetector } from "./own-detector";
import { Cost } from "./quality";

interface DetectorDrawerProps {
  id: string | null;
  detectors: readonly Detector[] | undefined;
  /** What gets the focus after closing, where that is not the detector's row. */
  focusAfter: string | null;
  onClose: () => void;
  onTry: (text: string) => void;
}

export function DetectorDrawer({ id, detectors, focusAfter, onClose, onTry }: DetectorDrawerProps) {
  const detector = detectors?.find(d => d.id === id);
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      title={detector?.name ?? "Detector"}
      opener={id ? rowId(id) : focusAfter}
    >
      {detector ? (
        <Body key={detector.id} detector={detector} onClose={onClose} onTry={onTry} />
      ) : detectors ? (
        <Empty title="No such detector">
          <span className="font-mono">{id}</span> is not in the catalogue.
        </Empty>
      ) : (
        <Loading what="the detector" className="m-4 h-64" />
      )}
    </Drawer>
  );
}

interface Change {
  enabled?: boolean;
  threshold?: number;
}

function useChange(detector: Detector) {
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: (body: Change) =>
      unwrap(client.PATCH("/api/compliance/detectors/{id}", { params: { path: { id: detector.id } }, body })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.detectors }),
  });
  const apply = (next: Change, said: string, back: Change) =>
    change.mutate(next, { onSuccess: () => notifyUndo(said, () => change.mutate(back)) });
  return { change, apply };
}

function Body({
  detector,
  onClose,
  onTry,
}: {
  detector: Detector;
  onClose: () => void;
  onTry: (text: string) => void;
}) {
  const { change, apply } = useChange(detector);
  const refused = useRefusal("admin");
  useShortcuts({ Escape: onClose });
  return (
    <div className="flex flex-col gap-6 p-4">
      {detector.description && <p>{detector.description}</p>}
      <Facts
        items={[
          [
            "Id",
            <span key="i" className="font-mono text-dense">
              {detector.id}
            </span>,
          ],
          ["Data", detector.category],
          ["Severity", <SeverityMark key="s" severity={detector.severity} />],
          ["Default action", detector.default_action],
          [
            "Held back in a stream",
            detector.max_hold === 0 ? "nothing" : `at most ${bytes(detector.max_hold)}`,
          ],
          ...(detector.second_stage
            ? [["Second stage", "The operator's classifier judges what this detector suspects"] as const]
            : []),
          [
            "Rules it touches",
            <span key="r" className="flex flex-wrap gap-1">
              {detector.regulations.map(rule => (
                <Tag key={rule}>{rule}</Tag>
              ))}
            </span>,
          ],
        ]}
      />
      <section className="flex flex-col gap-4">
        <h3 className="text-dense text-faint">Settings {refused && `· ${refused}`}</h3>
        <div className="flex items-start gap-3">
          <Switch
            name={`${detector.name} flags events`}
            on={detector.enabled}
            disabled={refused !== null}
            onChange={enabled =>
              apply({ enabled }, `${detector.name} ${enabled ? "flags events" : "no longer flags events"}.`, {
                enabled: !enabled,
              })
            }
          />
          <p>
            {detector.enabled ? "Flags events" : "Does not flag events"}
            <span className="block text-dense text-faint">
              Switched off, its findings are still masked and kept; they flag nothing.
            </span>
          </p>
        </div>
        <Threshold
          key={detector.threshold}
          value={detector.threshold}
          quality={detector.quality ?? null}
          disabled={refused !== null}
          onChange={threshold =>
            apply({ threshold }, `${detector.name} acts from ${percent(threshold)}.`, {
              threshold: detector.threshold,
            })
          }
        />
        {change.isError && <Failed error={change.error} title="Nothing was changed" />}
      </section>
      {detector.custom && <OwnDetector made={detector.custom} refused={refused} onDeleted={onClose} />}
      <Examples title="It fires on" texts={detector.hits} onTry={onTry} />
      <Examples title="It lets pass" texts={detector.misses} onTry={onTry} />
    </div>
  );
}

interface ThresholdProps {
  value: number;
  quality: Detector["quality"];
  disabled: boolean;
  onChange: (value: number) => void;
}

/** The least confidence at which policy acts; takes effect when let go. */
function Threshold({ value, quality, disabled, onChange }: ThresholdProps) {
  const [at, setAt] = useState(Math.round(value * 100));
  const commit = () => {
    if (at !== Math.round(value * 100)) onChange(at / 100);
  };
  return (
    <div className="flex flex-col gap-3">
      <label className="flex flex-col gap-1">
        <span>
          Acts from a confidence of <strong>{at} %</strong>
        </span>
        <input
          type="range"
          min={20}
          max={100}
          step={1}
          value={at}
          disabled={disabled}
          onChange={event => setAt(Number(event.target.value))}
          onPointerUp={commit}
          onKeyUp={commit}
          onBlur={commit}
          className="h-6 w-full max-w-80 accent-accent"
        />
        <span className="text-dense text-faint">
          Lower finds more and errs more. Everything from 20 % up is masked in what is kept, whatever stands
          here.
        </span>
      </label>
      {quality && <Cost quality={quality} threshold={at / 100} />}
    </div>
  );
}

function Examples({
  title,
  texts,
  onTry,
}: {
  title: string;
  texts: readonly string[];
  onTry: (text: string) => void;
}) {
  if (texts.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 text-dense text-faint">{title} (made-up texts)</h3>
      <ul className="flex flex-col divide-y divide-hairline rounded-control border border-hairline">
        {texts.map(text => (
          <li key={text} className="flex items-center gap-2 py-0.5 pr-1 pl-3">
            <span className="min-w-0 flex-1 font-mono text-dense break-all">{text}</span>
            <Button small look="quiet" aria-label={`Try: ${text}`} onClick={() => onTry(text)}>
              Try
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
