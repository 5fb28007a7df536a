// A rotation: how far it has come, or how the last one ended.
import type { Vault } from "@/api/types";
import { Facts } from "@/components/ui/page";
import { Ago, Time } from "@/components/ui/time";
import { count, plural, span } from "@/lib/format";

export function RotationProgress({ rotation }: { rotation: NonNullable<Vault["rotation"]> }) {
  return (
    <section
      aria-label="Rotation under way"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-panel border border-accent bg-panel px-4 py-3"
    >
      <span aria-hidden className="live-pulse size-2 rounded-full bg-accent" />
      <p role="status" className="min-w-0 flex-1 basis-64">
        <strong>Rotating.</strong> {plural(rotation.moved, "record")} sealed anew so far, in pass{" "}
        {rotation.pass}; begun <Ago at={rotation.started_at} />. Reads go on meanwhile.
      </p>
      {rotation.failed > 0 && (
        <p className="text-high">
          {plural(rotation.failed, "record does", "records do")} not open: the older keys are kept.
        </p>
      )}
    </section>
  );
}

export function LastRotation({ vault }: { vault: Vault }) {
  const last = vault.last_rotation;
  if (!last) {
    return (
      <p className="text-muted">
        None yet: what is stored is under the key made with the vault <Ago at={vault.created_at} />.
      </p>
    );
  }
  const seconds = (Date.parse(last.ended_at) - Date.parse(last.started_at)) / 1000;
  return (
    <Facts
      items={[
        [
          "Ended",
          <span key="e">
            <Time at={last.ended_at} shape="minute" /> (<Ago at={last.ended_at} />
            ), after {span(seconds)}
          </span>,
        ],
        ["Sealed anew", plural(last.moved, "record")],
        ["Retired", plural(last.retired.length, "key")],
        [
          "Not opened",
          last.failed > 0 ? (
            <span key="f" className="text-high">
              {count(last.failed)}: these are under a key that is kept
            </span>
          ) : (
            "none"
          ),
        ],
      ]}
    />
  );
}
