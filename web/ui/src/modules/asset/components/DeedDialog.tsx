import { useState } from "react";
import { today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { toast } from "@/ui/toast.ts";
import { type Asset, type Deed, useDeed } from "../api.ts";

export type AskedDeed = Extract<Deed, "repair" | "lose" | "retire">;

/** Asks before a change that deserves a reason, and says what follows from it. */
export function DeedDialog({ asset, deed, onClose }: { asset: Asset; deed: AskedDeed; onClose: () => void }) {
  const t = useWords("asset");
  const [note, setNote] = useState("");
  const [on, setOn] = useState(today());
  const run = useDeed(asset.id, changed => {
    toast(t(`deed.${deed}.done`, { tag: changed.tag }));
    onClose();
  });
  return (
    <Dialog
      open
      onClose={onClose}
      size="sm"
      title={t(`deed.${deed}.title`, { tag: asset.tag })}
      onSubmit={() => run.submit({ deed, note, ...(deed === "retire" ? { on } : {}) })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant={deed === "repair" ? "primary" : "danger"} loading={run.busy}>
            {t(`deed.${deed}.verb`)}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        {run.error && <Callout tone="red">{isProblem(run.error) ? run.error.message : t("failed")}</Callout>}
        <p>
          {t(asset.holderName && deed !== "retire" ? `deed.${deed}.textHeld` : `deed.${deed}.text`, {
            name: asset.holderName,
          })}
        </p>
        {deed === "retire" && (
          <DateField label={t("deed.retire.on")} value={on} onChange={setOn} max={today()} />
        )}
        <TextField
          label={t("field.note")}
          required={false}
          value={note}
          onChange={setNote}
          maxLength={2000}
          autoFocus
        />
      </Stack>
    </Dialog>
  );
}
