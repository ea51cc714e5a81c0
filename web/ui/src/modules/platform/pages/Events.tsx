import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useQuery } from "@/lib/query.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Grid, StatCard } from "@/ui/Card.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import type { DeadLetter } from "../api.ts";
import { DeadLetterDrawer, taskOf } from "../components/DeadLetterDrawer.tsx";
import { useNames } from "../components/words.ts";

/** Background work: how much waits, and what failed for good. */
export default function Events() {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const queues = useQuery({
    queryKey: ["platform", "queues"],
    queryFn: () => api.get("/api/v1/events/queues"),
    refetchInterval: 10_000,
  });
  const letters = useQuery({
    queryKey: ["platform", "dead-letters"],
    queryFn: () => api.get("/api/v1/events/dead-letters"),
    refetchInterval: 30_000,
  });
  const [open, setOpen] = useState<DeadLetter | undefined>();
  const rows = letters.data?.items ?? [];
  const columns: Column<DeadLetter>[] = [
    { id: "at", header: t("events.at"), cell: row => format.dateTime(row.at), width: 165 },
    { id: "module", header: t("audit.module"), cell: row => names.module(row.module), width: 120 },
    { id: "task", header: t("events.task"), cell: row => taskOf(row), width: 300 },
    { id: "error", header: t("events.error"), cell: row => row.error },
    {
      id: "attempts",
      header: t("events.attempts"),
      cell: row => format.number(row.attempts),
      width: 100,
      align: "right",
    },
  ];
  return (
    <Page
      title={t("events.title")}
      subtitle={t("events.subtitle")}
      actions={
        <Button
          icon="refresh"
          onClick={() => {
            void queues.refetch();
            void letters.refetch();
          }}
        >
          {t("refresh")}
        </Button>
      }
    >
      <Grid>
        {(
          queues.data?.items ??
          ["employee", "asset", "invoice", "platform"].map(module => ({
            module,
            counts: undefined,
            error: undefined,
          }))
        ).map(one => {
          const waiting = sum(one.counts, "available", "running", "retryable");
          const dead = sum(one.counts, "discarded");
          return (
            <StatCard
              key={one.module}
              label={names.module(one.module)}
              icon="inbox"
              value={one.counts ? format.number(waiting) : undefined}
              tone={one.error || dead > 0 ? "red" : undefined}
              note={
                one.error
                  ? t("events.noAnswer")
                  : dead > 0
                    ? t("events.dead", { count: dead })
                    : t("events.waiting")
              }
            />
          );
        })}
      </Grid>
      {letters.data?.missing && letters.data.missing.length > 0 && (
        <Callout tone="amber">
          {t("audit.missing", { modules: format.list(letters.data.missing.map(names.module)) })}
        </Callout>
      )}
      <Card
        title={t("events.deadTitle")}
        note={rows.length > 0 && <Badge tone="red">{format.number(rows.length)}</Badge>}
        flush
      >
        <DataTable
          plain
          label={t("events.deadTitle")}
          list={{
            rows,
            total: rows.length,
            totalCapped: false,
            loading: letters.isPending,
            refreshing: false,
            loadingMore: false,
            error: letters.data ? null : letters.error,
            hasMore: false,
            loadMore: () => undefined,
            retry: () => void letters.refetch(),
            first: undefined,
          }}
          columns={columns}
          rowKey={row => `${row.module}/${row.id}`}
          onOpen={setOpen}
          card={row => ({
            title: taskOf(row),
            end: names.module(row.module),
            line: row.error,
            lineEnd: format.relative(row.at),
          })}
          empty={
            <EmptyState icon="success" title={t("events.none")}>
              {t("events.noneText")}
            </EmptyState>
          }
        />
      </Card>
      {open && <DeadLetterDrawer letter={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function sum(counts: Record<string, number> | undefined, ...states: string[]): number {
  return states.reduce((total, state) => total + (counts?.[state] ?? 0), 0);
}
