import { type Answer, api, clean } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useList } from "@/lib/query.ts";
import { useUrlState } from "@/lib/url.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { useNames } from "../components/words.ts";

type Log = Answer<"/api/v1/mail">;
type Mail = NonNullable<Log["items"]>[number];

const tones = { queued: "blue", sent: "green", failed: "red" } as const;

/** Which mails went out, to whom, and what became of them; what they said is not kept. */
export default function MailLog() {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const [filters, setFilters, clear] = useUrlState({ q: "", state: "", module: "" });
  const list = useList<Mail, Log>({
    key: ["platform", "mail", filters],
    fetch: (cursor, signal) =>
      api.get("/api/v1/mail", {
        params: {
          query: clean({
            q: filters.q,
            state: filters.state as "sent",
            module: filters.module as "invoice",
            cursor,
            limit: 100,
          }),
        },
        signal,
      }),
  });
  const first = list.first as Log | undefined;
  const filtered = filters.q !== "" || filters.state !== "" || filters.module !== "";
  const columns: Column<Mail>[] = [
    { id: "at", header: t("mail.at"), cell: row => format.dateTime(row.createdAt), width: 165 },
    { id: "to", header: t("mail.to"), cell: row => row.to, width: 200 },
    { id: "module", header: t("mail.module"), cell: row => t(`mail.modules.${row.module}`), width: 105 },
    { id: "subject", header: t("mail.subject"), cell: row => row.subject },
    {
      id: "state",
      header: t("mail.state"),
      cell: row => <Badge tone={tones[row.state]}>{t(`mail.states.${row.state}`)}</Badge>,
      width: 105,
    },
    { id: "error", header: t("mail.error"), cell: row => row.error ?? "–", width: 190 },
    {
      id: "attempts",
      header: t("mail.attempts"),
      cell: row => format.number(row.attempts),
      width: 85,
      align: "right",
    },
  ];
  return (
    <Page title={t("mail.title")} subtitle={t("mail.subtitle")} fill>
      {first && !first.configured && <Callout tone="amber">{t("mail.notConfigured")}</Callout>}
      {first?.missing && first.missing.length > 0 && (
        <Callout tone="amber">
          {t("mail.missing", { modules: format.list(first.missing.map(names.module)) })}
        </Callout>
      )}
      <FilterBar
        search={{ value: filters.q, onChange: q => setFilters({ q }), placeholder: t("mail.search") }}
        active={filtered}
        onClear={clear}
      >
        <FilterSelect
          label={t("mail.module")}
          value={filters.module}
          onChange={module => setFilters({ module })}
          options={(["platform", "invoice"] as const).map(value => ({
            value,
            label: t(`mail.modules.${value}`),
          }))}
        />
        <FilterSelect
          label={t("mail.state")}
          value={filters.state}
          onChange={state => setFilters({ state })}
          options={(["queued", "sent", "failed"] as const).map(value => ({
            value,
            label: t(`mail.states.${value}`),
          }))}
        />
      </FilterBar>
      <DataTable
        label={t("mail.title")}
        list={list}
        columns={columns}
        rowKey={row => row.id}
        card={row => ({
          title: row.to,
          end: <Badge tone={tones[row.state]}>{t(`mail.states.${row.state}`)}</Badge>,
          line: row.subject,
          lineEnd: format.relative(row.createdAt),
        })}
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t("mail.noneFound")}
              actions={<Button onClick={clear}>{t("users.clear")}</Button>}
            />
          ) : (
            <EmptyState icon="mail" title={t("mail.none")}>
              {t("mail.noneText")}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
