import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { RadioCards } from "@/ui/fields/Checkbox.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { PasswordField, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { useGo } from "@/ui/Link.tsx";
import { FormFooter, FormGrid, Page } from "@/ui/Page.tsx";
import { accessChanges, searchEmployees } from "../api.ts";
import { LinkMade, type MadeLink } from "../components/LinkMade.tsx";
import { OnceShown } from "../components/OnceShown.tsx";
import { makePassword } from "../components/passwords.ts";
import { RoleChoices } from "../components/RoleChoices.tsx";

/** A new account: by invitation, or with a first password that is shown once and changed at the first sign-in. */
export default function UserNew() {
  const t = useWords("platform");
  const go = useGo();
  const mayChooseEmployee = useCan("employee:read");
  const [invited, setInvited] = useState<MadeLink | undefined>();
  const [made, setMade] = useState<{ id: string; name: string; password: string } | undefined>();
  const create = useSubmit({
    run: (
      values: { name: string; email: string; employeeId: string; password: string; roles: string[] },
      key,
    ) =>
      api.post("/api/v1/users", {
        body: {
          name: values.name.trim(),
          email: values.email.trim(),
          password: values.password,
          roles: values.roles,
          ...(values.employeeId ? { employeeId: values.employeeId } : {}),
        },
        idempotencyKey: key,
      }),
    changes: accessChanges,
  });
  const invite = useSubmit({
    run: (values: { name: string; email: string; employeeId: string; roles: string[] }, key) =>
      api.post("/api/v1/invitations", {
        body: {
          name: values.name.trim(),
          email: values.email.trim(),
          roles: values.roles,
          ...(values.employeeId ? { employeeId: values.employeeId } : {}),
        },
        idempotencyKey: key,
      }),
    changes: accessChanges,
  });
  const form = useForm({
    initial: {
      how: "invite",
      name: "",
      email: "",
      employeeId: "",
      password: makePassword(),
      roles: ["employee"],
    },
    check: values => ({
      name: values.name.trim() ? undefined : t("user.nameMissing"),
      email: values.email.trim() ? undefined : t("user.emailMissing"),
    }),
    submit: async values => {
      if (values.how === "invite") {
        setInvited(await invite.submitAsync(values));
        return;
      }
      const user = await create.submitAsync(values);
      setMade({ id: user.id, name: user.name, password: values.password });
    },
  });
  return (
    <Page title={t("users.newTitle")} width="form" back={{ href: "/admin/users", label: t("users.title") }}>
      <form onSubmit={form.onSubmit} noValidate>
        <Stack>
          <FormErrorSummary form={form} />
          <Card title={t("user.person")}>
            <FormGrid>
              <TextField
                label={t("user.name")}
                required
                autoFocus
                autoComplete="off"
                {...form.field("name")}
              />
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
                  {...form.field("employeeId")}
                />
              )}
            </FormGrid>
          </Card>
          <Card title={t("link.how")}>
            <Stack gap={16}>
              <RadioCards
                label={t("link.how")}
                columns={2}
                options={[
                  { value: "invite", label: t("link.invite"), note: t("link.inviteNote") },
                  { value: "password", label: t("link.first"), note: t("link.firstNote") },
                ]}
                {...form.field("how")}
              />
              {form.values.how === "password" && (
                <PasswordField
                  label={t("password.first")}
                  hint={t("password.firstHint")}
                  autoComplete="new-password"
                  {...form.field("password")}
                />
              )}
            </Stack>
          </Card>
          <Card title={t("user.roles")} note={t("user.rolesNote")}>
            <RoleChoices {...form.field<string[]>("roles")} />
          </Card>
          <FormFooter>
            <Button href="/admin/users">{t("cancel")}</Button>
            <Button type="submit" variant="primary" loading={form.busy}>
              {t(form.values.how === "invite" ? "link.inviteSubmit" : "users.create")}
            </Button>
          </FormFooter>
        </Stack>
      </form>
      <Dialog
        open={invited !== undefined}
        onClose={() => go(`/admin/users/${invited?.user.id ?? ""}`)}
        title={t("link.invited", { name: invited?.user.name ?? "" })}
        footer={
          <Button
            variant="primary"
            onClick={() => go(`/admin/users/${invited?.user.id ?? ""}`)}
            data-autofocus
          >
            {t("password.done")}
          </Button>
        }
      >
        {invited && <LinkMade made={invited} />}
      </Dialog>
      <Dialog
        open={made !== undefined}
        onClose={() => go(`/admin/users/${made?.id ?? ""}`)}
        title={t("password.handOver", { name: made?.name ?? "" })}
        footer={
          <Button variant="primary" onClick={() => go(`/admin/users/${made?.id ?? ""}`)} data-autofocus>
            {t("password.done")}
          </Button>
        }
      >
        <Stack gap={12}>
          <p>{t("password.handOverText")}</p>
          <OnceShown secret={made?.password ?? ""} />
        </Stack>
      </Dialog>
    </Page>
  );
}
