import { decimal, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { StatCard } from "@/ui/Card.tsx";
import type { HomeData } from "../Home.tsx";
import styles from "./Home.module.css";

/** The four numbers that people open the page for. */
export function Numbers({ home }: { home: HomeData }) {
  const t = useWords("app");
  const format = useFormat();
  const sales = home.sales?.currencies[0];
  const { assets, people } = home;
  const inUse = assets?.statuses.find(one => one.status === "assigned")?.assets ?? 0;
  return (
    <div className={styles.numbers}>
      {sales && (
        <StatCard
          label={t("home.open")}
          icon="invoice"
          value={format.money(sales.open, sales.currency)}
          note={t("home.openNote", { count: sales.openCount, shown: format.number(sales.openCount) })}
          href="/invoices"
        />
      )}
      {sales && (
        <StatCard
          label={t("home.overdue")}
          icon="clock"
          value={format.money(sales.overdue, sales.currency)}
          note={
            sales.overdueCount > 0
              ? t("home.overdueNote", { count: sales.overdueCount, shown: format.number(sales.overdueCount) })
              : t(sales.openCount > 0 ? "home.nothingOverdue" : "home.nothingOpen")
          }
          tone={decimal.sign(sales.overdue) > 0 ? "red" : sales.openCount > 0 ? "green" : undefined}
          href="/invoices?status=overdue"
        />
      )}
      {assets && (
        <StatCard
          label={t("home.inUse")}
          icon="laptop"
          value={format.number(inUse)}
          note={t("home.inUseNote", { total: format.number(assets.assets) })}
          href="/assets"
        />
      )}
      {people && (
        <StatCard
          label={t("home.people")}
          icon="people"
          value={format.number(people.headcount)}
          note={t("home.peopleNote", {
            upcoming: format.number(people.upcoming),
            leaving: format.number(people.leaving),
          })}
          href="/employees"
        />
      )}
    </div>
  );
}
