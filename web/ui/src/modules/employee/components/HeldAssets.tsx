import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { DataTable } from "@/ui/table/DataTable.tsx";
import type { useHeldAssets } from "../api.ts";

/** What somebody holds now. */
export function HeldAssets({ list, personId }: { list: ReturnType<typeof useHeldAssets>; personId: string }) {
  const t = useWords("employee");
  const format = useFormat();
  const seesDocuments = useCan("handover:read");
  return (
    <Card
      flush
      title={t("profile.assets")}
      actions={
        seesDocuments && (
          <Button size="sm" icon="edit" href={`/assets/handovers?personId=${personId}`}>
            {t("assets.documents")}
          </Button>
        )
      }
    >
      <DataTable
        plain
        label={t("profile.assets")}
        list={list}
        rowKey={row => row.id}
        href={row => `/assets/${row.id}`}
        columns={[
          { id: "tag", header: t("assets.tag"), cell: row => row.tag, width: 130 },
          { id: "name", header: t("assets.name"), cell: row => row.name },
          { id: "serial", header: t("assets.serial"), cell: row => row.serial },
          {
            id: "since",
            header: t("assets.since"),
            cell: row => format.date(row.heldSince?.slice(0, 10) ?? ""),
            width: 130,
          },
          { id: "due", header: t("assets.due"), cell: row => format.date(row.dueOn ?? ""), width: 130 },
        ]}
        card={row => ({ title: row.tag, line: row.name, lineEnd: row.serial })}
        empty={<EmptyState icon="laptop" title={t("assets.none")} />}
      />
    </Card>
  );
}
