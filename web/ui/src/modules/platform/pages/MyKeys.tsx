import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { KeyTable } from "../components/KeyTable.tsx";

/** The keys with which programs act for the person. */
export default function MyKeys() {
  const t = useWords("platform");
  return (
    <Page
      title={t("keys.mine")}
      subtitle={t("keys.mineNote")}
      back={{ href: "/me?tab=security", label: t("keys.account") }}
      fill
      actions={
        <Button variant="primary" icon="plus" href="/me/keys/new">
          {t("keys.new")}
        </Button>
      }
    >
      <KeyTable own />
    </Page>
  );
}
