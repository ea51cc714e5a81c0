import { useWords } from "@/lib/i18n.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { IconButton, TextButton } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import styles from "./small.module.css";
import { closeToast, type Toast, useToasts } from "./toast.ts";

/** The corner where toasts appear; the shell has one. */
export function Toasts() {
  const t = useWords("ui");
  const toasts = useToasts();
  const undoable = toasts.findLast(one => one.action);
  const act = (one: Toast) => {
    one.action?.run();
    closeToast(one.id);
  };
  useShortcuts([{ keys: "mod+z", run: () => undoable && act(undoable) }], undoable !== undefined);
  return (
    <section className={`${styles.toasts} no-print`} aria-label={t("toast.region")} aria-live="polite">
      {toasts.map(one => (
        <div
          key={one.id}
          className={styles.toast}
          data-tone={one.tone}
          role={one.tone === "red" ? "alert" : undefined}
        >
          <Icon name={one.tone === "red" ? "error" : "success"} />
          <span className={styles.toastText}>{one.text}</span>
          {one.action && <TextButton onClick={() => act(one)}>{one.action.label}</TextButton>}
          <IconButton icon="close" size="sm" label={t("toast.close")} onClick={() => closeToast(one.id)} />
        </div>
      ))}
    </section>
  );
}
