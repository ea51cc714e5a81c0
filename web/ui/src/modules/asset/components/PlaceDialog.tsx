import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { type Place, useSavePlace } from "../api.ts";

interface PlaceDialogProps {
  old?: Place;
  parentId: string;
  all: Place[];
  onClose: () => void;
}

export function PlaceDialog({ old, parentId, all, onClose }: PlaceDialogProps) {
  const t = useWords("asset");
  const save = useSavePlace(saved => {
    toast(t("place.saved", { name: saved.path }));
    onClose();
  });
  const form = useForm({
    initial: { name: old?.name ?? "", parentId },
    check: values => ({ name: values.name.trim() ? undefined : t("form.nameMissing") }),
    submit: values =>
      save.submitAsync({
        old,
        body: { name: values.name, ...(values.parentId ? { parentId: values.parentId } : {}) },
      }),
  });
  // A place cannot lie in itself nor in what lies in it.
  const homes = all.filter(
    place => !old || (place.id !== old.id && !place.path.startsWith(`${old.path} / `)),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      size="sm"
      title={old ? t("place.edit", { name: old.name }) : t("place.new")}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("save")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <TextField
          label={t("field.name")}
          required
          autoFocus
          maxLength={100}
          placeholder={t("place.example")}
          {...form.field("name")}
        />
        <Combobox
          label={t("place.within")}
          required={false}
          icon="pin"
          options={homes.map(place => ({ value: place.id, label: place.path }))}
          {...form.field("parentId")}
        />
      </Stack>
    </Dialog>
  );
}
