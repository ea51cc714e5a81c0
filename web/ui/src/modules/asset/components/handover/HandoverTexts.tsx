import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { TextArea } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormFooter } from "@/ui/Page.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type HandoverText, useHandoverTexts, useWriteText } from "../../handovers.ts";

/** The company's own words on documents of each kind. */
export function HandoverTexts() {
  const texts = useHandoverTexts();
  if (texts.error && !texts.data) {
    return <ErrorState error={texts.error} onRetry={() => void texts.refetch()} />;
  }
  if (!texts.data) return <SkeletonText lines={8} />;
  return (
    <Stack>
      {texts.data.map(one => (
        <Words key={`${one.kind} ${one.version}`} one={one} />
      ))}
    </Stack>
  );
}

function Words({ one }: { one: HandoverText }) {
  const t = useWords("asset");
  const format = useFormat();
  const write = useWriteText(() => toast(t("handover.textSaved")));
  const form = useForm({
    initial: { text: one.text },
    check: values => ({ text: values.text.trim() ? undefined : t("handover.textMissing") }),
    submit: values => write.submitAsync({ kind: one.kind, version: one.version, text: values.text }),
  });
  const note =
    one.version === 0
      ? t("handover.textGiven")
      : t("handover.textVersion", {
          version: one.version,
          by: one.writtenBy,
          when: format.date((one.writtenAt ?? "").slice(0, 10)),
        });
  return (
    <Card title={t(`handover.textOf.${one.kind}`)} note={note}>
      <form onSubmit={form.onSubmit} noValidate>
        <Stack gap={12}>
          <FormErrorSummary form={form} />
          <TextArea
            label={t("handover.text")}
            hint={t("handover.textHint")}
            required
            maxLength={10_000}
            rows={5}
            {...form.field("text")}
          />
          <FormFooter>
            <Button type="submit" variant="primary" loading={form.busy} disabled={!form.dirty}>
              {t("save")}
            </Button>
          </FormFooter>
        </Stack>
      </form>
    </Card>
  );
}
