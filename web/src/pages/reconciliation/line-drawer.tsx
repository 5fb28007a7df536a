// One comparison whole: both sides in money and tokens, the gap, and why it is there.
import type { ReconciliationLine } from "@/api/types";
import { rowId } from "@/components/ui/data-table";
import { Drawer } from "@/components/ui/dialog";
import { VendorMark } from "@/components/ui/marks";
import { Facts } from "@/components/ui/page";
import { Empty } from "@/components/ui/states";
import { CAUSE_WORDS, CauseMark } from "@/features/cost/causes";
import { count, instant, percent, plural, signedUsd, usd } from "@/lib/format";
import { useShortcuts } from "@/lib/shortcuts";
import { Seen } from "./columns";

interface LineDrawerProps {
  id: string | null;
  line: ReconciliationLine | undefined;
  onClose: () => void;
}

export function LineDrawer({ id, line, onClose }: LineDrawerProps) {
  return (
    <Drawer open={id !== null} onClose={onClose} title="Comparison" opener={id && rowId(id)}>
      {id && <Body line={line} onClose={onClose} />}
    </Drawer>
  );
}

/** The gap in a sentence. */
function gapWords({ gap_usd, gap_share, gap_expected }: ReconciliationLine): string {
  if (gap_usd === null) return "unknown";
  const share = (whole: string) => (gap_share === null ? "" : `, ${percent(gap_share)} of ${whole}`);
  if (!gap_expected) return `${signedUsd(gap_usd)}${share("what was billed")}`;
  return `≈ ${signedUsd(gap_usd)}${share("what the price book expects")}: there is no bill in dollars`;
}

function Body({ line, onClose }: Omit<LineDrawerProps, "id">) {
  useShortcuts({ Escape: onClose });
  if (!line)
    return <Empty title="This comparison is not in the list">Its day or filter may have changed.</Empty>;
  const model = line.key === null ? {} : { model: line.key };
  return (
    <div className="flex flex-col gap-5 p-4">
      <div className="flex flex-col gap-1">
        <p>
          <CauseMark cause={line.cause} />{" "}
          <span className="text-muted">· {CAUSE_WORDS[line.cause].help}</span>
        </p>
        <p className="first-letter:uppercase">{line.reason}</p>
        <p className="text-dense text-faint">Confidence: {percent(line.confidence)}.</p>
      </div>
      <Facts
        items={[
          ["Day", `${instant(line.day, "UTC", "day")} (UTC)`],
          ["Vendor", <VendorMark key="v" id={line.vendor} {...model} />],
          ["Billed", line.billed_usd === null ? "no bill in dollars" : usd(line.billed_usd)],
          [
            "Seen here",
            <span key="s">
              <Seen line={line} group="vendor" />
              {line.seen_events > 0 && ` in ${plural(line.seen_events, "event")}`}
            </span>,
          ],
          ["Gap", gapWords(line)],
          [
            "Tokens the vendor counts",
            line.billed_tokens === null ? "no usage is collected" : count(line.billed_tokens),
          ],
          ["Tokens seen here", count(line.seen_tokens)],
          ["Of these without a price", count(line.not_priced_tokens)],
        ]}
      />
    </div>
  );
}
