import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Grid, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { TextArea, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid, Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type ReminderPlan, useReminderPlan, useSaveReminderPlan } from "../reminders.ts";

const back = "/invoices/reminders";

/** When customers are reminded, in which words, and what is asked for beside what is open. */
export default function ReminderSetup() {
  const t = useWords("invoice");
  const plan = useReminderPlan();
  if (plan.isPending) return <SkeletonPage />;
  if (!plan.data) {
    return (
      <Page title={t("plan.title")} back={{ href: back, label: t("remind.title") }}>
        <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
      </Page>
    );
  }
  return <Form plan={plan.data} key={plan.data.version} />;
}

const noWords = { title: "", text: "" };

function Form({ plan }: { plan: ReminderPlan }) {
  const t = useWords("invoice");
  const me = useMe();
  const save = useSaveReminderPlan(plan.version);
  const form = useForm({
    initial: {
      interest: plan.interest,
      levels: plan.levels.map(one => ({ ...one, days: String(one.days), fee: one.fee ?? "0" })),
    },
    submit: async ({ interest, levels }) => {
      await save.submitAsync({
        interest: interest || "0",
        levels: levels.map(one => ({ ...one, days: Number(one.days), fee: one.fee || "0" })),
      });
      toast(t("plan.saved"));
    },
  });
  const { levels } = form.values;
  const add = () =>
    form.set("levels", [
      ...levels,
      { days: String(Number(levels.at(-1)?.days ?? 0) + 14), fee: "0", english: noWords, german: noWords },
    ]);
  return (
    <Page
      title={t("plan.title")}
      subtitle={t("plan.text")}
      width="form"
      back={{ href: back, label: t("remind.title") }}
      actions={
        <Button variant="primary" icon="check" loading={form.busy} onClick={() => void form.submit()}>
          {t("action.save")}
        </Button>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <Card>
          <FormGrid>
            <NumberField
              label={t("plan.interest")}
              hint={t("plan.interestHint")}
              digits={2}
              unit="%"
              {...form.field("interest")}
            />
          </FormGrid>
        </Card>
        {levels.map((_, at) => (
          <Card title={t("plan.level", { n: at + 1 })} key={at}>
            <Stack>
              <FormGrid>
                <NumberField
                  label={t("plan.days")}
                  digits={0}
                  unit={t("field.days")}
                  required
                  {...form.field(`levels.${at}.days`)}
                />
                <NumberField
                  label={t("plan.fee")}
                  hint={t("plan.feeHint")}
                  digits={2}
                  unit={me.company.currency}
                  {...form.field(`levels.${at}.fee`)}
                />
              </FormGrid>
              <Grid min={320}>
                {(["english", "german"] as const).map(language => (
                  <Stack key={language}>
                    <TextField
                      label={t(`plan.titleIn.${language}`)}
                      required
                      {...form.field(`levels.${at}.${language}.title`)}
                    />
                    <TextArea
                      label={t(`plan.textIn.${language}`)}
                      rows={9}
                      required
                      {...form.field(`levels.${at}.${language}.text`)}
                    />
                  </Stack>
                ))}
              </Grid>
              {levels.length > 1 && at === levels.length - 1 && (
                <div>
                  <Button icon="trash" onClick={() => form.set("levels", levels.slice(0, -1))}>
                    {t("plan.remove", { n: at + 1 })}
                  </Button>
                </div>
              )}
            </Stack>
          </Card>
        ))}
        {levels.length < 9 && (
          <div>
            <Button icon="plus" onClick={add}>
              {t("plan.add")}
            </Button>
          </div>
        )}
      </Stack>
    </Page>
  );
}
