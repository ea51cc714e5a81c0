import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import type { Tone } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import type { IconName } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { Timeline } from "@/ui/Timeline.tsx";
import { type HistoryLine, useHistory } from "../api.ts";

const looks: Record<HistoryLine["kind"], { icon: IconName; tone: Tone }> = {
  registered: { icon: "plus", tone: "blue" },
  edited: { icon: "edit", tone: "neutral" },
  reserved: { icon: "flag", tone: "violet" },
  released: { icon: "undo", tone: "neutral" },
  assigned: { icon: "person", tone: "green" },
  returned: { icon: "undo", tone: "blue" },
  transferred: { icon: "send", tone: "green" },
  "repair-started": { icon: "wrench", tone: "amber" },
  "repair-ended": { icon: "wrench", tone: "green" },
  lost: { icon: "warning", tone: "red" },
  found: { icon: "search", tone: "green" },
  retired: { icon: "box", tone: "neutral" },
  reinstated: { icon: "undo", tone: "blue" },
  moved: { icon: "pin", tone: "neutral" },
  "for-sale": { icon: "tag", tone: "violet" },
  disposed: { icon: "trend", tone: "neutral" },
  sold: { icon: "money", tone: "green" },
  "sale-undone": { icon: "undo", tone: "blue" },
  "back-in-books": { icon: "undo", tone: "blue" },
  "sale-withdrawn": { icon: "undo", tone: "neutral" },
  "document-drawn-up": { icon: "invoice", tone: "blue" },
  "document-confirmed": { icon: "check", tone: "green" },
  "document-refused": { icon: "warning", tone: "red" },
  "document-closed": { icon: "close", tone: "neutral" },
};

/** What happened to an asset, newest first; `few` shows the last of it and the way to the rest. */
export function HistoryPanel({ id, few }: { id: string; few?: boolean }) {
  const t = useWords("asset");
  const history = useHistory(id);
  const words = useChangeWords();
  const lines = few ? history.rows.slice(0, 4) : history.rows;
  return (
    <Card
      title={t("history.title")}
      actions={
        few && history.rows.length > 4 && <Link href={`/assets/${id}?tab=history`}>{t("history.all")}</Link>
      }
    >
      {history.error ? (
        <ErrorState error={history.error} onRetry={history.retry} />
      ) : history.loading ? (
        <SkeletonText lines={4} />
      ) : (
        <Timeline
          moments={lines.map(line => ({
            id: line.id,
            at: line.at,
            by: line.actor || undefined,
            ...looks[line.kind],
            text: t(textKey(line), {
              name: line.holderName,
              number: line.note?.split(":", 1)[0],
              interpolation: { escapeValue: false },
            }),
            detail: words(line),
          }))}
        />
      )}
      {!few && history.hasMore && (
        <Button loading={history.loadingMore} onClick={history.loadMore}>
          {t("history.more")}
        </Button>
      )}
    </Card>
  );
}

function textKey(line: HistoryLine): string {
  if (line.reason === "employee-left") return `history.left.${line.kind}`;
  if (line.kind === "lost" && !line.holderName) return "history.line.lostInStock";
  return `history.line.${line.kind}`;
}

/** The note and the edited fields of a line, in words. */
function useChangeWords() {
  const t = useWords("asset");
  const format = useFormat();
  const value = (field: string, text: string | undefined) => {
    if (!text) return t("history.nothing");
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return format.date(text);
    if (field === "method" || field === "convention") return t(`${field}.${text}`);
    return text;
  };
  return (line: HistoryLine) => {
    const changes = line.changes ?? [];
    // The note of a document begins with its number, which the text says already.
    const note = line.kind.startsWith("document-") ? line.note?.replace(/^\d+(: )?/, "") : line.note;
    if (!note && changes.length === 0) return undefined;
    return (
      <>
        {note && <div>{note}</div>}
        {changes.map(change => (
          <div key={change.field}>
            {t("history.change", {
              field: t(`field.${change.field}`),
              from: value(change.field, change.from),
              to: value(change.field, change.to),
            })}
          </div>
        ))}
      </>
    );
  };
}
