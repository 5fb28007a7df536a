// The signed-in person: who, as what, settings, keys, sign out; the theme where the bar has no room for it.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Keyboard, LogOut, Moon, Settings, Sun } from "lucide-react";
import { Link, useNavigate } from "react-router";
import { client, done } from "@/api/client";
import { useMe } from "@/api/me";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuLine, MenuLink } from "@/components/ui/menu";
import { notify } from "@/components/ui/toast";
import { paths } from "@/lib/paths";
import { themeChoice } from "@/lib/preferences";
import { useTheme } from "@/lib/theme";

function initials(name: string): string {
  const parts = name.split(/[\s@.]+/).filter(Boolean);
  return [parts[0], parts[1]]
    .map(part => part?.[0] ?? "")
    .join("")
    .toUpperCase();
}

export function ThemeButton() {
  const theme = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  return (
    <IconButton
      name={`Switch to ${other} theme`}
      className="max-sm:hidden"
      onClick={() => themeChoice.set(other)}
    >
      {theme === "dark" ? <Sun /> : <Moon />}
    </IconButton>
  );
}

export function UserMenu({ onShowKeys }: { onShowKeys: () => void }) {
  const user = useMe();
  const theme = useTheme();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => done(client.POST("/api/auth/logout")),
    onSuccess: async () => {
      await navigate(paths.login());
      cache.clear();
    },
    onError: () => notify("Could not sign out: the server did not answer. Try again."),
  });
  return (
    <Menu
      label="Account"
      trigger={
        <button
          type="button"
          aria-label={`${initials(user.name || user.email)}, account of ${user.name}`}
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-full border border-edge bg-raised text-dense font-semibold text-text hover:border-accent"
        >
          {initials(user.name || user.email)}
        </button>
      }
    >
      <MenuLabel>
        <span className="block truncate text-body font-semibold text-text">{user.name}</span>
        <span className="block truncate">{user.email}</span>
        <span className="block">{user.role}</span>
      </MenuLabel>
      <MenuLine />
      <MenuLink>
        <Link to={paths.settings()}>
          <Settings aria-hidden /> Settings
        </Link>
      </MenuLink>
      <MenuItem onSelect={onShowKeys}>
        <Keyboard aria-hidden /> Keyboard shortcuts
      </MenuItem>
      <MenuItem onSelect={() => themeChoice.set(theme === "dark" ? "light" : "dark")}>
        {theme === "dark" ? <Sun aria-hidden /> : <Moon aria-hidden />}
        {theme === "dark" ? "Light theme" : "Dark theme"}
      </MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => signOut.mutate()}>
        <LogOut aria-hidden /> Sign out
      </MenuItem>
    </Menu>
  );
}
