import type { ReactNode } from "react";

/** The room that a page would have, for what stands there instead of one. */
export function Padded({ children }: { children: ReactNode }) {
  return <div style={{ padding: "22px 24px" }}>{children}</div>;
}
