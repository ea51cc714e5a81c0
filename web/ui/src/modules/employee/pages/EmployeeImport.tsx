import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { isProblem, type Problem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FileDrop } from "@/ui/fields/FileDrop.tsx";
import { FormFooter, Page } from "@/ui/Page.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { type ImportResult, useImport } from "../api.ts";
import { ImportProblems, problemsOf } from "../components/ImportProblems.tsx";

const columns = [
  "number",
  "givenName",
  "familyName",
  "email",
  "phone",
  "department",
  "position",
  "location",
  "manager",
  "hiredOn",
] as const;
const template = `${columns.join(",")}\n,Ada,Lovelace,ada@example.com,,Engineering,Analyst,London,grace@example.com,2026-01-15\n,Grace,Hopper,grace@example.com,,Engineering,Head of Engineering,London,,2024-03-01\n`;

/** From a file to people: choose, look at what would happen, do it. */
export default function EmployeeImport() {
  const t = useWords("employee");
  const [file, setFile] = useState<File>();
  const [preview, setPreview] = useState<ImportResult>();
  const [done, setDone] = useState<ImportResult>();
  const [failure, setFailure] = useState<Error>();
  const run = useImport();
  const send = async (chosen: File, check: boolean) => {
    setFailure(undefined);
    try {
      const result = await run.submitAsync({ file: chosen, preview: check });
      if (check) setPreview(result);
      else setDone(result);
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const choose = (chosen: File) => {
    setFile(chosen);
    setPreview(undefined);
    void send(chosen, true);
  };
  const refused: Problem | undefined = isProblem(failure, 422) ? failure : undefined;
  const problems = refused ? problemsOf(refused) : (preview?.problems ?? []);
  const count = refused ? refused.fields.length : (preview?.problemsAll ?? 0);
  const ready = preview !== undefined && count === 0 && preview.rows > 0 && !failure;
  if (done) {
    return (
      <Page title={t("import.title")} width="form" back={{ href: "/employees", label: t("list.title") }}>
        <EmptyState
          icon="success"
          title={t("import.done", { count: done.hired })}
          actions={
            <>
              <Button
                onClick={() => {
                  setDone(undefined);
                  setPreview(undefined);
                  setFile(undefined);
                }}
              >
                {t("import.another")}
              </Button>
              <Button variant="primary" href="/employees">
                {t("import.look")}
              </Button>
            </>
          }
        />
      </Page>
    );
  }
  return (
    <Page title={t("import.title")} width="form" back={{ href: "/employees", label: t("list.title") }}>
      <Stack>
        <Card
          title={t("import.file")}
          actions={
            <Button size="sm" icon="download" onClick={saveTemplate}>
              {t("import.template")}
            </Button>
          }
        >
          <Stack>
            <FileDrop
              label={t("import.drop")}
              accept=".csv,text/csv"
              maxBytes={20 * 1024 * 1024}
              onFile={choose}
              file={file}
              hint={t("import.hint")}
              disabled={run.busy}
            />
            <p className="dimmed">{t("import.columns", { columns: columns.join(", ") })}</p>
          </Stack>
        </Card>
        {failure && !refused && (
          <ErrorState error={failure} onRetry={file && (() => void send(file, true))} />
        )}
        {count > 0 && <ImportProblems problems={problems} count={count} />}
        {ready && <WhatHappens preview={preview} />}
        {preview?.rows === 0 && count === 0 && <Callout tone="amber">{t("import.empty")}</Callout>}
        <FormFooter>
          <Button href="/employees">{t("form.cancel")}</Button>
          <Button
            variant="primary"
            disabled={!ready}
            loading={run.busy}
            onClick={() => file && void send(file, false)}
          >
            {ready ? t("import.run", { count: preview.rows }) : t("import.runNone")}
          </Button>
        </FormFooter>
      </Stack>
    </Page>
  );
}

/** What a sound file would do. */
function WhatHappens({ preview }: { preview: ImportResult }) {
  const t = useWords("employee");
  const names = (list: string[] | null) => (list ?? []).join(", ") || t("import.none");
  return (
    <Card title={t("import.happens")}>
      <PropertyList
        items={[
          { label: t("import.people"), value: String(preview.rows) },
          { label: t("import.newDepartments"), value: names(preview.departments) },
          { label: t("import.newPositions"), value: names(preview.positions) },
          { label: t("import.newLocations"), value: names(preview.locations) },
        ]}
      />
    </Card>
  );
}

function saveTemplate() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([template], { type: "text/csv" }));
  link.download = "employees.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}
