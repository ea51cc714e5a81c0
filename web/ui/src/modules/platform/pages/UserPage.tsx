import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { usePath } from "@/lib/url.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { useUser } from "../api.ts";
import styles from "../components/admin.module.css";
import { ResetPassword } from "../components/ResetPassword.tsx";
import { SendLink } from "../components/SendLink.tsx";
import { SwitchAccount } from "../components/SwitchAccount.tsx";
import { UserForm } from "../components/UserForm.tsx";
import { UserRoles } from "../components/UserRoles.tsx";
import { UserSecondFactor } from "../components/UserSecondFactor.tsx";
import { UserSessions } from "../components/UserSessions.tsx";
import { UserStatus } from "../components/UserStatus.tsx";

/** One account: who it belongs to, which roles it has, where it is signed in. */
export default function UserPage() {
  const t = useWords("platform");
  const format = useFormat();
  const { id = "" } = usePath();
  const user = useUser(id);
  const mayManage = useCan("user:manage");
  const mayAudit = useCan("audit:read");
  const mayExplain = useCan("role:read");
  const [open, setOpen] = useState<"password" | "link" | "switch" | undefined>();
  const back = { href: "/admin/users", label: t("users.title") };
  if (user.isError) return <ErrorState error={user.error} onRetry={() => void user.refetch()} />;
  if (!user.data) return <SkeletonPage />;
  const one = user.data;
  const isOpen = one.status === "active";
  return (
    <Page
      title={one.name}
      status={<UserStatus user={one} />}
      subtitle={one.email}
      back={back}
      width="form"
      actions={
        <>
          {mayManage && (
            <Button icon={isOpen ? "lock" : "key"} onClick={() => setOpen("switch")}>
              {t(isOpen ? "user.disable" : "user.enable")}
            </Button>
          )}
          <Menu
            trigger={<IconButton icon="more" label={t("more")} />}
            items={[
              mayManage &&
                isOpen && {
                  label: t(one.invited ? "link.inviteAgain" : "link.send"),
                  icon: "mail",
                  onSelect: () => setOpen("link"),
                },
              mayManage && { label: t("password.reset"), icon: "key", onSelect: () => setOpen("password") },
              mayExplain && {
                label: t("explain.ofUser"),
                icon: "shield",
                href: `/admin/explain?user=${one.id}`,
              },
              mayAudit && {
                label: t("user.actions"),
                icon: "history",
                href: `/admin/audit?actorId=${one.id}`,
              },
              mayAudit && {
                label: t("user.history"),
                icon: "clock",
                href: `/admin/audit?subject=user&subjectId=${one.id}`,
              },
            ]}
          />
        </>
      }
    >
      <div className={styles.columns}>
        <Stack>
          <UserForm key={one.version} user={one} />
          <UserSecondFactor user={one} />
          <UserSessions user={one} />
        </Stack>
        <Stack>
          <UserRoles key={one.version} user={one} />
          <Card title={t("user.facts")}>
            <PropertyList
              items={[
                {
                  label: t("user.lastSignIn"),
                  value: one.lastSignInAt ? format.dateTime(one.lastSignInAt) : t("user.never"),
                },
                {
                  label: t("user.verified"),
                  value: one.emailVerifiedAt ? format.dateTime(one.emailVerifiedAt) : t("user.unverified"),
                },
                { label: t("user.created"), value: format.dateTime(one.createdAt) },
              ]}
            />
          </Card>
        </Stack>
      </div>
      {open === "password" && <ResetPassword user={one} onClose={() => setOpen(undefined)} />}
      {open === "link" && <SendLink user={one} onClose={() => setOpen(undefined)} />}
      {open === "switch" && <SwitchAccount user={one} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
