import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { type TaxRate, useTaxRates } from "../api.ts";
import styles from "../components/invoice.module.css";
import { TaxRateDialog } from "../components/TaxRateDialog.tsx";

export default function TaxRates() {
  const t = useWords("invoice");
  const format = useFormat();
  const mayEdit = useCan("invoice:setup");
  const rates = useTaxRates();
  const [editing, setEditing] = useState<TaxRate | "new" | undefined>();
  if (rates.isPending) return <SkeletonPage />;
  return (
    <Page
      title={t("rate.list")}
      width="form"
      subtitle={t("rate.text")}
      actions={
        mayEdit && (
          <>
            <Button icon="tag" href="/invoices/setup/numbers">
              {t("numbering.open")}
            </Button>
            <Button variant="primary" icon="plus" onClick={() => setEditing("new")}>
              {t("rate.new")}
            </Button>
          </>
        )
      }
    >
      {rates.isError ? (
        <ErrorState error={rates.error} onRetry={() => void rates.refetch()} />
      ) : (
        <Card flush>
          <div className={styles.scroll}>
            <table className={styles.sheet}>
              <thead>
                <tr>
                  <th>{t("rate.name")}</th>
                  <th className={styles.right}>{t("rate.percent")}</th>
                  <th>{t("rate.category")}</th>
                  <th>
                    <span className="visually-hidden">{t("rate.default")}</span>
                  </th>
                  <th>
                    <span className="visually-hidden">{t("line.actions")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rates.data.map(rate => (
                  <tr key={rate.id}>
                    <td>
                      {rate.name}
                      {rate.reason && <div className={styles.extra}>{rate.reason}</div>}
                    </td>
                    <td className={styles.right}>{format.number(rate.percent)} %</td>
                    <td>{t(`category.${rate.category}`)}</td>
                    <td>
                      {rate.default && <Badge tone="blue">{t("rate.default")}</Badge>}
                      {rate.archived && <Badge>{t("field.archived")}</Badge>}
                    </td>
                    <td className={styles.right}>
                      {mayEdit && (
                        <IconButton
                          icon="edit"
                          size="sm"
                          label={t("rate.edit", { name: rate.name })}
                          onClick={() => setEditing(rate)}
                        />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      {editing && (
        <TaxRateDialog rate={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </Page>
  );
}
