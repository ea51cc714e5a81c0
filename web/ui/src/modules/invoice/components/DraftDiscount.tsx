import { memo } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Segments } from "@/ui/fields/Checkbox.tsx";
import { TextArea, TextField } from "@/ui/fields/TextField.tsx";
import { type Draft, sameAround } from "../draft.ts";
import styles from "./invoice.module.css";

/** What stands below the lines: a discount on all of them, whether prices contain the tax, and a text. */
export const DraftDiscount = memo(function DraftDiscount({
  draft,
  onChange,
}: {
  draft: Draft;
  onChange: (set: Partial<Draft>) => void;
}) {
  const t = useWords("invoice");
  return (
    <div className={styles.terms}>
      <div className={styles.discount}>
        <TextField
          label={t("edit.discount")}
          name="adjustments"
          align="right"
          inputMode="decimal"
          value={draft.discount}
          onChange={discount => onChange({ discount })}
        />
        <Segments
          label={t("edit.discountKind")}
          value={draft.discountKind}
          onChange={value => onChange({ discountKind: value as Draft["discountKind"] })}
          options={[
            { value: "percent", label: "%" },
            { value: "amount", label: draft.currency },
          ]}
        />
      </div>
      <Segments
        label={t("edit.priceMode")}
        value={draft.priceMode}
        onChange={value => onChange({ priceMode: value as Draft["priceMode"] })}
        options={[
          { value: "exclusive", label: t("edit.exclusive") },
          { value: "inclusive", label: t("edit.inclusive") },
        ]}
      />
      <TextArea
        label={t("field.note")}
        name="note"
        value={draft.note}
        onChange={note => onChange({ note })}
        placeholder={t("edit.notePlaceholder")}
      />
    </div>
  );
}, sameAround);
