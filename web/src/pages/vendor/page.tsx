// One vendor: what it can tell and what it cannot, how well that is read here, its credentials, readings and models.
import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useParams } from "react-router";
import type { Vendor } from "@/api/types";
import { credentialsQuery, inventoryQuery, vendorCoverageQuery, vendorQuery } from "@/api/vendor-queries";
import { Page } from "@/components/ui/page";
import { Region } from "@/components/ui/states";
import { Tabs } from "@/components/ui/tabs";
import { AddCredential } from "@/features/vendors/add-credential";
import { defineFilters, oneOf, text } from "@/lib/filters";
import { paths, VENDOR_TABS, type VendorTab } from "@/lib/paths";
import { useFilters } from "@/lib/use-filters";
import { vendorName } from "@/lib/vendors";
import { Collection } from "./collection";
import { Credentials } from "./credentials";
import { DeleteVendor } from "./delete-vendor";
import { Models } from "./models";
import { Overview } from "./overview";

const spec = defineFilters({ tab: oneOf(VENDOR_TABS, "overview"), key: text(), run: text() });

const TAB_WORDS: Readonly<Record<VendorTab, string>> = {
  overview: "Overview",
  credentials: "Credentials",
  collection: "Collection",
  models: "Models",
};

export default function VendorPage() {
  const { id = "" } = useParams();
  const [filters, set, ignored] = useFilters(spec);
  const vendor = useQuery(vendorQuery(id));
  const credentials = useQuery(credentialsQuery(id));
  const coverage = useQuery(vendorCoverageQuery);
  const models = useQuery({ ...inventoryQuery(id, "models"), enabled: vendor.data !== undefined });
  const keys = credentials.data?.items ?? [];
  const seen = coverage.data?.items.find(one => one.vendor === id);
  const counts: Record<VendorTab, number | null> = {
    overview: null,
    credentials: keys.length,
    collection: keys.length,
    models: models.data?.items.length ?? 0,
  };
  // No tab without content; one that the address names is shown all the same.
  const tabs = VENDOR_TABS.filter(tab => counts[tab] !== 0 || tab === filters.tab);
  return (
    <Page
      title={vendor.data?.name ?? vendorName(id)}
      ignored={ignored}
      about={vendor.data && <About vendor={vendor.data} />}
      actions={
        <>
          {vendor.data?.custom && <DeleteVendor vendor={vendor.data} keys={keys.length} />}
          <AddCredential vendor={id} />
        </>
      }
    >
      {tabs.length > 1 && (
        <Tabs
          label="Parts of this vendor"
          open={filters.tab}
          tabs={tabs.map(tab => ({
            id: tab,
            name: TAB_WORDS[tab],
            to: paths.vendor(id, tab),
            ...(tab === "credentials" || tab === "models" ? { count: counts[tab] ?? 0 } : {}),
          }))}
        />
      )}
      <Region framed query={vendor} what="the vendor" className="h-96">
        {data => {
          if (filters.tab === "credentials") {
            return (
              <Credentials
                vendor={data}
                query={credentials}
                openId={filters.key}
                onOpen={key => set({ key })}
              />
            );
          }
          if (filters.tab === "collection") {
            return <Collection vendor={data} openRun={filters.run} onOpenRun={run => set({ run })} />;
          }
          if (filters.tab === "models") return <Models query={models} />;
          return <Overview vendor={data} keys={keys} seen={seen} />;
        }}
      </Region>
    </Page>
  );
}

function About({ vendor }: { vendor: Vendor }) {
  if (vendor.custom) {
    return (
      <>
        A vendor of your own, asked at{" "}
        <span className="font-mono text-dense">{vendor.custom.collector_url}</span>;{" "}
        {vendor.custom.shared ? "everybody sees it" : "its owner and administrators see it"}.
      </>
    );
  }
  return (
    <a
      href={vendor.docs}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex items-center gap-1.5 text-accent hover:underline"
    >
      Its documentation <ExternalLink aria-hidden className="size-3.5" />
    </a>
  );
}
