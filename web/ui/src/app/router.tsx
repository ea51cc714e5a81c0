import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { knowWords, loadWords } from "@/lib/i18n.ts";
import { parseSearch, type RouteDef, stringifySearch } from "@/lib/url.ts";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { NotFound } from "@/ui/States.tsx";
import { modules } from "./modules.ts";
import { routes } from "./routes.ts";
import { Failed } from "./shell/Failed.tsx";
import { Shell } from "./shell/Shell.tsx";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    permission?: string | string[] | undefined;
  }
}

const root = createRootRoute({ component: Shell });

function routeOf(def: RouteDef, namespace: string) {
  return createRoute({
    getParentRoute: () => root,
    path: def.path,
    component: lazyRouteComponent(def.page),
    loader: () => loadWords(namespace),
    staticData: { permission: def.permission },
  });
}

/** Addresses that mean something only to who is signed out lead home. */
function homeward(path: string) {
  return createRoute({
    getParentRoute: () => root,
    path,
    beforeLoad: () => {
      throw redirect({ to: "/", replace: true });
    },
  });
}

export function makeRouter() {
  const own = routes.map(def => routeOf(def, "app"));
  const theirs = modules.flatMap(module => {
    knowWords(module.name, module.locales);
    return module.routes.map(def => routeOf(def, module.name));
  });
  const dev = import.meta.env.DEV
    ? [routeOf({ path: "/gallery", page: () => import("../../dev/Gallery.tsx") }, "app")]
    : [];
  return createRouter({
    routeTree: root.addChildren([...own, ...theirs, ...dev, homeward("/sign-in"), homeward("/set-up")]),
    parseSearch: text => parseSearch(text),
    stringifySearch,
    defaultPreload: false,
    defaultPendingMs: 120,
    defaultPendingMinMs: 0,
    defaultPendingComponent: () => <SkeletonPage />,
    defaultErrorComponent: ({ error, reset }) => <Failed error={error} onRetry={reset} />,
    defaultNotFoundComponent: () => <NotFound />,
    scrollRestoration: true,
    scrollToTopSelectors: ["#main"],
  });
}
