import { lazy, Suspense, useState } from "react";
import { today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan, useMe, useScope } from "@/lib/permissions.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Checkbox } from "@/ui/fields/Checkbox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { PasswordField, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { useGo } from "@/ui/Link.tsx";
import { FormFooter, FormGrid, Page } from "@/ui/Page.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { toast } from "@/ui/toast.ts";
import { type GuardedGroup, type Person, useHire, useSignInFor } from "../api.ts";
import { PayFields } from "../components/PayFields.tsx";
import { PlaceFields, placeBody, placeOf } from "../components/PlaceFields.tsx";

/** They come when somebody wants to fill them in. */
const GuardedFields = lazy(() =>
  import("../components/GuardedFields.tsx").then(module => ({ default: module.GuardedFields })),
);

/** What was told of a group that was asked for; nothing when all of it stayed empty. */
function told(wanted: boolean, values: Record<string, string>) {
  const filled = Object.entries(values).filter(([, value]) => value !== "");
  return wanted && filled.length > 0 ? Object.fromEntries(filled) : undefined;
}

export default function EmployeeNew() {
  const t = useWords("employee");
  const me = useMe();
  const go = useGo();
  const hire = useHire();
  const signIn = useSignInFor();
  const mayPay = useScope("employee.compensation:edit") === "all";
  const mayIdentity = useScope("employee.identity:edit") === "all";
  const mayBank = useScope("employee.bank:edit") === "all";
  const groups: GuardedGroup[] = [
    ...(mayIdentity ? ["identity" as const] : []),
    ...(mayBank ? ["bank" as const] : []),
  ];
  const maySignIn = useCan("user:manage");
  const [hired, setHired] = useState<Person>();
  const form = useForm({
    initial: {
      givenName: "",
      familyName: "",
      email: "",
      phone: "",
      number: "",
      hiredOn: today(),
      ...placeOf(),
      compensation: {
        amount: "",
        currency: me.company.currency,
        period: "year" as "year" | "month" | "hour",
      },
      with: { identity: false, bank: false },
      identity: {
        birthDate: "",
        nationality: "",
        nationalId: "",
        taxId: "",
        document: "",
        documentNumber: "",
        documentCountry: "",
        documentExpiresOn: "",
      },
      bank: { holder: "", iban: "", bic: "" },
      signIn: false,
      password: "",
    },
    check: values => ({
      familyName: values.givenName || values.familyName ? undefined : t("form.nameMissing"),
      hiredOn: values.hiredOn ? undefined : t("form.dayMissing"),
      email: values.signIn && !values.email ? t("form.emailForSignIn") : undefined,
      password: values.signIn && values.password.length < 12 ? t("form.passwordShort") : undefined,
    }),
    submit: async values => {
      const { givenName, familyName, email, phone, number, hiredOn, compensation } = values;
      const identity = told(values.with.identity, values.identity);
      const bank = told(values.with.bank, values.bank);
      // Hired already when only the sign-in was refused: the second try does not hire again.
      const person =
        hired ??
        (await hire.submitAsync({
          givenName,
          familyName,
          hiredOn,
          ...(email && { email }),
          ...(phone && { phone }),
          ...(number && { number }),
          ...placeBody(values),
          ...(compensation.amount && { compensation }),
          ...(identity && { identity }),
          ...(bank && { bank }),
        }));
      setHired(person);
      if (values.signIn) {
        await signIn.submitAsync({
          name: person.displayName,
          email: person.email ?? email,
          employeeId: person.id,
          password: values.password,
          roles: ["employee"],
        });
      }
      toast(t(values.signIn ? "new.doneWithSignIn" : "new.done", { name: person.displayName }));
      go(`/employees/${person.id}`);
    },
  });
  const refused = hired !== undefined && isProblem(form.problem);
  return (
    <Page title={t("new.title")} width="form" back={{ href: "/employees", label: t("list.title") }}>
      <form onSubmit={form.onSubmit} noValidate>
        <Stack>
          <FormErrorSummary form={form} />
          {refused && (
            <p className="dimmed">
              {t("new.onlySignIn")}{" "}
              <Button size="sm" href={`/employees/${hired.id}`}>
                {t("new.open", { name: hired.displayName })}
              </Button>
            </p>
          )}
          <Card title={t("new.who")}>
            <FormGrid>
              <TextField
                label={t("field.givenName")}
                autoFocus
                autoComplete="off"
                {...form.field("givenName")}
              />
              <TextField
                label={t("field.familyName")}
                required
                autoComplete="off"
                {...form.field("familyName")}
              />
              <TextField
                label={t("field.email")}
                type="email"
                icon="mail"
                autoComplete="off"
                {...form.field("email")}
              />
              <TextField
                label={t("field.phone")}
                type="tel"
                icon="phone"
                autoComplete="off"
                {...form.field("phone")}
              />
              <TextField label={t("field.number")} hint={t("new.numberHint")} {...form.field("number")} />
              <DateField label={t("field.hiredOn")} required {...form.field("hiredOn")} />
            </FormGrid>
          </Card>
          <Card title={t("new.where")}>
            <FormGrid>
              <PlaceFields form={form} />
            </FormGrid>
          </Card>
          {mayPay && (
            <Card title={t("pay.title")} note={t("pay.note")}>
              <FormGrid>
                <PayFields form={form} at="compensation." />
              </FormGrid>
            </Card>
          )}
          {groups.map(group => (
            <Card key={group} title={t(`${group}.title`)} note={t(`${group}.note`)}>
              <Stack>
                <Checkbox
                  label={t(`new.with.${group}`)}
                  hint={t("new.withHint")}
                  {...form.toggle(`with.${group}`)}
                />
                {form.values.with[group] && (
                  <Suspense fallback={<SkeletonText lines={4} />}>
                    <FormGrid>
                      <GuardedFields group={group} form={form} at={`${group}.`} />
                    </FormGrid>
                  </Suspense>
                )}
              </Stack>
            </Card>
          ))}
          {maySignIn && (
            <Card title={t("new.signIn")}>
              <Stack>
                <Checkbox
                  label={t("new.createSignIn")}
                  hint={t("new.createSignInHint")}
                  {...form.toggle("signIn")}
                />
                {form.values.signIn && (
                  <FormGrid>
                    <PasswordField
                      label={t("new.password")}
                      hint={t("new.passwordHint")}
                      required
                      autoComplete="new-password"
                      {...form.field("password")}
                    />
                  </FormGrid>
                )}
              </Stack>
            </Card>
          )}
          <FormFooter>
            <Button href="/employees">{t("form.cancel")}</Button>
            <Button type="submit" variant="primary" loading={form.busy}>
              {t("new.save")}
            </Button>
          </FormFooter>
        </Stack>
      </form>
    </Page>
  );
}
