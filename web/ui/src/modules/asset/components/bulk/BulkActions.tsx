import { lazy, Suspense, useEffect, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import type { Option } from "@/ui/fields/Select.tsx";
import { Menu } from "@/ui/Menu.tsx";
import type { BulkJob } from "@/ui/table/bulk/jobs.ts";
import type { AssetRow } from "../../api.ts";
import type { BulkAction, Selected } from "../../bulk.ts";

const dialogs = () => import("./BulkDialogs.tsx");
const BulkDialog = lazy(async () => ({ default: (await dialogs()).BulkDialog }));
const LabelDialog = lazy(async () => ({ default: (await import("../LabelDialog.tsx")).LabelDialog }));

interface BulkActionsProps {
  selected: Selected;
  /** Those of the selected ones that are loaded; none of them says anything when everything is selected. */
  rows: AssetRow[];
  everything: boolean;
  onBegun: (job: BulkJob, to?: Option) => void;
}

/** What can be done with several at once, as far as the person may. */
export function BulkActions({ selected, rows, everything, onBegun }: BulkActionsProps) {
  const t = useWords("asset");
  const mayRegister = useCan("asset:register");
  const mayAssign = useCan("asset:assign");
  const mayRetire = useCan("asset:retire");
  const [open, setOpen] = useState<BulkAction | "labels" | undefined>();
  useShortcuts(
    mayRegister ? [{ keys: "mod+Enter", run: () => setOpen("move"), always: true }] : [],
    open === undefined,
  );
  // The list itself comes without them; whoever has selected something is about to need one.
  useEffect(() => void dialogs(), []);
  const close = () => setOpen(undefined);
  const held = rows.filter(row => row.status === "assigned").map(row => row.id);
  const back = everything
    ? heldOnes(selected)
    : { count: held.length, shown: String(held.length), selection: { ids: held } };
  return (
    <>
      {mayRegister && (
        <Button size="sm" icon="pin" onClick={() => setOpen("move")}>
          {t("bulk.move")}
        </Button>
      )}
      {mayAssign && (
        <Button size="sm" icon="person" onClick={() => setOpen("assign")}>
          {t("bulk.assign")}
        </Button>
      )}
      {mayAssign && (everything || held.length > 0) && (
        <Button size="sm" icon="undo" onClick={() => setOpen("return")}>
          {everything ? t("bulk.returnAll") : t("bulk.return", { count: held.length })}
        </Button>
      )}
      <Button size="sm" icon="qr" onClick={() => setOpen("labels")}>
        {t("bulk.labels")}
      </Button>
      {(mayRegister || mayRetire) && (
        <Menu
          trigger={<IconButton icon="more" size="sm" label={t("bulk.more")} variant="default" />}
          items={[
            mayRegister && {
              label: t("bulk.recategorise"),
              icon: "tag",
              onSelect: () => setOpen("recategorise"),
            },
            mayRetire && {
              label: t("bulk.retire"),
              icon: "trash",
              danger: true,
              onSelect: () => setOpen("retire"),
            },
          ]}
        />
      )}
      <Suspense fallback={null}>
        {open === "labels" && <LabelDialog selected={selected} onClose={close} />}
        {open !== undefined && open !== "labels" && (
          <BulkDialog
            action={open}
            selected={open === "return" ? back : selected}
            onClose={close}
            onBegun={(job, to) => {
              close();
              onBegun(job, to);
            }}
          />
        )}
      </Suspense>
    </>
  );
}

/** Of everything that the filters find, only what somebody holds can come back. */
function heldOnes(selected: Selected): Selected {
  if (!("filter" in selected.selection) || selected.selection.filter.status) return selected;
  return { ...selected, selection: { filter: { ...selected.selection.filter, status: ["assigned"] } } };
}
