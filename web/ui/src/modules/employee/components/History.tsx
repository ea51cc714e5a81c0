import { type Format, today, useFormat } from "@/lib/format.ts";
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
  const tell = (change: Change) => sentence(t, change, text => payWords(t, format, text));
  if (history.isPending) return <SkeletonText />;
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  return (
    <Card title={t("history.title")}>
      <Timeline
        moments={days(history.data.items ?? []).map(([first, ...rest]) => ({
          id: first.on + first.kind,
          icon: icons[first.kind],
          tone: first.on > today() ? "amber" : undefined,
          text: (
            <>
              {tell(first)} {first.on > today() && <Badge tone="amber">{t("history.planned")}</Badge>}
            </>
          ),
          at: first.on,
          by: [format.date(first.on), first.recordedBy].filter(Boolean).join(" · "),
          detail: rest.map(one => <div key={one.kind}>{tell(one)}</div>),
        }))}
      />
    </Card>
  );
}

/** Changes of one day together; hiring and leaving come first, for the rest follows from them. */
export function days(changes: Change[]): [Change, ...Change[]][] {
  const byDay = new Map<string, [Change, ...Change[]]>();
  for (const one of changes) {
    const known = byDay.get(one.on);
    if (!known) byDay.set(one.on, [one]);
    else if (one.kind === "hired" || one.kind === "left") known.unshift(one);
    else known.push(one);
  }
  return [...byDay.values()];
}

function sentence(
  t: ReturnType<typeof useWords>,
  { kind, before, after }: Change,
  pay: (text: string | undefined) => string | undefined,
): string {
  if (kind === "hired") return t("history.hired");
  if (kind === "left") return after ? t("history.leftWhy", { reason: after }) : t("history.left");
  const said = kind === "pay" ? pay : (text: string | undefined) => text;
  const words = { what: t(`history.what.${kind}`), before: said(before), after: said(after) };
  if (!before) return t("history.set", words);
  return after ? t("history.changed", words) : t("history.ended", words);
}

/** "52000.00 EUR / year" as people write it. */
function payWords(t: ReturnType<typeof useWords>, format: Format, text: string | undefined) {
  const [, amount, currency, period] = /^(\S+) ([A-Z]{3}) \/ (\w+)$/.exec(text ?? "") ?? [];
  return amount && currency ? `${format.money(amount, currency)} ${t(`pay.per.${period}`)}` : text;
}
