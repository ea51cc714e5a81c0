import { type ReactNode, useEffect } from "react";
import { changeLanguage, currentLanguage, useWords } from "@/lib/i18n.ts";
import { changeLook, useLook } from "@/lib/look.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Icon } from "@/ui/Icon.tsx";
import styles from "./session.module.css";

/** What stands around the pages before somebody is signed in: mark, panel, language and theme. */
export function Frame({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const t = useWords("app");
  const { theme } = useLook();
  useEffect(() => {
    document.title = title;
  }, [title]);
  const other = currentLanguage() === "de" ? "en" : "de";
  const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  return (
    <main className={styles.page}>
      <div className={styles.mark}>
        <span className={styles.logo}>
          <Icon name="table" size={18} />
        </span>
        {t("product")}
      </div>
      <div className={wide ? `${styles.panel} ${styles.wide}` : styles.panel}>{children}</div>
      <div className={styles.foot}>
        <Button
          variant="quiet"
          size="sm"
          icon="language"
          onClick={() => {
            changeLook({ language: other });
            void changeLanguage(other);
          }}
        >
          {t(`language.${other}`)}
        </Button>
        <IconButton
          size="sm"
          icon={dark ? "sun" : "moon"}
          label={t(dark ? "theme.toLight" : "theme.toDark")}
          onClick={() => changeLook({ theme: dark ? "light" : "dark" })}
        />
      </div>
    </main>
  );
}
