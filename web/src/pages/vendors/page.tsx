// Whom do we use, and how well do we see them? Vendors against what can be known of each, from usage to the gateway.
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useRefusal } from "@/api/me";
import type { VendorSeen } from "@/api/types";
import { vendorCoverageQuery } from "@/api/vendor-queries";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Page, Panel } from "@/components/ui/page";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { awaiting, Empty, Region } from "@/components/ui/states";
import { Time } from "@/components/ui/time";
import { AddCredential } from "@/features/vendors/add-credential";
import { coverageSentence } from "@/features/vendors/coverage";
import { OwnVendorDialog } from "@/features/vendors/own-vendor-dialog";
import { defineFilters, oneOf, text } from "@/lib/filters";
import { paths } from "@/lib/paths";
import { useFilters } from "@/lib/use-filters";
import { vendorColumns } from "./columns";
import { Legend } from "./legend";

const spec = defineFilters({ q: text(), show: oneOf(["all", "connected", "blind"], "all") });
type Show = "all" | "connected" | "blind";

function matches(vendor: VendorSeen, q: string | null, show: Show): boolean {
  if (show === "connected" && vendor.keys === 0) return false;
  if (show === "blind" && vendor.keys > 0) return false;
  return q === null || `${vendor.name} ${vendor.vendor}`.toLowerCase().includes(q.toLowerCase());
}

export default function VendorsPage() {
  const [{ q, show }, set, ignored] = useFilters(spec);
  const coverage = useQuery(vendorCoverageQuery);
  const [making, setMaking] = useState(false);
  const refused = useRefusal("analyst");
  const navigate = useNavigate();
  const items = coverage.data?.items ?? [];
  return (
    <Page
      title="Vendors"
      ignored={ignored}
      about={
        coverage.data ? coverageSentence(items) : awaiting(coverage, "Reading how well each vendor is seen…")
      }
      actions={
        <>
          {coverage.data && (
            <span className="text-dense text-faint">
              as of <Time at={coverage.data.as_of} shape="clock" />
            </span>
          )}
          <Button refused={refused} onClick={() => setMaking(true)}>
            <Plus aria-hidden className="size-4" />A vendor of your own
          </Button>
          <AddCredential />
        </>
      }
    >
      <div className="flex max-w-2xl flex-wrap items-end gap-3">
        <SearchField
          label="Search"
          value={q}
          placeholder="Name of a vendor"
          onCommit={next => set({ q: next })}
        />
        <Segmented
          label="Which vendors"
          value={show}
          onChange={next => set({ show: next })}
          options={[
            { value: "all", label: "All" },
            { value: "connected", label: "Connected" },
            { value: "blind", label: "Not connected" },
          ]}
        />
      </div>
      <Panel flush>
        <Region query={coverage} what="the coverage" className="m-4 h-[480px]">
          {data => (
            <DataTable
              label="Vendors and how well they are seen"
              columns={vendorColumns}
              rows={data.items.filter(vendor => matches(vendor, q, show))}
              rowKey={vendor => vendor.vendor}
              href={vendor => paths.vendor(vendor.vendor)}
              empty={
                <Empty
                  title="No vendor matches"
                  action={<Button onClick={() => set({ q: null, show: "all" })}>Show all</Button>}
                />
              }
            />
          )}
        </Region>
      </Panel>
      <Legend />
      <OwnVendorDialog
        open={making}
        onClose={() => setMaking(false)}
        onMade={made => void navigate(paths.vendor(made.id))}
      />
    </Page>
  );
}
