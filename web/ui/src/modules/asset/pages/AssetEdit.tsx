import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { usePath } from "@/lib/url.ts";
import { ConflictDialog } from "@/ui/ConflictDialog.tsx";
import { useGo } from "@/ui/Link.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type Asset, useAsset, useEdit } from "../api.ts";
import { AssetForm, type AssetValues, bodyOf, valuesOf } from "../components/AssetForm.tsx";

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
          differences={differences(conflict.mine, valuesOf(conflict.theirs, base.currency)).map(name => ({
            label: t(`field.${name.replace(/Id$/, "")}`),
            mine: String(conflict.mine[name] ?? "") || "–",
            theirs: String(valuesOf(conflict.theirs, base.currency)[name] ?? "") || "–",
          }))}
          onClose={() => setConflict(undefined)}
          onTakeTheirs={() => {
            setBase(conflict.theirs);
            setConflict(undefined);
          }}
          onKeepMine={() => {
            const { mine, theirs } = conflict;
            setConflict(undefined);
            void submit(mine, theirs.version).catch(() => toast(t("failed"), { tone: "red" }));
          }}
        />
      )}
    </Page>
  );
}

function differences(mine: AssetValues, theirs: AssetValues): string[] {
  return Object.keys(mine).filter(name => mine[name] !== theirs[name]);
}
