import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { Switch } from "@/ui/fields/Checkbox.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import styles from "./admin.module.css";

/** The company's rule for everybody, with whom it hits before it holds. */
export function StrictForAll() {
  const t = useWords("platform");
  const [asking, setAsking] = useState(false);
  const rule = useQuery({
    queryKey: ["platform", "sign-in-rule"],
    queryFn: () => api.get("/api/v1/sign-in-rule"),
  });
  const hit = useQuery({
    queryKey: ["platform", "sign-in-rule", "without-factor"],
    queryFn: () => api.get("/api/v1/sign-in-rule/without-factor"),
    enabled: asking,
    staleTime: 0,
  });
  const save = useSubmit({
    run: (secondFactor: boolean, idempotencyKey) =>
      api.put("/api/v1/sign-in-rule", {
        body: { secondFactor },
        ifMatch: rule.data?.version ?? 0,
        idempotencyKey,
      }),
    changes: [["platform", "sign-in-rule"], ["me"]],
    onDone: now => {
      setAsking(false);
      toast(t(now.secondFactor ? "strict.allOn" : "strict.allOff"));
    },
  });
  if (rule.isError) return <ErrorState error={rule.error} onRetry={() => void rule.refetch()} />;
  if (!rule.data) return <SkeletonText lines={2} />;
  return (
    <>
      {save.error && !asking && <Callout tone="red">{save.error.message}</Callout>}
      <Switch
        label={t("strict.all")}
        hint={t("strict.allHint")}
        checked={rule.data.secondFactor}
        disabled={save.busy}
        onChange={wanted => (wanted ? setAsking(true) : save.submit(false))}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => save.submit(true)}
        busy={save.busy}
        title={t("strict.allTitle")}
        confirm={t("strict.allConfirm")}
        size="md"
      >
        <Stack gap={12}>
          {save.error && <Callout tone="red">{save.error.message}</Callout>}
          {hit.isError && <ErrorState error={hit.error} onRetry={() => void hit.refetch()} />}
          {hit.isPending && <SkeletonText lines={3} />}
          {hit.data && (
            <>
              <p>
                {hit.data.people === 0
                  ? t("strict.allNobody")
                  : t("strict.allHit", { count: hit.data.people })}
              </p>
              {hit.data.people > 0 && (
                <ul className={styles.hit} aria-label={t("strict.allWho")}>
                  {hit.data.items?.map(one => (
                    <li key={one.userId}>
                      <span>{one.name}</span>
                      <span className="dimmed">
                        {one.email}
                        {one.keys > 0 && ` · ${t("strict.keys", { count: one.keys })}`}
                      </span>
                    </li>
                  ))}
                  {hit.data.people > (hit.data.items?.length ?? 0) && (
                    <li className="dimmed">
                      {t("strict.allMore", { count: hit.data.people - (hit.data.items?.length ?? 0) })}
                    </li>
                  )}
                </ul>
              )}
              <p className="dimmed">{t("strict.allHow")}</p>
            </>
          )}
        </Stack>
      </ConfirmDialog>
    </>
  );
}
