import { Fragment, type ReactNode } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import styles from "./small.module.css";

export interface ConflictDialogProps {
  open: boolean;
  /** What differs: label, what the person typed, what is stored now. */
  differences: { label: string; mine: ReactNode; theirs: ReactNode }[];
  onClose: () => void;
  /** Takes the stored record and drops what was typed. */
  onTakeTheirs: () => void;
  /** Saves what was typed on top of the stored version. */
  onKeepMine: () => void;
  busy?: boolean;
}

/** Somebody saved the same record in between (412): both versions side by side, and nothing is lost. */
export function ConflictDialog(props: ConflictDialogProps) {
  const t = useWords("ui");
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={t("conflict.title")}
      size="lg"
      footer={
        <>
          <Button onClick={props.onTakeTheirs}>{t("conflict.takeTheirs")}</Button>
          <Button variant="primary" loading={props.busy} onClick={props.onKeepMine}>
            {t("conflict.keepMine")}
          </Button>
        </>
      }
    >
      <p className="dimmed">{t("conflict.text")}</p>
      <div className={styles.versions}>
        <div>{t("conflict.field")}</div>
        <div>{t("conflict.mine")}</div>
        <div>{t("conflict.theirs")}</div>
        {props.differences.map(one => (
          <Fragment key={one.label}>
            <div className="dimmed">{one.label}</div>
            <div>{one.mine}</div>
            <div>{one.theirs}</div>
          </Fragment>
        ))}
      </div>
    </Dialog>
  );
}
