import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import type { Explanation } from "../api.ts";
import styles from "./explain.module.css";
import { useNames } from "./words.ts";

type Grant = Explanation["grants"][number];
type Remedy = Explanation["remedies"][number];

/** The decision in one sentence, the rules behind it, and what would change it. */
export function Verdict({ answer }: { answer: Explanation }) {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const role = (one: { code: string; name: string }) => names.role(one.code, one.name);
  const source = (grant: Grant) =>
    t(grant.givenBy ? "explain.source" : "explain.sourceProgram", {
      role: grant.via.map(role).join(" → "),
      by: grant.givenBy,
      at: format.dateTime(grant.givenAt),
    });
  const first = answer.grants[0];
  const sentence = t(`explain.sentence.${answer.reason}`, {
    name: answer.name,
    action: names.permissionOf(answer.permission),
    record: answer.record ? t("explain.with", { record: answer.record.label }) : "",
    reach: names.scope(answer.reach),
    needs: names.scope(answer.needs),
    source: first ? source(first) : "",
  });
  return (
    <Stack>
      <div className={styles.verdict} data-allowed={answer.allowed} role="status">
        <Icon name={answer.allowed ? "success" : "error"} size={22} />
        <div>
          <strong>{t(answer.allowed ? "explain.allowed" : "explain.refused")}</strong>
          <p>{sentence}</p>
        </div>
      </div>
      {answer.remedies.length > 0 && (
        <Card title={t(answer.allowed ? "explain.ends" : "explain.helps")}>
          <ul className={styles.remedies}>
            {answer.remedies.map(one => (
              <li key={`${one.do} ${one.role?.code ?? ""}`}>
                <RemedyLine remedy={one} userId={answer.userId} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={t("explain.rules")} flush={answer.grants.length > 0}>
        {answer.grants.length === 0 && <p className="dimmed">{t("explain.noRules")}</p>}
        {answer.grants.length > 0 && (
          <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("explain.rules")}>
            <table className={styles.rules}>
              <thead>
                <tr>
                  <th scope="col">{t("explain.says")}</th>
                  <th scope="col">{t("user.role")}</th>
                  <th scope="col">{t("explain.given")}</th>
                  <th scope="col">{t("explain.decided")}</th>
                </tr>
              </thead>
              <tbody>
                {answer.grants.map(one => (
                  <tr key={one.via.map(via => via.code).join(" ") + one.says}>
                    <td>
                      <Badge tone={one.says === "deny" ? "red" : "green"}>{names.scope(one.says)}</Badge>
                    </td>
                    <td>{one.via.map(role).join(" → ")}</td>
                    <td>
                      <By name={one.givenBy} at={one.givenAt} />
                      {one.until && (
                        <div className="dimmed">{t("explain.until", { at: format.dateTime(one.until) })}</div>
                      )}
                    </td>
                    <td>
                      <By name={one.decidedBy} at={one.decidedAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
    </Stack>
  );
}

function By({ name, at }: { name: string | undefined; at: string }) {
  const t = useWords("platform");
  const format = useFormat();
  return (
    <>
      {name ?? t("explain.program")}, {format.dateTime(at)}
    </>
  );
}

function RemedyLine({ remedy, userId }: { remedy: Remedy; userId: string }) {
  const t = useWords("platform");
  const names = useNames();
  const text = t(`explain.remedy.${remedy.do}`, {
    role: remedy.role ? names.role(remedy.role.code, remedy.role.name) : "",
    scope: remedy.scope ? names.scope(remedy.scope) : "",
  });
  const inRole = remedy.do === "widen-role" || remedy.do === "lift-denial";
  const may = useCan(inRole ? "role:read" : "user:read");
  if (!may || remedy.do === "change-password") return <>{text}</>;
  return (
    <Link href={inRole ? `/admin/roles?role=${remedy.role?.code ?? ""}` : `/admin/users/${userId}`}>
      {text}
    </Link>
  );
}
