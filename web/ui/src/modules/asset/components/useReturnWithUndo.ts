import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { toast } from "@/ui/toast.ts";
import { type Asset, useAssign, useReturn } from "../api.ts";

/** Takes an asset back at once; the toast can hand it out again to the same person. */
export function useReturnWithUndo() {
  const t = useWords("asset");
  const again = useAssign(held => toast(t("return.undone", { tag: held.tag, name: held.holderName })));
  const back = useReturn((returned, was) => {
    const holder = was.holderId;
    toast(t("return.done", { tag: returned.tag, name: was.holderName }), {
      ...(holder
        ? {
            action: {
              label: t("undo"),
              run: () => again.submit({ id: was.id, employeeId: holder, note: t("return.undoNote") }),
            },
          }
        : {}),
    });
  });
  return {
    busy: back.busy,
    giveBack: (asset: Asset) =>
      void back.submitAsync(asset).catch((error: unknown) => {
        toast(isProblem(error) ? error.message : t("failed"), { tone: "red" });
      }),
  };
}
