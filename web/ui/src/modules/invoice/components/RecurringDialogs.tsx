import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { RadioCards } from "@/ui/fields/Checkbox.tsx";
import { toast } from "@/ui/toast.ts";
import { type Recurring, useEndRecurring, useResumeRecurring } from "../recurring.ts";
import { Refused } from "./Refused.tsx";

export type Asked = "resume" | "end";

interface DialogProps {
  one: Recurring;
  onClose: () => void;
}

export default function RecurringDialogs({ doing, ...props }: DialogProps & { doing: Asked }) {
  return doing === "end" ? <EndDialog {...props} /> : <ResumeDialog {...props} />;
}

/** Goes on; what was missed meanwhile is left out or made up. */
function ResumeDialog({ one, onClose }: DialogProps) {
  const t = useWords("invoice");
  const [missed, setMissed] = useState<"skip" | "make">(one.status === "active" ? "make" : "skip");
  const resume = useResumeRecurring(one);
  const run = () =>
    resume
      .submitAsync(missed)
      .then(() => {
        toast(t("recurring.resumed"));
        onClose();
      })
      .catch(() => undefined); // shown in the dialog
  const again = one.status === "active";
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => void run()}
      title={t(again ? "recurring.again" : "recurring.resume")}
      confirm={t(again ? "recurring.again" : "recurring.resume")}
      busy={resume.busy}
    >
      <Stack>
        <p>{t("recurring.inYourName")}</p>
        {one.missed > 0 && (
          <RadioCards
            label={t("recurring.missed", { count: one.missed })}
            value={missed}
            onChange={value => setMissed(value as "skip" | "make")}
            options={[
              { value: "skip", label: t("recurring.skip"), note: t("recurring.skipNote") },
              {
                value: "make",
                label: t("recurring.makeUp"),
                note: t("recurring.makeUpNote", { count: one.missed }),
              },
            ]}
          />
        )}
        <Refused error={resume.error} />
      </Stack>
    </ConfirmDialog>
  );
}

function EndDialog({ one, onClose }: DialogProps) {
  const t = useWords("invoice");
  const end = useEndRecurring(one);
  const run = () =>
    end
      .submitAsync(undefined)
      .then(() => {
        toast(t("recurring.endDone"));
        onClose();
      })
      .catch(() => undefined); // shown in the dialog
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      onConfirm={() => void run()}
      title={t("recurring.endTitle", { name: one.name })}
      confirm={t("recurring.endAction")}
      busy={end.busy}
    >
      <Stack>
        <p>{t("recurring.endText")}</p>
        <Refused error={end.error} />
      </Stack>
    </ConfirmDialog>
  );
}
