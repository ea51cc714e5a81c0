import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog, Drawer } from "@/ui/Dialog.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { toast } from "@/ui/toast.ts";
import type { DeadLetter } from "../api.ts";
import styles from "./admin.module.css";
import { useNames } from "./words.ts";

interface Delivery {
  name?: string;
  subscriber?: string;
}

/** "asset.return-on-leave ← employee.left.v1" for an event that could not be handled, else the task's own name. */
export function taskOf(letter: DeadLetter): string {
  const { name, subscriber } = (letter.payload ?? {}) as Delivery;
  return subscriber && name ? `${subscriber} ← ${name}` : letter.task;
}

/** One piece of failed work: why it failed, and what to do about it. */
export function DeadLetterDrawer({ letter, onClose }: { letter: DeadLetter; onClose: () => void }) {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const maySettle = useCan("event:manage");
  const [asking, setAsking] = useState(false);
  const params = { path: { module: letter.module, id: letter.id } };
  const settled = (words: string) => () => {
    toast(t(words));
    onClose();
  };
  const changes = [
    ["platform", "dead-letters"],
    ["platform", "queues"],
  ];
  const retry = useSubmit({
    run: () => api.post("/api/v1/events/dead-letters/{module}/{id}/retry", { params }),
    changes,
    onDone: settled("events.retried"),
  });
  const drop = useSubmit({
    run: () => api.delete("/api/v1/events/dead-letters/{module}/{id}", { params }),
    changes,
    onDone: settled("events.dropped"),
  });
  const error = retry.error ?? drop.error;
  return (
    <Drawer
      open
      onClose={onClose}
      title={taskOf(letter)}
      footer={
        maySettle && (
          <>
            <Button icon="trash" onClick={() => setAsking(true)}>
              {t("events.drop")}
            </Button>
            <Button variant="primary" icon="refresh" loading={retry.busy} onClick={() => retry.submit()}>
              {t("events.retry")}
            </Button>
          </>
        )
      }
    >
      <Stack>
        {error && <Callout tone="red">{error.message}</Callout>}
        <PropertyList
          items={[
            { label: t("audit.module"), value: names.module(letter.module) },
            { label: t("events.at"), value: format.dateTime(letter.at) },
            { label: t("events.attempts"), value: format.number(letter.attempts) },
          ]}
        />
        <pre className={styles.error}>{letter.error}</pre>
        {letter.payload !== undefined && (
          <pre className={styles.error}>{JSON.stringify(letter.payload, null, 2)}</pre>
        )}
      </Stack>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => drop.submit()}
        busy={drop.busy}
        danger
        title={t("events.dropTitle")}
        confirm={t("events.drop")}
      >
        {t("events.dropText")}
      </ConfirmDialog>
    </Drawer>
  );
}
