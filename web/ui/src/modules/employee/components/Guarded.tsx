import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useMe, useScope } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { Skeleton } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { type GuardedGroup, type Person, useGuarded } from "../api.ts";
import { GuardedDialog } from "./GuardedDialog.tsx";

interface Props {
  person: Person;
  group: GuardedGroup;
}

/**
 * Papers or account of somebody. They are asked for only when somebody wants to see them, because looking at those of
 * others is recorded.
 */
export function Guarded({ person, group }: Props) {
  const t = useWords("employee");
  const [open, setOpen] = useState(false);
  const [changing, setChanging] = useState(false);
  const own = useMe().user.employeeId === person.id;
  const reads = useScope(`employee.${group}:read`);
  const edits = useScope(`employee.${group}:edit`);
  const guarded = useGuarded(person.id, group, open && !changing);
  if (reads !== "all" && !(own && reads !== "none")) return null;
  const mayEdit = edits === "all";
  return (
    <Card
      title={t(`${group}.title`)}
      note={t(`${group}.note`)}
      actions={
        <>
          <Button size="sm" icon={open ? "eye-off" : "eye"} onClick={() => setOpen(!open)}>
            {t(open ? "guarded.hide" : "guarded.show")}
          </Button>
          {mayEdit && (
            <Button size="sm" icon="edit" onClick={() => setChanging(true)}>
              {t("contact.change")}
            </Button>
          )}
        </>
      }
    >
      {!open ? (
        <p className="dimmed">{t(own ? "guarded.closedOwn" : "guarded.closed")}</p>
      ) : guarded.isError ? (
        <ErrorState error={guarded.error} onRetry={() => void guarded.refetch()} />
      ) : guarded.data ? (
        <Facts person={guarded.data} group={group} />
      ) : (
        <Skeleton width={240} height={34} />
      )}
      {changing && <GuardedDialog id={person.id} group={group} onClose={() => setChanging(false)} />}
    </Card>
  );
}

function Facts({ person, group }: Props) {
  const t = useWords("employee");
  const format = useFormat();
  if (group === "bank") {
    return (
      <PropertyList
        items={[
          { label: t("bank.holder"), value: person.bank?.holder },
          {
            label: t("bank.iban"),
            value: person.bank?.iban && <span className="mono">{spaced(person.bank.iban)}</span>,
          },
          {
            label: t("bank.bic"),
            value: person.bank?.bic && <span className="mono">{person.bank.bic}</span>,
          },
        ]}
      />
    );
  }
  const is = person.identity;
  return (
    <PropertyList
      items={[
        { label: t("identity.birthDate"), value: is?.birthDate && format.date(is.birthDate) },
        { label: t("identity.nationality"), value: is?.nationality },
        { label: t("identity.nationalId"), value: is?.nationalId },
        { label: t("identity.taxId"), value: is?.taxId },
        {
          label: t("identity.document"),
          value:
            is?.document &&
            [t(`identity.kind.${is.document}`), is.documentNumber, is.documentCountry]
              .filter(Boolean)
              .join(" · "),
        },
        {
          label: t("identity.documentExpiresOn"),
          value:
            is?.documentExpiresOn &&
            `${format.date(is.documentExpiresOn)} (${format.relative(is.documentExpiresOn)})`,
        },
      ]}
    />
  );
}

/** In groups of four, as it is printed on cards. */
export function spaced(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, "$1 ");
}
