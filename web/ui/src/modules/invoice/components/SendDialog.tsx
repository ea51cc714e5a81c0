import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextArea, TextField } from "@/ui/fields/TextField.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type Invoice, pdfHref, useLetters, useSendInvoice } from "../api.ts";
import { Refused } from "./Refused.tsx";

type Edited = { to?: string; subject?: string; message?: string };

/** Mails the document to the customer; what the mail says is suggested and can be changed. */
export function SendDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const t = useWords("invoice");
  const [language, setLanguage] = useState("");
  const [edited, setEdited] = useState<Edited>({});
  const letters = useLetters(invoice.id, language);
  const send = useSendInvoice();
  const suggested = letters.data?.suggested;
  const mail = {
    language: (language || suggested?.language || "en") as "en" | "de",
    to: edited.to ?? suggested?.to ?? "",
    subject: edited.subject ?? suggested?.subject ?? "",
    message: edited.message ?? suggested?.message ?? "",
  };
  const run = () =>
    void send
      .submitAsync({ id: invoice.id, body: mail })
      .then(letter => {
        toast(t("send.done", { to: letter.to }));
        onClose();
      })
      .catch(() => undefined); // shown in the dialog
  const problem = (field: string) =>
    isProblem(send.error, 422) ? send.error.fields.find(one => one.path === field)?.message : undefined;
  const ready = letters.data?.configured && suggested !== undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("send.title", { number: invoice.number })}
      {...(ready ? { onSubmit: run } : {})}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          {ready && (
            <Button type="submit" variant="primary" icon="send" loading={send.busy} data-autofocus>
              {t("send.confirm")}
            </Button>
          )}
        </>
      }
    >
      {letters.isPending ? (
        <SkeletonText lines={6} />
      ) : letters.isError ? (
        <ErrorState error={letters.error} onRetry={() => void letters.refetch()} />
      ) : !ready ? (
        <NoServer invoice={invoice} language={mail.language} />
      ) : (
        <Stack>
          {send.error && !isProblem(send.error, 422) && <Refused error={send.error} />}
          <TextField
            label={t("send.to")}
            type="email"
            value={mail.to}
            onChange={to => setEdited({ ...edited, to })}
            maxLength={254}
            required
            error={problem("to")}
          />
          <Select
            label={t("send.language")}
            value={mail.language}
            onChange={value => {
              setLanguage(value);
              setEdited(edited.to === undefined ? {} : { to: edited.to });
            }}
            options={[
              { value: "en", label: "English" },
              { value: "de", label: "Deutsch" },
            ]}
          />
          <TextField
            label={t("send.subject")}
            value={mail.subject}
            onChange={subject => setEdited({ ...edited, subject })}
            maxLength={200}
            required
            error={problem("subject")}
          />
          <TextArea
            label={t("send.message")}
            value={mail.message}
            onChange={message => setEdited({ ...edited, message })}
            rows={7}
            maxLength={5000}
            required
            error={problem("message")}
          />
          <p className="dimmed">{t("send.attached")}</p>
        </Stack>
      )}
    </Dialog>
  );
}

function NoServer({ invoice, language }: { invoice: Invoice; language: string }) {
  const t = useWords("invoice");
  return (
    <Callout
      tone="amber"
      title={t("send.noServer")}
      action={
        <Button icon="download" href={`${pdfHref(invoice.id, language)}&download=true`}>
          {t("action.download")}
        </Button>
      }
    >
      {t("send.noServerText")}
    </Callout>
  );
}
