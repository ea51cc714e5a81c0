import type { ReactNode } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import type { Form } from "@/ui/form.ts";
import { FormGrid } from "@/ui/Page.tsx";

interface Props {
  title: string;
  form: Form & { submit: () => void; busy: boolean };
  onClose: () => void;
  children: ReactNode;
}

/** The frame of a short form of the set-up. */
export function SetupDialog({ title, form, onClose, children }: Props) {
  const t = useWords("employee");
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("form.save")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <FormGrid>{children}</FormGrid>
      </Stack>
    </Dialog>
  );
}
