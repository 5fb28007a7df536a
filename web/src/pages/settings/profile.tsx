// Who you are here.
import { useMe } from "@/api/me";
import { CopyText } from "@/components/ui/copy";
import { DemoMark } from "@/components/ui/marks";
import { Facts, Panel } from "@/components/ui/page";
import { Time } from "@/components/ui/time";

export function Profile() {
  const user = useMe();
  return (
    <Panel title="Profile" actions={user.demo && <DemoMark />}>
      <Facts
        items={[
          ["Name", user.name],
          ["E-mail", user.email],
          ["Role", user.role],
          ["Account since", <Time key="t" at={user.created_at} shape="full" />],
          ["Id", <CopyText key="i" value={user.id} whole />],
        ]}
      />
      <p className="mt-4 text-dense text-faint">An administrator can change your role under Team.</p>
    </Panel>
  );
}
