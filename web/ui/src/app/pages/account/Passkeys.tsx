import { useState } from "react";
import { type Answer, api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { knowsPasskeys } from "@/lib/passkey.ts";
import { useQuery } from "@/lib/query.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import styles from "./Account.module.css";
import { passkeysKey } from "./factor.ts";
import { RemovePasskey, RenamePasskey } from "./PasskeyChange.tsx";
import { PasskeyDialog } from "./PasskeyDialog.tsx";

export type Passkey = Answer<"/api/v1/me/passkeys">["items"][number];

/** The keys that the person's devices keep for this place. */
export function Passkeys() {
  const t = useWords("app");
  const format = useFormat();
  const [open, setOpen] = useState<{ what: "add" | "rename" | "remove"; one?: Passkey } | undefined>();
  const list = useQuery({ queryKey: passkeysKey, queryFn: () => api.get("/api/v1/me/passkeys") });
  const ways = useQuery({ queryKey: ["sign-in-ways"], queryFn: () => api.get("/api/v1/session/ways") });
  const works = knowsPasskeys(ways.data?.passkeys);
  const close = () => setOpen(undefined);
  return (
    <Card
      title={t("passkeys.title")}
      actions={
        works && (
          <Button size="sm" icon="key" onClick={() => setOpen({ what: "add" })}>
            {t("passkeys.add")}
          </Button>
        )
      }
    >
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <SkeletonText lines={2} />}
      <Stack gap={8}>
        {list.data?.items.length === 0 && <p className="dimmed">{t("passkeys.why")}</p>}
        {ways.data && !works && <p className="dimmed">{whyNot(ways.data.passkeys, t)}</p>}
      </Stack>
      <ul>
        {list.data?.items.map(one => (
          <li key={one.id} className={styles.session}>
            <span className={styles.icon}>
              <Icon name="key" />
            </span>
            <div>
              <div>{one.name}</div>
              <div className="dimmed">
                {t("passkeys.created", { when: format.date(one.createdAt) })} ·{" "}
                {one.usedAt ? t("passkeys.used", { when: format.relative(one.usedAt) }) : t("passkeys.never")}
                {one.synced && ` · ${t("passkeys.synced")}`}
              </div>
            </div>
            <Menu
              trigger={
                <IconButton
                  icon="more"
                  size="sm"
                  label={`${one.name}: ${t("passkeys.rename")}, ${t("passkeys.remove")}`}
                />
              }
              items={[
                {
                  label: t("passkeys.rename"),
                  icon: "edit",
                  onSelect: () => setOpen({ what: "rename", one }),
                },
                {
                  label: t("passkeys.remove"),
                  icon: "trash",
                  danger: true,
                  onSelect: () => setOpen({ what: "remove", one }),
                },
              ]}
            />
          </li>
        ))}
      </ul>
      {open?.what === "add" && <PasskeyDialog onClose={close} />}
      {open?.what === "rename" && open.one && <RenamePasskey one={open.one} onClose={close} />}
      {open?.what === "remove" && open.one && <RemovePasskey one={open.one} onClose={close} />}
    </Card>
  );
}

function whyNot(
  host: string | undefined,
  t: (key: string, values?: Record<string, string>) => string,
): string {
  if (!host) return t("passkeys.nowhere");
  if (typeof PublicKeyCredential !== "function" && window.location.hostname === host)
    return t("passkeys.unsupported");
  return t("passkeys.elsewhere", { host });
}
