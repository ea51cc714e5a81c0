import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { usePath } from "@/lib/url.ts";
import { ConflictDialog } from "@/ui/ConflictDialog.tsx";
import { useGo } from "@/ui/Link.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type Asset, useAsset, useCategories, useEdit, usePlaces } from "../api.ts";
import { AssetForm } from "../components/AssetForm.tsx";
import { type AssetValues, bodyOf, valuesOf } from "../components/assetValues.ts";

/** Changes the details of an asset; somebody else's change in between is shown, never lost. */
export default function AssetEdit() {
  const t = useWords("asset");
  const { id = "" } = usePath();
  const asset = useAsset(id);
  if (asset.isPending) return <SkeletonPage />;
  if (!asset.data) {
    return (
      <Page title={t("list.title")} back={{ href: "/assets", label: t("list.title") }}>
        <ErrorState error={asset.error} onRetry={() => void asset.refetch()} />
      </Page>
    );
  }
  return <Form seen={asset.data} />;
}

function Form({ seen }: { seen: Asset }) {
  const t = useWords("asset");
  const go = useGo();
  const [base, setBase] = useState(seen);
  const [conflict, setConflict] = useState<{ mine: AssetValues; theirs: Asset } | undefined>();
  const words = useValueWords();
  const edit = useEdit(base.id, saved => {
    toast(t("edit.done", { tag: saved.tag }));
    go(`/assets/${saved.id}`);
  });
  const submit = async (values: AssetValues, version = base.version) => {
    try {
      await edit.submitAsync({ version, body: bodyOf(values) });
    } catch (error) {
      if (!isProblem(error, 412)) throw error;
      setConflict({
        mine: values,
        theirs: await api.get("/api/v1/assets/{id}", { params: { path: { id: base.id } } }),
      });
    }
  };
  const theirs = valuesOf(conflict?.theirs ?? base, base.currency);
  return (
    <Page
      title={t("edit.title", { tag: base.tag })}
      width="form"
      back={{ href: `/assets/${base.id}`, label: `${base.tag} ${base.name}` }}
    >
      <AssetForm
        key={base.version}
        initial={valuesOf(base, base.currency)}
        fresh={false}
        cancel={`/assets/${base.id}`}
        save={t("save")}
        submit={submit}
      />
      {conflict && (
        <ConflictDialog
          open
          busy={edit.busy}
          differences={differences(conflict.mine, theirs).map(name => ({
            label: t(`field.${name.replace(/Id$/, "")}`),
            mine: words(name, conflict.mine),
            theirs: words(name, theirs),
          }))}
          onClose={() => setConflict(undefined)}
          onTakeTheirs={() => {
            setBase(conflict.theirs);
            setConflict(undefined);
          }}
          onKeepMine={() => {
            setConflict(undefined);
            void submit(conflict.mine, conflict.theirs.version).catch(() =>
              toast(t("failed"), { tone: "red" }),
            );
          }}
        />
      )}
    </Page>
  );
}

/** A value of the form as the person reads it. */
function useValueWords() {
  const t = useWords("asset");
  const format = useFormat();
  const categories = useCategories().list;
  const places = usePlaces().list;
  return (name: string, values: AssetValues): string => {
    const value = String(values[name] ?? "");
    if (value === "") return t("history.nothing");
    if (name === "categoryId") return categories.find(one => one.id === value)?.name ?? value;
    if (name === "locationId") return places.find(one => one.id === value)?.path ?? value;
    if (name === "method" || name === "convention") return t(`${name}.${value}`);
    if (name === "cost" || name === "salvage") return format.money(value, values.currency);
    return /^\d{4}-\d\d-\d\d$/.test(value) ? format.date(value) : value;
  };
}

function differences(mine: AssetValues, theirs: AssetValues): string[] {
  return Object.keys(mine).filter(name => mine[name] !== theirs[name]);
}
