import { useState } from "react";
import { today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan, useMe } from "@/lib/permissions.ts";
import { isProblem } from "@/lib/problem.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { useUrlState } from "@/lib/url.ts";
import { Badge, type Tone } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card, Grid, Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { Page } from "@/ui/Page.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { Tabs } from "@/ui/Tabs.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { toast } from "@/ui/toast.ts";
import { LeaveRequestDialog } from "../components/LeaveRequestDialog.tsx";
import { type LeaveRequest, useCancelLeave, useDecideLeave, useLeave, useLeaveBalance } from "../leave.ts";

const tones: Record<LeaveRequest["state"], Tone> = {
  requested: "amber",
  approved: "green",
  declined: "red",
  cancelled: "neutral",
};

/** One's own leave and why so much is left, what waits for one's decision, and who is away. */
export default function Leave() {
  const t = useWords("employee");
  const mine = useMe().user.employeeId ?? "";
  const mayAsk = useCan("leave:request") && mine !== "";
  const decides = useCan("leave:approve");
  const [url, setUrl] = useUrlState({ tab: "" });
  const [asking, setAsking] = useState(false);
  const waiting = useLeave({ waiting: true }, decides);
  const tab = url.tab || (mine !== "" ? "mine" : decides ? "waiting" : "away");
  useShortcuts(
    mayAsk ? [{ keys: "mod+Enter", run: () => setAsking(true), always: true }] : [],
    !asking && tab !== "waiting",
  );
  return (
    <Page
      title={t("absence.title")}
      fill
      actions={
        mayAsk && (
          <Button variant="primary" icon="calendar" onClick={() => setAsking(true)}>
            {t("absence.request")}
          </Button>
        )
      }
    >
      <Tabs
        label={t("absence.title")}
        value={tab}
        onChange={value => setUrl({ tab: value })}
        tabs={[
          ...(mine !== "" ? [{ value: "mine", label: t("absence.mine") }] : []),
          ...(decides ? [{ value: "waiting", label: t("absence.waiting"), count: waiting.rows.length }] : []),
          { value: "away", label: t("absence.away") },
        ]}
      >
        {tab === "waiting" ? <Waiting /> : tab === "mine" ? <Mine id={mine} /> : <Away />}
      </Tabs>
      {asking && <LeaveRequestDialog onClose={() => setAsking(false)} />}
    </Page>
  );
}

function useLeaveColumns(): Column<LeaveRequest>[] {
  const t = useWords("employee");
  const format = useFormat();
  return [
    { id: "days", header: t("absence.days"), cell: row => <Span row={row} />, width: 250 },
    { id: "type", header: t("absence.type"), cell: row => row.type },
    {
      id: "count",
      header: t("absence.count"),
      cell: row => format.number(String(row.days)),
      width: 90,
      align: "right",
    },
    {
      id: "state",
      header: t("absence.stateTitle"),
      cell: row => <Badge tone={tones[row.state]}>{t(`absence.state.${row.state}`)}</Badge>,
      width: 130,
    },
    { id: "note", header: t("absence.note"), cell: row => row.answer || row.note || "–", width: 200 },
  ];
}

function Span({ row }: { row: LeaveRequest }) {
  const format = useFormat();
  return row.first === row.last
    ? format.date(row.first)
    : `${format.date(row.first)} – ${format.date(row.last)}`;
}

function useRefused() {
  const t = useWords("employee");
  return (error: unknown) => toast(isProblem(error) ? error.message : t("absence.failed"), { tone: "red" });
}

