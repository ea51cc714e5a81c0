import { useWords } from "@/lib/i18n.ts";
import { Badge } from "@/ui/Badge.tsx";
import type { User } from "../api.ts";

const tones = { active: "green", disabled: "neutral", revoked: "red" } as const;

export function UserStatus({ user }: { user: Pick<User, "status" | "mustChangePassword" | "invited"> }) {
  const t = useWords("platform");
  if (user.status === "active" && user.invited) return <Badge tone="blue">{t("status.invited")}</Badge>;
  if (user.status === "active" && user.mustChangePassword)
    return <Badge tone="amber">{t("status.mustChange")}</Badge>;
  return <Badge tone={tones[user.status]}>{t(`status.${user.status}`)}</Badge>;
}
