import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Card } from "@/ui/Card.tsx";
import { Donut } from "@/ui/charts/Parts.tsx";
import { Link } from "@/ui/Link.tsx";
import type { HomeData } from "../Home.tsx";
import styles from "./Home.module.css";

type Assets = NonNullable<HomeData["assets"]>;

const colours: Record<string, string> = {
  assigned: "var(--chart-1)",
  available: "var(--chart-2)",
  reserved: "var(--chart-4)",
  "in-repair": "var(--chart-3)",
  lost: "var(--chart-5)",
};

/** What the company owns: by state, and how much of each kind is with people. */
export function AssetCards({ assets }: { assets: Assets }) {
  const t = useWords("app");
  const format = useFormat();
  const states = Object.keys(colours).map(status => ({
    status,
    assets: assets.statuses.find(one => one.status === status)?.assets ?? 0,
  }));
  const cost = assets.costs[0];
  return (
    <>
      <Card
        title={t("home.assets")}
        note={cost && t("home.worth", { cost: format.compactMoney(cost.cost, cost.currency) })}
      >
        <Donut
          label={t("home.assets")}
          centre={t("home.total")}
          parts={states
            .filter(one => one.assets > 0 || one.status === "assigned" || one.status === "available")
            .map(one => ({
              label: t(`home.status.${one.status}`),
              value: one.assets,
              colour: colours[one.status] ?? "var(--chart-6)",
              href: `/assets?status=${one.status}`,
            }))}
          format={value => format.number(value)}
        />
      </Card>
      <Card title={t("home.categories")} note={t("home.categoriesNote")}>
        <ul className={styles.bars}>
          {assets.categories.slice(0, 6).map(one => (
            <li key={one.categoryId} className={styles.bar}>
              <Link
                href={`/assets?categoryId=${one.categoryId}`}
                className="truncate"
                style={{ color: "var(--text)" }}
              >
                {one.category}
              </Link>
              <span className="tnum">
                <b>{format.number(one.assigned)}</b>{" "}
                <span className="dimmed">/ {format.number(one.assets)}</span>
              </span>
              <span className={styles.track} aria-hidden="true">
                <span style={{ width: `${one.assets > 0 ? (one.assigned / one.assets) * 100 : 0}%` }} />
              </span>
            </li>
          ))}
        </ul>
        {assets.warrantyEnding > 0 && (
          <p className="dimmed" style={{ marginTop: 14 }}>
            {t("home.warranty", {
              count: assets.warrantyEnding,
              shown:
                assets.warrantyEnding > 1000
                  ? `${format.number(1000)}+`
                  : format.number(assets.warrantyEnding),
            })}
          </p>
        )}
      </Card>
    </>
  );
}
