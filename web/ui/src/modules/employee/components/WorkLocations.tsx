import { useWords } from "@/lib/i18n.ts";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { useWorkLocations, type WorkLocation } from "../api.ts";
import { useRemoveWorkLocation, useSaveWorkLocation } from "../setup.ts";
import { SetupDialog } from "./SetupDialog.tsx";
import { SetupList } from "./SetupList.tsx";

export function WorkLocations() {
  const locations = useWorkLocations();
  const save = useSaveWorkLocation();
  const remove = useRemoveWorkLocation();
  return (
    <SetupList
      words="locations"
      filter="locationId"
      entries={locations.data?.map(one => ({
        ...one,
        note: [one.city, one.country].filter(Boolean).join(", "),
      }))}
      error={locations.error}
      onRetry={() => void locations.refetch()}
      editor={(entry, close) => <Editor location={entry} onClose={close} key={entry?.id ?? "new"} />}
      archive={(entry, archived) =>
        save.submitAsync({ id: entry.id, version: entry.version, body: { ...bodyOf(entry), archived } })
      }
      remove={entry => remove.submitAsync(entry)}
    />
  );
}

function bodyOf({ name, city, country }: { name: string; city?: string; country?: string }) {
  return { name, ...(city && { city }), ...(country && { country }) };
}

function Editor({ location, onClose }: { location: WorkLocation | undefined; onClose: () => void }) {
  const t = useWords("employee");
  const save = useSaveWorkLocation();
  const form = useForm({
    initial: { name: location?.name ?? "", city: location?.city ?? "", country: location?.country ?? "" },
    check: values => ({ name: values.name.trim() ? undefined : t("form.nameMissing") }),
    submit: async values => {
      const body = { ...bodyOf(values), ...(location?.archived && { archived: true }) };
      await save.submitAsync({ id: location?.id, version: location?.version, body });
      toast(t("edit.done"));
      onClose();
    },
  });
  return (
    <SetupDialog
      title={location ? t("setup.changeOne", { name: location.name }) : t("setup.locations.add")}
      form={form}
      onClose={onClose}
    >
      <TextField label={t("setup.name")} required autoFocus maxLength={100} {...form.field("name")} />
      <TextField label={t("setup.city")} maxLength={100} {...form.field("city")} />
      <TextField
        label={t("contact.country")}
        hint={t("contact.countryHint")}
        maxLength={2}
        {...form.field("country")}
      />
    </SetupDialog>
  );
}
