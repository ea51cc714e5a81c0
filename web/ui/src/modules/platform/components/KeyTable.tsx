import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { type ApiKey, useKeys } from "../keys.ts";
import { KeyDrawer, RevokeDialog } from "./KeyDrawer.tsx";

const tones = { active: "green", expired: "neutral", revoked: "red" } as const;

export function KeyStatus({ status }: { status: ApiKey["status"] }) {
  const t = useWords("platform");
  return <Badge tone={tones[status]}>{t(`keys.status.${status}`)}</Badge>;
}

/** The keys of the person, or everybody's with whose they are. */
export function KeyTable({ own }: { own: boolean }) {
  const t = useWords("platform");
  const format = useFormat();
  const me = useMe();
  const [filters, setFilters, clear] = useUrlState({ q: "", status: "" });
  const list = useKeys(own ? { ...filters, ownerId: me.user.id } : filters);
  const [shown, setShown] = useState<ApiKey | undefined>();
  const [ending, setEnding] = useState<ApiKey | undefined>();
  const filtered = filters.q !== "" || filters.status !== "";
  const used = (row: ApiKey) => (row.lastUsedAt ? format.relative(row.lastUsedAt) : t("keys.never"));
  const columns: Column<ApiKey>[] = [
    { id: "name", header: t("keys.name"), cell: row => row.name },
    { id: "start", header: t("keys.start"), cell: row => <code>{row.start}…</code>, width: 150 },
    { id: "owner", header: t("keys.owner"), cell: row => row.owner, width: 170 },
    {
      id: "status",
      header: t("keys.statusTitle"),
      cell: row => <KeyStatus status={row.status} />,
      width: 120,
    },
    { id: "used", header: t("keys.lastUsed"), cell: used, width: 150 },
    {
      id: "expires",
      header: t("keys.expires"),
      cell: row => format.date(row.expiresAt.slice(0, 10)),
      width: 120,
    },
    {
      id: "revoke",
      header: t("keys.revoke"),
      cell: row =>
        row.status === "active" && (
          <IconButton
            icon="trash"
            size="sm"
            label={t("keys.revokeTitle", { name: row.name })}
            onClick={() => setEnding(row)}
          />
        ),
      width: 96,
    },
  ];
  return (
    <>
      <FilterBar
        search={{ value: filters.q, onChange: q => setFilters({ q }), placeholder: t("keys.search") }}
        active={filtered}
        onClear={clear}
        total={list.total}
        totalCapped={list.totalCapped}
        totalLabel={number => t("keys.count", { count: list.total ?? 0, shown: number })}
      >
        <FilterSelect
          label={t("keys.statusTitle")}
          value={filters.status}
          onChange={status => setFilters({ status })}
          options={["active", "expired", "revoked"].map(value => ({
            value,
            label: t(`keys.status.${value}`),
          }))}
        />
      </FilterBar>
      <DataTable
        label={t("keys.title")}
        list={list}
        columns={columns.filter(column => !own || column.id !== "owner")}
        rowKey={row => row.id}
        onOpen={setShown}
        card={row => ({
          title: row.name,
          end: <KeyStatus status={row.status} />,
          line: own ? `${row.start}…` : `${row.owner} · ${row.start}…`,
          lineEnd: used(row),
        })}
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t("keys.noneFound")}
              actions={<Button onClick={clear}>{t("users.clear")}</Button>}
            />
          ) : (
            <EmptyState icon="key" title={t("keys.none")}>
              {t("keys.noneText")}
            </EmptyState>
          )
        }
      />
      {ending && (
        <RevokeDialog
          apiKey={ending}
          onClose={() => setEnding(undefined)}
          onDone={() => setEnding(undefined)}
        />
      )}
      {shown && <KeyDrawer apiKey={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}
