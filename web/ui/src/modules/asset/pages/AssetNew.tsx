import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { useGo } from "@/ui/Link.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { toast } from "@/ui/toast.ts";
import { useAsset, useRegister } from "../api.ts";
import { AssetForm } from "../components/AssetForm.tsx";
import { bodyOf, valuesOf } from "../components/assetValues.ts";

/** Registers an asset, or a copy of another one with a new tag and serial number. */
export default function AssetNew() {
  const [{ from }] = useUrlState({ from: "" });
  return from ? <Copy from={from} /> : <Form />;
}

function Copy({ from }: { from: string }) {
  const original = useAsset(from);
  if (original.isPending) return <SkeletonPage />;
  return <Form {...(original.data ? { original: { ...original.data, tag: "", serial: "" } } : {})} />;
}

function Form({ original }: { original?: NonNullable<ReturnType<typeof useAsset>["data"]> }) {
  const t = useWords("asset");
  const go = useGo();
  const currency = useMe().company?.currency ?? "EUR";
  const register = useRegister(made => {
    toast(t("new.done", { tag: made.tag }), {
      action: { label: t("new.another"), run: () => go(`/assets/new?from=${made.id}`) },
    });
    go(`/assets/${made.id}`);
  });
  return (
    <Page title={t("new.title")} width="form" back={{ href: "/assets", label: t("list.title") }}>
      <AssetForm
        initial={valuesOf(original, currency)}
        fresh
        cancel="/assets"
        save={t("new.save")}
        submit={values => register.submitAsync(bodyOf(values))}
      />
    </Page>
  );
}
