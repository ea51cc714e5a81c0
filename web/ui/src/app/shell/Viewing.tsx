import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { toast } from "@/ui/toast.ts";
import styles from "./Shell.module.css";

/** Says that the application is shown as a role sees it, and ends that. */
export function Viewing() {
  const t = useWords("app");
  const { viewingAs } = useMe();
  const [busy, setBusy] = useState(false);
  if (!viewingAs) return null;
  const end = async () => {
    setBusy(true);
    try {
      await api.delete("/api/v1/me/view");
      window.location.assign("/admin/roles");
    } catch (error) {
      setBusy(false);
      toast(error instanceof Error ? error.message : t("viewing.failed"));
    }
  };
  return (
    <div className={styles.viewing} role="status">
      <Icon name="eye" />
      <span>{t("viewing.as", { role: t(`roles.${viewingAs.code}`, { defaultValue: viewingAs.name }) })}</span>
      <Button size="sm" loading={busy} onClick={() => void end()}>
        {t("viewing.end")}
      </Button>
    </div>
  );
}
