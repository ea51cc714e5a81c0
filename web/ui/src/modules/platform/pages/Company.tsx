import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { isProblem } from "@/lib/problem.ts";
import { useQuery } from "@/lib/query.ts";
import { Stack } from "@/ui/Card.tsx";
import { ConflictDialog } from "@/ui/ConflictDialog.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import type { Company as Settings } from "../api.ts";
import styles from "../components/admin.module.css";
import { CompanyForm, fields } from "../components/CompanyForm.tsx";
import { CompanyLogo } from "../components/CompanyLogo.tsx";
import { StrictRoles } from "../components/StrictRoles.tsx";

/** The company as it stands on documents: name, address, tax, bank, logo. */
export default function Company() {
  const t = useWords("platform");
  const { locale } = useFormat();
  const mayRule = useCan("role:manage");
  const company = useQuery({ queryKey: ["platform", "company"], queryFn: () => api.get("/api/v1/company") });
  const setup = useQuery({ queryKey: ["setup"], queryFn: () => api.get("/api/v1/setup"), staleTime: 60_000 });
  const [conflict, setConflict] = useState<{ mine: Settings; theirs: Settings } | undefined>();
  const [kept, setKept] = useState<Settings | undefined>();
  if (company.isError) return <ErrorState error={company.error} onRetry={() => void company.refetch()} />;
  if (!company.data || !setup.data) return <SkeletonPage />;
  const shown = kept ?? company.data;
  return (
    <Page title={t("company.title")} subtitle={t("company.subtitle")} width="form">
      <div className={styles.columns}>
        <CompanyForm
          key={`${shown.version} ${kept ? "kept" : ""}`}
          company={shown}
          currencies={setup.data.currencies}
          locale={locale}
          onSaved={() => setKept(undefined)}
          onStale={async (mine, error) => {
            if (!isProblem(error, 412)) throw error;
            const theirs = await api.get("/api/v1/company");
            setConflict({ mine: { ...mine, version: theirs.version }, theirs });
          }}
        />
        <Stack>
          <CompanyLogo company={company.data} />
          {mayRule && <StrictRoles />}
        </Stack>
      </div>
      {conflict && (
        <ConflictDialog
          open
          differences={fields
            .filter(name => (conflict.mine[name] ?? "") !== (conflict.theirs[name] ?? ""))
            .map(name => ({
              label: t(`company.${name}`),
              mine: conflict.mine[name] ?? "",
              theirs: conflict.theirs[name] ?? "",
            }))}
          onClose={() => setConflict(undefined)}
          onTakeTheirs={() => {
            setConflict(undefined);
            setKept(undefined);
            void company.refetch();
          }}
          onKeepMine={() => {
            setKept(conflict.mine);
            setConflict(undefined);
          }}
        />
      )}
    </Page>
  );
}
