import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import type { User } from "../api.ts";
import { SeparateProvider } from "./SeparateProvider.tsx";

/** Whether somebody signs in with an authenticator, and the help for whoever has lost it. */
export function UserSecondFactor({ user }: { user: User }) {
  const t = useWords("platform");
  const format = useFormat();
  const mayManage = useCan("user:manage");
  const [asking, setAsking] = useState(false);
  const key = ["platform", "second-factor", user.id];
  const path = { params: { path: { id: user.id } } };
  const state = useQuery({ queryKey: key, queryFn: () => api.get("/api/v1/users/{id}/second-factor", path) });
  const reset = useSubmit({
    run: (_: undefined, idempotencyKey) =>
      api.delete("/api/v1/users/{id}/second-factor", { ...path, idempotencyKey }),
    changes: [key, ["platform", "sessions", user.id]],
    onDone: () => {
      setAsking(false);
      toast(t("factor.removed"));
    },
  });
  const on = state.data?.enabled;
  const passkeys = state.data?.passkeys ?? 0;
  return (
    <Card
      title={t("factor.title")}
      actions={
        mayManage && (
          <>
            <SeparateProvider user={user} />
            {(on || passkeys > 0) && (
              <Button size="sm" onClick={() => setAsking(true)}>
                {t("factor.reset")}
              </Button>
            )}
          </>
        )
      }
    >
      {state.isError && <ErrorState error={state.error} onRetry={() => void state.refetch()} />}
      {state.isPending && <SkeletonText lines={1} />}
      {state.data && (
        <p>
          {(on || passkeys === 0) && (
            <Badge tone={on ? "green" : "neutral"}>{t(on ? "factor.on" : "factor.off")}</Badge>
          )}{" "}
          {passkeys > 0 && <Badge tone="green">{t("factor.passkeys", { count: passkeys })}</Badge>}{" "}
          {state.data.since && (
            <span className="dimmed">{t("factor.since", { when: format.dateTime(state.data.since) })}</span>
          )}
        </p>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => reset.submit(undefined)}
        busy={reset.busy}
        danger
        title={t("factor.resetTitle", { name: user.name })}
        confirm={t("factor.reset")}
      >
        <Stack gap={12}>
          {reset.error && <Callout tone="red">{reset.error.message}</Callout>}
          <p>{t("factor.resetText")}</p>
        </Stack>
      </ConfirmDialog>
    </Card>
  );
}
