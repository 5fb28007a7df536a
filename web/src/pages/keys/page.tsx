// Which secrets are there, do they work, and what may they do? Secrets go in and never come back.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { useRefusal } from "@/api/me";
import type { Key } from "@/api/types";
import { credentialsQuery, vendorsQuery } from "@/api/vendor-queries";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Field, Select } from "@/components/ui/field";
import { Page, Panel } from "@/components/ui/page";
import { SearchField } from "@/components/ui/search-field";
import { Empty, Region } from "@/components/ui/states";
import { AddCredential } from "@/features/vendors/add-credential";
import { keyColumns } from "@/features/vendors/key-columns";
import { KeyDrawer } from "@/features/vendors/key-drawer";
import { defineFilters, text } from "@/lib/filters";
import { plural } from "@/lib/format";
import { paths } from "@/lib/paths";
import { useShortcuts } from "@/lib/shortcuts";
import { useFilters } from "@/lib/use-filters";
import { vendorName } from "@/lib/vendors";

const spec = defineFilters({ q: text(), vendor: text(), key: text() });

function matches(key: Key, q: string | null, vendor: string | null): boolean {
  if (vendor !== null && key.vendor !== vendor) return false;
  const words = `${key.label} ${key.last4 ?? ""} ${key.fingerprint ?? ""} ${key.owner}`.toLowerCase();
  return q === null || words.includes(q.toLowerCase());
}

function sentence(keys: readonly Key[]): string {
  const bad = keys.filter(key => key.status === "invalid").length;
  const open = keys.filter(key => key.status === "unchecked").length;
  const rest = [bad > 0 ? `${bad} refused by the vendor` : "", open > 0 ? `${open} not checked` : ""];
  const words = rest.filter(Boolean).join(", ");
  return `${plural(keys.length, "credential")}${words ? `: ${words}` : keys.length > 0 ? ", all work" : ""}.`;
}

export default function KeysPage() {
  const [filters, set, ignored] = useFilters(spec);
  const all = useQuery(credentialsQuery());
  const vendors = useQuery(vendorsQuery);
  const navigate = useNavigate();
  const refused = useRefusal("admin");
  useShortcuts({ n: () => refused === null && void navigate(paths.connect()) });
  const items = all.data?.items ?? [];
  const catalogue = vendors.data?.items ?? [];
  const used = [...new Set(items.map(key => key.vendor))];
  const shown = items.filter(key => matches(key, filters.q, filters.vendor));
  return (
    <Page
      title="Credentials"
      ignored={ignored}
      about={all.data ? sentence(items) : "Secrets go in and never come back."}
      actions={<AddCredential />}
    >
      {items.length > 0 && (
        <div className="flex max-w-2xl flex-wrap items-end gap-3">
          <SearchField
            label="Search"
            value={filters.q}
            placeholder="Name, last four, fingerprint"
            onCommit={q => set({ q })}
          />
          <Field label="Vendor" className="min-w-44">
            <Select
              value={filters.vendor ?? ""}
              onChange={event => set({ vendor: event.target.value === "" ? null : event.target.value })}
            >
              <option value="">All vendors</option>
              {used.map(id => (
                <option key={id} value={id}>
                  {catalogue.find(one => one.id === id)?.name ?? vendorName(id)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      )}
      <Panel flush>
        <Region query={all} what="the credentials" className="m-4 h-64">
          {() => (
            <DataTable
              label="Credentials"
              columns={keyColumns(catalogue)}
              rows={shown}
              rowKey={key => key.id}
              href={key => paths.keys({ ...kept(filters), key: key.id })}
              openKey={filters.key}
              empty={
                items.length === 0 ? (
                  <Empty title="No credential yet" action={<AddCredential />}>
                    With one, AegisFlow reads what a vendor knows: usage, costs, keys, members, audit events.
                  </Empty>
                ) : (
                  <Empty
                    title="No credential matches"
                    action={<Button onClick={() => set({ q: null, vendor: null })}>Show all</Button>}
                  />
                )
              }
            />
          )}
        </Region>
      </Panel>
      <KeyDrawer
        id={filters.key}
        known={items.find(key => key.id === filters.key)}
        vendors={catalogue}
        onClose={() => set({ key: null })}
      />
    </Page>
  );
}

function kept({ q, vendor }: { q: string | null; vendor: string | null }) {
  return { ...(q === null ? {} : { q }), ...(vendor === null ? {} : { vendor }) };
}
