// A scanned text as it would be sent on: what stands in the place of values, in the mode one chooses.
import { useId } from "react";
import type { RedactionMode, ScanAnswer } from "@/api/types";
import { CopyButton } from "@/components/ui/copy";
import { Tag } from "@/components/ui/marks";
import { Segmented } from "@/components/ui/segmented";
import { findingId } from "@/features/events/findings";
import { KeptText } from "@/features/events/kept-text";
import { TextBox } from "./text-box";

const MODES: Record<RedactionMode, { label: string; about: string }> = {
  mask: { label: "Mask", about: "What it was can be told, whose it was cannot. Texts are kept like this." },
  placeholder: { label: "Placeholder", about: "Type and number: a model can still tell values apart." },
  pseudonym: { label: "Pseudonym", about: "A keyed token: its session turns it back in the answer." },
  same_form: {
    label: "Same form",
    about: "Other valid values: dates move, cards keep issuer and check digit.",
  },
};

export const REDACTION_MODES = [
  "mask",
  "placeholder",
  "pseudonym",
  "same_form",
] as const satisfies RedactionMode[];

interface RedactionProps {
  answer: ScanAnswer;
  mode: RedactionMode;
  onMode: (mode: RedactionMode) => void;
}

export function Redaction({ answer, mode, onMode }: RedactionProps) {
  const about = useId();
  const { text, spans } = answer.redactions[mode];
  if (answer.findings.every(finding => finding.category === "attack")) {
    return <p className="text-muted">No values to replace: it would be sent on as it is.</p>;
  }
  return (
    <section aria-label="As it would be sent on" className="flex flex-col gap-2">
      <div className="flex min-h-8 items-center gap-2">
        <h3 className="text-dense text-muted">As it would be sent on</h3>
        {answer.json && <Tag>stays valid JSON</Tag>}
        <span className="ml-auto">
          <CopyButton value={text} name="Copy this text" />
        </span>
      </div>
      <Segmented
        wide
        label="In the place of values"
        value={mode}
        onChange={onMode}
        options={REDACTION_MODES.map(value => ({ value, label: MODES[value].label }))}
        describedBy={about}
      />
      <p id={about} className="min-h-8 text-dense text-muted sm:min-h-4">
        {MODES[mode].about}
      </p>
      <TextBox label="Text with values replaced">
        <KeptText text={text} findings={answer.findings} spans={spans} target={findingId} />
      </TextBox>
    </section>
  );
}
