import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { RadioCards } from "@/ui/fields/Checkbox.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import type { Selected } from "../bulk.ts";
import { mostLabels, printLabels } from "../labels.ts";
import { Refused } from "./Refused.tsx";

/** Which paper, and what the code says; the PDF opens beside the page. */
export function LabelDialog({ selected, onClose }: { selected: Selected; onClose: () => void }) {
  const t = useWords("asset");
  const [layout, setLayout] = useState<"a4" | "roll">("a4");
  const [content, setContent] = useState("link");
  const [skip, setSkip] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await printLabels({
        selection: selected.selection,
        layout,
        skip: layout === "a4" ? Math.min(23, Math.max(0, Number(skip) || 0)) : 0,
        withLink: content === "link",
      });
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("labels.title", { count: selected.count, shown: selected.shown })}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            type="submit"
            variant="primary"
            icon="print"
            loading={busy}
            disabled={selected.count > mostLabels}
            data-autofocus
          >
            {t("labels.make")}
          </Button>
        </>
      }
    >
      <Stack>
        <Refused error={error} />
        {selected.count > mostLabels && <Callout tone="amber">{t("labels.tooMany")}</Callout>}
        <RadioCards
          label={t("labels.layout")}
          value={layout}
          onChange={value => setLayout(value === "roll" ? "roll" : "a4")}
          columns={2}
          options={[
            { value: "a4", label: t("labels.a4"), note: t("labels.a4Note") },
            { value: "roll", label: t("labels.roll"), note: t("labels.rollNote") },
          ]}
        />
        <RadioCards
          label={t("labels.content")}
          value={content}
          onChange={setContent}
          columns={2}
          options={[
            { value: "link", label: t("labels.link"), note: t("labels.linkNote") },
            { value: "tag", label: t("labels.tag"), note: t("labels.tagNote") },
          ]}
        />
        {layout === "a4" && (
          <NumberField
            label={t("labels.skip")}
            hint={t("labels.skipHint")}
            required={false}
            value={skip}
            onChange={setSkip}
            digits={0}
          />
        )}
      </Stack>
    </Dialog>
  );
}
