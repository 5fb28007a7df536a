// One event by its own address.
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { Link, useParams } from "react-router";
import { eventQuery } from "@/api/queries";
import { buttonClass } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy";
import { Page } from "@/components/ui/page";
import { Region } from "@/components/ui/states";
import { EventView } from "@/features/events/event-view";
import { RescanButton, RescanResult, useRescan } from "@/features/events/rescan";
import { paths } from "@/lib/paths";

export default function EventPage() {
  const { id = "" } = useParams();
  const event = useQuery(eventQuery(id));
  const rescan = useRescan(id);
  return (
    <Page
      title="Event"
      about={<CopyText value={id} whole />}
      actions={
        <>
          <RescanButton rescan={rescan} />
          <Link to={paths.events()} className={buttonClass("plain")}>
            <ArrowLeft aria-hidden className="size-4" />
            All events
          </Link>
        </>
      }
    >
      <div className="max-w-3xl rounded-panel border border-hairline bg-panel">
        {/* The sections of an event are a level down: in the drawer its title stands above them. */}
        <h2 className="sr-only">What is kept of it</h2>
        <Region query={event} what="the event" className="m-4 h-96">
          {data => <EventView event={data} note={<RescanResult rescan={rescan} />} />}
        </Region>
      </div>
    </Page>
  );
}
