import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { HookForm } from "../components/HookForm.tsx";
import { HookSecret } from "../components/HookSecret.tsx";
import { useMakeHook } from "../webhooks.ts";

const back = "/admin/webhooks";

/** A new address, and the secret that signs what it is sent; shown once. */
export default function WebhookNew() {
  const t = useWords("platform");
  const make = useMakeHook();
  const made = make.result;
  const list = { href: back, label: t("webhooks.title") };
  if (made) {
    return (
      <Page title={made.name} width="form" back={list}>
        <HookSecret
          secret={made.secret}
          actions={
            <Button variant="primary" href={`${back}/${made.id}`}>
              {t("webhooks.goOn")}
            </Button>
          }
        />
      </Page>
    );
  }
  return (
    <Page title={t("webhooks.new")} width="form" back={list}>
      <HookForm
        focus
        initial={{ name: "", address: "https://", events: [], active: true }}
        submit={wish => make.submitAsync(wish)}
        label={t("webhooks.make")}
        cancel={<Button href={back}>{t("cancel")}</Button>}
      />
    </Page>
  );
}
