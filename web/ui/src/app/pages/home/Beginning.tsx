import { useWords } from "@/lib/i18n.ts";
import { can, useMe } from "@/lib/permissions.ts";
import { Progress } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { Icon, type IconName } from "@/ui/Icon.tsx";
import type { HomeData } from "../Home.tsx";
import styles from "./Home.module.css";

/** Something a company does first is still to be done. */
export function isBeginning(home: HomeData): boolean {
  return home.people?.headcount === 0 || home.assets?.assets === 0 || hasNoInvoices(home);
}

function hasNoInvoices(home: HomeData): boolean {
  if (!home.sales) return false;
  return (
    home.sales.drafts === 0 &&
    !home.sales.currencies.some(one => one.months.some(month => month.invoices > 0))
  );
}

interface Step {
  name: string;
  icon: IconName;
  to: string;
  done: boolean;
  permission?: string;
}

/** The way from an empty company to one that works. */
export function Beginning({ home }: { home: HomeData }) {
  const t = useWords("app");
  const me = useMe();
  const all: Step[] = [
    { name: "company", icon: "building", to: "/admin/settings", done: true },
    {
      name: "people",
      icon: "people",
      to: "/employees",
      done: (home.people?.headcount ?? 0) > 0,
      permission: "employee:create",
    },
    {
      name: "assets",
      icon: "laptop",
      to: "/assets",
      done: (home.assets?.assets ?? 0) > 0,
      permission: "asset:create",
    },
    {
      name: "invoice",
      icon: "invoice",
      to: "/invoices/new",
      done: !hasNoInvoices(home),
      permission: "invoice:create",
    },
  ];
  const steps = all.filter(step => can(me, step.permission));
  const done = steps.filter(step => step.done).length;
  if (steps.length < 2) return null;
  return (
    <Card>
      <div className={styles.checklist}>
        <div className={styles.intro}>
          <h2>{t("home.begin.title")}</h2>
          <p>{t("home.begin.text", { company: me.company.name })}</p>
          <small>{t("home.begin.progress", { done, total: steps.length })}</small>
          <Progress value={done} max={steps.length} label={t("home.begin.title")} />
        </div>
        <ol>
          {steps.map(step => (
            <li key={step.name} className={styles.step} data-done={step.done || undefined}>
              <span className={styles.stepIcon}>
                <Icon name={step.done ? "check" : step.icon} />
              </span>
              <div>
                <h3>{t(`home.begin.${step.name}.title`)}</h3>
                <p>{t(`home.begin.${step.name}.text`)}</p>
              </div>
              {!step.done && (
                <Button href={step.to} size="sm" iconAfter="arrow-right">
                  {t(`home.begin.${step.name}.action`)}
                </Button>
              )}
            </li>
          ))}
        </ol>
      </div>
    </Card>
  );
}
