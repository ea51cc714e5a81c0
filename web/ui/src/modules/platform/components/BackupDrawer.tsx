import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog, Drawer } from "@/ui/Dialog.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { toast } from "@/ui/toast.ts";
import { type Backup, useDeleteBackup, useTestBackup } from "../backups.ts";
import { BackupState, BackupTest, sizeOf } from "./BackupState.tsx";

/** One copy: what became of it, and the ways to test, fetch and remove it. */
export function BackupDrawer({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const t = useWords("platform");
  const format = useFormat();
  const mayDownload = useCan("backup:download");
  const [asking, setAsking] = useState(false);
  const test = useTestBackup(() => {
    toast(t("backups.testing"));
    onClose();
  });
  const remove = useDeleteBackup(() => {
    toast(t("backups.deleted"));
    onClose();
  });
  const whole = backup.state === "done";
  return (
    <>
      <Drawer
        open
        onClose={onClose}
        title={backup.name}
        footer={
          <>
            <Button icon="trash" onClick={() => setAsking(true)}>
              {t("backups.delete")}
            </Button>
            {whole && mayDownload && (
              <Button icon="download" href={`/api/v1/backups/${backup.id}/file`}>
                {t("backups.download")}
              </Button>
            )}
            {whole && backup.test !== "running" && (
              <Button variant="primary" loading={test.busy} onClick={() => test.submit(backup.id)}>
                {t("backups.test")}
              </Button>
            )}
          </>
        }
      >
        <Stack>
          {test.error && <Callout tone="red">{test.error.message}</Callout>}
          {backup.error && <Callout tone="red">{backup.error}</Callout>}
          {backup.testError && <Callout tone="red">{backup.testError}</Callout>}
          <PropertyList
            items={[
              { label: t("backups.state"), value: <BackupState backup={backup} /> },
              { label: t("backups.made"), value: format.dateTime(backup.createdAt) },
              {
                label: t("backups.by"),
                value: backup.reason === "daily" ? t("backups.itself") : backup.madeBy,
              },
              whole && { label: t("backups.size"), value: sizeOf(backup.size, format.number) },
              whole && { label: t("backups.rows"), value: format.number(backup.rows) },
              { label: t("backups.machine"), value: backup.machine },
              { label: t("backups.tested"), value: <BackupTest backup={backup} /> },
              backup.testedAt !== undefined && {
                label: t("backups.testedAt"),
                value: format.dateTime(backup.testedAt),
              },
            ]}
          />
          <p className="dimmed">{t("backups.testText")}</p>
        </Stack>
      </Drawer>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.submit(backup.id)}
        busy={remove.busy}
        danger
        title={t("backups.deleteTitle")}
        confirm={t("backups.delete")}
      >
        <Stack gap={12}>
          {remove.error && <Callout tone="red">{remove.error.message}</Callout>}
          <p>{t("backups.deleteText")}</p>
        </Stack>
      </ConfirmDialog>
    </>
  );
}
