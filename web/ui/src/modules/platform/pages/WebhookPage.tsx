import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { usePath, useUrlState } from "@/lib/url.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { useGo } from "@/ui/Link.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { Tabs } from "@/ui/Tabs.tsx";
import { toast } from "@/ui/toast.ts";
import { HookForm } from "../components/HookForm.tsx";
import { HookLog } from "../components/HookLog.tsx";
import { HookSecret } from "../components/HookSecret.tsx";
import { HookStatus } from "../components/HookStatus.tsx";
import { useDeleteHook, useHook, useNewSecret, useSaveHook, useTestHook, type Webhook } from "../webhooks.ts";

const list = "/admin/webhooks";

/** One webhook: its log, and what it is told of. */
export default function WebhookPage() {
  const { id = "" } = usePath();
  const hook = useHook(id);
  if (hook.isError) return <ErrorState error={hook.error} onRetry={() => void hook.refetch()} />;
  if (!hook.data) return <SkeletonPage />;
  return <Known hook={hook.data} />;
}

function Known({ hook }: { hook: Webhook }) {
  const t = useWords("platform");
  const go = useGo();
  const [{ tab }, setTab] = useUrlState({ tab: "log" });
  const mayAudit = useCan("audit:read");
  const [asking, setAsking] = useState<"delete" | "secret" | undefined>();
  const test = useTestHook(hook.id, () => toast(t("webhooks.tested")));
  const renew = useNewSecret(hook.id);
  const remove = useDeleteHook(hook.id, () => {
    toast(t("webhooks.deleted", { name: hook.name }));
    go(list);
  });
  const save = useSaveHook(hook, () => toast(t("webhooks.saved")));
  const error = test.error ?? renew.error;
  return (
    <Page
      title={hook.name}
      status={<HookStatus status={hook.status} />}
      subtitle={hook.address}
      back={{ href: list, label: t("webhooks.title") }}
      width="form"
      actions={
        <>
          <Button icon="arrow-right" loading={test.busy} onClick={() => test.submit(undefined)}>
            {t("webhooks.test")}
          </Button>
          <Menu
            trigger={<IconButton icon="more" label={t("more")} />}
            items={[
              { label: t("webhooks.newSecret"), icon: "key", onSelect: () => setAsking("secret") },
              mayAudit && {
                label: t("webhooks.history"),
                icon: "history",
                href: `/admin/audit?subject=webhook&subjectId=${hook.id}`,
              },
              { label: t("webhooks.delete"), icon: "trash", onSelect: () => setAsking("delete") },
            ]}
          />
        </>
      }
    >
      <Stack>
        {error && <Callout tone="red">{error.message}</Callout>}
        <Trouble hook={hook} />
        {renew.result && <HookSecret secret={renew.result.secret} />}
        <Tabs
          label={hook.name}
          value={tab}
          onChange={next => setTab({ tab: next })}
          tabs={[
            { value: "log", label: t("webhooks.log") },
            { value: "settings", label: t("webhooks.settings") },
          ]}
        >
          {tab === "log" ? (
            <HookLog hook={hook} />
          ) : (
            <HookForm
              key={hook.version}
              initial={{
                name: hook.name,
                address: hook.address,
                events: hook.events ?? [],
                active: hook.active,
              }}
              submit={wish => save.submitAsync(wish)}
              label={t("save")}
            />
          )}
        </Tabs>
      </Stack>
      <ConfirmDialog
        open={asking === "secret"}
        onClose={() => setAsking(undefined)}
        onConfirm={() => {
          renew.submit(undefined);
          setAsking(undefined);
        }}
        title={t("webhooks.newSecretTitle")}
        confirm={t("webhooks.newSecret")}
      >
        {t("webhooks.newSecretText")}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === "delete"}
        onClose={() => setAsking(undefined)}
        onConfirm={() => remove.submit(undefined)}
        busy={remove.busy}
        danger
        title={t("webhooks.deleteTitle", { name: hook.name })}
        confirm={t("webhooks.delete")}
      >
        <Stack gap={12}>
          {remove.error && <Callout tone="red">{remove.error.message}</Callout>}
          <p>{t("webhooks.deleteText")}</p>
        </Stack>
      </ConfirmDialog>
    </Page>
  );
}

/** Why nothing arrives, when nothing does. */
function Trouble({ hook }: { hook: Webhook }) {
  const t = useWords("platform");
  const format = useFormat();
  if (hook.status === "stopped") {
    return (
      <Callout tone="red">
        {t("webhooks.stoppedText", { when: format.dateTime(hook.stoppedAt ?? "") })}
      </Callout>
    );
  }
  if (hook.status === "owner-gone") {
    return <Callout tone="red">{t("webhooks.ownerGoneText", { owner: hook.owner })}</Callout>;
  }
  if (hook.status === "failing") {
    return (
      <Callout tone="amber">
        {t("webhooks.failingText", { when: format.dateTime(hook.failingSince ?? ""), count: hook.waiting })}
      </Callout>
    );
  }
  return null;
}
