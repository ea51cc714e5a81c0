import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Switch } from "@/ui/fields/Checkbox.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { useForm } from "@/ui/form.ts";
import { FormFooter, FormGrid } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type BackupPlan, useSavePlan } from "../backups.ts";

/** When a copy is made by itself, and how many are kept. */
export function BackupPlanForm({ plan }: { plan: BackupPlan }) {
  const t = useWords("platform");
  const save = useSavePlan(plan.version, () => toast(t("backups.planSaved")));
  const form = useForm({
    initial: { daily: plan.daily, hour: String(plan.hour), keep: String(plan.keep) },
    submit: values =>
      save.submitAsync({ daily: values.daily, hour: Number(values.hour), keep: Number(values.keep) }),
  });
  const numbers = [...new Set(["1", "3", "7", "14", "30", "60", String(plan.keep)])];
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Card title={t("backups.plan")}>
        <Stack>
          <FormErrorSummary form={form} />
          <Switch label={t("backups.daily")} hint={t("backups.dailyHint")} {...form.toggle("daily")} />
          <FormGrid>
            <Select
              label={t("backups.hour")}
              options={Array.from({ length: 24 }, (_, hour) => ({
                value: String(hour),
                label: `${String(hour).padStart(2, "0")}:00`,
              }))}
              {...form.field("hour")}
            />
            <Select
              label={t("backups.keep")}
              hint={t("backups.keepHint")}
              options={numbers
                .sort((a, b) => Number(a) - Number(b))
                .map(value => ({ value, label: t("backups.copies", { count: Number(value) }) }))}
              {...form.field("keep")}
            />
          </FormGrid>
          <FormFooter>
            <Button type="submit" variant="primary" loading={form.busy}>
              {t("save")}
            </Button>
          </FormFooter>
        </Stack>
      </Card>
    </form>
  );
}
