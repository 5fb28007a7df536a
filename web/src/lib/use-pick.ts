// Opens rows and narrows ranges from charts: the two things every chart over time can do.
import { useNavigate } from "react-router";
import type { EventFilters } from "./event-query";
import { paths } from "./paths";
import { useRange } from "./use-filters";

export function usePick(filters: Partial<EventFilters> = {}) {
  const navigate = useNavigate();
  const [, setRange] = useRange();
  return {
    onOpen: (from: string, to: string) => void navigate(paths.events(filters, { from, to })),
    onSelect: (from: string, to: string) => setRange({ from, to }),
  };
}
