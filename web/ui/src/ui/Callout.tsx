import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon.tsx";
import styles from "./small.module.css";

const icons: Record<string, IconName> = {
  amber: "warning",
  red: "error",
  green: "success",
  blue: "info",
  neutral: "info",
};

export interface CalloutProps {
  tone?: "neutral" | "amber" | "red" | "green" | "blue";
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** A sentence that belongs to the page: a part could not be loaded, a record is closed. */
export function Callout({ tone = "neutral", title, children, action }: CalloutProps) {
  return (
    <div className={styles.callout} data-tone={tone} role={tone === "red" ? "alert" : "status"}>
      <Icon name={icons[tone] ?? "info"} />
      <div className={styles.calloutBody}>
        {title && <div className={styles.calloutTitle}>{title}</div>}
        {children}
      </div>
      {action}
    </div>
  );
}
