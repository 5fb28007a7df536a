// The event beside its list. Its address works alone; j and k step through the list with it open.
import { useQuery } from "@tanstack/react-query";
import { SquareArrowOutUpRight } from "lucide-react";
import { Link } from "react-router";
import { eventQuery } from "@/api/queries";
import { CopyButton, copyText } from "@/components/ui/copy";
import { rowId } from "@/components/ui/data-table";
import { Drawer } from "@/components/ui/dialog";
import { Region } from "@/components/ui/states";
import { notify } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { shortenId } from "@/lib/ids";
import { paths } from "@/lib/paths";
import { useShortcuts } from "@/lib/shortcuts";
import { EventView } from "./event-view";
import { RescanButton, RescanResult, useRescan } from "./rescan";

interface EventDrawerProps {
  id: string | null;
  onClose: () => void;
}

export function EventDrawer({ id, onClose }: EventDrawerProps) {
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      title={<>Event {id && <span className="font-mono text-dense text-muted">{shortenId(id)}</span>}</>}
      actions={
        id && (
          <>
            <CopyButton value={id} name="Copy the id" />
            <Tooltip hint="Open as a page">
              <Link
                to={paths.event(id)}
                aria-label="Open as a page"
                className="inline-flex size-8 items-center justify-center rounded-control text-muted hover:bg-raised hover:text-text"
              >
                <SquareArrowOutUpRight aria-hidden className="size-4" />
              </Link>
            </Tooltip>
          </>
        )
      }
      opener={id && rowId(id)}
    >
      {id && <DrawerBody key={id} id={id} onClose={onClose} />}
    </Drawer>
  );
}

function DrawerBody({ id, onClose }: { id: string; onClose: () => void }) {
  const event = useQuery(eventQuery(id));
  const rescan = useRescan(id);
  useShortcuts({
    y: () => void copyText(id).then(copied => copied && notify("Event id copied.")),
    Escape: onClose,
  });
  return (
    <div className="relative">
      <div className="absolute top-3 right-3">
        <RescanButton rescan={rescan} />
      </div>
      <Region query={event} what="the event" className="m-4 h-96">
        {data => <EventView event={data} note={<RescanResult rescan={rescan} />} />}
      </Region>
    </div>
  );
}
