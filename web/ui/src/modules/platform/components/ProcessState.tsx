import { useWords } from "@/lib/i18n.ts";
import { Badge, type Tone } from "@/ui/Badge.tsx";
import type { Process } from "../processes.ts";

const tones: Record<Process["state"], Tone> = {
  running: "blue",
  undoing: "violet",
  stuck: "red",
  done: "green",
  undone: "neutral",
};

/** Where a process stands; one whose step fails says that it will be tried again, one that waits for somebody too. */
export function ProcessState({ process }: { process: Process }) {
  const t = useWords("platform");
  if (process.retryAt) return <Badge tone="amber">{t("processes.retrying")}</Badge>;
  if (process.state === "running" && process.steps.some(step => step.state === "open"))
    return <Badge tone="amber">{t("processes.waiting")}</Badge>;
  return <Badge tone={tones[process.state]}>{t(`processes.is.${process.state}`)}</Badge>;
}
