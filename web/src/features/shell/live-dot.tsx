// Whether events come in, and how fast: a figure of the pipeline, and the way to the live page.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { pipelineQuery } from "@/api/queries";
import { cx } from "@/lib/cx";
import { rate } from "@/lib/format";
import { paths } from "@/lib/paths";

export function LiveDot() {
  const status = useQuery(pipelineQuery);
  const perSecond = status.data?.rates.stored_per_s ?? 0;
  const [colour, word] = status.isError
    ? ["bg-critical", "no answer"]
    : status.data === undefined
      ? ["bg-edge", "…"]
      : perSecond > 0
        ? ["bg-ok live-pulse", rate(perSecond)]
        : ["bg-edge", "quiet"];
  return (
    <Link
      to={paths.live()}
      aria-label={`Live stream: ${word}`}
      className="inline-flex h-8 items-center gap-2 rounded-control px-2 text-dense text-muted hover:bg-raised hover:text-text"
    >
      <span aria-hidden className={cx("size-2 rounded-full", colour)} />
      <span aria-hidden className="hidden min-w-10 sm:inline">
        {word}
      </span>
    </Link>
  );
}
