import { lazy } from "react";
import { loadWords } from "@/lib/i18n.ts";

/** Sells an asset on an invoice: `<SellDialog asset={asset} onClose={…} />`. Asks for `invoice:sell-asset`. */
export const SellDialog = lazy(async () => {
  const [component] = await Promise.all([import("./components/SellDialog.tsx"), loadWords("invoice")]);
  return component;
});

/** How the sale of an asset stands, with gain or loss. Asks for `invoice:sell-asset`. */
export const AssetSaleCard = lazy(async () => {
  const [component] = await Promise.all([import("./components/AssetSaleCard.tsx"), loadWords("invoice")]);
  return component;
});
