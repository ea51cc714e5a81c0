import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { type Handover, useVerdict } from "../../handovers.ts";
import styles from "./handover.module.css";

/** For the person named on the document: read it, type your name, done; or say what is wrong. */
export function SignCard({ one, onRefuse }: { one: Handover; onRefuse: () => void }) {
  const t = useWords("asset");
  const verdict = useVerdict(one.id, () => toast(t("handover.confirmedToast")));
  const form = useForm({
    initial: { name: "" },
    check: values => ({ name: values.name.trim().length > 1 ? undefined : t("handover.nameMissing") }),
    submit: values => verdict.submitAsync({ confirm: values.name }),
  });
  return (
    <Card title={t("handover.yours")}>
      <form onSubmit={form.onSubmit} noValidate>
        <Stack>
          <FormErrorSummary form={form} />
          <p>
            {t(`handover.ask.${one.kind}`)} {t("handover.yourNameHint")}
          </p>
          <div className={styles.sign}>
            <TextField
              label={t("handover.yourName")}
              required
              maxLength={200}
              autoComplete="name"
              placeholder={one.personName}
              {...form.field("name")}
            />
            <Button type="submit" variant="primary" icon="check" loading={form.busy}>
              {t("handover.confirm")}
            </Button>
            <Button onClick={onRefuse}>{t("handover.refuse.verb")}</Button>
          </div>
        </Stack>
      </form>
    </Card>
  );
}
