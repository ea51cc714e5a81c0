import page from "./Card.module.css";
import { Card } from "./Card.tsx";
import styles from "./small.module.css";

/** The place of something that comes, in its size, so that nothing jumps. */
export function Skeleton({
  width = "100%",
  height = 14,
}: {
  width?: number | string;
  height?: number | string;
}) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden="true" />;
}

export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <span style={{ display: "grid", gap: 9 }}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} width={line === lines - 1 ? "62%" : "100%"} />
      ))}
    </span>
  );
}

/** A record's page before the record is there. */
export function SkeletonPage() {
  return (
    <div className={page.page} aria-busy="true">
      <Skeleton width={260} height={28} />
      <Skeleton width={380} />
      <Card>
        <SkeletonText lines={5} />
      </Card>
      <Card>
        <SkeletonText lines={4} />
      </Card>
    </div>
  );
}
