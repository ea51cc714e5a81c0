import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Card } from "@/ui/Card.tsx";
import { LineChart } from "@/ui/charts/LineChart.tsx";
import type { HomeData } from "../Home.tsx";
import styles from "./Home.module.css";

/** How the company grows. */
export function PeopleCard({ people }: { people: NonNullable<HomeData["people"]> }) {
  const t = useWords("app");
  const format = useFormat();
  const year = people.months.slice(-12);
  const joined = year.reduce((sum, month) => sum + month.joined, 0);
  const left = year.reduce((sum, month) => sum + month.left, 0);
  return (
    <Card title={t("home.headcount")} note={t("home.lastYear")}>
      <dl className={styles.figures}>
        <div>
          <dt>{t("home.joined")}</dt>
          <dd>{format.number(joined)}</dd>
        </div>
        <div>
          <dt>{t("home.left")}</dt>
          <dd>{format.number(left)}</dd>
        </div>
      </dl>
      <LineChart
        label={t("home.headcount")}
        labels={people.months.map(
          month =>
            format.month(month.month) +
            (month.month.slice(5, 7) === "01" ? ` ${month.month.slice(2, 4)}` : ""),
        )}
        series={[
          {
            name: t("home.people"),
            values: people.months.map(month => month.headcount),
            colour: "var(--chart-2)",
          },
        ]}
        format={value => format.number(value)}
        height={150}
      />
    </Card>
  );
}
