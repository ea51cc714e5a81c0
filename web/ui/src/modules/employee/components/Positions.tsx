import { useWords } from "@/lib/i18n.ts";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { Wide } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type Position, usePositions } from "../api.ts";
import { useRemovePosition, useSavePosition } from "../setup.ts";
import { SetupDialog } from "./SetupDialog.tsx";
import { SetupList } from "./SetupList.tsx";

export function Positions() {
  const positions = usePositions();
  const save = useSavePosition();
  const remove = useRemovePosition();
  return (
    <SetupList
      words="positions"
      filter="positionId"
      entries={positions.data?.map(one => ({ ...one, name: one.title }))}
      error={positions.error}
      onRetry={() => void positions.refetch()}
      editor={(entry, close) => <Editor position={entry} onClose={close} key={entry?.id ?? "new"} />}
      archive={(entry, archived) =>
        save.submitAsync({ id: entry.id, version: entry.version, body: { title: entry.title, archived } })
      }
      remove={entry => remove.submitAsync(entry)}
    />
  );
}

function Editor({ position, onClose }: { position: Position | undefined; onClose: () => void }) {
  const t = useWords("employee");
  const save = useSavePosition();
  const form = useForm({
    initial: { title: position?.title ?? "" },
    check: values => ({ title: values.title.trim() ? undefined : t("form.nameMissing") }),
    submit: async ({ title }) => {
      const body = { title, ...(position?.archived && { archived: true }) };
      await save.submitAsync({ id: position?.id, version: position?.version, body });
      toast(t("edit.done"));
      onClose();
    },
  });
  return (
    <SetupDialog
      title={position ? t("setup.changeOne", { name: position.title }) : t("setup.positions.add")}
      form={form}
      onClose={onClose}
    >
      <Wide>
        <TextField
          label={t("setup.positionTitle")}
          required
          autoFocus
          maxLength={100}
          {...form.field("title")}
        />
      </Wide>
    </SetupDialog>
  );
}
