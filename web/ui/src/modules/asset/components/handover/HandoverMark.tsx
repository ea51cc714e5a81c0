import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Row } from "@/ui/Card.tsx";
import { Link } from "@/ui/Link.tsx";
import { type Asset, drawUpHref, useCustody } from "../../api.ts";
import { type HandoverRow, useHandovers } from "../../handovers.ts";
import { HandoverBadge } from "./HandoverBadge.tsx";

/** Beside the holder: whether they confirmed that they have it, or the way to a document about it. */
export function HandoverMark({ asset }: { asset: Asset }) {
  const t = useWords("asset");
  const mayWrite = useCan("handover:write");
  const list = useHandovers({ assetId: asset.id, kind: "handover" }, 1);
  if (list.loading || list.error) return null;
  const last = list.rows[0];
  const fits = last?.personId === asset.holderId && (last?.createdAt ?? "") >= (asset.heldSince ?? "");
  const about = fits ? last : undefined;
  const needed = about?.state !== "open" && about?.state !== "confirmed";
  return (
    <>
      {about && <Document one={about} />}
      {needed && mayWrite && asset.holderId && (
        <Link href={drawUpHref(asset.holderId, asset.holderName ?? "")}>{t("handover.drawUp")}</Link>
      )}
    </>
  );
}

function Document({ one }: { one: HandoverRow }) {
  const t = useWords("asset");
  return (
    <Row>
      <Link href={`/assets/handovers/${one.id}`}>
        {t(`handover.named.${one.kind}`, { number: one.number })}
      </Link>
      <HandoverBadge state={one.state} />
    </Row>
  );
}

/** How long after a return the server takes a document about it: 90 days. */
const documentedFor = 90 * 86_400_000;

/** Beside an asset in stock: the return that no document is about yet. */
export function ReturnMark({ asset }: { asset: Asset }) {
  const t = useWords("asset");
  const custody = useCustody(asset.id);
  const list = useHandovers({ assetId: asset.id, kind: "return" }, 1);
  const last = custody.data?.items?.[0];
  if (list.loading || list.error || !last?.to) return null;
  const made = list.rows[0];
  if (made && made.personId === last.holderId && made.createdAt >= last.to) {
    return <Document one={made} />;
  }
  const late = Date.now() - Date.parse(last.to) > documentedFor;
  if (late || last.endReason === "lost" || last.endReason === "sold") return null;
  return (
    <Link href={drawUpHref(last.holderId, last.holderName, "return")}>
      {t("handover.drawUpReturn", { name: last.holderName })}
    </Link>
  );
}
