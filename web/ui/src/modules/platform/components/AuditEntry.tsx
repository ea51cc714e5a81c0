import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Stack } from "@/ui/Card.tsx";
import { Drawer } from "@/ui/Dialog.tsx";
import { Link } from "@/ui/Link.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import type { AuditRow } from "../api.ts";
import styles from "./admin.module.css";
import { useNames } from "./words.ts";

const pages: Record<string, string> = {
  asset: "/assets/",
  employee: "/employees/",
  invoice: "/invoices/",
  customer: "/invoices/customers/",
  user: "/admin/users/",
};

/** Fields that follow from others or only count. */
const quiet = ["version", "fixed", "builtIn", "members"];

/** One entry of the trail: the circumstances, and every field before and after. */
export function AuditEntry({ row, onClose }: { row: AuditRow; onClose: () => void }) {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const changes = differences(row.before, row.after).filter(one => !quiet.includes(one.field));
  const beginning = changes.every(one => one.before === "");
  const page = pages[row.subject];
  return (
    <Drawer open onClose={onClose} title={names.action(row.action)}>
      <Stack>
        <PropertyList
          items={[
            {
              label: names.subject(row.subject),
              value:
                page && row.subjectId ? (
                  <Link href={page + row.subjectId}>{row.label || row.subjectId}</Link>
                ) : (
                  row.label
                ),
            },
            { label: t("audit.actor"), value: row.actorName },
            { label: t("audit.at"), value: format.dateTime(row.at) },
            { label: t("audit.ip"), value: row.ip },
            { label: t("audit.module"), value: names.module(row.module) },
            {
              label: t("audit.requestId"),
              value: row.requestId && <span className="mono">{row.requestId}</span>,
            },
          ]}
        />
        {changes.length === 0 ? (
          <p className="dimmed">{t("audit.noFields")}</p>
        ) : (
          <table className={styles.diff}>
            <thead>
              <tr>
                <th scope="col">{t("audit.field")}</th>
                {!beginning && <th scope="col">{t("audit.before")}</th>}
                <th scope="col">{t("audit.after")}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(one => (
                <tr key={one.field}>
                  <td>{names.field(one.field)}</td>
                  {!beginning && (
                    <td>{one.before !== "" && <span className={styles.was}>{one.before}</span>}</td>
                  )}
                  <td>{one.after !== "" && <span className={styles.is}>{one.after}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Stack>
    </Drawer>
  );
}

/** Every field that differs, deep ones by their path: "grants.asset:read". */
export function differences(
  before: unknown,
  after: unknown,
): { field: string; before: string; after: string }[] {
  const was = flat(before);
  const is = flat(after);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter(field => was[field] !== is[field])
    .map(field => ({ field, before: was[field] ?? "", after: is[field] ?? "" }));
}

function flat(value: unknown, path = ""): Record<string, string> {
  if (value === null || value === undefined) return {};
  if (Array.isArray(value) && value.every(one => typeof one !== "object"))
    return { [path]: value.join(", ") };
  if (typeof value !== "object") return { [path]: String(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, one]) => flat(one, path ? `${path}.${name}` : name)),
  );
}
