import { type Answer, api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan, useMe } from "@/lib/permissions.ts";
import { useQuery } from "@/lib/query.ts";
import { Card } from "@/ui/Card.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import styles from "./Home.module.css";

type Waiting = NonNullable<Answer<"/api/v1/handovers">["items"]>;

/** Hand-over documents that wait for the person. */
export function useToConfirm() {
  const personId = useMe().user.employeeId ?? "";
  const confirms = useCan("handover:confirm");
  return useQuery({
    queryKey: ["asset", "handovers", "mine"],
    queryFn: async ({ signal }) =>
      (
        await api.get("/api/v1/handovers", {
          params: { query: { personId, state: ["open"], limit: 20 } },
          signal,
        })
      ).items ?? [],
    enabled: confirms && personId !== "",
  });
}

export function ToConfirm({ waiting }: { waiting: Waiting }) {
  const t = useWords("app");
  const format = useFormat();
  return (
    <Card title={t("home.confirm.title")}>
      <ul className={styles.mine}>
        {waiting.map(one => (
          <li key={one.id}>
            <Link href={`/assets/handovers/${one.id}`} className={styles.thing}>
              <span className={styles.stepIcon}>
                <Icon name="edit" />
              </span>
              <span style={{ minWidth: 0 }}>
                <b className="truncate" style={{ display: "block" }}>
                  {t("home.confirm.more", { count: one.assets, first: one.first, rest: one.assets - 1 })}
                </b>
                <small>{t(`home.confirm.${one.kind}`, { on: format.date(one.on) })}</small>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
