import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Person } from "@/ui/Avatar.tsx";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Row } from "@/ui/Card.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { useSelection } from "@/ui/table/BulkBar.tsx";
import { ColumnChooser, useColumns } from "@/ui/table/ColumnChooser.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { type User, useRoles, useUsers } from "../api.ts";
import { GiveRole } from "../components/GiveRole.tsx";
import { UserStatus } from "../components/UserStatus.tsx";
import { useNames } from "../components/words.ts";

/** Everybody who can sign in. */
export default function UserList() {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const mayManage = useCan("user:manage");
  const [filters, setFilters, clear] = useUrlState({ q: "", status: "", role: "", sort: "name" });
  const users = useUsers(filters);
  const selection = useSelection();
  const [bulk, setBulk] = useState<"give" | "take" | undefined>();
  const roles = useRoles();
  const nameOf = (code: string) => names.role(code, roles.data?.items.find(one => one.code === code)?.name);
  const all: Column<User>[] = [
    { id: "name", header: t("user.name"), cell: row => <Person name={row.name} />, sort: "name" },
    { id: "email", header: t("user.email"), cell: row => row.email, sort: "email" },
    {
      id: "roles",
      header: t("user.roles"),
      cell: row => (
        <Row gap={4} wrap={false}>
          {row.roles.length === 0 && <span className="dimmed">{t("user.noRoles")}</span>}
          {row.roles.slice(0, 2).map(code => (
            <Badge key={code} tone={code === "administrator" ? "violet" : "neutral"}>
              {nameOf(code)}
            </Badge>
          ))}
          {row.roles.length > 2 && (
            <span className="dimmed">{t("user.moreRoles", { count: row.roles.length - 2 })}</span>
          )}
        </Row>
      ),
    },
    { id: "status", header: t("user.status"), cell: row => <UserStatus user={row} />, width: 214 },
    {
      id: "lastSignIn",
      header: t("user.lastSignIn"),
      cell: row => (row.lastSignInAt ? format.relative(row.lastSignInAt) : t("user.never")),
      width: 150,
    },
    {
      id: "created",
      header: t("user.created"),
      cell: row => format.dateTime(row.createdAt),
      width: 170,
      sort: "createdAt",
      optional: true,
    },
  ];
  const columns = useColumns("platform.users", all);
  const filtered = filters.q !== "" || filters.status !== "" || filters.role !== "";
  const add = mayManage && (
    <Button variant="primary" icon="plus" href="/admin/users/new">
      {t("users.new")}
    </Button>
  );
  return (
    <Page title={t("users.title")} fill actions={add}>
      <FilterBar
        search={{ value: filters.q, onChange: q => setFilters({ q }), placeholder: t("users.search") }}
        active={filtered}
        onClear={clear}
        total={users.total}
        totalCapped={users.totalCapped}
        totalLabel={shown => t("users.count", { count: users.total ?? 0, shown })}
        end={<ColumnChooser columns={columns} />}
      >
        <FilterSelect
          label={t("user.role")}
          value={filters.role}
          onChange={role => setFilters({ role })}
          options={(roles.data?.items ?? []).map(one => ({
            value: one.code,
            label: names.role(one.code, one.name),
          }))}
        />
        <FilterSelect
          label={t("user.status")}
          value={filters.status}
          onChange={status => setFilters({ status })}
          options={["active", "disabled", "revoked"].map(value => ({ value, label: t(`status.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t("users.title")}
        list={users}
        columns={all}
        shown={columns.shown}
        rowKey={row => row.id}
        selection={mayManage ? selection : undefined}
        bulk={
          <>
            <Button size="sm" icon="plus" onClick={() => setBulk("give")}>
              {t("members.give")}
            </Button>
            <Button size="sm" onClick={() => setBulk("take")}>
              {t("members.take")}
            </Button>
          </>
        }
        href={row => `/admin/users/${row.id}`}
        card={row => ({
          title: row.name,
          end: <UserStatus user={row} />,
          line: row.email,
          lineEnd: row.roles.map(nameOf).join(", "),
        })}
        sort={filters.sort}
        onSort={sort => setFilters({ sort })}
        empty={
          <EmptyState
            icon="search"
            title={t("users.noneFound")}
            actions={<Button onClick={clear}>{t("users.clear")}</Button>}
          />
        }
      />
      {bulk && (
        <GiveRole
          users={[...selection.keys]}
          give={bulk === "give"}
          onDone={selection.clear}
          onClose={() => setBulk(undefined)}
        />
      )}
    </Page>
  );
}
