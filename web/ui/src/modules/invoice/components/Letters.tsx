import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Badge, type Tone } from "@/ui/Badge.tsx";
import { Card } from "@/ui/Card.tsx";
import { Timeline } from "@/ui/Timeline.tsx";
import { type Letter, useLetters } from "../api.ts";

const tones: Record<Letter["state"], Tone> = { queued: "neutral", sent: "green", failed: "red" };

/** What was mailed about a document; nothing is shown while nothing was. */
export function InvoiceLetters({ id }: { id: string }) {
  const letters = useLetters(id, "");
  return letters.data && letters.data.items.length > 0 ? <LetterLog letters={letters.data.items} /> : null;
}

export function LetterLog({ letters }: { letters: Letter[] }) {
  const t = useWords("invoice");
  const format = useFormat();
  const sees = useCan("payment:read");
  return (
    <Card title={t("send.log")}>
      <Timeline
        moments={letters.map(letter => ({
          id: letter.id,
          icon: "mail",
          tone: tones[letter.state],
          text: (
            <>
              {t("send.line", { to: letter.to })}{" "}
              <Badge tone={tones[letter.state]}>{t(`send.state.${letter.state}`)}</Badge>
            </>
          ),
          at: letter.at,
          by: letter.by,
          detail: (
            <>
              {letter.kind === "reminder" && sees ? (
                <a href={`/api/v1/reminders/${letter.id}/pdf`} target="_blank" rel="noreferrer">
                  {letter.subject}
                </a>
              ) : (
                letter.subject
              )}
              {letter.error && <div>{t("send.error", { error: letter.error })}</div>}
              {letter.sentAt && <div>{t("send.sentAt", { at: format.dateTime(letter.sentAt) })}</div>}
            </>
          ),
        }))}
      />
    </Card>
  );
}
