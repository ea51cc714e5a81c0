import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { Problem } from "@/lib/problem.ts";
import { useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FileDrop } from "@/ui/fields/FileDrop.tsx";
import { toast } from "@/ui/toast.ts";
import type { Company } from "../api.ts";
import styles from "./admin.module.css";

const changes = [["platform", "company"], ["me"]];

/** The logo for documents. */
export function CompanyLogo({ company }: { company: Company }) {
  const t = useWords("platform");
  const send = useSubmit({
    run: (file: File) => putPicture("/api/v1/company/logo", file, company.version),
    changes,
    onDone: () => toast(t("logo.saved")),
  });
  const remove = useSubmit({
    run: () => api.delete("/api/v1/company/logo", { ifMatch: company.version }),
    changes,
    onDone: () => toast(t("logo.removed")),
  });
  const error = send.error ?? remove.error;
  return (
    <Card
      title={t("logo.title")}
      actions={
        company.logoType && (
          <Button size="sm" variant="quiet" loading={remove.busy} onClick={() => remove.submit()}>
            {t("logo.remove")}
          </Button>
        )
      }
    >
      <Stack gap={12}>
        {error && (
          <Callout tone="red">
            {error instanceof Problem && error.fields[0] ? error.fields[0].message : error.message}
          </Callout>
        )}
        {company.logoType && (
          <div className={styles.logo}>
            <img
              src="/api/v1/company/logo"
              key={company.version}
              alt={t("logo.of", { company: company.name })}
            />
          </div>
        )}
        <FileDrop
          label={t(company.logoType ? "logo.replace" : "logo.choose")}
          accept="image/png,image/jpeg"
          maxBytes={512 * 1024}
          hint={t("logo.hint")}
          disabled={send.busy}
          onFile={file => send.submit(file)}
        />
        <p className="dimmed">{t("logo.note")}</p>
      </Stack>
    </Card>
  );
}

/** The typed client speaks JSON; a picture travels as it is. */
async function putPicture(path: string, file: File, version: number): Promise<void> {
  const answer = await fetch(path, {
    method: "PUT",
    credentials: "same-origin",
    headers: {
      "Content-Type": file.type,
      "If-Match": `"${version}"`,
      "Idempotency-Key": crypto.randomUUID(),
    },
    body: file,
  }).catch(() => {
    throw new Problem({ status: 0, title: "offline" });
  });
  if (answer.ok) return;
  const told = (await answer.json().catch(() => ({}))) as object;
  throw new Problem({ title: answer.statusText, ...told, status: answer.status });
}
