import { today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid, Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type Numbering as Kind, useNumbering, useSaveNumbering, written } from "../numbering.ts";

/** How documents are numbered, and which number comes next. */
export default function Numbering() {
  const t = useWords("invoice");
  const kinds = useNumbering();
  if (kinds.isPending) return <SkeletonPage />;
  return (
    <Page
      title={t("numbering.title")}
      subtitle={t("numbering.text")}
      width="form"
      back={{ href: "/invoices/setup", label: t("rate.list") }}
    >
      {kinds.isError ? (
        <ErrorState error={kinds.error} onRetry={() => void kinds.refetch()} />
      ) : (
        <Stack>
          {kinds.data.map(one => (
            <Form one={one} key={`${one.kind} ${one.version} ${one.next}`} />
          ))}
        </Stack>
      )}
    </Page>
  );
}

function Form({ one }: { one: Kind }) {
  const t = useWords("invoice");
  const save = useSaveNumbering(one);
  const form = useForm({
    initial: {
      prefix: one.prefix,
      yearly: one.yearly ? "yes" : "no",
      width: String(one.width),
      next: String(one.next),
    },
    submit: async values => {
      const now = await save.submitAsync({
        prefix: values.prefix.trim(),
        yearly: values.yearly === "yes",
        width: Number(values.width),
        ...(sameSeries && !one.used && { next: Number(values.next) }),
      });
      toast(t("numbering.saved", { number: now.preview }));
    },
  });
  const { prefix, yearly, width, next } = form.values;
  const year = yearly === "yes" ? today().slice(0, 4) : undefined;
  const sameSeries = [prefix.trim().toUpperCase(), year].filter(Boolean).join("-") === one.series;
  const changed =
    !sameSeries || Number(width) !== one.width || (!one.used && Number(next || "0") !== one.next);
  return (
    <Card
      title={t(`numbering.of.${one.kind}`)}
      actions={
        <Button
          variant="primary"
          size="sm"
          icon="check"
          loading={form.busy}
          disabled={!changed}
          onClick={() => void form.submit()}
        >
          {t("action.save")}
        </Button>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <p>
          {t("numbering.next")}{" "}
          <output className="mono" aria-live="polite">
            {sameSeries
              ? written(prefix, year, Number(width || "0"), one.used ? one.next : Number(next || "0"))
              : t("numbering.other", { number: written(prefix || "?", year, Number(width || "0"), 1) })}
          </output>
        </p>
        <FormGrid>
          <TextField
            label={t("numbering.prefix")}
            hint={t("numbering.prefixHint")}
            required
            maxLength={10}
            {...form.field("prefix")}
          />
          <Select
            label={t("numbering.yearly")}
            options={["yes", "no"].map(value => ({ value, label: t(`numbering.each.${value}`) }))}
            {...form.field("yearly")}
          />
          <NumberField label={t("numbering.width")} digits={0} required {...form.field("width")} />
          <NumberField
            label={t("numbering.first")}
            hint={t(`numbering.${one.used ? "firstFixed" : sameSeries ? "firstHint" : "firstLater"}`)}
            digits={0}
            disabled={one.used || !sameSeries}
            {...form.field("next")}
          />
        </FormGrid>
      </Stack>
    </Card>
  );
}
