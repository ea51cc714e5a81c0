import { useWords } from "@/lib/i18n.ts";
import { type Scope, usePermissions } from "../api.ts";
import styles from "./matrix.module.css";
import { useNames } from "./words.ts";

interface RightChange {
  userId: string;
  name: string;
  permission: string;
  from: Scope;
  to: Scope;
}

const order = ["none", "own", "team", "department", "all"];

/** Who gains and who loses what, person by person. */
export function RightChanges({ changes }: { changes: RightChange[] }) {
  const t = useWords("platform");
  const names = useNames();
  const permissions = usePermissions();
  const label = (code: string) => {
    const known = permissions.data?.items.find(one => one.code === code);
    return known ? names.permission(known) : code;
  };
  const people = new Set(changes.map(one => one.userId)).size;
  if (people === 0) return <p className="dimmed">{t("roles.reviewNobody")}</p>;
  return (
    <>
      <strong>{t("roles.reviewPeople", { count: people })}</strong>
      <ul className={styles.previewList}>
        {changes.map(one => {
          const gains = order.indexOf(one.to) > order.indexOf(one.from);
          return (
            <li key={`${one.userId} ${one.permission}`}>
              <span>{one.name}</span>
              <span>{label(one.permission)}</span>
              <span className={gains ? styles.gain : styles.loss}>
                {t(gains ? "roles.gains" : "roles.loses", {
                  from: names.scope(one.from),
                  to: names.scope(one.to),
                })}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
