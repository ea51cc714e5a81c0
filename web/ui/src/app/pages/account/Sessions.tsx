import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import styles from "./Account.module.css";
import { deviceOf } from "./device.ts";

const key = ["me", "sessions"];

/** Where the person is signed in, and the way to end it. */
export function Sessions() {
  const t = useWords("app");
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const sessions = useQuery({ queryKey: key, queryFn: () => api.get("/api/v1/me/sessions") });
  const end = useSubmit({
    run: (id: string) => api.delete("/api/v1/me/sessions/{id}", { params: { path: { id } } }),
    changes: [key],
    onFail: error => toast(error.message, { tone: "red" }),
  });
  const endOthers = useSubmit({
    run: () => api.delete("/api/v1/me/sessions"),
    changes: [key],
    onDone: () => {
      setAsking(false);
      toast(t("account.othersEnded"));
    },
    onFail: error => toast(error.message, { tone: "red" }),
  });
  return (
    <Card
      title={t("account.sessions")}
      actions={
        (sessions.data?.items.length ?? 0) > 1 && (
          <Button size="sm" onClick={() => setAsking(true)}>
            {t("account.endOthers")}
          </Button>
        )
      }
    >
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.isPending && <SkeletonText lines={3} />}
      <ul>
        {sessions.data?.items.map(one => (
          <li key={one.id} className={styles.session}>
            <span className={styles.icon}>
              <Icon name={/Mobile|Android|iPhone/.test(one.agent) ? "phone" : "monitor"} />
            </span>
            <div>
              <div>
                {named(one.agent)} {one.current && <Badge tone="green">{t("account.thisOne")}</Badge>}
              </div>
              <div className="dimmed">
                {one.ip} ({t(`account.network_${one.network}`)}) ·{" "}
                {t("account.lastUsed", { when: format.relative(one.seenAt) })}
              </div>
              <div className="dimmed">
                {t(`account.by_${one.method}`)}
                {one.secondFactor && one.method !== "passkey" && `, ${t("account.by_two")}`}
              </div>
            </div>
            {!one.current && (
              <Button size="sm" variant="quiet" onClick={() => end.submit(one.id)}>
                {t("account.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => endOthers.submit()}
        busy={endOthers.busy}
        title={t("account.endOthers")}
        confirm={t("account.endOthers")}
      >
        {t("account.endOthersText")}
      </ConfirmDialog>
    </Card>
  );
}

/** "Firefox · Linux" */
function named(agent: string): string {
  const { browser, system } = deviceOf(agent);
  return system ? `${browser} · ${system}` : browser;
}
