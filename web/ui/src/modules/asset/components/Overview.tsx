import { Suspense } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { AssetSaleCard } from "@/modules/invoice/public.ts";
import { Person } from "@/ui/Avatar.tsx";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { Link } from "@/ui/Link.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { Skeleton } from "@/ui/Skeleton.tsx";
import { type Asset, useDepreciation } from "../api.ts";
import { codeAddress } from "../labels.ts";
import styles from "./asset.module.css";
import { HistoryPanel } from "./HistoryPanel.tsx";
import { HandoverMark, ReturnMark } from "./handover/HandoverMark.tsx";
import { bookTone } from "./words.ts";

/** What it is, who has it, what it is worth, what happened last. */
export function Overview({ asset, onPrint }: { asset: Asset; onPrint: () => void }) {
  const t = useWords("asset");
  const format = useFormat();
  const seesBills = useCan("bill:read");
  const day = (value: string | undefined) => (value ? format.date(value) : undefined);
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <Card title={t("overview.what")}>
          <PropertyList
            items={[
              { label: t("field.tag"), value: asset.tag },
              { label: t("field.serial"), value: asset.serial },
              { label: t("field.model"), value: asset.model },
              { label: t("field.category"), value: asset.category },
              { label: t("field.location"), value: asset.location },
              { label: t("field.supplier"), value: asset.supplier },
              asset.billId !== undefined && {
                label: t("field.bill"),
                value: seesBills ? (
                  <Link href={`/invoices/bills/${asset.billId}`}>{asset.billNumber}</Link>
                ) : (
                  asset.billNumber
                ),
              },
              { label: t("field.purchasedOn"), value: day(asset.purchasedOn) },
              { label: t("field.cost"), value: format.money(asset.cost, asset.currency) },
              { label: t("field.warrantyUntil"), value: <Warranty asset={asset} /> },
              asset.retiredOn !== undefined && { label: t("field.retiredOn"), value: day(asset.retiredOn) },
              asset.disposedOn !== undefined && {
                label: t("field.disposedOn"),
                value: day(asset.disposedOn),
              },
              asset.notes !== undefined &&
                asset.notes !== "" && { label: t("field.notes"), value: asset.notes },
            ]}
          />
        </Card>
        {asset.saleId && (
          <Suspense fallback={null}>
            <AssetSaleCard assetId={asset.id} />
          </Suspense>
        )}
        <HistoryPanel id={asset.id} few />
      </div>
      <div className={styles.side}>
        <div className={styles.first}>
          <HolderCard asset={asset} />
        </div>
        <div className={styles.second}>
          <ValueCard asset={asset} />
        </div>
        <Card
          title={t("overview.label")}
          actions={
            <Button size="sm" icon="print" onClick={onPrint}>
              {t("overview.print")}
            </Button>
          }
        >
          <div className={styles.label}>
            <img
              src={codeAddress(asset.id, true)}
              alt={t("overview.code", { tag: asset.tag })}
              width={116}
              height={116}
            />
            <div>
              <div className={styles.labelTag}>{asset.tag}</div>
              <div className={styles.labelSmall}>{asset.name}</div>
              {asset.serial && (
                <div className={styles.labelSmall}>{t("overview.serial", { serial: asset.serial })}</div>
              )}
            </div>
          </div>
        </Card>
      </div>
    </div>
  );
}

function Warranty({ asset }: { asset: Asset }) {
  const t = useWords("asset");
  const format = useFormat();
  if (!asset.warrantyUntil) return <>–</>;
  const left = Math.round((Date.parse(asset.warrantyUntil) - Date.now()) / 86_400_000);
  return (
    <>
      {format.date(asset.warrantyUntil)}{" "}
      {left < 0 ? (
        <Badge>{t("overview.warrantyOver")}</Badge>
      ) : (
        left <= 30 && <Badge tone="amber">{format.relative(asset.warrantyUntil)}</Badge>
      )}
    </>
  );
}

function HolderCard({ asset }: { asset: Asset }) {
  const t = useWords("asset");
  const format = useFormat();
  const mayOpen = useCan("employee:read");
  const seesDocuments = useCan("handover:read");
  const drawsUp = useCan("handover:write");
  const held = asset.holderName !== undefined && asset.holderName !== "";
  return (
    <Card title={t(asset.status === "reserved" ? "overview.reservedFor" : "overview.holder")}>
      {held ? (
        <div className={styles.holder}>
          {mayOpen ? (
            <Link href={`/employees/${asset.holderId}`}>
              <Person name={asset.holderName ?? ""} />
            </Link>
          ) : (
            <Person name={asset.holderName ?? ""} />
          )}
          <span className="dimmed">
            {asset.heldSince && t("overview.since", { when: format.date(asset.heldSince.slice(0, 10)) })}
            {asset.dueOn && ` · ${t("overview.due", { when: format.date(asset.dueOn) })}`}
          </span>
          {seesDocuments && asset.status !== "reserved" && <HandoverMark asset={asset} />}
          <Link href={`/assets?holderId=${asset.holderId}`}>{t("overview.allOf")}</Link>
        </div>
      ) : (
        <div className={styles.holder}>
          <span className="dimmed">{t(`overview.nobody.${asset.status}`)}</span>
          {drawsUp && asset.status === "available" && <ReturnMark asset={asset} />}
        </div>
      )}
    </Card>
  );
}

function ValueCard({ asset }: { asset: Asset }) {
  const t = useWords("asset");
  const format = useFormat();
  const worth = useDepreciation(asset.id, "").data;
  const part = worth && Number(worth.cost) > 0 ? Number(worth.value) / Number(worth.cost) : 0;
  return (
    <Card
      title={t("overview.value")}
      actions={worth && <Badge tone={bookTone(worth.status)}>{t(`book.${worth.status}`)}</Badge>}
    >
      {worth ? (
        <>
          <div className={styles.big}>{format.money(worth.value, worth.currency)}</div>
          <div className={styles.bar}>
            <span style={{ width: `${Math.round(part * 100)}%` }} />
          </div>
          <div className="dimmed">
            {t("overview.ofCost", { cost: format.money(worth.cost, worth.currency) })}
          </div>
          <p style={{ margin: "10px 0 0" }}>
            <Link href={`/assets/${asset.id}?tab=depreciation`}>{t("overview.explain")}</Link>
          </p>
        </>
      ) : (
        <Skeleton width={140} height={24} />
      )}
    </Card>
  );
}
