import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { accessChanges, type Role } from "../api.ts";
import { useNames } from "./words.ts";

/** A role of the company's own, empty or as a copy. */
export function NewRole({ roles, copyOf, onClose }: { roles: Role[]; copyOf: string; onClose: () => void }) {
  const t = useWords("platform");
  const names = useNames();
  const create = useSubmit({
    run: (values: { name: string; description: string; copyOf: string }, key) =>
      api.post("/api/v1/roles", {
        body: {
          name: values.name.trim(),
          ...(values.description.trim() ? { description: values.description.trim() } : {}),
          ...(values.copyOf ? { copyOf: values.copyOf } : {}),
        },
        idempotencyKey: key,
      }),
    changes: accessChanges,
  });
  const form = useForm({
    initial: { name: "", description: "", copyOf },
    check: values => ({ name: values.name.trim().length > 1 ? undefined : t("roles.nameMissing") }),
    submit: async values => {
      const role = await create.submitAsync(values);
      toast(t("roles.created", { name: role.name }));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("roles.new")}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("roles.create")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <TextField label={t("roles.name")} required autoFocus maxLength={100} {...form.field("name")} />
        <TextField label={t("roles.description")} maxLength={500} {...form.field("description")} />
        <Select
          label={t("roles.copyOf")}
          empty={t("roles.copyOfNone")}
          options={roles.map(one => ({ value: one.code, label: names.role(one.code, one.name) }))}
          {...form.field("copyOf")}
        />
      </Stack>
    </Dialog>
  );
}
