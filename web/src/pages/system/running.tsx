// Version, age and size of the running server.
import type { Versions } from "@/api/types";
import { Facts } from "@/components/ui/page";
import { Ago, Time } from "@/components/ui/time";
import { bytes } from "@/lib/format";

export function Running({ versions }: { versions: Versions }) {
  return (
    <Facts
      items={[
        ["AegisFlow", versions.version],
        [
          "Started",
          <span key="s">
            <Time at={versions.started_at} shape="full" />{" "}
            <span className="text-faint">
              (<Ago at={versions.started_at} />)
            </span>
          </span>,
        ],
        ["Store", versions.store],
        ["Data folder", bytes(versions.data_bytes)],
        [
          "Memory",
          versions.memory_bytes === null ? "the system does not tell" : bytes(versions.memory_bytes),
        ],
        ["Form of events", `version ${versions.event_schema}`],
      ]}
    />
  );
}
