// An address that leads nowhere: names it and offers the way on.
import { Link, useLocation } from "react-router";
import { buttonClass } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { Empty } from "@/components/ui/states";
import { paths } from "@/lib/paths";

export default function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <Page title="Not found">
      <Empty
        title="Nothing lives at this address"
        action={
          <>
            <Link to={paths.overview()} className={buttonClass("primary")}>
              Overview
            </Link>
            <Link to={paths.events()} className={buttonClass()}>
              Search the events
            </Link>
          </>
        }
      >
        <span className="font-mono break-all">{pathname}</span> is not a page of this console. It may have
        been mistyped, or belong to a newer version.
      </Empty>
    </Page>
  );
}
