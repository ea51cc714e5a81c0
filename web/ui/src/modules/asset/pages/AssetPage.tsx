import { lazy, Suspense, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { isProblem } from "@/lib/problem.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { usePath, useUrlState } from "@/lib/url.ts";
import { SellDialog } from "@/modules/invoice/public.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { useGo } from "@/ui/Link.tsx";
import { Menu, type MenuEntry } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage, SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { Tabs } from "@/ui/Tabs.tsx";
import { toast } from "@/ui/toast.ts";
import { type Asset, type Deed, useAsset, useDeed } from "../api.ts";
import { AssignDialog, type AssignMode } from "../components/AssignDialog.tsx";
import { type AskedDeed, DeedDialog } from "../components/DeedDialog.tsx";
import { HistoryPanel } from "../components/HistoryPanel.tsx";
import { LabelDialog } from "../components/LabelDialog.tsx";
import { MoveDialog } from "../components/MoveDialog.tsx";
import { Overview } from "../components/Overview.tsx";
import { StatusBadge } from "../components/StatusBadge.tsx";
import { useReturnWithUndo } from "../components/useReturnWithUndo.ts";

// It brings the charts, which no other part of the page needs.
const DepreciationPanel = lazy(async () => {
  const { DepreciationPanel: Panel } = await import("../components/DepreciationPanel.tsx");
  return { default: Panel };
});

type Open = AssignMode | AskedDeed | "labels" | "move" | "sell";

/** One asset: what it is, who has it, what happened to it, what it is worth. */
export default function AssetPage() {
  const t = useWords("asset");
  const { id = "" } = usePath();
  const asset = useAsset(id);
  if (asset.isPending) return <SkeletonPage />;
  if (asset.error && !asset.data) {
    return (
      <Page title={t("list.title")} back={{ href: "/assets", label: t("list.title") }}>
        <ErrorState error={asset.error} onRetry={() => void asset.refetch()} />
      </Page>
    );
  }
  return <Loaded key={asset.data.id} asset={asset.data} />;
}

function Loaded({ asset }: { asset: Asset }) {
  const t = useWords("asset");
  const go = useGo();
  const [{ tab }, setTab] = useUrlState({ tab: "overview" });
  const [open, setOpen] = useState<Open | undefined>();
  const mayEdit = useCan("asset:register");
  const mayAssign = useCan("asset:assign");
  const { giveBack, busy } = useReturnWithUndo();
  const menu = useMenu(asset, setOpen);
  const free = !asset.saleId; // what is being sold, or was, is nobody's to hand out
  const inHand = free && asset.status === "assigned";
  const toHand = free && (asset.status === "available" || asset.status === "reserved");
  const primary =
    mayAssign && inHand ? () => giveBack(asset) : mayAssign && toHand ? () => setOpen("assign") : undefined;
  useShortcuts(
    [
      ...(mayEdit ? [{ keys: "e", run: () => go(`/assets/${asset.id}/edit`) }] : []),
      ...(primary ? [{ keys: "mod+Enter", run: primary, always: true }] : []),
    ],
    open === undefined,
  );
  return (
    <Page
      title={`${asset.tag} ${asset.name}`}
      heading={asset.name}
      status={<StatusBadge status={asset.status} sale={!free} />}
      subtitle={[asset.tag, asset.category, asset.location].filter(Boolean).join(" · ")}
      back={{ href: "/assets", label: t("list.title") }}
      actions={
        <>
          {mayEdit && (
            <Button icon="edit" href={`/assets/${asset.id}/edit`}>
              {t("page.edit")}
            </Button>
          )}
          {mayAssign && inHand && (
            <Button variant="primary" icon="undo" loading={busy} onClick={() => giveBack(asset)}>
              {t("page.return")}
            </Button>
          )}
          {mayAssign && toHand && (
            <Button variant="primary" icon="person" onClick={() => setOpen("assign")}>
              {t("page.assign")}
            </Button>
          )}
          <Menu trigger={<IconButton icon="more" variant="default" label={t("page.more")} />} items={menu} />
        </>
      }
    >
      <Tabs
        label={t("page.parts")}
        value={tab}
        onChange={next => setTab({ tab: next })}
        tabs={["overview", "history", "depreciation"].map(value => ({
          value,
          label: t(`page.tab.${value}`),
        }))}
      >
        {tab === "history" ? (
          <HistoryPanel id={asset.id} />
        ) : tab === "depreciation" ? (
          <Suspense fallback={<SkeletonText lines={8} />}>
            <DepreciationPanel asset={asset} />
          </Suspense>
        ) : (
          <Overview asset={asset} onPrint={() => setOpen("labels")} />
        )}
      </Tabs>
      <Dialogs asset={asset} open={open} onClose={() => setOpen(undefined)} />
    </Page>
  );
}

function Dialogs({ asset, open, onClose }: { asset: Asset; open: Open | undefined; onClose: () => void }) {
  switch (open) {
    case undefined:
      return null;
    case "assign":
    case "transfer":
    case "reserve":
      return <AssignDialog asset={asset} mode={open} onClose={onClose} />;
    case "labels":
      return (
        <LabelDialog selected={{ count: 1, shown: "1", selection: { ids: [asset.id] } }} onClose={onClose} />
      );
    case "sell":
      return (
        <Suspense fallback={null}>
          <SellDialog asset={asset} onClose={onClose} />
        </Suspense>
      );
    case "move":
      return <MoveDialog asset={asset} onClose={onClose} />;
    default:
      return <DeedDialog asset={asset} deed={open} onClose={onClose} />;
  }
}

/** What may follow the asset's state, as far as the person may do it. */
function useMenu(asset: Asset, ask: (what: Open) => void): MenuEntry[] {
  const t = useWords("asset");
  const mayRegister = useCan("asset:register");
  const mayAssign = useCan("asset:assign");
  const mayRetire = useCan("asset:retire");
  const mayIssue = useCan("invoice:issue");
  const maySellAssets = useCan("invoice:sell-asset");
  const maySell = maySellAssets && mayIssue;
  const run = useDeed(asset.id, (changed, deed) => toast(t(`deed.${deed}.done`, { tag: changed.tag })));
  const at = (deed: Deed) => () => {
    void run
      .submitAsync({ deed })
      .catch((error: unknown) => toast(isProblem(error) ? error.message : t("failed"), { tone: "red" }));
  };
  const is = (...wanted: Asset["status"][]) => !asset.saleId && wanted.includes(asset.status);
  return [
    mayAssign &&
      is("assigned") && { label: t("menu.transfer"), icon: "send", onSelect: () => ask("transfer") },
    mayAssign &&
      is("available") && { label: t("menu.reserve"), icon: "flag", onSelect: () => ask("reserve") },
    mayAssign && is("reserved") && { label: t("menu.release"), icon: "undo", onSelect: at("release") },
    mayAssign &&
      is("in-repair") && { label: t("menu.back"), icon: "wrench", onSelect: at("back-from-repair") },
    mayAssign &&
      is("available", "assigned") && {
        label: t("menu.repair"),
        icon: "wrench",
        onSelect: () => ask("repair"),
      },
    mayAssign && is("lost") && { label: t("menu.find"), icon: "search", onSelect: at("find") },
    mayRegister && { label: t("menu.move"), icon: "pin", onSelect: () => ask("move") },
    mayRegister && { label: t("menu.copy"), icon: "copy", href: `/assets/new?from=${asset.id}` },
    { label: t("menu.labels"), icon: "qr", onSelect: () => ask("labels") },
    maySell &&
      is("available", "assigned") && { label: t("menu.sell"), icon: "money", onSelect: () => ask("sell") },
    mayAssign && is("available", "reserved", "assigned", "in-repair") && "divider",
    mayAssign &&
      is("available", "reserved", "assigned", "in-repair") && {
        label: t("menu.lose"),
        icon: "warning",
        danger: true,
        onSelect: () => ask("lose"),
      },
    mayRetire &&
      is("available", "lost") && {
        label: t("menu.retire"),
        icon: "box",
        danger: true,
        onSelect: () => ask("retire"),
      },
    mayRetire && is("retired") && { label: t("menu.reinstate"), icon: "undo", onSelect: at("reinstate") },
  ];
}
