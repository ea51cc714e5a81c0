import type { ReactNode } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormFooter } from "@/ui/Page.tsx";
import { OnceShown } from "./OnceShown.tsx";

/** The secret that signs, shown once. */
export function HookSecret({ secret, actions }: { secret: string | undefined; actions?: ReactNode }) {
  const t = useWords("platform");
  return (
    <Card title={t("webhooks.secret")}>
      <Stack>
        {secret ? (
          <>
            <p>{t("webhooks.secretOnce")}</p>
            <OnceShown secret={secret} />
            <p className="dimmed">{t("webhooks.secretHow")}</p>
          </>
        ) : (
          <Callout tone="amber">{t("webhooks.secretLost")}</Callout>
        )}
        {actions && <FormFooter>{actions}</FormFooter>}
      </Stack>
    </Card>
  );
}
