import type { MouseEvent, ReactNode, RefObject } from "react";
import { useWords } from "@/lib/i18n.ts";
import { useLook } from "@/lib/look.ts";
import { Checkbox } from "../fields/Checkbox.tsx";
import { Icon } from "../Icon.tsx";
import { Link, useGo } from "../Link.tsx";
import { Skeleton } from "../Skeleton.tsx";
import styles from "./DataTable.module.css";
import type { Column, DataTableProps } from "./DataTable.tsx";
import { rowHeight, useRows } from "./useRows.ts";

type ViewProps<T> = DataTableProps<T> & { scroller: RefObject<HTMLDivElement | null> };

export function TableView<T>(props: ViewProps<T>) {
  const { list, rowKey, selection, scroller, label, href, onOpen } = props;
  const t = useWords("ui");
  const go = useGo();
  useLook(); // a changed density changes the height of rows
  const columns = props.columns.filter(column =>
    props.shown ? props.shown.includes(column.id) : !column.optional,
  );
  const { items, before, after } = useRows({
    count: list.rows.length,
    height: rowHeight(),
    scroller,
    keyAt: index => (list.rows[index] ? rowKey(list.rows[index]) : undefined),
    selection,
  });
  const width = columns.reduce((sum, column) => sum + (column.width ?? 150), selection ? 40 : 0);
  const open = (row: T) => (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("a, button, input, label, select")) return;
    if (window.getSelection()?.toString()) return;
    if (href && (event.ctrlKey || event.metaKey)) window.open(href(row), "_blank");
    else if (href) go(href(row));
    else onOpen?.(row);
  };

  return (
    <table
      className={styles.table}
      aria-label={label}
      aria-rowcount={list.total ?? -1}
      style={{ minWidth: width }}
    >
      <colgroup>
        {selection && <col style={{ width: 40 }} />}
        {columns.map(column => (
          <col key={column.id} style={column.width ? { width: column.width } : undefined} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {selection && (
            <th className={styles.check} scope="col">
              <SelectAll {...props} />
            </th>
          )}
          {columns.map(column => (
            <Header key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {list.loading && <SkeletonRows columns={columns.length + (selection ? 1 : 0)} />}
        {before > 0 && <Spacer height={before} columns={columns.length + (selection ? 1 : 0)} />}
        {items.map(item => {
          const row = list.rows[item.index];
          if (row === undefined) return null;
          const key = rowKey(row);
          const selected = selection?.everything || selection?.keys.has(key);
          return (
            <tr
              key={key}
              className={href || onOpen ? styles.row : undefined}
              data-row={item.index}
              data-selected={selected || undefined}
              aria-rowindex={item.index + 2}
              onClick={open(row)}
            >
              {selection && (
                <td className={styles.check}>
                  <Checkbox
                    hideLabel
                    label={t("table.select")}
                    checked={Boolean(selected)}
                    onChange={() => selection.toggle(key)}
                  />
                </td>
              )}
              {columns.map((column, index) => (
                <td key={column.id} data-align={column.align}>
                  {index === 0 ? (
                    <RowLink row={row} href={href} onOpen={onOpen} content={column.cell(row)} />
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          );
        })}
        {after > 0 && <Spacer height={after} columns={columns.length + (selection ? 1 : 0)} />}
        {list.loadingMore && <SkeletonRows columns={columns.length + (selection ? 1 : 0)} count={3} />}
      </tbody>
    </table>
  );
}

interface RowLinkProps<T> {
  row: T;
  href: ((row: T) => string) | undefined;
  onOpen: ((row: T) => void) | undefined;
  content: ReactNode;
}

function RowLink<T>({ row, href, onOpen, content }: RowLinkProps<T>) {
  if (href) {
    return (
      <Link href={href(row)} data-row-link>
        {content}
      </Link>
    );
  }
  if (onOpen) {
    return (
      <button type="button" className={styles.main} data-row-link onClick={() => onOpen(row)}>
        {content}
      </button>
    );
  }
  return <span className={styles.main}>{content}</span>;
}

function Header<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>;
  sort?: string | undefined;
  onSort?: ((sort: string) => void) | undefined;
}) {
  const up = sort === column.sort;
  const down = sort === `-${column.sort}`;
  const direction = up ? "ascending" : down ? "descending" : undefined;
  return (
    <th scope="col" data-align={column.align} aria-sort={column.sort ? (direction ?? "none") : undefined}>
      {column.sort && onSort ? (
        <button
          type="button"
          className={styles.sort}
          data-on={direction}
          onClick={() => onSort(up ? `-${column.sort}` : (column.sort ?? ""))}
        >
          {column.header}
          <Icon name={down ? "arrow-down" : "arrow-up"} size={13} />
        </button>
      ) : (
        column.header || <span className="visually-hidden">{column.id}</span>
      )}
    </th>
  );
}

function SelectAll<T>({ list, rowKey, selection }: DataTableProps<T>) {
  const t = useWords("ui");
  if (!selection) return null;
  const all =
    selection.everything || (list.rows.length > 0 && list.rows.every(row => selection.keys.has(rowKey(row))));
  return (
    <Checkbox
      hideLabel
      label={t("table.selectAll")}
      checked={all}
      indeterminate={!all && selection.keys.size > 0}
      onChange={on => (on ? selection.setAll(list.rows.map(rowKey)) : selection.clear())}
    />
  );
}

function SkeletonRows({ columns, count = 12 }: { columns: number; count?: number }) {
  return Array.from({ length: count }, (_, row) => (
    <tr key={`skeleton-${row}`} className={styles.skeletonRow}>
      {Array.from({ length: columns }, (_, column) => (
        <td key={column}>
          <Skeleton width={`${45 + ((row * 17 + column * 29) % 45)}%`} height={11} />
        </td>
      ))}
    </tr>
  ));
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    <tr className={styles.spacer} aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}
