import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useQuery } from "@/lib/query.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Row, Stack } from "@/ui/Card.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { EnrolDialog } from "./EnrolDialog.tsx";
import { factorKey, loadFactor } from "./factor.ts";
import { ProofDialog } from "./ProofDialog.tsx";

/** Signing in with a code of an authenticator besides the password. */
export function SecondFactor() {
  const t = useWords("app");
  const format = useFormat();
  const [open, setOpen] = useState<"enrol" | "codes" | "remove" | undefined>();
  const state = useQuery({ queryKey: factorKey, queryFn: loadFactor });
  const close = () => setOpen(undefined);
  if (state.isError) return <ErrorState error={state.error} onRetry={() => void state.refetch()} />;
  const one = state.data;
  return (
    <Card
      title={t("factor.title")}
      actions={
        one &&
        !one.enabled && (
          <Button size="sm" icon="qr" onClick={() => setOpen("enrol")}>
            {t("factor.setUp")}
          </Button>
        )
      }
    >
      {!one && <SkeletonText lines={2} />}
      {one && !one.enabled && <p className="dimmed">{t("factor.why")}</p>}
      {one?.enabled && (
        <Stack gap={12}>
          <p>
            <Badge tone="green">{t("factor.on")}</Badge>{" "}
            <span className="dimmed">
              {one.since && t("factor.since", { when: format.dateTime(one.since) })}
            </span>
          </p>
          {one.recoveryCodesLeft <= 3 ? (
            <Callout tone="amber">{t("factor.left", { count: one.recoveryCodesLeft })}</Callout>
          ) : (
            <p className="dimmed">{t("factor.left", { count: one.recoveryCodesLeft })}</p>
          )}
          <Row>
            <Button size="sm" onClick={() => setOpen("codes")}>
              {t("factor.newCodes")}
            </Button>
            <Button size="sm" onClick={() => setOpen("remove")}>
              {t("factor.remove")}
            </Button>
          </Row>
        </Stack>
      )}
      {open === "enrol" && <EnrolDialog onClose={close} />}
      {open === "codes" && <ProofDialog goal="codes" onClose={close} />}
      {open === "remove" && <ProofDialog goal="remove" onClose={close} />}
    </Card>
  );
}
