import type { ReactNode } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Switch } from "@/ui/fields/Checkbox.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormFooter, FormGrid } from "@/ui/Page.tsx";
import type { HookWish } from "../webhooks.ts";
import { HookEvents } from "./HookEvents.tsx";

interface HookFormProps {
  initial: HookWish;
  submit: (wish: HookWish) => Promise<unknown>;
  label: string;
  cancel?: ReactNode;
  focus?: boolean;
}

/** Where to, of what, and whether at all. */
export function HookForm({ initial, submit, label, cancel, focus = false }: HookFormProps) {
  const t = useWords("platform");
  const form = useForm<HookWish>({
    initial,
    check: values => ({
      name: values.name.trim() ? undefined : t("webhooks.nameMissing"),
      address: values.address.trim() ? undefined : t("webhooks.addressMissing"),
      events: values.events.length > 0 ? undefined : t("webhooks.eventsMissing"),
    }),
    submit: values => submit({ ...values, name: values.name.trim(), address: values.address.trim() }),
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack>
        <FormErrorSummary form={form} />
        <Card title={t("webhooks.where")}>
          <Stack>
            <FormGrid>
              <TextField
                label={t("webhooks.name")}
                hint={t("webhooks.nameHint")}
                required
                autoFocus={focus}
                maxLength={100}
                {...form.field("name")}
              />
              <TextField
                label={t("webhooks.address")}
                hint={t("webhooks.addressHint")}
                required
                type="url"
                inputMode="url"
                maxLength={500}
                {...form.field("address")}
              />
            </FormGrid>
            <Switch label={t("webhooks.active")} hint={t("webhooks.activeHint")} {...form.toggle("active")} />
          </Stack>
        </Card>
        <Card title={t("webhooks.events")} note={t("webhooks.eventsNote")}>
          <HookEvents
            value={form.values.events}
            onChange={events => form.set("events", events)}
            error={form.errors.events}
          />
        </Card>
        <FormFooter>
          {cancel}
          <Button type="submit" variant="primary" loading={form.busy}>
            {label}
          </Button>
        </FormFooter>
      </Stack>
    </form>
  );
}