function Mine({ id }: { id: string }) {
  const t = useWords("employee");
  const format = useFormat();
  const list = useLeave({ employeeId: id });
  const balances = useLeaveBalance(id).data ?? [];
  const cancel = useCancelLeave();
  const refused = useRefused();
  const columns = useLeaveColumns();
  const open = (row: LeaveRequest) =>
    row.state === "requested" || (row.state === "approved" && row.first > today());
  const [leaving, setLeaving] = useState<LeaveRequest | undefined>();
  const back = (row: LeaveRequest) =>
    void cancel
      .submitAsync(row.id)
      .then(() => toast(t("absence.cancelled")), refused)
      .finally(() => setLeaving(undefined));
  return (
    <Stack>
      <Grid min={280}>
        {balances
          .filter(one => !one.unlimited || one.lines.length > 0)
          .map(one => (
            <Card title={t("absence.left", { type: one.type, count: one.days })} key={one.typeId}>
              <PropertyList
                items={one.lines.slice(-6).map(line => ({
                  label: `${format.date(line.on)} · ${t(`absence.line.${line.kind}`)}`,
                  value: format.number(String(line.days)),
                }))}
              />
            </Card>
          ))}
      </Grid>
      <Card flush>
        <DataTable
          plain
          label={t("absence.mine")}
          list={list}
          columns={columns}
          onOpen={row => open(row) && setLeaving(row)}
          rowKey={row => row.id}
          card={row => ({
            title: <Span row={row} />,
            end: <Badge tone={tones[row.state]}>{t(`absence.state.${row.state}`)}</Badge>,
            line: row.type,
          })}
          empty={<EmptyState icon="calendar" title={t("absence.none")} />}
        />
      </Card>
      {leaving && (
        <ConfirmDialog
          open
          onClose={() => setLeaving(undefined)}
          onConfirm={() => back(leaving)}
          title={t("absence.cancelTitle", { type: leaving.type })}
          confirm={t("absence.cancel")}
          busy={cancel.busy}
        >
          <Span row={leaving} />
        </ConfirmDialog>
      )}
    </Stack>
  );
}

function Waiting() {
  const t = useWords("employee");
  const list = useLeave({ waiting: true });
  const decide = useDecideLeave();
  const refused = useRefused();
  const answer = (row: LeaveRequest, approve: boolean) =>
    void decide
      .submitAsync({ id: row.id, approve })
      .then(
        () => toast(t(approve ? "absence.approved" : "absence.declined", { name: row.employee })),
        refused,
      );
  const first = list.rows[0];
  useShortcuts(first ? [{ keys: "mod+Enter", run: () => answer(first, true), always: true }] : []);
  if (list.loading) return <SkeletonText lines={4} />;
  if (list.error) return <ErrorState error={list.error} onRetry={list.retry} />;
  if (!first) return <EmptyState icon="check" title={t("absence.nothingWaits")} />;
  return (
    <Grid min={300}>
      {list.rows.map(row => (
        <Card title={row.employee} key={row.id}>
          <Stack>
            <PropertyList
              items={[
                { label: t("absence.days"), value: <Span row={row} /> },
                { label: row.type, value: t("absence.howMany", { count: row.days }) },
                { label: t("absence.note"), value: row.note },
              ]}
            />
            <div>
              <Button variant="primary" icon="check" onClick={() => answer(row, true)}>
                {t("absence.approve")}
              </Button>{" "}
              <Button icon="close" onClick={() => answer(row, false)}>
                {t("absence.decline")}
              </Button>
            </div>
          </Stack>
        </Card>
      ))}
    </Grid>
  );
}

function Away() {
  const t = useWords("employee");
  const list = useLeave({ from: today() });
  const columns = useLeaveColumns();
  const rows = list.rows
    .filter(row => row.state === "approved" || row.state === "requested")
    .sort((a, b) => a.first.localeCompare(b.first));
  return (
    <DataTable
      label={t("absence.away")}
      list={{ ...list, rows }}
      columns={[{ id: "who", header: t("absence.who"), cell: row => row.employee, width: 190 }, ...columns]}
      rowKey={row => row.id}
      card={row => ({
        title: row.employee,
        end: <Badge tone={tones[row.state]}>{t(`absence.state.${row.state}`)}</Badge>,
        line: <Span row={row} />,
        lineEnd: row.type,
      })}
      empty={<EmptyState icon="calendar" title={t("absence.nobodyAway")} />}
    />
  );
}
