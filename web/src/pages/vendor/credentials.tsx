// A vendor's credentials.
import type { UseQueryResult } from "@tanstack/react-query";
import type { Key, Vendor } from "@/api/types";
import { DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/page";
import { Empty, Region } from "@/components/ui/states";
import { AddCredential } from "@/features/vendors/add-credential";
import { keyColumns } from "@/features/vendors/key-columns";
import { KeyDrawer } from "@/features/vendors/key-drawer";
import { paths } from "@/lib/paths";

interface CredentialsProps {
  vendor: Vendor;
  query: UseQueryResult<{ items: Key[] }>;
  openId: string | null;
  onOpen: (key: string | null) => void;
}

export function Credentials({ vendor, query, openId, onOpen }: CredentialsProps) {
  return (
    <Panel flush>
      <Region query={query} what="the credentials" className="m-4 h-40">
        {data => (
          <>
            <DataTable
              label={`Credentials of ${vendor.name}`}
              columns={keyColumns([vendor], { vendor: false })}
              rows={data.items}
              rowKey={key => key.id}
              href={key => `${paths.vendor(vendor.id, "credentials")}&key=${encodeURIComponent(key.id)}`}
              openKey={openId}
              empty={
                <Empty title="No credential yet" action={<AddCredential vendor={vendor.id} />}>
                  With one, {vendor.name} can be read.
                </Empty>
              }
            />
            <KeyDrawer
              id={openId}
              known={data.items.find(key => key.id === openId)}
              vendors={[vendor]}
              onClose={() => onOpen(null)}
            />
          </>
        )}
      </Region>
    </Panel>
  );
}
