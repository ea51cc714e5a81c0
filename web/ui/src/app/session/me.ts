import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api.ts";
import { changeLanguage } from "@/lib/i18n.ts";
import { changeLook, look } from "@/lib/look.ts";
import type { Me } from "@/lib/permissions.ts";

export const meKey = ["me"];

export function useMeQuery() {
  return useQuery({
    queryKey: meKey,
    queryFn: () => api.get("/api/v1/me"),
    retry: false,
    retryOnMount: false,
    staleTime: 60_000,
  });
}

/** What the person chose on any machine is the same on this one. */
export async function applyPreferences(me: Me): Promise<void> {
  const { theme, density, singleKeys, language } = me.preferences;
  changeLook({
    theme: theme ?? look().theme,
    density: density ?? look().density,
    singleKeys: singleKeys ? singleKeys === "on" : look().singleKeys,
    language: language ?? (look().language || (me.company.language === "de" ? "de" : "en")),
  });
  await changeLanguage(look().language === "de" ? "de" : "en");
}
