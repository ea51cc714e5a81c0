import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormFooter, FormGrid, Page } from "@/ui/Page.tsx";
import { KeyGrants } from "../components/KeyGrants.tsx";
import { OnceShown } from "../components/OnceShown.tsx";
import { type KeyScope, useMakeKey } from "../keys.ts";

const back = "/me/keys";

/** A key for a program, with some of the person's own rights; shown once. */
export default function KeyNew() {
  const t = useWords("platform");
  const make = useMakeKey();
  const form = useForm({
    initial: { name: "", days: "90", perMinute: "600", grants: {} as Record<string, KeyScope> },
    check: values => ({
      name: values.name.trim() ? undefined : t("keys.nameMissing"),
      grants: Object.keys(values.grants).length > 0 ? undefined : t("keys.grantsMissing"),
    }),
    submit: values =>
      make.submitAsync({
        name: values.name.trim(),
        days: Number(values.days),
        perMinute: Number(values.perMinute),
        grants: values.grants,
      }),
  });
  const made = make.result;
  if (made) {
    return (
      <Page title={made.name} width="form" back={{ href: back, label: t("keys.mine") }}>
        <Card title={t("keys.yours")}>
          <Stack>
            {made.secret ? (
              <>
                <p>{t("keys.onceText")}</p>
                <OnceShown secret={made.secret} />
                <p className="dimmed">{t("keys.howTo")}</p>
              </>
            ) : (
              <Callout tone="amber">{t("keys.lost")}</Callout>
            )}
            <FormFooter>
              <Button variant="primary" href={back}>
                {t("password.done")}
              </Button>
            </FormFooter>
          </Stack>
        </Card>
      </Page>
    );
  }
  return (
    <Page title={t("keys.new")} width="form" back={{ href: back, label: t("keys.mine") }}>
      <form onSubmit={form.onSubmit} noValidate>
        <Stack>
          <FormErrorSummary form={form} />
          <Card title={t("keys.what")}>
            <FormGrid>
              <TextField
                label={t("keys.name")}
                hint={t("keys.nameHint")}
                required
                autoFocus
                maxLength={100}
                {...form.field("name")}
              />
              <Select
                label={t("keys.livesFor")}
                options={["30", "90", "180", "365"].map(value => ({
                  value,
                  label: t("keys.days", { count: Number(value) }),
                }))}
                {...form.field("days")}
              />
              <Select
                label={t("keys.perMinute")}
                options={["60", "600", "6000"].map(value => ({ value, label: value }))}
                {...form.field("perMinute")}
              />
            </FormGrid>
          </Card>
          <Card title={t("keys.grants")} note={t("keys.neverMore")}>
            <KeyGrants value={form.values.grants} onChange={grants => form.set("grants", grants)} />
          </Card>
          <FormFooter>
            <Button href={back}>{t("cancel")}</Button>
            <Button type="submit" variant="primary" loading={form.busy}>
              {t("keys.make")}
            </Button>
          </FormFooter>
        </Stack>
      </form>
    </Page>
  );
}
