// What do we look for? The catalogue of detectors beside a playground to try any text on all of them.
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useRefusal } from "@/api/me";
import { detectorsQuery } from "@/api/queries";
import type { DetectorList } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Page, Panel } from "@/components/ui/page";
import { Region } from "@/components/ui/states";
import { defineFilters, oneOf, text } from "@/lib/filters";
import { micros, plural } from "@/lib/format";
import { useFilters } from "@/lib/use-filters";
import { Catalogue } from "./catalogue";
import { CustomDialog } from "./custom-dialog";
import { DetectorDrawer } from "./detector-drawer";
import { REDACTION_MODES } from "./redaction";
import { WORKBENCH_TEXT, Workbench } from "./workbench";

const spec = defineFilters({ id: text(), mode: oneOf(REDACTION_MODES, "mask") });

/** What they do, and what that costs here. */
function about(list: DetectorList | undefined): string {
  const who = list ? plural(list.items.length, "detector") : "They";
  const cost = list?.cost;
  const time = cost ? ` Reading, deciding and masking take ${micros(cost.us_per_kb)} a kilobyte here.` : "";
  return `${who} read every text before it is kept.${time}`;
}

export default function DetectorsPage() {
  const [{ id, mode }, set, ignored] = useFilters(spec);
  const detectors = useQuery(detectorsQuery);
  // What is tried may be a real secret: it stays out of the address and the history.
  const [tried, setTried] = useState("");
  const [making, setMaking] = useState(false);
  const refused = useRefusal("admin");
  const [focusAfter, setFocusAfter] = useState<string | null>(null);
  return (
    <Page
      title="Detectors"
      ignored={ignored}
      about={about(detectors.data)}
      actions={
        <Button refused={refused} onClick={() => setMaking(true)}>
          <Plus aria-hidden className="size-4" />
          New detector
        </Button>
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel title="Catalogue" about="precision and recall on the labelled texts this version ships" flush>
          <Region query={detectors} what="the detectors" className="m-4 h-80">
            {data => <Catalogue detectors={data.items} openId={id} />}
          </Region>
        </Panel>
        <Workbench
          text={tried}
          onText={setTried}
          mode={mode}
          onMode={next => set({ mode: next })}
          names={new Map(detectors.data?.items.map(one => [one.id, one.name]))}
        />
      </div>
      <CustomDialog
        open={making}
        onClose={() => setMaking(false)}
        onMade={made => {
          setMaking(false);
          set({ id: made });
        }}
      />
      <DetectorDrawer
        id={id}
        detectors={detectors.data?.items}
        focusAfter={focusAfter}
        onClose={() => {
          setFocusAfter(null);
          set({ id: null });
        }}
        onTry={example => {
          setTried(example);
          // An example lands in the playground: the focus should, too.
          setFocusAfter(WORKBENCH_TEXT);
          set({ id: null });
        }}
      />
    </Page>
  );
}
