import { useWords } from "@/lib/i18n.ts";
import { Avatar } from "@/ui/Avatar.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import styles from "./Chart.module.css";
import { type Chart, visible } from "./useChart.ts";
import { useTreeKeys } from "./useTreeKeys.ts";

/** The chart as a list that opens level by level, for a narrow screen. */
export function ChartList({ chart }: { chart: Chart }) {
  const t = useWords("employee");
  const keys = useTreeKeys(chart);
  return (
    <div
      className={styles.list}
      ref={keys.box}
      onKeyDown={keys.onKeyDown}
      role="tree"
      aria-label={t("chart.title")}
    >
      {visible(chart.roots).map(branch => {
        const { node, open, level } = branch;
        return (
          <div
            key={node.id}
            className={styles.item}
            style={{ paddingLeft: 12 + level * 20 }}
            {...keys.item(branch)}
          >
            <Avatar name={node.displayName} size={30} />
            <span className={styles.words}>
              <Link href={`/employees/${node.id}`} className={styles.name} tabIndex={-1}>
                {node.displayName}
              </Link>
              <span className={styles.what}>{node.position || node.department || node.number}</span>
            </span>
            {node.reports > 0 && (
              <button
                type="button"
                className={styles.more}
                tabIndex={-1}
                aria-label={t(open ? "chart.close" : "chart.open", {
                  name: node.displayName,
                  count: node.reports,
                })}
                onClick={() => chart.toggle(branch)}
              >
                {node.reports}
                <Icon name={open ? "chevron-up" : "chevron-down"} size={14} />
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
