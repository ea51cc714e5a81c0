import { today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Card } from "@/ui/Card.tsx";
import type { IconName } from "@/ui/Icon.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { Timeline } from "@/ui/Timeline.tsx";
import { type Change, type Person, useHistory } from "../api.ts";

const icons: Record<Change["kind"], IconName> = {
  hired: "person",
  left: "logout",
  department: "building",
  position: "briefcase",
  location: "pin",
  manager: "people",
  pay: "money",
};

/** What has changed about somebody by date, planned changes first. */
export function History({ person }: { person: Person }) {
  const t = useWords("employee");
  const format = useFormat();
  const history = useHistory(person.id);
  if (history.isPending) return <SkeletonText />;
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  return (
    <Card title={t("history.title")}>
      <Timeline
        moments={(history.data.items ?? []).map((change, index) => ({
          id: `${change.on}-${change.kind}-${index}`,
          icon: icons[change.kind],
          tone: change.on > today() ? "amber" : undefined,
          text: (
            <>
              {sentence(t, change)}{" "}
              {change.on > today() && <Badge tone="amber">{t("history.planned")}</Badge>}
            </>
          ),
          at: change.on,
          by: [format.date(change.on), change.recordedBy].filter(Boolean).join(" · "),
        }))}
      />
    </Card>
  );
}

function sentence(t: ReturnType<typeof useWords>, { kind, before, after }: Change): string {
  if (kind === "hired") return t("history.hired");
  if (kind === "left") return after ? t("history.leftWhy", { reason: after }) : t("history.left");
  const words = { what: t(`history.what.${kind}`), before, after };
  if (!before) return t("history.set", words);
  return after ? t("history.changed", words) : t("history.ended", words);
}
