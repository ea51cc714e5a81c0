import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConflictDialog } from "@/ui/ConflictDialog.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type Person, useChangeContact } from "../api.ts";
import { useVersioned } from "./useVersioned.ts";

export const contactFields = [
  "privateEmail",
  "privatePhone",
  "street",
  "postalCode",
  "city",
  "country",
  "emergencyName",
  "emergencyPhone",
  "emergencyRelation",
] as const;
type Values = Record<(typeof contactFields)[number], string>;

function valuesOf(person: Person): Values {
  return Object.fromEntries(contactFields.map(name => [name, person.contact?.[name] ?? ""])) as Values;
}

/** Private contact, and whom to call in an emergency. */
export function ContactDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useWords("employee");
  const change = useChangeContact(person.id);
  const versioned = useVersioned<Values>(person, (body, version) => change.submitAsync({ body, version }));
  const form = useForm<Values>({
    initial: valuesOf(person),
    submit: async values => {
      if (!(await versioned.save(values))) return;
      toast(t("edit.done"));
      onClose();
    },
  });
  const { theirs } = versioned;
  return (
    <>
      <Dialog
        open={theirs === undefined}
        onClose={onClose}
        title={t("contact.edit", { name: person.displayName })}
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
            {contactFields.map(name => (
              <TextField
                key={name}
                label={t(`contact.${name}`)}
                maxLength={name === "country" ? 2 : undefined}
                hint={name === "country" ? t("contact.countryHint") : undefined}
                {...form.field(name)}
              />
            ))}
          </FormGrid>
        </Stack>
      </Dialog>
      {theirs && (
        <ConflictDialog
          open
          busy={form.busy}
          differences={contactFields
            .filter(name => form.values[name] !== (theirs.contact?.[name] ?? ""))
            .map(name => ({
              label: t(`contact.${name}`),
              mine: form.values[name],
              theirs: theirs.contact?.[name] ?? "",
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
