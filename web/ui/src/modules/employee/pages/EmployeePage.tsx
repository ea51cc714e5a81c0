import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { usePath, useUrlState } from "@/lib/url.ts";
import { Avatar } from "@/ui/Avatar.tsx";
import { Button, IconButton, TextButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { Tabs } from "@/ui/Tabs.tsx";
import { toast } from "@/ui/toast.ts";
import { type Person, useCancelLeave, useHeldAssets, useOffboarding, usePeople, usePerson } from "../api.ts";
import { ContactDialog } from "../components/ContactDialog.tsx";
import { EditDialog } from "../components/EditDialog.tsx";
import { HeldAssets } from "../components/HeldAssets.tsx";
import { History } from "../components/History.tsx";
import { LeaveDialog } from "../components/LeaveDialog.tsx";
import { OffboardingCase } from "../components/OffboardingCase.tsx";
import { Overview } from "../components/Overview.tsx";
import { PayDialog } from "../components/PayDialog.tsx";
import { Reports } from "../components/Reports.tsx";
import { StatusBadge } from "../components/StatusBadge.tsx";
import { TransferDialog } from "../components/TransferDialog.tsx";
import styles from "./EmployeeList.module.css";

export type Doing = "edit" | "transfer" | "contact" | "pay" | "leave" | "rehire" | undefined;

export default function EmployeePage() {
  const { id = "" } = usePath();
  const t = useWords("employee");
  const person = usePerson(id);
  if (person.isPending) return <SkeletonPage />;
  if (person.isError || !person.data) {
    return (
      <Page title={t("list.title")} back={{ href: "/employees", label: t("list.title") }}>
        <ErrorState error={person.error} onRetry={() => void person.refetch()} />
      </Page>
    );
  }
  return <Profile person={person.data} key={id} />;
}

function Profile({ person }: { person: Person }) {
  const t = useWords("employee");
  const [doing, setDoing] = useState<Doing>();
  const [url, setUrl] = useUrlState({ tab: "overview", asOf: "" });
  const seesAssets = useCan("asset:read");
  const held = useHeldAssets(person.id, seesAssets);
  const reports = usePeople({ managerId: person.id, status: "current", sort: "name" });
  return (
    <Page
      title={person.displayName}
      heading={
        <span className={styles.name}>
          <Avatar name={person.displayName} size={36} />
          {person.displayName}
        </span>
      }
      status={<StatusBadge status={person.status} />}
      subtitle={[person.position, person.department, person.location].filter(Boolean).join(" · ")}
      back={{ href: "/employees", label: t("list.title") }}
      actions={<Actions person={person} onDo={setDoing} />}
    >
      <Leaving person={person} />
      <Tabs
        label={t("profile.parts")}
        value={url.tab}
        onChange={tab => setUrl({ tab })}
        tabs={[
          { value: "overview", label: t("profile.overview") },
          ...(seesAssets ? [{ value: "assets", label: t("profile.assets"), count: held.total }] : []),
          { value: "reports", label: t("profile.reports"), count: reports.total },
          { value: "history", label: t("profile.history") },
        ]}
      >
        {url.tab === "assets" && seesAssets ? (
          <HeldAssets list={held} personId={person.id} />
        ) : url.tab === "reports" ? (
          <Reports list={reports} person={person} />
        ) : url.tab === "history" ? (
          <History person={person} />
        ) : (
          <Overview person={person} asOf={url.asOf} onAsOf={asOf => setUrl({ asOf })} onDo={setDoing} />
        )}
      </Tabs>
      <Doings doing={doing} person={person} onClose={() => setDoing(undefined)} />
    </Page>
  );
}

function Doings({ doing, person, onClose }: { doing: Doing; person: Person; onClose: () => void }) {
  switch (doing) {
    case "edit":
      return <EditDialog person={person} onClose={onClose} />;
    case "transfer":
      return <TransferDialog person={person} onClose={onClose} />;
    case "rehire":
      return <TransferDialog person={person} again onClose={onClose} />;
    case "contact":
      return <ContactDialog person={person} onClose={onClose} />;
    case "pay":
      return <PayDialog person={person} onClose={onClose} />;
    case "leave":
      return <LeaveDialog person={person} onClose={onClose} />;
    default:
      return null;
  }
}

function Actions({ person, onDo }: { person: Person; onDo: (doing: Doing) => void }) {
  const t = useWords("employee");
  const left = person.status === "left";
  const can = {
    edit: useCan("employee:edit"),
    transfer: useCan("employee:transfer") && !left,
    leave: useCan("employee:offboard") && !left,
    rehire: useCan("employee:hire") && left,
    pay: useCan("employee.compensation:edit") && !left,
  };
  useShortcuts(can.edit ? [{ keys: "e", run: () => onDo("edit") }] : []);
  return (
    <>
      {can.edit && (
        <Button icon="edit" onClick={() => onDo("edit")}>
          {t("profile.edit")}
        </Button>
      )}
      {can.transfer && (
        <Button icon="arrow-right" onClick={() => onDo("transfer")}>
          {t("profile.transfer")}
        </Button>
      )}
      {can.rehire && (
        <Button variant="primary" icon="undo" onClick={() => onDo("rehire")}>
          {t("profile.rehire")}
        </Button>
      )}
      {(can.pay || can.leave) && (
        <Menu
          trigger={<IconButton icon="more" variant="default" label={t("list.more")} />}
          items={[
            can.pay && { label: t("profile.changePay"), icon: "money", onSelect: () => onDo("pay") },
            can.leave && {
              label: t("profile.leave"),
              icon: "logout",
              danger: true,
              onSelect: () => onDo("leave"),
            },
          ]}
        />
      )}
    </>
  );
}

/** Somebody who is leaving or has left says so at the top of the page. */
function Leaving({ person }: { person: Person }) {
  const t = useWords("employee");
  const format = useFormat();
  const can = useCan("employee:offboard");
  const cancel = useCancelLeave(person.id, () => toast(t("leave.cancelled")));
  const leaving = useOffboarding(person.id, can && person.status === "leaving");
  if (!person.leftOn) return null;
  const words = { name: person.displayName, day: format.date(person.leftOn) };
  if (person.status === "left") return <Callout tone="neutral">{t("profile.hasLeft", words)}</Callout>;
  if (leaving.data?.blocking) return <OffboardingCase person={person} leaving={leaving.data} />;
  return (
    <Callout
      tone="amber"
      title={t("profile.isLeaving", words)}
      action={
        can && <TextButton onClick={() => cancel.submit(person.leftOn ?? "")}>{t("leave.cancel")}</TextButton>
      }
    >
      {t("profile.isLeavingText")}
    </Callout>
  );
}
