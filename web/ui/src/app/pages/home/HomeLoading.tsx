import { Card, StatCard } from "@/ui/Card.tsx";
import { Skeleton, SkeletonText } from "@/ui/Skeleton.tsx";
import styles from "./Home.module.css";

/** The page's shape before its numbers are there. */
export function HomeLoading() {
  return (
    <>
      <div className={styles.numbers} aria-busy="true">
        {[1, 2, 3, 4].map(index => (
          <StatCard key={index} label={"\u00a0"} value={undefined} />
        ))}
      </div>
      <div className={styles.twoThirds}>
        <Card>
          <Skeleton width={180} height={18} />
          <div style={{ height: 20 }} />
          <Skeleton height={290} />
        </Card>
        <Card>
          <SkeletonText lines={8} />
        </Card>
      </div>
    </>
  );
}
