import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Drawer } from "@/ui/Dialog.tsx";
import { Icon, type IconName } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import styles from "./Bell.module.css";
import { type Notice, noticesKey, useNotices } from "./notices.ts";

const icons: Record<Notice["kind"], IconName> = {
  "new-sign-in": "lock",
  "dead-letter": "warning",
  "invitation-accepted": "person",
  "employee-left": "logout",
  "webhook-stopped": "external",
  "backup-failed": "warning",
  "recovery-code-used": "warning",
  "key-made": "key",
  "passkey-added": "key",
  "invoice-overdue": "invoice",
  "recurring-blocked": "warning",
  "warranty-ending": "clock",
  "leave-requested": "clock",
  "leave-decided": "check",
  "document-expiring": "file",
  "handover-waiting": "edit",
  "handover-refused": "warning",
};

/** What the person was told: opening one marks it as read and leads to it. */
export default function Notices({ onClose }: { onClose: () => void }) {
  const t = useWords("app");
  const client = useQueryClient();
  const notices = useNotices();
  const read = useSubmit({
    run: (ids: string[], key) =>
      api.post("/api/v1/me/notifications/read", {
        body: ids.length > 0 ? { ids } : {},
        idempotencyKey: key,
      }),
    onDone: () => void client.invalidateQueries({ queryKey: noticesKey }),
  });
  const items = notices.data?.items ?? [];
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("notices.title")}
      footer={
        <>
          <Button href="/me?tab=notices" onClick={onClose}>
            {t("notices.choose")}
          </Button>
          {(notices.data?.unread ?? 0) > 0 && (
            <Button variant="primary" loading={read.busy} onClick={() => read.submit([])}>
              {t("notices.readAll")}
            </Button>
          )}
        </>
      }
    >
      {notices.isError && <ErrorState error={notices.error} onRetry={() => void notices.refetch()} />}
      {notices.isPending && <SkeletonText />}
      {notices.data && items.length === 0 && (
        <EmptyState icon="bell" title={t("notices.none")}>
          {t("notices.noneText")}
        </EmptyState>
      )}
      <ul className={styles.list}>
        {items.map(one => (
          <li key={one.id}>
            <Row
              one={one}
              onOpen={() => {
                if (!one.readAt) read.submit([one.id]);
                onClose();
              }}
            />
          </li>
        ))}
      </ul>
    </Drawer>
  );
}

function Row({ one, onOpen }: { one: Notice; onOpen: () => void }) {
  const t = useWords("app");
  const format = useFormat();
  const day = (name: string) => {
    const on = one.facts?.[name];
    return on ? format.date(on) : "";
  };
  const facts = {
    ...one.facts,
    on: day("on"),
    first: day("first"),
    last: day("last"),
    count: Number(one.facts?.count ?? 1),
  };
  return (
    <Link
      href={one.href ?? "/me"}
      className={styles.notice}
      data-unread={one.readAt ? undefined : ""}
      onClick={onOpen}
    >
      <Icon name={icons[one.kind]} />
      <span>
        <strong>{t(`notices.kind.${one.kind}.text`, facts)}</strong>
        <small>
          {t(`notices.kind.${one.kind}.more`, facts)} · {format.relative(one.createdAt)}
        </small>
      </span>
    </Link>
  );
}
