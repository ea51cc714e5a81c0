import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Callout } from "@/ui/Callout.tsx";

/** Why a dialog's deed was refused, with every field that the server names. */
export function Refused({ error }: { error: unknown }) {
  const t = useWords("asset");
  if (!error) return null;
  if (!isProblem(error)) return <Callout tone="red">{t("failed")}</Callout>;
  const fields = error.fields.map(field => `${field.path} ${field.message}`);
  return (
    <Callout tone="red">
      {error.message} {fields.join("; ")}
    </Callout>
  );
}
