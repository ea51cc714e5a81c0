import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { currentLanguage, useWords } from "@/lib/i18n.ts";
import { useCan, useMe } from "@/lib/permissions.ts";
import { usePath } from "@/lib/url.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { Link } from "@/ui/Link.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { type Asked, DecideDialog } from "../components/handover/DecideDialog.tsx";
import { HandoverBadge } from "../components/handover/HandoverBadge.tsx";
import styles from "../components/handover/handover.module.css";
import { SignCard } from "../components/handover/SignCard.tsx";
import { type Handover, handoverPdf, useHandover } from "../handovers.ts";

/** One document: what it says, what became of it, and for whom it waits. */
export default function HandoverPage() {
  const t = useWords("asset");
  const { id = "" } = usePath();
  const document = useHandover(id);
  if (document.isPending) return <SkeletonPage />;
  if (document.error && !document.data) {
    return (
      <Page title={t("handover.title")} back={{ href: "/assets/handovers", label: t("handover.title") }}>
        <ErrorState error={document.error} onRetry={() => void document.refetch()} />
      </Page>
    );
  }
  return <Loaded key={document.data.id} one={document.data} />;
}

function Loaded({ one }: { one: Handover }) {
  const t = useWords("asset");
  const format = useFormat();
  const [asked, setAsked] = useState<Asked | undefined>();
  const open = one.state === "open";
  const mine = useMe().user.employeeId === one.personId;
  const mayConfirm = useCan("handover:confirm") && mine && open;
  const mayWrite = useCan("handover:write") && open;
  return (
    <Page
      title={t(`handover.named.${one.kind}`, { number: one.number })}
      status={<HandoverBadge state={one.state} />}
      subtitle={`${one.personName} · ${format.date(one.on)}`}
      width="form"
      back={{ href: "/assets/handovers", label: t("handover.title") }}
      actions={
        <>
          <Button icon="print" href={handoverPdf(one.id, currentLanguage())} target="_blank">
            {t("handover.pdf")}
          </Button>
          {mayWrite && (
            <Menu
              trigger={<IconButton icon="more" variant="default" label={t("handover.more")} />}
              items={[
                { label: t("handover.paper.verb"), icon: "edit", onSelect: () => setAsked("paper") },
                {
                  label: t("handover.withdraw.verb"),
                  icon: "undo",
                  danger: true,
                  onSelect: () => setAsked("withdraw"),
                },
              ]}
            />
          )}
        </>
      }
    >
      <Stack>
        {mayConfirm ? <SignCard one={one} onRefuse={() => setAsked("refuse")} /> : <Outcome one={one} />}
        <Says one={one} />
      </Stack>
      {asked && <DecideDialog one={one} asked={asked} onClose={() => setAsked(undefined)} />}
    </Page>
  );
}

/** What became of it, or that it waits. */
function Outcome({ one }: { one: Handover }) {
  const t = useWords("asset");
  const format = useFormat();
  const when = one.decidedAt ? format.dateTime(one.decidedAt) : "";
  const facts = { name: one.personName, by: one.decidedBy, when, asset: one.note };
  switch (one.state) {
    case "open":
      return <Callout tone="amber">{t("handover.waits", facts)}</Callout>;
    case "confirmed":
      return (
        <Callout tone="green" title={t("handover.confirmedTitle")}>
          {one.onPaper
            ? t("handover.onPaper", { ...facts, day: format.date(one.signedOn ?? "") })
            : t("handover.confirmedBy", { ...facts, signed: one.signedName, address: one.address || "–" })}
        </Callout>
      );
    case "refused":
      return (
        <Callout tone="red" title={t("handover.refusedBy", facts)}>
          {one.note}
        </Callout>
      );
    case "closed":
      return (
        <Callout title={t(`handover.closed.${one.reason ?? "withdrawn"}`, facts)}>
          {t("handover.closedBy", facts)}
          {one.reason === "withdrawn" && one.note ? ` ${one.note}` : ""}
        </Callout>
      );
  }
}

/** The document as it was frozen. */
function Says({ one }: { one: Handover }) {
  const t = useWords("asset");
  const format = useFormat();
  const seesAssets = useCan("asset:read");
  return (
    <Card>
      <PropertyList
        items={[
          { label: t("handover.company"), value: one.company.split("\n")[0] },
          { label: t("handover.person"), value: one.personName },
          { label: t(`handover.handedBy.${one.kind}`), value: one.handedBy },
          { label: t("handover.on"), value: format.date(one.on) },
        ]}
      />
      <p className={styles.sheet}>{one.text}</p>
      <ul className={styles.items}>
        {one.items.map((item, n) => (
          <li key={item.assetId}>
            <span className="dimmed">{n + 1}</span>
            <span>
              {seesAssets ? (
                <Link href={`/assets/${item.assetId}`}>
                  {item.tag} {item.name}
                </Link>
              ) : (
                `${item.tag} ${item.name}`
              )}
              <small>
                {[item.serial && t("overview.serial", { serial: item.serial }), format.date(item.since)]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </span>
            <Noted label={t("handover.condition")} text={item.condition} />
            <Noted label={t("handover.accessories")} text={item.accessories} />
          </li>
        ))}
      </ul>
      <p className={styles.print}>
        {t("handover.fingerprint", { version: one.textVersion, fingerprint: one.fingerprint })}
      </p>
    </Card>
  );
}

function Noted({ label, text }: { label: string; text: string | undefined }) {
  if (!text) return <span />;
  return (
    <span>
      <small>{label}</small>
      {text}
    </span>
  );
}
