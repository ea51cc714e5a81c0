import { addressWith } from "@/lib/api.ts";
import { Problem, type ProblemAnswer } from "@/lib/problem.ts";
import type { Selected } from "./bulk.ts";

export interface LabelSheet {
  selection: Selected["selection"];
  layout: "a4" | "roll";
  skip: number;
  withLink: boolean;
}

/** How many labels one file holds. */
export const mostLabels = 1000;

/** Makes the labels and opens them beside the page, ready to print. */
export async function printLabels({ selection, layout, skip, withLink }: LabelSheet): Promise<void> {
  const response = await fetch("/api/v1/assets/labels", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      ...selection,
      layout,
      skip,
      ...(withLink ? { link: window.location.origin } : {}),
    }),
  }).catch(() => {
    throw new Problem({ status: 0, title: "offline" });
  });
  if (!response.ok) {
    const told = (await response.json().catch(() => ({}))) as Partial<ProblemAnswer>;
    throw new Problem({ ...told, status: response.status });
  }
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function codeAddress(id: string, withLink: boolean): string {
  return addressWith(`/api/v1/assets/${id}/label-code`, {
    link: withLink ? window.location.origin : undefined,
  });
}
