import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button, TextButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import { toast } from "@/ui/toast.ts";
import {
  type Offboarding,
  type OpenItem,
  type Person,
  useCancelLeave,
  useComplete,
  useSettle,
} from "../api.ts";
import { findPeople } from "../public.ts";
import styles from "./OffboardingCase.module.css";

/** What becomes of one thing; how is empty while nobody has decided. */
interface Decision {
  how: string;
  toId: string;
}

const undecided: Decision = { how: "", toId: "" };

/** Where a thing is shown. */
const places: Record<string, string> = { asset: "/assets/", invoice: "/invoices/" };

/** The checklist of somebody who leaves: each thing is settled, then the end is confirmed. */
export function OffboardingCase({ person, leaving }: { person: Person; leaving: Offboarding }) {
  const t = useWords("employee");
  const format = useFormat();
  const [decisions, setDecisions] = useState<Record<string, Decision>>({});
  const [ending, setEnding] = useState(false);
  const settle = useSettle(person.id, () => setDecisions({}));
  const complete = useComplete(person.id, () => toast(t("leave.done", { name: person.displayName })));
  const cancel = useCancelLeave(person.id, () => toast(t("leave.cancelled")));
  const items = leaving.open;
  const day = format.date(leaving.leftOn ?? "");
  const decided = items.filter(item => {
    const { how, toId } = decisions[item.id] ?? undecided;
    return how !== "" && (how !== "hand-over" || toId !== "");
  });
  const give = (list: OpenItem[], of: (item: OpenItem) => Decision) =>
    settle.submit(
      list.map(item => {
        const { how, toId } = of(item);
        return {
          kind: item.kind,
          id: item.id,
          how: how as "return",
          ...(how === "hand-over" && { toId }),
        };
      }),
    );
  const clear = items.length === 0 && (leaving.unknown ?? []).length === 0;
  return (
    <Card
      title={t("case.title", { name: person.displayName })}
      note={t("case.lastDay", { day })}
      actions={
        <TextButton onClick={() => cancel.submit(leaving.leftOn ?? "")}>{t("leave.cancel")}</TextButton>
      }
    >
      <Stack>
        <ul className={styles.steps}>
          <Step done={leaving.waiting === true}>
            {leaving.waiting ? t("case.accessEnded") : t("case.accessEnds", { day })}
          </Step>
          <Step done={clear}>
            {clear ? t("case.settled") : t("case.toSettle", { count: items.length })}
            {items.length > 0 && (
              <ul className={styles.items} aria-label={t("case.toSettle", { count: items.length })}>
                {items.map(item => (
                  <Item
                    key={item.id}
                    item={item}
                    person={person}
                    decision={decisions[item.id] ?? undecided}
                    onChange={next => setDecisions(all => ({ ...all, [item.id]: next }))}
                  />
                ))}
              </ul>
            )}
          </Step>
          <Step done={false}>{t("case.confirm")}</Step>
        </ul>
        {(leaving.unknown ?? []).length > 0 && <Callout tone="amber">{t("case.unknown")}</Callout>}
        <div className={styles.actions}>
          {items.length > 0 && (
            <>
              <Button
                icon="undo"
                loading={settle.busy}
                onClick={() => give(items, () => ({ how: "return", toId: "" }))}
              >
                {t("case.returnAll")}
              </Button>
              <Button
                variant="primary"
                disabled={decided.length === 0}
                loading={settle.busy}
                onClick={() => give(decided, item => decisions[item.id] ?? undecided)}
              >
                {t("case.settle", { count: decided.length })}
              </Button>
            </>
          )}
          <Button variant="danger" disabled={!leaving.waiting || !clear} onClick={() => setEnding(true)}>
            {t("leave.now")}
          </Button>
        </div>
      </Stack>
      <ConfirmDialog
        open={ending}
        danger
        title={t("case.endTitle", { name: person.displayName })}
        confirm={t("leave.now")}
        busy={complete.busy}
        onClose={() => setEnding(false)}
        onConfirm={() => complete.submit({})}
      >
        {t("case.endText", { day })}
      </ConfirmDialog>
    </Card>
  );
}

function Step({ done, children }: { done: boolean; children: React.ReactNode }) {
  return (
    <li className={styles.step} data-done={done || undefined}>
      <Icon name={done ? "success" : "clock"} />
      <div className={styles.words}>{children}</div>
    </li>
  );
}

interface ItemProps {
  item: OpenItem;
  person: Person;
  decision: Decision;
  onChange: (next: Decision) => void;
}

function Item({ item, person, decision, onChange }: ItemProps) {
  const t = useWords("employee");
  const place = places[item.kind];
  return (
    <li className={styles.item}>
      {place ? <Link href={place + item.id}>{item.label}</Link> : item.label}
      <Select
        label={t("case.becomes", { thing: item.label })}
        hideLabel
        empty={t("case.undecided")}
        value={decision.how}
        onChange={how => onChange({ ...decision, how })}
        options={(item.choices ?? []).map(how => ({
          value: how,
          label: t(`case.how.${item.kind === "invoice" && how === "return" ? "release" : how}`),
        }))}
      />
      {decision.how === "hand-over" && (
        <Combobox
          label={t("case.to", { thing: item.label })}
          hideLabel
          placeholder={t("case.toWhom")}
          icon="person"
          value={decision.toId}
          onChange={toId => onChange({ ...decision, toId })}
          search={async (query, signal) =>
            (await findPeople(query, signal)).filter(one => one.value !== person.id)
          }
        />
      )}
    </li>
  );
}
