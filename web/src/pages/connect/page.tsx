// From nothing to a credential that works: vendor, kind, form, the vendor's answer, first sync. Each step is an address.
import { useQuery } from "@tanstack/react-query";
import { vendorsQuery } from "@/api/vendor-queries";
import { Page } from "@/components/ui/page";
import { Empty, Region } from "@/components/ui/states";
import { defineFilters, text } from "@/lib/filters";
import { useFilters } from "@/lib/use-filters";
import { ChooseKind } from "./choose-kind";
import { ChooseVendor } from "./choose-vendor";
import { Enter } from "./enter";
import { Outcome } from "./outcome";
import { Steps } from "./steps";

const spec = defineFilters({ vendor: text(), kind: text(), key: text() });

export default function ConnectPage() {
  const [at, set, ignored] = useFilters(spec);
  const vendors = useQuery(vendorsQuery);
  const vendor = vendors.data?.items.find(one => one.id === at.vendor);
  // Where there is one kind, there is nothing to choose.
  const only = vendor?.kinds.length === 1 ? vendor.kinds[0] : undefined;
  const kind = vendor?.kinds.find(one => one.id === at.kind) ?? only;
  const restart = () => set({ vendor: null, kind: null, key: null });
  return (
    <Page
      title="Connect a vendor"
      about="A credential lets AegisFlow read what a vendor knows. Its secret is sealed at once and never shown again."
      ignored={ignored}
    >
      <Steps vendor={vendor} kind={kind} done={at.key !== null} />
      <Region framed query={vendors} what="the vendors" className="h-96">
        {data => {
          if (at.key !== null) return <Outcome id={at.key} vendors={data.items} onAnother={restart} />;
          if (at.vendor !== null && !vendor) {
            return (
              <Empty title="There is no such vendor">
                <span className="font-mono">{at.vendor}</span> is not in the catalogue.
              </Empty>
            );
          }
          if (!vendor) return <ChooseVendor vendors={data.items} />;
          if (!kind) return <ChooseKind vendor={vendor} />;
          return (
            <Enter key={`${vendor.id} ${kind.id}`} vendor={vendor} kind={kind} onMade={key => set({ key })} />
          );
        }}
      </Region>
    </Page>
  );
}
