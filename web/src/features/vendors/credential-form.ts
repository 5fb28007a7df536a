// The state of a credential's form: values, which fields were left, what is wrong with them and what the server said.
import { useState } from "react";
import { failure } from "@/api/client";
import type { AuthField } from "@/api/types";
import { addressFault, type Faults, faults, refusals, type Values } from "./auth-form";

export interface CredentialForm {
  values: Values;
  urls: Values;
  /** What is to be said now, by field. */
  faults: Faults;
  urlFaults: Faults;
  set: (name: string, value: string) => void;
  leave: (name: string) => void;
  setUrl: (host: string, url: string) => void;
  /** True when it can be sent; from then on everything that is wrong is said. */
  check: () => boolean;
}

export function useCredentialForm(
  fields: readonly AuthField[],
  initial: Values,
  initialUrls: Values,
  refused: Error | null,
): CredentialForm {
  const [values, setValues] = useState(initial);
  const [urls, setUrls] = useState(initialUrls);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  // A field that was changed since the refusal is no longer the one that was refused.
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const said = refused ? failure(refused).fields : {};
  const wrong = faults(fields, values);
  const wrongUrls = Object.fromEntries(
    Object.entries(urls).flatMap(([host, url]) => {
      const fault = addressFault(url);
      return fault === null ? [] : [[host, fault] as const];
    }),
  );
  const shown = (all: Faults) => Object.fromEntries(Object.entries(all).filter(([name]) => left.has(name)));
  const standing = (all: Faults) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !changed.has(name)));
  return {
    values,
    urls,
    faults: { ...standing(refusals(said, "fields")), ...shown(wrong) },
    urlFaults: { ...standing(refusals(said, "base_urls")), ...wrongUrls },
    set(name, value) {
      setValues({ ...values, [name]: value });
      setChanged(new Set([...changed, name]));
    },
    leave: name => (values[name] ?? "") !== "" && setLeft(new Set([...left, name])),
    setUrl(host, url) {
      setUrls({ ...urls, [host]: url });
      setChanged(new Set([...changed, host]));
    },
    check() {
      setLeft(new Set(fields.map(field => field.name)));
      setChanged(new Set());
      return Object.keys(wrong).length === 0 && Object.keys(wrongUrls).length === 0;
    },
  };
}
