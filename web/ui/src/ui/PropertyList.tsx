import type { ReactNode } from "react";
import styles from "./Card.module.css";

export interface Property {
  label: string;
  /** Empty values are shown as a dash, so that people see that there is none. */
  value: ReactNode;
}

/** What is known of a record, in columns. */
export function PropertyList({ items }: { items: (Property | false | undefined)[] }) {
  return (
    <dl className={styles.properties}>
      {items.map(
        item =>
          item && (
            <div key={item.label}>
              <dt>{item.label}</dt>
              <dd>
                {item.value === "" || item.value === undefined || item.value === null ? "–" : item.value}
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
