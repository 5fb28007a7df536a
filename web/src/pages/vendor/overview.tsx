// What the vendor can tell, whether it does so here and if not why; its health, and what a person should know.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Breaker, Key, Offer, Vendor, VendorSeen } from "@/api/types";
import { breakersQuery } from "@/api/vendor-queries";
import { Mark } from "@/components/ui/marks";
import { Facts, Panel } from "@/components/ui/page";
import { Region } from "@/components/ui/states";
import { Ago } from "@/components/ui/time";
import { ABILITY_HELP, ABILITY_WORDS, inOrder } from "@/features/vendors/abilities";
import { COLUMN_WORDS, COLUMNS, cellOf } from "@/features/vendors/coverage";
import { CoverageMark, StandingMark } from "@/features/vendors/marks";
import { plural, span } from "@/lib/format";
import { paths } from "@/lib/paths";

interface OverviewProps {
  vendor: Vendor;
  keys: readonly Key[];
  seen: VendorSeen | undefined;
}

export function Overview({ vendor, keys, seen }: OverviewProps) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Panel title="What it can tell" about="and whether it does so here" flush>
        <ul className="divide-y divide-hairline">
          {inOrder(vendor.abilities).map(offer => (
            <OfferRow key={offer.ability} offer={offer} vendor={vendor} keys={keys} />
          ))}
        </ul>
      </Panel>
      <div className="flex min-w-0 flex-col gap-4">
        {seen && (
          <Panel title="How well it is seen">
            <Facts
              items={COLUMNS.flatMap(column => {
                const cell = cellOf(seen.cells, column);
                return cell ? [[COLUMN_WORDS[column], <SeenCell key={column} cell={cell} />] as const] : [];
              })}
            />
          </Panel>
        )}
        {keys.length > 0 && <Breakers vendor={vendor} />}
        {vendor.notes.length > 0 && (
          <Panel title="Good to know">
            <ul className="flex list-disc flex-col gap-1.5 pl-4 marker:text-faint">
              {vendor.notes.map(note => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </Panel>
        )}
        <Panel title="Hosts that are called" about="for the firewall">
          <ul className="flex flex-col gap-2">
            {vendor.hosts.map(host => (
              <li key={host.name}>
                <span className="font-mono text-dense break-all">{host.base_url}</span>
                <span className="block text-dense text-faint">{host.purpose}</span>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </div>
  );
}

function SeenCell({ cell }: { cell: VendorSeen["cells"][number] }) {
  return (
    <span>
      <CoverageMark state={cell.state} />
      {cell.last_at && (
        <span className="ml-2 text-dense text-faint">
          <Ago at={cell.last_at} />
        </span>
      )}
      <span className="block text-dense text-faint">{cell.why}</span>
    </span>
  );
}

function OfferRow({ offer, vendor, keys }: { offer: Offer; vendor: Vendor; keys: readonly Key[] }) {
  const checks = keys.flatMap(key => {
    const found = key.check?.abilities.find(one => one.ability === offer.ability);
    return found ? [{ key, ...found }] : [];
  });
  const has = checks.find(one => one.standing === "has");
  const best = has ?? checks[0];
  return (
    <li className="grid gap-x-4 gap-y-0.5 px-4 py-2.5 sm:grid-cols-[7rem_7rem_minmax(0,1fr)]">
      <span className="font-semibold">{ABILITY_WORDS[offer.ability]}</span>
      <span>
        {!offer.offered ? (
          <Mark shape="dash" colour="text-faint">
            not offered
          </Mark>
        ) : best ? (
          <StandingMark standing={best.standing} />
        ) : (
          <Mark shape="ring" colour="text-muted">
            not connected
          </Mark>
        )}
      </span>
      <span className="min-w-0 text-muted">
        {!offer.offered && offer.reason}
        {offer.offered &&
          (best && !has ? (
            <>
              {best.said && <>“{best.said}” </>}
              <Link to={paths.keys({ key: best.key.id })} className="text-accent underline">
                {best.key.label}
              </Link>
            </>
          ) : (
            <>
              {ABILITY_HELP[offer.ability]} {!has && <HowTo offer={offer} vendor={vendor} />}
            </>
          ))}
      </span>
    </li>
  );
}

/** What is lacking for an ability, and the way to it. */
function HowTo({ offer, vendor }: { offer: Offer; vendor: Vendor }) {
  const kinds = vendor.kinds.filter(kind => offer.kinds.includes(kind.id));
  return (
    <>
      {kinds.length > 0 && "Comes with "}
      {kinds.map((kind, i) => (
        <span key={kind.id}>
          {i > 0 && " or "}
          <Link to={paths.connect({ vendor: vendor.id, kind: kind.id })} className="text-accent underline">
            {kind.name}
          </Link>
        </span>
      ))}
      {kinds.length > 0 && "."}
    </>
  );
}

function Breakers({ vendor }: { vendor: Vendor }) {
  const breakers = useQuery(breakersQuery);
  return (
    <Panel title="Circuit breakers" about="stop calls to a host that keeps failing">
      <Region query={breakers} what="the breakers" className="h-16">
        {data => {
          const mine = data.items.filter(one => one.vendor === vendor.id);
          const open = mine.filter(one => one.state !== "closed");
          if (open.length === 0) {
            return (
              <p className="text-muted">
                <Mark shape="tick" colour="text-ok">
                  all closed
                </Mark>{" "}
                Calls go through.
              </p>
            );
          }
          return (
            <ul className="flex flex-col gap-2">
              {open.map(one => (
                <OpenBreaker key={`${one.host} ${one.key?.id}`} breaker={one} />
              ))}
            </ul>
          );
        }}
      </Region>
    </Panel>
  );
}

function OpenBreaker({ breaker }: { breaker: Breaker }) {
  const wait = breaker.retry_in_seconds;
  return (
    <li>
      <Mark shape="stop" colour="text-high">
        {breaker.state === "open" ? "open" : "trying"}
      </Mark>{" "}
      <span className="font-mono text-dense">{breaker.host}</span>
      <span className="block text-dense text-faint">
        {plural(breaker.failures, "failure")} in a row
        {wait !== null && wait !== undefined && `; one call is tried in ${span(wait)}`}
        {breaker.key && `; ${breaker.key.label}`}
      </span>
    </li>
  );
}
