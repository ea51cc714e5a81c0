import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import type { Tone } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog, Drawer } from "@/ui/Dialog.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import type { IconName } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { Timeline } from "@/ui/Timeline.tsx";
import { toast } from "@/ui/toast.ts";
import { type Decision, type Process, type ProcessStep, useDecide } from "../processes.ts";
import { ProcessState } from "./ProcessState.tsx";
import { useNames } from "./words.ts";

const looks: Record<ProcessStep["state"], { icon: IconName; tone: Tone }> = {
  waiting: { icon: "clock", tone: "neutral" },
  doing: { icon: "refresh", tone: "blue" },
  done: { icon: "check", tone: "green" },
  failed: { icon: "error", tone: "red" },
  undoing: { icon: "refresh", tone: "violet" },
  undone: { icon: "undo", tone: "neutral" },
  open: { icon: "person", tone: "amber" },
};

/** Where the record that a process is about is shown. */
const places: Record<string, string> = {
  asset: "/assets/",
  employee: "/employees/",
  bill: "/invoices/bills/",
};

/** One process: every step and its state, and what a person can decide when a step fails. */
export function ProcessDrawer({ process, onClose }: { process: Process; onClose: () => void }) {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const mayDecide = useCan("process:manage");
  const [asking, setAsking] = useState<Decision | undefined>();
  const [note, setNote] = useState("");
  const decide = useDecide(process, decision => {
    toast(t(`processes.decided.${decision}`));
    onClose();
  });
  const failed = process.steps.find(step => step.state === "failed");
  const waits = process.state === "stuck" || Boolean(process.retryAt);
  const place = places[process.subject];
  return (
    <Drawer
      open
      onClose={onClose}
      title={names.process(process.name)}
      footer={
        waits &&
        mayDecide && (
          <>
            {!process.back && (
              <Button icon="undo" onClick={() => setAsking("turn-back")}>
                {t("processes.turnBack")}
              </Button>
            )}
            <Button icon="check" onClick={() => setAsking("settle")}>
              {t("processes.settle")}
            </Button>
            <Button
              variant="primary"
              icon="refresh"
              loading={decide.busy}
              onClick={() => decide.submit({ decision: "retry" })}
            >
              {t("processes.retry")}
            </Button>
          </>
        )
      }
    >
      <Stack>
        {decide.error && <Callout tone="red">{decide.error.message}</Callout>}
        {process.failure && (
          <Callout tone={process.state === "stuck" ? "red" : "amber"} title={t("processes.failure")}>
            {process.failure}
          </Callout>
        )}
        <PropertyList
          items={[
            {
              label: t("processes.about"),
              value: place ? <Link href={place + process.subjectId}>{process.label}</Link> : process.label,
            },
            { label: t("processes.state"), value: <ProcessState process={process} /> },
            { label: t("processes.started"), value: format.dateTime(process.startedAt) },
            { label: t("processes.by"), value: process.startedBy },
            process.retryAt !== undefined && {
              label: t("processes.retryAt"),
              value: format.dateTime(process.retryAt),
            },
          ]}
        />
        <Timeline
          moments={process.steps.map(step => ({
            id: step.name,
            ...looks[step.state],
            text: (
              <>
                {names.step(step.name)}: {t(`processes.step.${step.state}`)}
              </>
            ),
            at: step.at ?? "",
            by: step.by,
            detail: [
              step.error && t("processes.failedTimes", { count: step.attempts ?? 1, error: step.error }),
              step.note,
            ]
              .filter(Boolean)
              .join(" · "),
          }))}
        />
      </Stack>
      <ConfirmDialog
        open={asking !== undefined}
        onClose={() => setAsking(undefined)}
        onConfirm={() => {
          if (!asking || (asking === "settle" && note.trim() === "")) return;
          decide.submit({ decision: asking, note: note.trim() });
          setAsking(undefined);
        }}
        busy={decide.busy}
        danger
        title={t(asking === "settle" ? "processes.settleTitle" : "processes.turnBackTitle")}
        confirm={t(asking === "settle" ? "processes.settle" : "processes.turnBack")}
      >
        <Stack>
          <p>
            {t(asking === "settle" ? "processes.settleText" : "processes.turnBackText", {
              step: failed ? names.step(failed.name) : "",
            })}
          </p>
          {asking === "settle" && (
            <TextField
              label={t("processes.note")}
              required
              value={note}
              onChange={setNote}
              maxLength={500}
              autoFocus
            />
          )}
        </Stack>
      </ConfirmDialog>
    </Drawer>
  );
}
