import type { ReactNode } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useMe, useScope } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Grid, Stack } from "@/ui/Card.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { Link } from "@/ui/Link.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { type Person, usePerson } from "../api.ts";
import type { Doing } from "../pages/EmployeePage.tsx";
import { Guarded } from "./Guarded.tsx";
import styles from "./Overview.module.css";

interface Props {
  /** As they stand today. */
  person: Person;
  asOf: string;
  onAsOf: (day: string) => void;
  onDo: (doing: Doing) => void;
}

/** What is known of somebody today, or on another day: at work, at home, and pay, as far as the reader may see it. */
export function Overview({ person: now, asOf, onAsOf, onDo }: Props) {
  const t = useWords("employee");
  const format = useFormat();
  const me = useMe();
  const then = usePerson(now.id, asOf);
  const person = (asOf && then.data) || now;
  const own = me.user.employeeId === person.id;
  const editsContact = useScope("employee.contact:edit");
  const editsPay = useScope("employee.compensation:edit");
  const mayEditContact = editsContact === "all" || (own && editsContact !== "none");
  return (
    <Stack>
      <Card
        title={t("overview.work")}
        note={asOf && t("chart.asOf", { day: format.date(asOf) })}
        actions={
          <div className={styles.asOf}>
            <DateField
              label={t("chart.day")}
              hideLabel
              placeholder={t("chart.day")}
              value={asOf}
              onChange={onAsOf}
            />
          </div>
        }
      >
        <PropertyList
          items={[
            { label: t("field.number"), value: person.number },
            { label: t("field.position"), value: person.position },
            {
              label: t("field.department"),
              value: person.department && (
                <Link href={`/employees?departmentId=${person.departmentId}`}>{person.department}</Link>
              ),
            },
            { label: t("field.location"), value: person.location },
            {
              label: t("field.manager"),
              value: person.managerId && (
                <Link href={`/employees/${person.managerId}`}>{person.manager}</Link>
              ),
            },
            {
              label: t("field.email"),
              value: person.email && <a href={`mailto:${person.email}`}>{person.email}</a>,
            },
            {
              label: t("field.phone"),
              value: person.phone && <a href={`tel:${person.phone}`}>{person.phone}</a>,
            },
            {
              label: t("field.hiredOn"),
              value: since(person.hiredOn, format.date(person.hiredOn), format.relative(person.hiredOn)),
            },
            person.leftOn ? { label: t("field.leftOn"), value: format.date(person.leftOn) } : undefined,
          ]}
        />
      </Card>
      <Grid min={340} gap={16}>
        {(person.contact || mayEditContact) && (
          <Card
            title={t("contact.title")}
            note={t("contact.note")}
            actions={
              mayEditContact && (
                <Button size="sm" icon="edit" onClick={() => onDo("contact")}>
                  {t("contact.change")}
                </Button>
              )
            }
          >
            <PropertyList
              items={[
                { label: t("contact.privateEmail"), value: person.contact?.privateEmail },
                { label: t("contact.privatePhone"), value: person.contact?.privatePhone },
                { label: t("contact.address"), value: address(person) },
                {
                  label: t("contact.emergency"),
                  value: [
                    person.contact?.emergencyName,
                    person.contact?.emergencyRelation,
                    person.contact?.emergencyPhone,
                  ]
                    .filter(Boolean)
                    .join(" · "),
                },
              ]}
            />
          </Card>
        )}
        {(person.compensation || (editsPay === "all" && person.status !== "left")) && (
          <Card
            title={t("pay.title")}
            note={t("pay.note")}
            actions={
              editsPay === "all" &&
              person.status !== "left" && (
                <Button size="sm" icon="edit" onClick={() => onDo("pay")}>
                  {t("pay.change")}
                </Button>
              )
            }
          >
            <PropertyList
              items={[
                {
                  label: t("pay.today"),
                  value:
                    person.compensation &&
                    `${format.money(person.compensation.amount, person.compensation.currency)} ${t(`pay.per.${person.compensation.period}`)}`,
                },
              ]}
            />
          </Card>
        )}
        <Guarded person={now} group="bank" />
        <Guarded person={now} group="identity" />
      </Grid>
    </Stack>
  );
}

function since(day: string, text: string, ago: string): ReactNode {
  return (
    <time dateTime={day}>
      {text} <span className="dimmed">({ago})</span>
    </time>
  );
}

function address(person: Person): string {
  const { street, postalCode, city, country } = person.contact ?? {};
  return [street, [postalCode, city].filter(Boolean).join(" "), country].filter(Boolean).join(", ");
}
