import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Callout } from "@/ui/Callout.tsx";

/** The sentences of a refusal, where the person is looking. */
export function Refused({ error }: { error: Error | null }) {
  const t = useWords("invoice");
  if (!error) return null;
  const fields = isProblem(error) ? error.fields.map(one => `${one.path}: ${one.message}`) : [];
  return (
    <Callout tone="red" title={isProblem(error) && error.status < 500 ? error.message : t("action.failed")}>
      {fields.length > 0 && fields.join("; ")}
    </Callout>
  );
}
