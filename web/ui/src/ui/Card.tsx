import type { ReactNode } from "react";
import styles from "./Card.module.css";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { Link } from "./Link.tsx";
import { Skeleton } from "./Skeleton.tsx";

export interface CardProps {
  title?: string;
  note?: ReactNode;
  actions?: ReactNode;
  /** For content that reaches the edges: tables, lists. */
  flush?: boolean;
  children: ReactNode;
  className?: string | undefined;
}

export function Card({ title, note, actions, flush, children, className }: CardProps) {
  return (
    <section className={classes(styles.card, flush && styles.flush, className)}>
      {(title || actions) && (
        <div className={styles.head}>
          <h2>
            {title} {note && <span className={styles.note}>{note}</span>}
          </h2>
          {actions}
        </div>
      )}
      <div className={styles.body}>{children}</div>
    </section>
  );
}

export interface StatCardProps {
  label: string;
  icon?: IconName;
  /** Formatted; undefined while it loads, "–" when it cannot be known. */
  value: string | undefined;
  note?: ReactNode;
  tone?: "red" | "green" | undefined;
  href?: string | undefined;
  children?: ReactNode;
}

/** One number that matters, what it means, and the way to what it is made of. */
export function StatCard({ label, icon, value, note, tone, href, children }: StatCardProps) {
  const inside = (
    <>
      <span className={styles.statLabel}>
        {icon && <Icon name={icon} size={16} />}
        {label}
      </span>
      <span className={styles.statValue}>{value ?? <Skeleton width={120} height={26} />}</span>
      <span className={styles.statNote} data-tone={tone}>
        {value === undefined ? <Skeleton width={90} height={11} /> : note}
      </span>
      {children}
    </>
  );
  const look = classes(styles.card, styles.stat);
  return href ? (
    <Link href={href} className={look}>
      {inside}
    </Link>
  ) : (
    <div className={look}>{inside}</div>
  );
}

/** Cards side by side that wrap by themselves: `min` is the narrowest a card may get. */
export function Grid({ min = 220, gap, children }: { min?: number; gap?: number; children: ReactNode }) {
  return (
    <div
      className={styles.grid}
      style={{
        gridTemplateColumns: `repeat(auto-fit, minmax(min(100%, ${min}px), 1fr))`,
        ...(gap ? { gap } : {}),
      }}
    >
      {children}
    </div>
  );
}

/** Things below each other. */
export function Stack({ gap = 16, children }: { gap?: number; children: ReactNode }) {
  return <div style={{ display: "flex", flexDirection: "column", gap, minWidth: 0 }}>{children}</div>;
}

/** Things beside each other. */
export function Row({
  gap = 8,
  wrap = true,
  children,
}: {
  gap?: number;
  wrap?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      style={{ display: "flex", alignItems: "center", gap, flexWrap: wrap ? "wrap" : "nowrap", minWidth: 0 }}
    >
      {children}
    </div>
  );
}
