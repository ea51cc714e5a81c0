import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog, Drawer } from "@/ui/Dialog.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { toast } from "@/ui/toast.ts";
import { type ApiKey, useRevokeKey } from "../keys.ts";
import { KeyStatus } from "./KeyTable.tsx";
import { useNames } from "./words.ts";

/** One key: whose, how far it reaches, when it was used, and the way to end it at once. */
export function KeyDrawer({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const grants = Object.entries(apiKey.grants).sort(([a], [b]) => a.localeCompare(b));
  return (
    <>
      <Drawer
        open
        onClose={onClose}
        title={apiKey.name}
        footer={
          apiKey.status === "active" && (
            <Button variant="danger" onClick={() => setAsking(true)}>
              {t("keys.revoke")}
            </Button>
          )
        }
      >
        <Stack>
          <PropertyList
            items={[
              { label: t("keys.statusTitle"), value: <KeyStatus status={apiKey.status} /> },
              { label: t("keys.start"), value: <code>{apiKey.start}…</code> },
              { label: t("keys.owner"), value: apiKey.owner },
              { label: t("keys.made"), value: format.dateTime(apiKey.createdAt) },
              { label: t("keys.expires"), value: format.dateTime(apiKey.expiresAt) },
              {
                label: t("keys.lastUsed"),
                value: apiKey.lastUsedAt
                  ? `${format.dateTime(apiKey.lastUsedAt)} · ${apiKey.lastUsedIp ?? ""}`
                  : t("keys.never"),
              },
              { label: t("keys.perMinute"), value: format.number(apiKey.perMinute) },
            ]}
          />
          <h3>{t("keys.grants")}</h3>
          <PropertyList
            items={grants.map(([code, scope]) => ({
              label: names.permissionOf(code),
              value: names.scope(scope),
            }))}
          />
          <p className="dimmed">{t("keys.neverMore")}</p>
        </Stack>
      </Drawer>
      {asking && <RevokeDialog apiKey={apiKey} onClose={() => setAsking(false)} onDone={onClose} />}
    </>
  );
}

interface RevokeDialogProps {
  apiKey: ApiKey;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before a key is ended for good. */
export function RevokeDialog({ apiKey, onClose, onDone }: RevokeDialogProps) {
  const t = useWords("platform");
  const revoke = useRevokeKey(() => {
    toast(t("keys.revoked", { name: apiKey.name }));
    onDone();
  });
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => revoke.submit(apiKey.id)}
      busy={revoke.busy}
      danger
      title={t("keys.revokeTitle", { name: apiKey.name })}
      confirm={t("keys.revoke")}
    >
      <Stack gap={12}>
        {revoke.error && <Callout tone="red">{revoke.error.message}</Callout>}
        <p>{t("keys.revokeText")}</p>
      </Stack>
    </ConfirmDialog>
  );
}
