import type { Asset, AssetInput } from "../api.ts";

export interface AssetValues extends Record<string, unknown> {
  tag: string;
  name: string;
  serial: string;
  model: string;
  supplier: string;
  notes: string;
  categoryId: string;
  locationId: string;
  purchasedOn: string;
  cost: string;
  currency: string;
  warrantyUntil: string;
  method: string;
  convention: string;
  lifeMonths: string;
  salvage: string;
  inServiceOn: string;
}

/** What a form begins with: a record, its copy, or nothing. */
export function valuesOf(asset: Asset | undefined, currency: string): AssetValues {
  return {
    tag: asset?.tag ?? "",
    name: asset?.name ?? "",
    serial: asset?.serial ?? "",
    model: asset?.model ?? "",
    supplier: asset?.supplier ?? "",
    notes: asset?.notes ?? "",
    categoryId: asset?.categoryId ?? "",
    locationId: asset?.locationId ?? "",
    purchasedOn: asset?.purchasedOn ?? "",
    cost: asset?.cost ?? "",
    currency: asset?.currency ?? currency,
    warrantyUntil: asset?.warrantyUntil ?? "",
    method: asset?.method ?? "",
    convention: asset?.convention ?? "full-month",
    lifeMonths: asset?.lifeMonths ? String(asset.lifeMonths) : "",
    salvage: asset && asset.method !== "none" ? asset.salvage : "",
    inServiceOn: asset?.inServiceOn ?? "",
  };
}

/** The request body: what is empty stays out, so that the category's defaults or "none" apply. */
export function bodyOf(values: AssetValues): AssetInput {
  const filled = Object.entries(values).filter(
    ([name, value]) => value !== "" && (name !== "convention" || values.method !== ""),
  );
  const body = Object.fromEntries(filled) as Record<string, unknown>;
  if (body.lifeMonths !== undefined) body.lifeMonths = Number(body.lifeMonths);
  if (values.method === "none") {
    delete body.lifeMonths;
    delete body.salvage;
  }
  return body as unknown as AssetInput;
}
