// The charges as a file for finance: FOCUS 1.4, what vendors billed and nothing else.
import { Download } from "lucide-react";
import { useRefusal } from "@/api/me";
import { Button, buttonClass } from "@/components/ui/button";
import { rangeSpec } from "@/lib/event-query";
import { formatFilters } from "@/lib/filters";
import { DEFAULT_RANGE, type RangeQuery } from "@/lib/range";

export function ExportButton({ range }: { range: RangeQuery }) {
  const refused = useRefusal("analyst");
  const inside = (
    <>
      <Download aria-hidden className="size-4" />
      Export for finance
    </>
  );
  if (refused) return <Button refused={refused}>{inside}</Button>;
  const search = formatFilters(rangeSpec, range);
  if (search.size === 0) search.set("range", DEFAULT_RANGE);
  return (
    <a
      href={`/api/costs/focus?${search}`}
      download
      className={buttonClass()}
      title="FOCUS 1.4, CSV: what vendors billed"
    >
      {inside}
    </a>
  );
}
