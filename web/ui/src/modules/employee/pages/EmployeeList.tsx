import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan, useScope } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Avatar } from "@/ui/Avatar.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { ColumnChooser, useColumns } from "@/ui/table/ColumnChooser.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import {
  exportHref,
  type Filters as FilterValues,
  type Person,
  useDepartments,
  usePeople,
  usePositions,
  useWorkLocations,
} from "../api.ts";
import { StatusBadge } from "../components/StatusBadge.tsx";
import styles from "./EmployeeList.module.css";

export default function EmployeeList() {
  const t = useWords("employee");
  const format = useFormat();
  const can = {
    hire: useCan("employee:hire"),
    import: useCan("employee:import"),
    export: useCan("employee:export"),
  };
  const seesPay = useScope("employee.compensation:read") === "all";
  const [filters, setFilters, clear] = useUrlState({
    q: "",
    status: "current",
    departmentId: "",
    positionId: "",
    locationId: "",
    managerId: "",
    gap: "",
    sort: "name",
  });
  const all: Column<Person>[] = [
    { id: "name", header: t("field.name"), cell: row => <Name person={row} />, sort: "name", width: 210 },
    { id: "number", header: t("field.number"), cell: row => row.number, width: 95, sort: "number" },
    { id: "position", header: t("field.position"), cell: row => row.position, sort: "position" },
    { id: "department", header: t("field.department"), cell: row => row.department, sort: "department" },
    {
      id: "location",
      header: t("field.location"),
      cell: row => row.location,
      sort: "location",
      optional: true,
    },
    { id: "manager", header: t("field.manager"), cell: row => row.manager, sort: "manager" },
    { id: "email", header: t("field.email"), cell: row => row.email, sort: "email", optional: true },
    { id: "phone", header: t("field.phone"), cell: row => row.phone, width: 150, optional: true },
    {
      id: "hiredOn",
      header: t("field.hiredOn"),
      cell: row => format.date(row.hiredOn),
      width: 115,
      sort: "hiredOn",
    },
    {
      id: "leftOn",
      header: t("field.leftOn"),
      cell: row => format.date(row.leftOn ?? ""),
      width: 120,
      sort: "leftOn",
      optional: true,
    },
    ...(seesPay
      ? [
          {
            id: "pay",
            header: t("field.pay"),
            cell: (row: Person) =>
              row.compensation && format.money(row.compensation.amount, row.compensation.currency),
            width: 130,
            align: "right" as const,
            sort: "pay",
            optional: true,
          },
        ]
      : []),
    {
      id: "status",
      header: t("field.status"),
      cell: row => <StatusBadge status={row.status} />,
      width: 115,
    },
  ];
  const columns = useColumns("employee.list", all);
  const withPay = columns.shown.includes("pay");
  const list = usePeople(filters, withPay);
  const filtered =
    filters.q +
      filters.departmentId +
      filters.positionId +
      filters.locationId +
      filters.managerId +
      filters.gap !==
      "" || filters.status !== "current";
  return (
    <Page
      title={t("list.title")}
      fill
      actions={
        <>
          <Menu
            trigger={<IconButton icon="more" variant="default" label={t("list.more")} />}
            items={[
              { label: t("chart.title"), icon: "tree", href: "/employees/org-chart" },
              can.import && { label: t("import.title"), icon: "upload", href: "/employees/import" },
              can.export && {
                label: t("list.export"),
                icon: "download",
                href: exportHref(filters, withPay),
              },
            ]}
          />
          {can.hire && (
            <Button variant="primary" icon="plus" href="/employees/new">
              {t("list.new")}
            </Button>
          )}
        </>
      }
    >
      <FilterBar
        search={{ value: filters.q, onChange: q => setFilters({ q }), placeholder: t("list.search") }}
        active={filtered}
        onClear={clear}
        total={list.total}
        totalCapped={list.totalCapped}
        totalLabel={count => t("list.count", { count: list.total ?? 0, shown: count })}
        end={<ColumnChooser columns={columns} />}
      >
        <Filters filters={filters} onChange={setFilters} />
      </FilterBar>
      <DataTable
        label={t("list.title")}
        list={list}
        columns={all}
        shown={columns.shown}
        rowKey={row => row.id}
        href={row => `/employees/${row.id}`}
        card={row => ({
          title: <FullName person={row} />,
          end: <StatusBadge status={row.status} />,
          line: [row.position, row.department].filter(Boolean).join(" · ") || row.number,
          lineEnd: row.location,
        })}
        sort={filters.sort}
        onSort={sort => setFilters({ sort })}
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t("list.noneFound")}
              actions={<Button onClick={clear}>{t("list.clear")}</Button>}
            />
          ) : (
            <EmptyState
              icon="people"
              title={t("list.none")}
              actions={
                <>
                  {can.import && (
                    <Button icon="upload" href="/employees/import">
                      {t("import.title")}
                    </Button>
                  )}
                  {can.hire && (
                    <Button variant="primary" icon="plus" href="/employees/new">
                      {t("list.new")}
                    </Button>
                  )}
                </>
              }
            >
              {t("list.noneText")}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

/** The list is sorted by family name, so that is what stands out. */
function FullName({ person }: { person: Person }) {
  return (
    <>
      <span className={styles.given}>{person.givenName}</span>{" "}
      <b className={styles.family}>{person.familyName}</b>
    </>
  );
}

function Name({ person }: { person: Person }) {
  return (
    <span className={styles.name}>
      <Avatar name={person.displayName} size={24} />
      <span className="truncate">
        <FullName person={person} />
      </span>
    </span>
  );
}

interface FiltersProps {
  filters: Omit<FilterValues, "q" | "sort">;
  onChange: (change: Partial<FiltersProps["filters"]>) => void;
}

function Filters({ filters, onChange }: FiltersProps) {
  const t = useWords("employee");
  const departments = useDepartments();
  const positions = usePositions();
  const locations = useWorkLocations();
  const gaps = {
    account: useScope("employee.bank:read") === "all",
    document: useScope("employee.identity:read") === "all",
  };
  return (
    <>
      <FilterSelect
        label={t("field.status")}
        value={filters.status}
        onChange={status => onChange({ status })}
        options={["current", "active", "upcoming", "leaving", "left"].map(value => ({
          value,
          label: t(`status.${value}`),
        }))}
      />
      <FilterSelect
        label={t("field.department")}
        value={filters.departmentId}
        onChange={departmentId => onChange({ departmentId })}
        options={(departments.data ?? []).map(one => ({ value: one.id, label: one.name }))}
      />
      <FilterSelect
        label={t("field.position")}
        value={filters.positionId}
        onChange={positionId => onChange({ positionId })}
        options={(positions.data ?? []).map(one => ({ value: one.id, label: one.title }))}
      />
      <FilterSelect
        label={t("field.location")}
        value={filters.locationId}
        onChange={locationId => onChange({ locationId })}
        options={(locations.data ?? []).map(one => ({ value: one.id, label: one.name }))}
      />
      {(gaps.account || gaps.document) && (
        <FilterSelect
          label={t("list.gap")}
          value={filters.gap}
          onChange={gap => onChange({ gap })}
          options={[
            ...(gaps.account ? [{ value: "account", label: t("list.gaps.account") }] : []),
            ...(gaps.document ? [{ value: "document", label: t("list.gaps.document") }] : []),
          ]}
        />
      )}
      {filters.managerId && (
        <Button size="sm" variant="quiet" icon="close" onClick={() => onChange({ managerId: "" })}>
          {t("list.oneManager")}
        </Button>
      )}
    </>
  );
}
