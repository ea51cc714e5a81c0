import { useRef } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import type { Option } from "@/ui/fields/Select.tsx";
import { useGo } from "@/ui/Link.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Selection, useSelection } from "@/ui/table/BulkBar.tsx";
import { BulkProgress } from "@/ui/table/bulk/BulkProgress.tsx";
import { ColumnChooser } from "@/ui/table/ColumnChooser.tsx";
import { DataTable } from "@/ui/table/DataTable.tsx";
import { toast } from "@/ui/toast.ts";
import { type AssetFilters, drawUpHref, exportAddress, useAssets, usePlaces } from "../api.ts";
import { assetBulk, filterOf, type Selected } from "../bulk.ts";
import { AssetFilterBar } from "../components/AssetFilterBar.tsx";
import { CardCost, useAssetColumns } from "../components/assetColumns.tsx";
import { BulkActions } from "../components/bulk/BulkActions.tsx";
import { StatusBadge } from "../components/StatusBadge.tsx";

const none = {
  q: "",
  status: "",
  categoryId: "",
  locationId: "",
  holderId: "",
  warrantyUntil: "",
  sort: "tag",
};

/** Everything the company owns, as far as the person may see. */
export default function AssetList() {
  const t = useWords("asset");
  const [filters, setFilters, clear] = useUrlState(none);
  const [shown, setShown] = useUrlState({ bulk: "" });
  const list = useAssets(filters);
  const places = usePlaces();
  const { sort: _, ...narrow } = filters;
  const filtered = Object.values(narrow).some(value => value !== "");
  const selection = useSelection(JSON.stringify(narrow));
  const columns = useAssetColumns(places.list);
  const selected = useSelected(selection, filters, list);
  const offer = useDocumentOffer();
  const closeJob = () => {
    setShown({ bulk: "" });
    offer.show();
  };
  return (
    <Page title={t("list.title")} fill actions={<Actions filters={filters} />}>
      <AssetFilterBar
        filters={filters}
        onChange={setFilters}
        onClear={clear}
        filtered={filtered}
        list={list}
        places={places.list}
        end={<ColumnChooser columns={columns} />}
      />
      {(list.first?.degraded?.length ?? 0) > 0 && <Callout tone="amber">{t("list.degraded")}</Callout>}
      {shown.bulk && <BulkProgress key={shown.bulk} kind={assetBulk} id={shown.bulk} onClose={closeJob} />}
      <DataTable
        label={t("list.title")}
        list={list}
        columns={columns.all}
        shown={columns.shown}
        rowKey={row => row.id}
        href={row => `/assets/${row.id}`}
        card={row => ({
          title: `${row.tag} ${row.name}`,
          end: <StatusBadge status={row.status} sale={Boolean(row.saleId)} />,
          line: row.holderName ?? row.location ?? row.category,
          lineEnd: <CardCost row={row} />,
        })}
        sort={filters.sort}
        onSort={sort => setFilters({ sort })}
        selection={selection}
        bulk={
          <BulkActions
            selected={selected}
            rows={list.rows.filter(row => selection.keys.has(row.id))}
            everything={selection.everything}
            onBegun={(job, to) => {
              offer.keep(to);
              selection.clear();
              setShown({ bulk: job.id });
            }}
          />
        }
        empty={<Empty filtered={filtered} onClear={clear} />}
      />
    </Page>
  );
}

/** Once many were handed to somebody, one document over all of it is offered. */
function useDocumentOffer() {
  const t = useWords("asset");
  const go = useGo();
  const drawsUp = useCan("handover:write");
  const to = useRef<Option | undefined>(undefined);
  return {
    keep: (person: Option | undefined) => {
      to.current = person;
    },
    show: () => {
      const person = to.current;
      to.current = undefined;
      if (!person || !drawsUp) return;
      toast(t("handover.offer", { name: person.label }), {
        action: { label: t("handover.drawUp"), run: () => go(drawUpHref(person.value, person.label)) },
      });
    },
  };
}

/** What an action is about: the rows that were ticked, or the filters themselves. */
function useSelected(
  selection: Selection,
  filters: AssetFilters,
  list: ReturnType<typeof useAssets>,
): Selected {
  const format = useFormat();
  if (!selection.everything) {
    const ids = [...selection.keys];
    return { count: ids.length, shown: format.number(ids.length), selection: { ids } };
  }
  const count = list.total ?? 0;
  const shown = `${format.number(count)}${list.totalCapped ? "+" : ""}`;
  return { count, shown, selection: { filter: filterOf(filters) } };
}

function Actions({ filters }: { filters: AssetFilters }) {
  const t = useWords("asset");
  const mayRegister = useCan("asset:register");
  const mayImport = useCan("asset:import");
  const mayExport = useCan("asset:export");
  const maySetUp = useCan("asset:configure");
  const mayBulk = useCan(["asset:register", "asset:assign", "asset:retire"]);
  return (
    <>
      {(mayImport || mayExport || maySetUp || mayBulk) && (
        <Menu
          trigger={<IconButton icon="more" label={t("list.more")} variant="default" />}
          items={[
            mayExport && { label: t("list.export"), icon: "download", href: exportAddress(filters) },
            mayImport && { label: t("list.import"), icon: "upload", href: "/assets/import" },
            mayBulk && { label: t("bulk.mine"), icon: "history", href: "/assets/bulk" },
            maySetUp && { label: t("list.setup"), icon: "settings", href: "/assets/setup" },
          ]}
        />
      )}
      {mayRegister && <NewAsset />}
    </>
  );
}

function NewAsset() {
  const t = useWords("asset");
  return (
    <Button variant="primary" icon="plus" href="/assets/new">
      {t("list.new")}
    </Button>
  );
}

/** Nothing for these filters, or nothing yet. */
function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useWords("asset");
  const mayRegister = useCan("asset:register");
  const mayImport = useCan("asset:import");
  if (filtered) {
    return (
      <EmptyState
        icon="search"
        title={t("list.noneFound")}
        actions={<Button onClick={onClear}>{t("list.clear")}</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon="laptop"
      title={t("list.none")}
      actions={
        <>
          {mayImport && (
            <Button icon="upload" href="/assets/import">
              {t("list.import")}
            </Button>
          )}
          {mayRegister && <NewAsset />}
        </>
      }
    >
      {t(mayRegister ? "list.noneText" : "list.noneOwn")}
    </EmptyState>
  );
}
