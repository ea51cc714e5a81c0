import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api.ts";
import { changeLanguage, type Language, useWords } from "@/lib/i18n.ts";
import { changeLook, type Look, useLook } from "@/lib/look.ts";
import { useMe } from "@/lib/permissions.ts";
import { useSubmit } from "@/lib/query.ts";
import { Card, Stack } from "@/ui/Card.tsx";
import { Segments, Switch } from "@/ui/fields/Checkbox.tsx";
import { KeyHint } from "@/ui/KeyHint.tsx";
import { toast } from "@/ui/toast.ts";
import { meKey } from "../../session/me.ts";
import styles from "./Account.module.css";

/** How the application looks and listens. Each choice takes effect at once and is kept for every machine. */
export function Preferences() {
  const t = useWords("app");
  const me = useMe();
  const look = useLook();
  const client = useQueryClient();
  const keep = useSubmit({
    run: (next: Look, key) =>
      api.put("/api/v1/me/preferences", {
        body: {
          ...me.preferences,
          language: next.language === "de" ? "de" : "en",
          theme: next.theme,
          density: next.density,
          singleKeys: next.singleKeys ? "on" : "off",
        },
        idempotencyKey: key,
      }),
    onDone: preferences => client.setQueryData(meKey, { ...me, preferences }),
    onFail: () => toast(t("account.notKept"), { tone: "red" }),
  });
  const change = (part: Partial<Look>) => {
    changeLook(part);
    keep.submit({ ...look, ...part });
  };
  return (
    <Card>
      <Stack gap={0}>
        <div className={styles.choice}>
          <div>
            <h2>{t("language.title")}</h2>
            <p>{t("language.text")}</p>
          </div>
          <Segments
            label={t("language.title")}
            value={look.language || "en"}
            onChange={value => {
              void changeLanguage(value as Language);
              change({ language: value as Language });
            }}
            options={[
              { value: "en", label: t("language.en") },
              { value: "de", label: t("language.de") },
            ]}
          />
        </div>
        <div className={styles.choice}>
          <div>
            <h2>{t("theme.title")}</h2>
            <p>{t("theme.text")}</p>
          </div>
          <Segments
            label={t("theme.title")}
            value={look.theme}
            onChange={value => change({ theme: value as Look["theme"] })}
            options={[
              { value: "system", label: t("theme.system"), icon: "monitor" },
              { value: "light", label: t("theme.light"), icon: "sun" },
              { value: "dark", label: t("theme.dark"), icon: "moon" },
            ]}
          />
        </div>
        <div className={styles.choice}>
          <div>
            <h2>{t("density.title")}</h2>
            <p>{t("density.text")}</p>
          </div>
          <Segments
            label={t("density.title")}
            value={look.density}
            onChange={value => change({ density: value as Look["density"] })}
            options={(["compact", "normal", "comfortable"] as const).map(value => ({
              value,
              label: t(`density.${value}`),
            }))}
          />
        </div>
        <div className={styles.choice}>
          <div>
            <h2>{t("keys.title")}</h2>
            <p>
              {t("keys.text")} <KeyHint keys="g a" /> <KeyHint keys="j" /> <KeyHint keys="?" />
            </p>
          </div>
          <Switch
            label={t("keys.title")}
            hideLabel
            checked={look.singleKeys}
            onChange={singleKeys => change({ singleKeys })}
          />
        </div>
      </Stack>
    </Card>
  );
}
