// Takes the listed events out as a file; says how many rows that will be.
import { Download } from "lucide-react";
import { useRefusal } from "@/api/me";
import { Button, buttonClass } from "@/components/ui/button";
import { Menu, MenuLabel, MenuLink } from "@/components/ui/menu";
import { type EventFilters, eventSearch } from "@/lib/event-query";
import type { RangeQuery } from "@/lib/range";

const FORMATS = ["csv", "json", "ndjson"];

interface ExportMenuProps {
  filters: EventFilters;
  range: RangeQuery;
  /** How many rows, in words; null while unknown. */
  rows: string | null;
}

export function ExportMenu({ filters, range, rows }: ExportMenuProps) {
  const refused = useRefusal("analyst");
  if (refused) {
    return (
      <Button refused={refused}>
        <Download aria-hidden className="size-4" />
        Export
      </Button>
    );
  }
  const search = eventSearch(filters, range);
  return (
    <Menu
      label="Export"
      trigger={
        <button type="button" className={buttonClass()}>
          <Download aria-hidden className="size-4" />
          Export
        </button>
      }
    >
      <MenuLabel>{rows ? `${rows}, masked as shown` : "Masked as shown"}</MenuLabel>
      {FORMATS.map(format => (
        <MenuLink key={format}>
          <a href={`/api/events/export${search}${search ? "&" : "?"}format=${format}`} download>
            {format.toUpperCase()}
          </a>
        </MenuLink>
      ))}
    </Menu>
  );
}
