import { useEffect, useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { toast } from "@/ui/toast.ts";
import { type Backup, useBackupPlan, useBackups, useMakeBackup } from "../backups.ts";
import { BackupDrawer } from "../components/BackupDrawer.tsx";
import { BackupPlanForm } from "../components/BackupPlanForm.tsx";
import { BackupState, BackupTest, sizeOf } from "../components/BackupState.tsx";
import { useNames } from "../components/words.ts";

const watchEvery = 2_000;

/** Copies of the whole system: made by hand or by themselves, tested, fetched. */
export default function Backups() {
  const t = useWords("platform");
  const format = useFormat();
  const names = useNames();
  const list = useBackups();
  const plan = useBackupPlan();
  const make = useMakeBackup(() => toast(t("backups.making")));
  const [open, setOpen] = useState<Backup | undefined>();
  const working = list.rows.some(row => row.state === "running" || row.test === "running");
  const { retry } = list;
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(retry, watchEvery);
    return () => clearInterval(timer);
  });
  const button = (
    <Button
      variant="primary"
      icon="plus"
      loading={make.busy}
      disabled={working}
      onClick={() => make.submit(undefined)}
    >
      {t("backups.make")}
    </Button>
  );
  const by = (row: Backup) => (row.reason === "daily" ? t("backups.itself") : row.madeBy);
  const columns: Column<Backup>[] = [
    { id: "at", header: t("backups.made"), cell: row => format.dateTime(row.createdAt), width: 170 },
    { id: "by", header: t("backups.by"), cell: by, width: 170 },
    { id: "name", header: t("backups.file"), cell: row => row.name },
    {
      id: "size",
      header: t("backups.size"),
      cell: row => (row.state === "done" ? sizeOf(row.size, format.number) : "–"),
      width: 100,
      align: "right",
    },
    { id: "state", header: t("backups.state"), cell: row => <BackupState backup={row} />, width: 120 },
    { id: "test", header: t("backups.tested"), cell: row => <BackupTest backup={row} />, width: 150 },
  ];
  const first = list.first;
  return (
    <Page title={t("backups.title")} subtitle={t("backups.subtitle")} width="form" actions={button}>
      <Stack>
        {make.error && <Callout tone="red">{make.error.message}</Callout>}
        {first && (
          <Callout tone={first.lastPassed ? "green" : "amber"}>
            {first.lastPassed
              ? t("backups.lastPassed", { when: format.dateTime(first.lastPassed) })
              : t("backups.neverPassed")}{" "}
            {t("backups.where", { machine: first.machine })} {first.ownServer && t("backups.ownServer")}{" "}
            {first.elsewhere &&
              t("backups.elsewhere", { modules: format.list(first.elsewhere.map(names.module)) })}
          </Callout>
        )}
        <Card flush>
          <DataTable
            plain
            label={t("backups.title")}
            list={list}
            columns={columns}
            rowKey={row => row.id}
            onOpen={setOpen}
            card={row => ({
              title: format.dateTime(row.createdAt),
              end: <BackupState backup={row} />,
              line: by(row),
              lineEnd: row.state === "done" ? sizeOf(row.size, format.number) : "",
            })}
            empty={
              <EmptyState icon="download" title={t("backups.none")} actions={button}>
                {t("backups.noneText")}
              </EmptyState>
            }
          />
        </Card>
        {plan.data && <BackupPlanForm key={plan.data.version} plan={plan.data} />}
      </Stack>
      {open && <BackupDrawer backup={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
