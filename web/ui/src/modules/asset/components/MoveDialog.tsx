import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { toast } from "@/ui/toast.ts";
import { type Asset, useMove, usePlaces } from "../api.ts";

/** Puts the asset somewhere else. */
export function MoveDialog({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const t = useWords("asset");
  const places = usePlaces();
  const [to, setTo] = useState("");
  const move = useMove(() => {
    const place = places.list.find(one => one.id === to)?.path ?? t("place.none");
    toast(t("move.done", { count: 1, place }));
    onClose();
  });
  return (
    <Dialog
      open
      onClose={onClose}
      size="sm"
      title={t("move.title", { count: 1 })}
      onSubmit={() => move.submit({ id: asset.id, ...(to ? { locationId: to } : {}) })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" loading={move.busy}>
            {t("move.verb")}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        {move.error && (
          <Callout tone="red">{isProblem(move.error) ? move.error.message : t("failed")}</Callout>
        )}
        <Combobox
          label={t("field.location")}
          icon="pin"
          autoFocus
          value={to}
          onChange={setTo}
          options={places.list.map(place => ({ value: place.id, label: place.path }))}
          hint={to === "" ? t("move.nowhere") : undefined}
        />
      </Stack>
    </Dialog>
  );
}
