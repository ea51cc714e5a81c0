import type { RefObject } from "react";
import { Link } from "../Link.tsx";
import { Skeleton } from "../Skeleton.tsx";
import styles from "./DataTable.module.css";
import type { DataTableProps } from "./DataTable.tsx";
import { useRows } from "./useRows.ts";

const cardHeight = 62;

/** The same rows as cards of two lines, where a table has no room. */
export function CardList<T>(props: DataTableProps<T> & { scroller: RefObject<HTMLDivElement | null> }) {
  const { list, rowKey, card, href, onOpen, label, scroller } = props;
  const { items, before, after } = useRows({
    count: list.rows.length,
    height: cardHeight,
    scroller,
    keyAt: index => (list.rows[index] ? rowKey(list.rows[index]) : undefined),
    selection: props.selection,
  });
  if (list.loading) {
    return (
      <ul className={styles.cards} aria-label={label}>
        {Array.from({ length: 9 }, (_, index) => (
          <li key={index} style={{ padding: "13px 14px", display: "grid", gap: 9 }}>
            <Skeleton width={`${40 + ((index * 13) % 30)}%`} height={12} />
            <Skeleton width={`${60 + ((index * 19) % 30)}%`} height={10} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className={styles.cards} aria-label={label} style={{ paddingTop: before, paddingBottom: after }}>
      {items.map(item => {
        const row = list.rows[item.index];
        if (row === undefined) return null;
        const content = card(row);
        const inside = (
          <>
            <span className={`${styles.cardTitle} truncate`}>{content.title}</span>
            <span className={styles.cardEnd}>{content.end}</span>
            <span className={`${styles.cardLine} truncate`}>{content.line || "\u00a0"}</span>
            <span className={`${styles.cardLine} ${styles.cardEnd}`}>{content.lineEnd}</span>
          </>
        );
        return (
          <li key={rowKey(row)} data-row={item.index} style={{ height: cardHeight }}>
            {href ? (
              <Link href={href(row)} data-row-link>
                {inside}
              </Link>
            ) : (
              <button type="button" data-row-link onClick={() => onOpen?.(row)}>
                {inside}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
