import { lazy, Suspense, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { IconButton } from "@/ui/Button.tsx";
import styles from "./Bell.module.css";
import { useNotices } from "./notices.ts";

const Notices = lazy(() => import("./Notices.tsx"));

/** How much is unread, and the way to it. */
export function Bell() {
  const t = useWords("app");
  const unread = useNotices().data?.unread ?? 0;
  const [open, setOpen] = useState(false);
  return (
    <span className={styles.bell}>
      <IconButton
        icon="bell"
        label={unread > 0 ? t("notices.unread", { count: unread }) : t("notices.title")}
        onClick={() => setOpen(true)}
      />
      {unread > 0 && (
        <span className={styles.count} aria-hidden="true">
          {unread > 99 ? "99+" : unread}
        </span>
      )}
      {open && (
        <Suspense fallback={null}>
          <Notices onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </span>
  );
}
