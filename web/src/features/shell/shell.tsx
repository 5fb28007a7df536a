// The frame around every page: menu, top bar, banners, and the page itself. Knows who is signed in.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Menu as MenuIcon } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Link, Outlet, useLocation, useNavigate, useNavigation } from "react-router";
import { failure, onSessionEnd, refreshSession } from "@/api/client";
import { contains, MeProvider } from "@/api/me";
import { meQuery } from "@/api/queries";
import type { User } from "@/api/types";
import { IconButton } from "@/components/ui/button";
import { SideSheet } from "@/components/ui/dialog";
import { Page } from "@/components/ui/page";
import { Empty, Failed, Loading } from "@/components/ui/states";
import type { PageEntry } from "@/lib/page-entry";
import { paths } from "@/lib/paths";
import { useShortcuts } from "@/lib/shortcuts";
import { useCompact } from "@/lib/use-media";
import { Banners } from "./banners";
import { KeysDialog } from "./keys-dialog";
import { LiveDot } from "./live-dot";
import { Brand, Rail, RailContent } from "./rail";
import { RangePicker } from "./range-picker";
import { ThemeButton, UserMenu } from "./user-menu";
import { ZoneMenu } from "./zone-menu";

/** Access tokens live 15 minutes; an open tab renews its session before that. */
const RENEW_MS = 10 * 60_000;

/** Asks who is signed in; nobody goes to the sign-in page and comes back to this address afterwards. */
export function Shell({ pages }: { pages: readonly PageEntry[] }) {
  const me = useQuery(meQuery);
  const navigate = useNavigate();
  const cache = useQueryClient();
  const location = useLocation();
  const here = location.pathname + location.search;
  const signedOut = me.isError && failure(me.error).status === 401;
  useEffect(() => {
    const leave = async () => {
      // First away, then forget: what is still on screen would ask again for what was forgotten.
      await navigate(paths.login(here), { replace: true });
      cache.clear();
    };
    if (signedOut) void leave();
    return onSessionEnd(() => void leave());
  }, [signedOut, here, navigate, cache]);
  useEffect(() => {
    const timer = setInterval(() => void refreshSession(), RENEW_MS);
    return () => clearInterval(timer);
  }, []);
  if (me.data?.user) return <Frame user={me.data.user} pages={pages} />;
  return (
    <div className="flex h-dvh items-center justify-center bg-canvas">
      {me.isError && !signedOut ? (
        <div className="rounded-panel border border-hairline bg-panel">
          <Failed error={me.error} retry={() => me.refetch()} what="your account" />
        </div>
      ) : (
        <Loading what="your account" className="w-64" />
      )}
    </div>
  );
}

function usePage(pages: readonly PageEntry[]): PageEntry | undefined {
  const { pathname } = useLocation();
  return pages.find(
    page =>
      page.path === pathname || (page.path.endsWith("/:id") && pathname.startsWith(page.path.slice(0, -3))),
  );
}

function Frame({ user, pages }: { user: User; pages: readonly PageEntry[] }) {
  const page = usePage(pages);
  const compact = useCompact();
  const [keysShown, setKeysShown] = useState(false);
  const navigate = useNavigate();
  const mine = pages.filter(p => contains(user.role, p.role));
  useShortcuts({
    "?": () => setKeysShown(true),
    ...Object.fromEntries(
      mine.flatMap(p =>
        p.key ? [[`g ${p.key}`, () => void navigate(p.range ? `${p.path}?range=${p.range}` : p.path)]] : [],
      ),
    ),
  });
  const allowed = page === undefined || contains(user.role, page.role);
  return (
    <MeProvider user={user}>
      <a
        href="#content"
        className="sr-only z-50 rounded-control bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <div className="flex h-dvh bg-canvas text-text">
        {!compact && <Rail pages={pages} />}
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="shrink-0">
            <TopBar page={page} pages={pages} compact={compact} onShowKeys={() => setKeysShown(true)} />
            <Banners />
          </header>
          <main id="content" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
            {allowed ? <Outlet /> : <NotAllowed page={page} />}
          </main>
        </div>
      </div>
      <KeysDialog open={keysShown} onClose={() => setKeysShown(false)} pages={mine} />
    </MeProvider>
  );
}

function NotAllowed({ page }: { page: PageEntry }): ReactNode {
  return (
    <Page title={page.title}>
      <Empty title={`${page.title} is for ${page.role}s`}>
        Your role does not open this page. An administrator can change it under Team.
      </Empty>
    </Page>
  );
}

/** Where one is: the section of the menu, or the page that this one belongs under, then this one. */
function Breadcrumb({ page, pages }: { page: PageEntry | undefined; pages: readonly PageEntry[] }) {
  const { pathname } = useLocation();
  const above = page?.under && pages.find(one => one.path === page.under?.path);
  const id = pathname.split("/")[2];
  const name = (id && page?.under?.name?.(decodeURIComponent(id))) ?? page?.title ?? "Not found";
  const before = above ? (
    <Link to={above.path} className="hover:text-text hover:underline">
      {above.title}
    </Link>
  ) : (
    page?.section
  );
  return (
    <nav aria-label="Breadcrumb" className="mr-auto min-w-0 px-1">
      <ol className="flex items-center gap-1.5 truncate">
        {before && (
          <>
            <li className="hidden text-muted md:inline">{before}</li>
            <li aria-hidden className="hidden text-faint md:inline">
              /
            </li>
          </>
        )}
        <li aria-current="page" className="truncate font-semibold">
          {name}
        </li>
      </ol>
    </nav>
  );
}

interface TopBarProps {
  page: PageEntry | undefined;
  pages: readonly PageEntry[];
  compact: boolean;
  onShowKeys: () => void;
}

function TopBar({ page, pages, compact, onShowKeys }: TopBarProps) {
  const [menuOpen, setMenuOpen] = useState(false);
  const busy = useNavigation().state !== "idle";
  return (
    <div className="relative flex h-12 shrink-0 items-center gap-1 border-b border-hairline bg-panel px-2 sm:px-4">
      {compact && (
        <>
          <IconButton name="Menu" onClick={() => setMenuOpen(true)}>
            <MenuIcon />
          </IconButton>
          <SideSheet open={menuOpen} onClose={() => setMenuOpen(false)} title="Menu">
            <Brand />
            <RailContent pages={pages} folded={false} onNavigate={() => setMenuOpen(false)} />
          </SideSheet>
        </>
      )}
      <Breadcrumb page={page} pages={pages} />
      {page?.ranged && <RangePicker />}
      <ZoneMenu />
      <LiveDot />
      <ThemeButton />
      <UserMenu onShowKeys={onShowKeys} />
      {busy && <div aria-hidden className="live-pulse absolute inset-x-0 -bottom-px h-px bg-accent" />}
    </div>
  );
}
