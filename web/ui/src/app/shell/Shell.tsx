import { Outlet, useMatches, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { useLocation } from "@/lib/url.ts";
import { useGo } from "@/ui/Link.tsx";
import { NoPermission } from "@/ui/States.tsx";
import { BottomBar } from "./BottomBar.tsx";
import { useCommands, usePlaces } from "./places.ts";
import styles from "./Shell.module.css";
import { Sidebar } from "./Sidebar.tsx";
import { Topbar } from "./Topbar.tsx";
import { Viewing } from "./Viewing.tsx";

const loadPalette = () => import("./Palette.tsx");
const Palette = lazy(loadPalette);
const Help = lazy(() => import("./Help.tsx"));

export type Overlay = "palette" | "help" | undefined;

/** What stays while pages change. */
export function Shell() {
  const t = useWords("app");
  const [overlay, setOverlay] = useState<Overlay>();
  const waiting = useRouterState({
    select: state => state.status === "pending" && state.resolvedLocation !== undefined,
  });
  const main = useRef<HTMLElement>(null);
  const { path } = useLocation();
  useKeys(setOverlay);

  // The palette's file is fetched when a hand is on its way: at the first half of its keys, or over what opens it.
  useEffect(() => {
    const fetchIt = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey) void loadPalette();
    };
    addEventListener("keydown", fetchIt);
    return () => removeEventListener("keydown", fetchIt);
  }, []);

  // A new page begins at its top, and a keyboard or screen reader goes on from there.
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [path]);

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("shell.skip")}
      </a>
      {waiting && <div className={styles.progress} role="progressbar" aria-label={t("shell.loading")} />}
      <Sidebar onOverlay={setOverlay} />
      <Topbar onOverlay={setOverlay} onNearSearch={loadPalette} />
      <main className={styles.main} id="main" ref={main} tabIndex={-1}>
        <Viewing />
        <Guarded />
      </main>
      <BottomBar />
      <Suspense fallback={null}>
        {overlay === "palette" && <Palette onClose={() => setOverlay(undefined)} />}
        {overlay === "help" && <Help onClose={() => setOverlay(undefined)} />}
      </Suspense>
    </div>
  );
}

/** A page that the person may not see is refused here, before it asks the server. */
function Guarded() {
  const permission = useMatches({ select: matches => matches.at(-1)?.staticData.permission });
  const allowed = useCan(permission);
  return allowed ? <Outlet /> : <NoPermission />;
}

function useKeys(open: (overlay: Overlay) => void): void {
  const go = useGo();
  const places = usePlaces();
  const commands = useCommands();
  useShortcuts([
    { keys: "mod+k", run: () => open("palette"), always: true },
    { keys: "?", run: () => open("help") },
    ...places.flatMap(place => (place.key ? [{ keys: `g ${place.key}`, run: () => go(place.to) }] : [])),
    ...commands.flatMap(command =>
      command.keys
        ? [{ keys: command.keys, run: () => (command.to ? go(command.to) : command.run?.()) }]
        : [],
    ),
  ]);
}
