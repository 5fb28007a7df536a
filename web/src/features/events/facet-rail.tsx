// The same filters as the bar, with counts: a click keeps only a value, the minus leaves it out.
import { useQuery } from "@tanstack/react-query";
import { Minus } from "lucide-react";
import { useState } from "react";
import { facetsQuery } from "@/api/queries";
import type { Facets } from "@/api/types";
import { Region } from "@/components/ui/states";
import { cx } from "@/lib/cx";
import { type EventFilters, FIELD_WORDS, TERM_FIELDS, type TermField } from "@/lib/event-query";
import { toggleTerm } from "@/lib/filters";
import { count } from "@/lib/format";
import type { RangeQuery } from "@/lib/range";
import { vendorName } from "@/lib/vendors";

const SHOWN = 6;

interface FacetRailProps {
  filters: EventFilters;
  range: RangeQuery;
  onChange: (patch: Partial<EventFilters>) => void;
}

export function FacetRail({ filters, range, onChange }: FacetRailProps) {
  const facets = useQuery(facetsQuery(filters, range));
  return (
    <Region query={facets} what="the counts" className="h-64">
      {data => (
        <div className="flex flex-col gap-4">
          {!data.exact && (
            <p className="text-dense text-muted">≈ counted on {count(data.examined)} events examined.</p>
          )}
          {TERM_FIELDS.map(field => (
            <Facet key={field} field={field} facets={data} filters={filters} onChange={onChange} />
          ))}
        </div>
      )}
    </Region>
  );
}

interface FacetProps extends Omit<FacetRailProps, "range"> {
  field: TermField;
  facets: Facets;
}

function Facet({ field, facets, filters, onChange }: FacetProps) {
  const [all, setAll] = useState(false);
  const values = facets.fields[field] ?? [];
  const other = facets.other[field];
  if (values.length === 0 && other === undefined) return null;
  const shown = all ? values : values.slice(0, SHOWN);
  const terms = filters[field];
  const toggle = (value: string, exclude: boolean) =>
    onChange({ [field]: toggleTerm(terms, value, exclude) });
  return (
    <section aria-label={FIELD_WORDS[field]}>
      <h2 className="mb-0.5 text-dense text-faint">{FIELD_WORDS[field]}</h2>
      <ul>
        {shown.map(({ value, count: n }) => {
          const only = terms.includes(value);
          const excluded = terms.includes(`-${value}`);
          const label = field === "vendor" ? vendorName(value) : value;
          return (
            <li key={value} className="flex items-center gap-0.5">
              <button
                type="button"
                aria-pressed={only}
                onClick={() => toggle(value, false)}
                className={cx(
                  "flex h-6 min-w-0 flex-1 items-center gap-2 rounded-control px-1.5 text-left text-dense hover:bg-raised",
                  only && "bg-raised font-semibold text-accent",
                  excluded && "text-faint line-through",
                )}
              >
                <span className="min-w-0 flex-1 truncate">{label}</span>
                <span className={only ? "" : "text-faint"}>{count(n)}</span>
              </button>
              <button
                type="button"
                aria-pressed={excluded}
                aria-label={`Exclude ${label}`}
                title={`Exclude ${label}`}
                onClick={() => toggle(value, true)}
                className={cx(
                  "inline-flex size-6 shrink-0 items-center justify-center rounded-control hover:bg-raised",
                  excluded ? "text-high" : "text-faint hover:text-text",
                )}
              >
                <Minus aria-hidden className="size-3" />
              </button>
            </li>
          );
        })}
      </ul>
      {other !== undefined && (
        <p
          className="flex h-6 items-center gap-2 px-1.5 text-dense text-faint"
          title="Too many values to count each: these are the others, added up"
        >
          <i className="min-w-0 flex-1 truncate">Other values</i>
          {count(other)}
        </p>
      )}
      {values.length > SHOWN && (
        <button
          type="button"
          onClick={() => setAll(!all)}
          className="h-6 rounded-control px-1.5 text-dense text-accent hover:underline"
        >
          {all ? "Fewer" : `${values.length - SHOWN} more`}
        </button>
      )}
    </section>
  );
}
