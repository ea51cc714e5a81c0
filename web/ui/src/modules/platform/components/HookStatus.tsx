import { useWords } from "@/lib/i18n.ts";
import { Badge } from "@/ui/Badge.tsx";
import type { Delivery, Webhook } from "../webhooks.ts";

const tones = { on: "green", off: "neutral", failing: "amber", stopped: "red", "owner-gone": "red" } as const;
const states = { waiting: "blue", delivered: "green", failed: "red" } as const;

export function HookStatus({ status }: { status: Webhook["status"] }) {
  const t = useWords("platform");
  return <Badge tone={tones[status]}>{t(`webhooks.status.${status}`)}</Badge>;
}

export function DeliveryState({ state }: { state: Delivery["state"] }) {
  const t = useWords("platform");
  return <Badge tone={states[state]}>{t(`webhooks.state.${state}`)}</Badge>;
}
