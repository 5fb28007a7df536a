// "Advanced": other addresses in place of the vendor's own, for a proxy or a private endpoint.
import { useId } from "react";
import type { Vendor } from "@/api/types";
import { Field, Input } from "@/components/ui/field";
import type { Faults, Values } from "./auth-form";

interface BaseUrlsProps {
  hosts: Vendor["hosts"];
  values: Values;
  faults: Faults;
  onChange: (host: string, url: string) => void;
}

export function BaseUrls({ hosts, values, faults, onChange }: BaseUrlsProps) {
  const id = useId();
  const wrong = Object.keys(faults).length > 0;
  const used = Object.values(values).some(url => url.trim() !== "");
  return (
    <details className="rounded-control border border-hairline" open={wrong || used}>
      <summary className="rounded-control px-3 py-2 text-muted hover:bg-raised" id={id}>
        Advanced: other addresses
      </summary>
      <div className="flex flex-col gap-4 px-3 pt-1 pb-3">
        <p className="text-dense text-faint">
          For a proxy, a private endpoint or a regional host. Left empty, the vendor's own address is called.
          The secret is sent there: only addresses you trust.
        </p>
        {hosts.map(host => (
          <Field
            key={host.name}
            label={<span className="font-mono">{host.name}</span>}
            hint={host.purpose}
            error={faults[host.name]}
          >
            <Input
              type="url"
              inputMode="url"
              value={values[host.name] ?? ""}
              placeholder={host.base_url}
              onChange={event => onChange(host.name, event.target.value)}
              autoComplete="off"
              spellCheck={false}
              className="font-mono !text-dense"
            />
          </Field>
        ))}
      </div>
    </details>
  );
}
