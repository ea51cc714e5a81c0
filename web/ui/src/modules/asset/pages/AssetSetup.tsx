import { useWords } from "@/lib/i18n.ts";
import { useUrlState } from "@/lib/url.ts";
import { Page } from "@/ui/Page.tsx";
import { Tabs } from "@/ui/Tabs.tsx";
import { CategoriesPanel } from "../components/CategoriesPanel.tsx";
import { HandoverTexts } from "../components/handover/HandoverTexts.tsx";
import { PlacesPanel } from "../components/PlacesPanel.tsx";

/** Kinds of assets with what new ones begin with, and the places where assets stand. */
export default function AssetSetup() {
  const t = useWords("asset");
  const [{ tab }, setTab] = useUrlState({ tab: "categories" });
  return (
    <Page title={t("setup.title")} width="form" back={{ href: "/assets", label: t("list.title") }}>
      <Tabs
        label={t("setup.title")}
        value={tab}
        onChange={next => setTab({ tab: next })}
        tabs={["categories", "places", "handovers"].map(value => ({ value, label: t(`setup.${value}`) }))}
      >
        {tab === "places" ? <PlacesPanel /> : tab === "handovers" ? <HandoverTexts /> : <CategoriesPanel />}
      </Tabs>
    </Page>
  );
}
