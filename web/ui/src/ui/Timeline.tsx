import type { ReactNode } from "react";
import { useFormat } from "@/lib/format.ts";
import type { Tone } from "./Badge.tsx";
import styles from "./Card.module.css";
import { Icon, type IconName } from "./Icon.tsx";

export interface Moment {
  id: string;
  icon: IconName;
  tone?: Tone;
  /** One sentence: who did what to whom. */
  text: ReactNode;
  /** An instant; empty for what has not happened yet. */
  at: string;
  by?: string | undefined;
  /** A reason, or the changed fields. */
  detail?: ReactNode;
}

/** What happened, newest first. */
export function Timeline({ moments }: { moments: Moment[] }) {
  const format = useFormat();
  return (
    <ol className={styles.timeline}>
      {moments.map(moment => (
        <li key={moment.id} className={styles.moment}>
          <span className={styles.momentIcon} data-tone={moment.tone}>
            <Icon name={moment.icon} size={15} />
          </span>
          <div className={styles.momentBody}>
            <div>{moment.text}</div>
            <div className={styles.momentMeta}>
              {moment.at !== "" && (
                <time dateTime={moment.at} title={format.dateTime(moment.at)}>
                  {format.relative(moment.at)}
                </time>
              )}
              {moment.by && ` · ${moment.by}`}
            </div>
            {moment.detail && <div className={styles.momentChanges}>{moment.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
