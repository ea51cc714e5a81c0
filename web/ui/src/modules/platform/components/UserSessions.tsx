import { api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useSubmit } from "@/lib/query.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type User, useUserSessions } from "../api.ts";
import styles from "./admin.module.css";

/** Where somebody is signed in, and the way to end it at once. */
export function UserSessions({ user }: { user: User }) {
  const t = useWords("platform");
  const format = useFormat();
  const mayManage = useCan("user:manage");
  const sessions = useUserSessions(user.id);
  const changes = [["platform", "sessions", user.id]];
  const onFail = (error: Error) => toast(error.message, { tone: "red" });
  const end = useSubmit({
    run: (session: string) =>
      api.delete("/api/v1/users/{id}/sessions/{session}", { params: { path: { id: user.id, session } } }),
    changes,
    onDone: () => toast(t("sessions.ended")),
    onFail,
  });
  const endAll = useSubmit({
    run: () => api.delete("/api/v1/users/{id}/sessions", { params: { path: { id: user.id } } }),
    changes,
    onDone: () => toast(t("sessions.allEnded")),
    onFail,
  });
  const items = sessions.data?.items ?? [];
  return (
    <Card
      title={t("sessions.title")}
      actions={
        mayManage &&
        items.length > 1 && (
          <Button size="sm" loading={endAll.busy} onClick={() => endAll.submit()}>
            {t("sessions.endAll")}
          </Button>
        )
      }
    >
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.isPending && <SkeletonText lines={2} />}
      {sessions.data && items.length === 0 && <p className="dimmed">{t("sessions.none")}</p>}
      <ul>
        {items.map(one => (
          <li key={one.id} className={styles.session}>
            <Icon name={/Mobile|Android|iPhone/.test(one.agent) ? "phone" : "monitor"} />
            <div>
              <div className="truncate" title={one.agent}>
                {one.ip} {one.current && <Badge tone="green">{t("sessions.this")}</Badge>}
              </div>
              <div className="dimmed">
                {t("sessions.times", {
                  since: format.dateTime(one.createdAt),
                  used: format.relative(one.seenAt),
                })}
              </div>
            </div>
            {mayManage && !one.current && (
              <Button size="sm" variant="quiet" onClick={() => end.submit(one.id)}>
                {t("sessions.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
