import { useState } from "react";
import { decimal, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { Segments } from "@/ui/fields/Checkbox.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useGo } from "@/ui/Link.tsx";
import { toast } from "@/ui/toast.ts";
import { type Invoice, useCredit } from "../api.ts";
import styles from "./invoice.module.css";
import { Refused } from "./Refused.tsx";

/** Takes an invoice back: all that is left of it, or chosen quantities of its lines. */
export function CreditDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const t = useWords("invoice");
  const go = useGo();
  const [what, setWhat] = useState("all");
  const [reason, setReason] = useState("");
  const [wanted, setWanted] = useState<string[]>(invoice.lines.map(() => ""));
  const [missing, setMissing] = useState(false);
  const credit = useCredit(invoice.id);
  const lines = wanted.flatMap((quantity, at) =>
    quantity.trim() === "" || (decimal.valid(quantity) && decimal.sign(quantity) === 0)
      ? []
      : [{ line: at + 1, quantity }],
  );
  const unreadable = lines.some(one => !decimal.valid(one.quantity));
  const run = () => {
    if (what === "part" && (lines.length === 0 || unreadable)) {
      setMissing(true);
      return;
    }
    void credit
      .submitAsync({ ...(reason.trim() && { reason: reason.trim() }), ...(what === "part" && { lines }) })
      .then(note => {
        toast(t("credit.done", { number: note.number }));
        onClose();
        go(`/invoices/${note.id}`);
      })
      .catch(() => undefined); // shown in the dialog
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={run}
      title={t("credit.title", { number: invoice.number })}
      confirm={t("credit.confirm")}
      busy={credit.busy}
      size={what === "part" ? "md" : "sm"}
    >
      <Stack>
        <Segments
          label={t("credit.what")}
          value={what}
          onChange={setWhat}
          options={[
            { value: "all", label: t(invoice.returned ? "credit.rest" : "credit.all") },
            { value: "part", label: t("credit.part") },
          ]}
        />
        {what === "all" ? (
          <p>{t(invoice.returned ? "credit.restText" : "credit.text")}</p>
        ) : (
          <Lines invoice={invoice} wanted={wanted} onChange={setWanted} />
        )}
        {what === "part" && missing && lines.length === 0 && (
          <p className={styles.wrong} role="alert">
            {t("credit.nothing")}
          </p>
        )}
        <TextField label={t("credit.reason")} value={reason} onChange={setReason} maxLength={500} />
        <Refused error={credit.error} />
      </Stack>
    </ConfirmDialog>
  );
}

interface LinesProps {
  invoice: Invoice;
  wanted: string[];
  onChange: (wanted: string[]) => void;
}

function Lines({ invoice, wanted, onChange }: LinesProps) {
  const t = useWords("invoice");
  const format = useFormat();
  const left = (at: number) => decimal.sub(invoice.lines[at]?.quantity ?? "0", invoice.returned?.[at] ?? "0");
  return (
    <table className={styles.sheet}>
      <thead>
        <tr>
          <th>{t("line.description")}</th>
          <th className={styles.right}>{t("credit.left")}</th>
          <th className={styles.right}>{t("credit.take")}</th>
        </tr>
      </thead>
      <tbody>
        {invoice.lines.map((line, at) => (
          <tr key={at}>
            <td>{line.description.split("\n")[0]}</td>
            <td className={styles.right}>
              {format.number(left(at))} {line.unit}
            </td>
            <td className={styles.take}>
              {decimal.sign(left(at)) !== 0 && (
                <NumberField
                  label={t("credit.takeOf", { n: at + 1, what: line.description.split("\n")[0] ?? "" })}
                  hideLabel
                  placeholder="0"
                  value={wanted[at] ?? ""}
                  onChange={quantity => onChange(wanted.map((old, i) => (i === at ? quantity : old)))}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
