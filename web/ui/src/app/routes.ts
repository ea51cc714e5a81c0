import type { RouteDef } from "@/lib/url.ts";

/** The shell's own pages. */
export const routes: RouteDef[] = [
  { path: "/", page: () => import("./pages/Home.tsx") },
  { path: "/me", page: () => import("./pages/Account.tsx") },
];
