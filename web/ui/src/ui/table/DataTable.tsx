import { type ReactNode, useCallback, useRef, useSyncExternalStore } from "react";
import type { ListState } from "@/lib/query.ts";
import { ErrorState } from "../States.tsx";
import { BulkBar, type Selection } from "./BulkBar.tsx";
import { CardList } from "./CardList.tsx";
import styles from "./DataTable.module.css";
import { TableView } from "./TableView.tsx";

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** Pixels; columns without share what is left. */
  width?: number;
  align?: "right";
  /** The name the API sorts by; the header becomes a button. */
  sort?: string | undefined;
  /** Not shown until the person chooses it. */
  optional?: boolean;
}

export interface CardContent {
  title: ReactNode;
  /** At the right of the title: a Badge, an amount. */
  end?: ReactNode;
  line?: ReactNode;
  lineEnd?: ReactNode;
}

export interface DataTableProps<T> {
  /** What it lists, for screen readers: "Assets". */
  label: string;
  list: ListState<T>;
  columns: Column<T>[];
  rowKey: (row: T) => string;
  /** Where a row leads. The first column becomes its link. */
  href?: ((row: T) => string) | undefined;
  /** Instead of `href`: the row opens something on this page. */
  onOpen?: ((row: T) => void) | undefined;
  /** The same row as a card of two lines, for a phone. */
  card: (row: T) => CardContent;
  /** Shown columns by id, from `useColumns`; all but the optional ones without. */
  shown?: string[] | undefined;
  /** "-purchasedOn": by what the API sorts now. */
  sort?: string;
  onSort?: (sort: string) => void;
  selection?: Selection | undefined;
  /** Buttons that act on what is selected. */
  bulk?: ReactNode;
  /** An EmptyState: one for "nothing yet", another for "nothing for these filters". */
  empty: ReactNode;
  /** Inside a Card: no frame of its own. */
  plain?: boolean;
}

const phone = "(max-width: 719px)";

function usePhone(): boolean {
  return useSyncExternalStore(
    listener => {
      const query = matchMedia(phone);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => matchMedia(phone).matches,
  );
}

/**
 * A list of records. The server sorts and filters; rows come by cursor while it is scrolled, and only those in view are
 * in the page. j and k walk, Enter opens, x selects.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { list, label, empty, selection, bulk, plain } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const small = usePhone();
  const { hasMore, loadMore } = list;
  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (box && hasMore && box.scrollHeight - box.scrollTop - box.clientHeight < 900) loadMore();
  }, [hasMore, loadMore]);

  let content: ReactNode;
  if (list.error) content = <ErrorState error={list.error} onRetry={list.retry} />;
  else if (!list.loading && list.rows.length === 0) content = empty;
  else if (small) content = <CardList {...props} scroller={scroller} />;
  else content = <TableView {...props} scroller={scroller} />;

  return (
    <div className={styles.frame} data-plain={plain || undefined}>
      {selection && (selection.keys.size > 0 || selection.everything) && (
        <BulkBar
          selection={selection}
          actions={bulk}
          total={list.total}
          totalCapped={list.totalCapped}
          loaded={list.rows.length}
        />
      )}
      <div
        className={styles.scroll}
        ref={scroller}
        onScroll={onScroll}
        tabIndex={0}
        role="region"
        aria-label={label}
        aria-busy={list.loading || undefined}
        data-refreshing={list.refreshing || undefined}
      >
        {content}
      </div>
    </div>
  );
}
