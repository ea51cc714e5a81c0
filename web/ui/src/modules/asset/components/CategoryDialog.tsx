import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type Category, type CategoryInput, useSaveCategory } from "../api.ts";
import { conventions, methods } from "./words.ts";

interface CategoryDialogProps {
  old?: Category | undefined;
  name?: string;
  onClose: () => void;
  onSaved?: (saved: Category) => void;
}

/** Two letters to begin tags with, from a name. */
function prefixOf(name: string): string {
  const words = name.toUpperCase().match(/[A-Z]+/g) ?? [];
  return (words.length > 1 ? `${words[0]?.[0]}${words[1]?.[0]}` : (words[0] ?? "").slice(0, 2)) || "";
}

export function CategoryDialog({ old, name = "", onClose, onSaved }: CategoryDialogProps) {
  const t = useWords("asset");
  const save = useSaveCategory(saved => {
    toast(t("category.saved", { name: saved.name }));
    onSaved?.(saved);
    onClose();
  });
  const form = useForm({
    initial: {
      name: old?.name ?? name,
      prefix: old?.prefix ?? prefixOf(name),
      method: old?.method ?? "straight-line",
      convention: old?.convention ?? "full-month",
      lifeMonths: old ? String(old.lifeMonths || "") : "36",
      salvagePercent: old?.salvagePercent ?? "0",
    },
    check: values => ({
      name: values.name.trim() ? undefined : t("form.nameMissing"),
      prefix: values.prefix.trim() ? undefined : t("category.prefixMissing"),
    }),
    submit: values => {
      const body = {
        name: values.name,
        prefix: values.prefix.toUpperCase(),
        method: values.method,
      } as CategoryInput;
      if (values.method !== "none") {
        body.convention = values.convention as NonNullable<CategoryInput["convention"]>;
        body.lifeMonths = Number(values.lifeMonths) || 0;
        body.salvagePercent = values.salvagePercent || "0";
      }
      return save.submitAsync({ old, body });
    },
  });
  const { method } = form.values;
  return (
    <Dialog
      open
      onClose={onClose}
      title={old ? t("category.edit", { name: old.name }) : t("category.new")}
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
        <FormGrid>
          <TextField label={t("field.name")} required autoFocus maxLength={100} {...form.field("name")} />
          <TextField
            label={t("category.prefix")}
            required
            maxLength={6}
            hint={t("category.prefixHint", { prefix: (form.values.prefix || "LT").toUpperCase() })}
            {...form.field("prefix")}
          />
          <Select
            label={t("field.method")}
            options={methods.map(value => ({ value, label: t(`method.${value}`) }))}
            {...form.field("method")}
          />
          {method !== "none" && (
            <>
              <Select
                label={t("field.convention")}
                options={conventions
                  .filter(
                    value =>
                      method === "straight-line" || value === "full-month" || value === "following-month",
                  )
                  .map(value => ({ value, label: t(`convention.${value}`) }))}
                {...form.field("convention")}
              />
              <NumberField
                label={t("field.lifeMonths")}
                digits={0}
                unit={t("months")}
                {...form.field("lifeMonths")}
              />
              <NumberField label={t("category.salvage")} unit="%" {...form.field("salvagePercent")} />
            </>
          )}
        </FormGrid>
        {old && old.assets > 0 && <p className="dimmed">{t("category.keep", { count: old.assets })}</p>}
      </Stack>
    </Dialog>
  );
}
