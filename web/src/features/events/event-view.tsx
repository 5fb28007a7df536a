// One event, whole: what was said (masked), what was found and why, what was decided, when, at what cost in tokens
// and microseconds, and what else belongs to it. Shown in the drawer and on its own page.
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { EventDetail, Finding } from "@/api/types";
import { CopyText } from "@/components/ui/copy";
import { ActionMark, DemoMark, SeverityMark, StatusMark, Tag, VendorMark } from "@/components/ui/marks";
import { Facts } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { bytes, count, micros, millis, percent, usd } from "@/lib/format";
import { paths } from "@/lib/paths";
import { FindingList, findingId } from "./findings";
import { KeptText } from "./kept-text";
import { Timeline } from "./timeline";

const link = "text-accent hover:underline";

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-hairline px-4 py-4">
      <h3 className="mb-2 text-dense text-faint">{title}</h3>
      {children}
    </section>
  );
}

interface EventViewProps {
  event: EventDetail;
  /** Said between the head and the text: the outcome of a new scan. */
  note?: ReactNode;
}

export function EventView({ event, note }: EventViewProps) {
  return (
    <article>
      <Head event={event} />
      {note}
      <Section title={event.findings.length === 0 ? "Text as kept" : "Text as kept, values masked"}>
        <Parts event={event} />
      </Section>
      {event.findings.length > 0 && (
        <Section title={`Findings (${event.findings.length})`}>
          <FindingList findings={event.findings} action={finding => <SameValue finding={finding} />} />
        </Section>
      )}
      <Section title="Timeline">
        <Timeline event={event} />
      </Section>
      <Section title="Decision">
        <Decision event={event} />
      </Section>
      <Section title="Usage">
        <Usage event={event} />
      </Section>
      <Section title="Related">
        <Related event={event} />
      </Section>
      <Section title="Record">
        <Record event={event} />
      </Section>
    </article>
  );
}

function Head({ event }: { event: EventDetail }) {
  return (
    <div className="px-4 py-4">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <SeverityMark severity={event.severity} />
        <ActionMark action={event.action} />
        <StatusMark status={event.status} />
        {event.demo && <DemoMark />}
      </p>
      <div className="mt-3">
        <Facts
          items={[
            ["When", <Time key="t" at={event.occurred_at} shape="full" />],
            ["Vendor", <VendorMark key="v" id={event.vendor} />],
            ["Model", event.model],
            ["Person", event.user ?? event.subject_id ?? "not named"],
            ["Team / app", [event.team, event.app].filter(Boolean).join(" / ") || "not named"],
          ]}
        />
      </div>
    </div>
  );
}

function Parts({ event }: { event: EventDetail }) {
  if (event.parts.length === 0) return <p className="text-muted">No text is kept of this event.</p>;
  return (
    <ol className="flex flex-col gap-3">
      {event.parts.map((part, i) => (
        // A part's place in the event is its identity: findings refer to it.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={i} className="border-l-2 border-hairline pl-3">
          <p className="text-dense text-faint">
            {part.direction === "prompt" ? "to the vendor" : "from the vendor"} · {part.role}
          </p>
          <KeptText
            text={part.text}
            findings={event.findings.filter(f => f.part === i)}
            spans="kept"
            target={findingId}
          />
        </li>
      ))}
      {event.uninspected_bytes > 0 && (
        <li className="hatched rounded-control border border-hairline px-3 py-2 text-muted">
          {bytes(event.uninspected_bytes)} could not be inspected (images, audio, encrypted or over-size
          parts).
        </li>
      )}
    </ol>
  );
}

function SameValue({ finding }: { finding: Finding }) {
  return (
    <Link
      to={paths.events({ fingerprint: [finding.fingerprint] }, { range: "30d" })}
      className={`${link} text-dense`}
    >
      Same value, 30 days
    </Link>
  );
}

function Decision({ event: { decision, injection } }: { event: EventDetail }) {
  return (
    <Facts
      items={[
        ["Action", <ActionMark key="a" action={decision.action} />],
        [
          "Rule",
          <span key="r" className="font-mono text-dense">
            {decision.rule}, version {decision.version}
          </span>,
        ],
        ["If the engine fails", decision.fail_mode === "open" ? "let through" : "refuse"],
        ["Injection score", percent(injection)],
      ]}
    />
  );
}

function Usage({ event: { usage, cost, cost_us } }: { event: EventDetail }) {
  const tokens: [string, string][] = usage
    ? [
        ["Input tokens", count(usage.input_tokens)],
        ["of those cached", count(usage.cached_input_tokens)],
        ["Output tokens", count(usage.output_tokens)],
        ["of those reasoning", count(usage.reasoning_tokens)],
      ]
    : [["Tokens", "not reported"]];
  const money: [string, string][] = [];
  if (cost.reported_usd !== null) money.push(["Cost, reported", usd(cost.reported_usd)]);
  if (cost.observed_usd !== null) money.push(["Cost, observed", usd(cost.observed_usd)]);
  return (
    <Facts
      items={[
        ...tokens,
        ...money,
        [
          "Security took",
          `scan ${micros(cost_us.scan)} · policy ${micros(cost_us.policy)} · log ${micros(cost_us.log)}`,
        ],
      ]}
    />
  );
}

const HOUR = 3_600_000;

function Related({ event }: { event: EventDetail }) {
  const at = Date.parse(event.occurred_at);
  const hour = { from: new Date(at - HOUR / 2).toISOString(), to: new Date(at + HOUR / 2).toISOString() };
  const person = event.user ?? event.subject_id;
  return (
    <ul className="flex flex-col gap-1">
      {person && (
        <li>
          <Link to={paths.events({ user: [person] }, { range: "7d" })} className={link}>
            This person, 7 days
          </Link>
        </li>
      )}
      {event.conversation_id && (
        <li>
          <Link
            to={paths.events({ conversation_id: [event.conversation_id] }, { range: "30d" })}
            className={link}
          >
            This conversation
          </Link>
        </li>
      )}
      {event.app && (
        <li>
          <Link to={paths.events({ app: [event.app] }, hour)} className={link}>
            {event.app}, within half an hour of it
          </Link>
        </li>
      )}
      <li>
        <Link to={paths.events({}, hour)} className={link}>
          Everything within half an hour of it
        </Link>
      </li>
    </ul>
  );
}

function Record({ event }: { event: EventDetail }) {
  const labels = Object.entries(event.labels);
  return (
    <Facts
      items={[
        ["Id", <CopyText key="id" value={event.id} whole />],
        ["Caller's id", event.external_id ? <CopyText key="x" value={event.external_id} whole /> : "none"],
        ["Request", event.request_id ? <CopyText key="r" value={event.request_id} whole /> : "not kept"],
        [
          "Conversation",
          event.conversation_id ? <CopyText key="c" value={event.conversation_id} whole /> : "none",
        ],
        ["Source", event.source],
        ["Region", event.region ?? "not named"],
        ["Latency", event.latency_ms === null ? "not reported" : millis(event.latency_ms)],
        [
          "Labels",
          labels.length === 0 ? (
            "none"
          ) : (
            <span key="l" className="flex flex-wrap gap-1">
              {labels.map(([key, value]) => (
                <Tag key={key}>
                  {key}: {value}
                </Tag>
              ))}
            </span>
          ),
        ],
        ["Place in the log", `partition ${event.partition}, sequence ${count(event.seq)}`],
      ]}
    />
  );
}
