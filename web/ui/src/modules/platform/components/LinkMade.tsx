import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Stack } from "@/ui/Card.tsx";
import { OnceShown } from "./OnceShown.tsx";

export interface MadeLink {
  user: { id: string; name: string; email: string };
  mailed: boolean;
  link?: string | undefined;
  expiresAt: string;
}

/** Where a link to choose a password went: to its owner by mail, or here, once, to be handed over. */
export function LinkMade({ made }: { made: MadeLink }) {
  const t = useWords("platform");
  const format = useFormat();
  const until = format.dateTime(made.expiresAt);
  if (made.mailed) return <p>{t("link.mailed", { email: made.user.email, until })}</p>;
  if (!made.link) return <p>{t("link.shownBefore")}</p>;
  return (
    <Stack gap={12}>
      <p>{t("link.handOver", { name: made.user.name, until })}</p>
      <OnceShown secret={new URL(made.link, window.location.origin).href} />
    </Stack>
  );
}
