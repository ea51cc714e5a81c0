import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { toast } from "@/ui/toast.ts";
import type { User } from "../api.ts";

/** The help for whoever has another account at the company's own sign-in service now. */
export function SeparateProvider({ user }: { user: User }) {
  const t = useWords("platform");
  const [asking, setAsking] = useState(false);
  const ways = useQuery({ queryKey: ["sign-in-ways"], queryFn: () => api.get("/api/v1/session/ways") });
  const separate = useSubmit({
    run: (_: undefined, idempotencyKey) =>
      api.delete("/api/v1/users/{id}/provider", { params: { path: { id: user.id } }, idempotencyKey }),
    changes: [["platform", "sessions", user.id]],
    onDone: () => {
      setAsking(false);
      toast(t("factor.separated"));
    },
  });
  const name = ways.data?.provider?.name;
  if (!name) return null;
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        {t("factor.separate", { name })}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => separate.submit(undefined)}
        busy={separate.busy}
        danger
        title={t("factor.separateTitle", { user: user.name, name })}
        confirm={t("factor.separate", { name })}
      >
        <Stack gap={12}>
          {separate.error && <Callout tone="red">{separate.error.message}</Callout>}
          <p>{t("factor.separateText", { name })}</p>
        </Stack>
      </ConfirmDialog>
    </>
  );
}
