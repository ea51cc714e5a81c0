import { addressWith } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";

/** Saves a list as it is filtered, for who may; switches of the list travel as true. */
export function ExportButton({
  list,
  filters,
}: {
  list: "customers" | "items" | "payments" | "bills";
  filters: Record<string, string>;
}) {
  const t = useWords("invoice");
  if (!useCan("invoice:export")) return null;
  const { archived, credit, ...rest } = filters;
  const query = { ...rest, archived: archived ? true : undefined, credit: credit ? true : undefined };
  return (
    <Button icon="download" href={addressWith(`/api/v1/${list}/export`, query)} download>
      {t("list.export")}
    </Button>
  );
}
