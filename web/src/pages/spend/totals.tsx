// The figures of the range, each of its own kind.
import { Link } from "react-router";
import type { Spend } from "@/api/types";
import { type Tile, Tiles } from "@/features/cost/tiles";
import { about, plural, usd } from "@/lib/format";
import { paths } from "@/lib/paths";

/** Calls nobody can put a price on: by their tokens, or, where none are told, by their number. */
function unpriced({ events, tokens }: Spend["totals"]["not_priced"]): Tile {
  const name = "Not priced";
  if (events === 0) return { name, value: "nothing", note: "every call seen here has a price" };
  if (tokens === 0) {
    return {
      name,
      value: plural(events, "event"),
      note: "that tell no tokens, so there is nothing to price",
    };
  }
  return {
    name,
    value: plural(tokens, "token"),
    note: `in ${plural(events, "event")} whose price nobody knows: in no sum`,
  };
}

export function Totals({ spend }: { spend: Spend }) {
  const { totals, from, to } = spend;
  const { reported, not_priced } = totals;
  const estimated =
    Number(reported.estimated_usd) !== 0 ? `; ${about(reported.estimated_usd)} more by its own estimate` : "";
  return (
    <Tiles
      tiles={[
        {
          name: "Billed",
          value: usd(reported.billed_usd),
          note: `by the vendors' bills${estimated}`,
        },
        {
          name: "Stated in answers",
          value: usd(reported.stated_usd),
          note: "mostly the same money as in bills: never added to them",
        },
        {
          name: "Observed, by our prices",
          value: (
            <Link to={paths.events({}, { from, to })} className="hover:text-accent">
              {about(totals.observed_usd)}
            </Link>
          ),
          note: `calls seen here whose vendor states nothing; ${plural(totals.events, "event")} in all`,
        },
        unpriced(not_priced),
      ]}
    />
  );
}
