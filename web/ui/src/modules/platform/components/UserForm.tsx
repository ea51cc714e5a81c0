import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormFooter, FormGrid } from "@/ui/Page.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { toast } from "@/ui/toast.ts";
import { accessChanges, searchEmployees, type User } from "../api.ts";

/** Whom the account belongs to. */
export function UserForm({ user }: { user: User }) {
  const t = useWords("platform");
  const mayManage = useCan("user:manage");
  const mayChooseEmployee = useCan("employee:read");
  const employee = useQuery({
    queryKey: ["platform", "employee", user.employeeId],
    queryFn: () =>
      api.get("/api/v1/employees/{id}", { params: { path: { id: user.employeeId ?? "" }, query: {} } }),
    enabled: mayChooseEmployee && Boolean(user.employeeId),
    retry: false,
  });
  /** Somebody whose name cannot be looked up right now is somebody all the same. */
  const linked =
    employee.data || employee.isError
      ? { value: user.employeeId ?? "", label: employee.data?.displayName ?? t("user.employeeUnnamed") }
      : undefined;
  const save = useSubmit({
    run: (values: { name: string; email: string; employeeId: string }, key) =>
      api.put("/api/v1/users/{id}", {
        params: { path: { id: user.id } },
        body: {
          name: values.name.trim(),
          email: values.email.trim(),
          status: user.status === "active" ? "active" : "disabled",
          ...(values.employeeId ? { employeeId: values.employeeId } : {}),
        },
        ifMatch: user.version,
        idempotencyKey: key,
      }),
    changes: accessChanges,
    onDone: () => toast(t("user.saved")),
  });
  const form = useForm({
    initial: { name: user.name, email: user.email, employeeId: user.employeeId ?? "" },
    check: values => ({
      name: values.name.trim() ? undefined : t("user.nameMissing"),
      email: values.email.trim() ? undefined : t("user.emailMissing"),
    }),
    submit: save.submitAsync,
  });
  if (!mayManage) {
    return (
      <Card title={t("user.person")}>
        <PropertyList
          items={[
            { label: t("user.name"), value: user.name },
            { label: t("user.email"), value: user.email },
            { label: t("user.employee"), value: employee.data?.displayName },
          ]}
        />
      </Card>
    );
  }
  return (
    <Card title={t("user.person")}>
      <form onSubmit={form.onSubmit} noValidate>
        <Stack>
          <FormErrorSummary form={form} />
          <FormGrid>
            <TextField label={t("user.name")} required autoComplete="off" {...form.field("name")} />
            <TextField
              label={t("user.email")}
              required
              type="email"
              inputMode="email"
              autoComplete="off"
              {...form.field("email")}
            />
            {mayChooseEmployee && (
              <Combobox
                label={t("user.employee")}
                hint={t("user.employeeHint")}
                icon="people"
                search={searchEmployees}
                selected={linked}
                {...form.field("employeeId")}
              />
            )}
          </FormGrid>
          {form.dirty && (
            <FormFooter>
              <Button onClick={() => form.reset()}>{t("discard")}</Button>
              <Button type="submit" variant="primary" loading={form.busy}>
                {t("save")}
              </Button>
            </FormFooter>
          )}
        </Stack>
      </form>
    </Card>
  );
}
