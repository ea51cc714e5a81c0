import { type DragEvent, useId, useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Icon } from "../Icon.tsx";
import styles from "./fields.module.css";

export interface FileDropProps {
  label: string;
  /** What may come: ".csv,text/csv". */
  accept: string;
  /** Bytes; a larger file is refused here, before it travels. */
  maxBytes: number;
  onFile: (file: File) => void;
  file?: File | undefined;
  hint?: string;
  disabled?: boolean;
}

/** A place to drop a file, or to choose one with the keyboard. */
export function FileDrop({ label, accept, maxBytes, onFile, file, hint, disabled }: FileDropProps) {
  const t = useWords("ui");
  const format = useFormat();
  const id = useId();
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState("");
  const take = (chosen: File | undefined) => {
    setOver(false);
    if (!chosen) return;
    if (chosen.size > maxBytes) {
      setRefused(t("file.tooLarge", { size: format.fileSize(maxBytes) }));
      return;
    }
    setRefused("");
    onFile(chosen);
  };
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <div className={styles.field}>
      <label
        className={styles.drop}
        htmlFor={id}
        data-over={over || undefined}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={event => {
          event.preventDefault();
          take(event.dataTransfer.files[0]);
        }}
      >
        <Icon name={file ? "file" : "upload"} size={22} />
        <span className={styles.dropTitle}>{file ? file.name : label}</span>
        <span>{file ? format.fileSize(file.size) : (hint ?? t("file.dropOrChoose"))}</span>
        <input
          id={id}
          className="visually-hidden"
          type="file"
          accept={accept}
          disabled={disabled}
          aria-describedby={refused ? `${id}-error` : undefined}
          onChange={event => {
            take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </label>
      {refused && (
        <div className={styles.error} id={`${id}-error`} role="alert">
          <Icon name="error" size={14} />
          {refused}
        </div>
      )}
    </div>
  );
}
