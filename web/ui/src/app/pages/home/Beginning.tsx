import { useWords } from "@/lib/i18n.ts";
import { can, useMe } from "@/lib/permissions.ts";
import { Progress } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card, Row } from "@/ui/Card.tsx";
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
  /** The quick way for many at once. */
  many?: { to: string; permission: string };
}

/** The way from an empty company to one that works. */
export function Beginning({ home }: { home: HomeData }) {
  const t = useWords("app");
  const me = useMe();
  const all: Step[] = [
    { name: "company", icon: "building", to: "/admin/company", done: true },
    {
      name: "people",
      icon: "people",
      to: "/employees/new",
      many: { to: "/employees/import", permission: "employee:import" },
      done: (home.people?.headcount ?? 0) > 0,
      permission: "employee:hire",
    },
    {
      name: "assets",
      icon: "laptop",
      to: "/assets/new",
      many: { to: "/assets/import", permission: "asset:import" },
      done: (home.assets?.assets ?? 0) > 0,
      permission: "asset:register",
    },
    {
      name: "invoice",
      icon: "invoice",
      to: "/invoices/new",
      done: !hasNoInvoices(home),
      permission: "invoice:write",
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
                <Row>
                  {step.many && can(me, step.many.permission) && (
                    <Button href={step.many.to} size="sm" variant="quiet" icon="upload">
                      {t("home.begin.import")}
                    </Button>
                  )}
                  <Button href={step.to} size="sm" iconAfter="arrow-right">
                    {t(`home.begin.${step.name}.action`)}
                  </Button>
                </Row>
              )}
            </li>
          ))}
        </ol>
      </div>
    </Card>
  );
}
