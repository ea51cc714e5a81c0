import { useQueryClient } from "@tanstack/react-query";
import { type Answer, api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Row, Stack } from "@/ui/Card.tsx";
import { Switch } from "@/ui/fields/Checkbox.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import styles from "./Account.module.css";

type Choices = Answer<"/api/v1/me/notification-choices">;
type Choice = NonNullable<Choices["items"]>[number];

const key = ["notification-choices"];

/** In which ways the person wants to be told of what. Each choice is kept at once. */
export function Notices() {
  const t = useWords("app");
  const client = useQueryClient();
  const choices = useQuery({
    queryKey: key,
    queryFn: () => api.get("/api/v1/me/notification-choices"),
  });
  const keep = useSubmit({
    run: (choice: Choice, idempotencyKey) =>
      api.put("/api/v1/me/notification-choices", { body: choice, idempotencyKey }),
    onDone: kept =>
      client.setQueryData<Choices>(
        key,
        old => old && { ...old, items: (old.items ?? []).map(one => (one.kind === kept.kind ? kept : one)) },
      ),
    onFail: () => toast(t("account.notKept"), { tone: "red" }),
  });
  if (choices.isError) return <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />;
  return (
    <Card>
      <Stack gap={0}>
        {choices.data?.mail === false && <Callout tone="blue">{t("notices.noMail")}</Callout>}
        {!choices.data && <SkeletonText />}
        {(choices.data?.items ?? []).map(one => (
          <div key={one.kind} className={styles.choice}>
            <div>
              <h2>{t(`notices.kind.${one.kind}.title`)}</h2>
              <p>{t(`notices.kind.${one.kind}.when`)}</p>
            </div>
            <Row gap={20}>
              <Switch
                label={t("notices.inApp")}
                checked={one.inApp}
                onChange={inApp => keep.submit({ ...one, inApp })}
              />
              <Switch
                label={t("notices.byMail")}
                checked={one.byMail}
                disabled={choices.data?.mail === false}
                onChange={byMail => keep.submit({ ...one, byMail })}
              />
            </Row>
          </div>
        ))}
      </Stack>
    </Card>
  );
}
