import { useWords } from "@/lib/i18n.ts";
import { Page } from "@/ui/Page.tsx";
import { KeyTable } from "../components/KeyTable.tsx";

/** Everybody's keys, and the way to end one at once. */
export default function ApiKeys() {
  const t = useWords("platform");
  return (
    <Page title={t("keys.title")} subtitle={t("keys.subtitle")} fill>
      <KeyTable own={false} />
    </Page>
  );
}
