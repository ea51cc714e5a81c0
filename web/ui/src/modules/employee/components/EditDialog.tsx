import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConflictDialog } from "@/ui/ConflictDialog.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type Person, useEdit } from "../api.ts";
import { useVersioned } from "./useVersioned.ts";

const names = ["givenName", "familyName", "email", "phone", "number", "hiredOn"] as const;
type Values = Record<(typeof names)[number], string>;

function valuesOf(person: Person): Values {
  return Object.fromEntries(names.map(name => [name, person[name] ?? ""])) as Values;
}

/** Name, number, how to reach somebody at work, and the first day where it was mistaken. */
export function EditDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useWords("employee");
  const edit = useEdit(person.id);
  const versioned = useVersioned<Values>(person, ({ hiredOn, ...names }, version) =>
    edit.submitAsync({ body: { ...names, ...(hiredOn !== person.hiredOn && { hiredOn }) }, version }),
  );
  const submit = async (values: Values) => {
    if (!(await versioned.save(values))) return;
    toast(t("edit.done"));
    onClose();
  };
  const left = person.status === "left";
  const form = useForm<Values>({
    initial: valuesOf(person),
    check: values => ({ hiredOn: values.hiredOn ? undefined : t("form.dayMissing") }),
    submit,
  });
  const { theirs } = versioned;
  return (
    <>
      <Dialog
        open={theirs === undefined}
        onClose={onClose}
        title={t("edit.title", { name: person.displayName })}
        onSubmit={form.submit}
        footer={
          <>
            <Button onClick={onClose}>{t("form.cancel")}</Button>
            <Button type="submit" variant="primary" loading={form.busy}>
              {t("form.save")}
            </Button>
          </>
        }
      >
        <Stack>
          <FormErrorSummary form={form} />
          <FormGrid>
            <TextField label={t("field.givenName")} autoFocus {...form.field("givenName")} />
            <TextField label={t("field.familyName")} {...form.field("familyName")} />
            <TextField label={t("field.email")} type="email" {...form.field("email")} />
            <TextField label={t("field.phone")} type="tel" {...form.field("phone")} />
            <TextField label={t("field.number")} required {...form.field("number")} />
            {!left && (
              <DateField
                label={t("field.hiredOn")}
                hint={t("edit.hiredOnHint")}
                required
                {...form.field("hiredOn")}
              />
            )}
          </FormGrid>
        </Stack>
      </Dialog>
      {theirs && (
        <ConflictDialog
          open
          busy={form.busy}
          differences={names
            .filter(name => form.values[name] !== (theirs[name] ?? ""))
            .map(name => ({
              label: t(`field.${name}`),
              mine: form.values[name],
              theirs: theirs[name] ?? "",
            }))}
          onClose={versioned.drop}
          onTakeTheirs={() => {
            form.reset(valuesOf(theirs));
            versioned.drop();
          }}
          onKeepMine={form.submit}
        />
      )}
    </>
  );
}
