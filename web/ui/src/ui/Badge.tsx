import type { ReactNode } from "react";
import styles from "./small.module.css";

export type Tone = "neutral" | "green" | "blue" | "amber" | "red" | "violet";

/** A state as colour and word together. green: good, in use, paid. blue: waiting, open. amber: soon, in repair. red: overdue, failed. violet: special. neutral: over. */
export function Badge({
  tone = "neutral",
  dot,
  children,
}: {
  tone?: Tone;
  dot?: boolean;
  children: ReactNode;
}) {
  return (
    <span className={styles.badge} data-tone={tone} data-dot={dot || undefined}>
      {children}
    </span>
  );
}

/** A small number beside a word. */
export function Count({ children, tone }: { children: ReactNode; tone?: "red" }) {
  return (
    <span className={styles.count} data-tone={tone}>
      {children}
    </span>
  );
}

export function Progress({ value, max, label }: { value: number; max: number; label: string }) {
  const part = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={max}
    >
      <span style={{ width: `${part * 100}%` }} />
    </div>
  );
}
