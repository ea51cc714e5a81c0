import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { changeLook, type Look, useLook } from "@/lib/look.ts";
import { useMe } from "@/lib/permissions.ts";
import { Avatar } from "@/ui/Avatar.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { toast } from "@/ui/toast.ts";
import styles from "./Shell.module.css";
import type { Overlay } from "./Shell.tsx";

const themes: { value: Look["theme"]; icon: "monitor" | "sun" | "moon" }[] = [
  { value: "system", icon: "monitor" },
  { value: "light", icon: "sun" },
  { value: "dark", icon: "moon" },
];

export function UserMenu({ wide, onOverlay }: { wide?: boolean; onOverlay: (overlay: Overlay) => void }) {
  const t = useWords("app");
  const me = useMe();
  const { theme } = useLook();
  const client = useQueryClient();
  const signOut = async () => {
    try {
      await api.delete("/api/v1/session");
      client.clear();
      window.location.assign("/");
    } catch {
      toast(t("shell.signOutFailed"), { tone: "red" });
    }
  };
  return (
    <Menu
      width={228}
      position={wide ? "top-start" : "bottom-end"}
      trigger={
        <button
          type="button"
          className={styles.user}
          aria-label={t("shell.userMenu", { name: me.user.name })}
        >
          <Avatar name={me.user.name} size={wide ? 30 : 32} />
          {wide && (
            <>
              <span className={styles.userText}>
                <span className={`${styles.userName} truncate`} style={{ display: "block" }}>
                  {me.user.name}
                </span>
                <span className={`${styles.userRole} truncate`} style={{ display: "block" }}>
                  {me.roles.map(role => t(`roles.${role.code}`, { defaultValue: role.name })).join(", ")}
                </span>
              </span>
              <Icon name="selector" size={16} />
            </>
          )}
        </button>
      }
      items={[
        { heading: me.user.email },
        { label: t("account.title"), icon: "person", href: "/me" },
        { label: t("shell.help"), icon: "keyboard", onSelect: () => onOverlay("help"), keys: "?" },
        "divider",
        { heading: t("theme.title") },
        ...themes.map(one => ({
          label: t(`theme.${one.value}`),
          icon: one.icon,
          checked: theme === one.value,
          onSelect: () => changeLook({ theme: one.value }),
        })),
        "divider",
        { label: t("shell.signOut"), icon: "logout", onSelect: () => void signOut() },
      ]}
    />
  );
}
