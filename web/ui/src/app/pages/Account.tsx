import { useWords } from "@/lib/i18n.ts";
import { useCan, useMe } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Avatar } from "@/ui/Avatar.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card, Row, Stack } from "@/ui/Card.tsx";
import { Page } from "@/ui/Page.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { Tabs } from "@/ui/Tabs.tsx";
import { Notices } from "./account/Notices.tsx";
import { Passkeys } from "./account/Passkeys.tsx";
import { Password } from "./account/Password.tsx";
import { Preferences } from "./account/Preferences.tsx";
import { SecondFactor } from "./account/SecondFactor.tsx";
import { Sessions } from "./account/Sessions.tsx";

/** What belongs to the person who is signed in. */
export default function Account() {
  const t = useWords("app");
  const me = useMe();
  const mayKeys = useCan("api-key:manage");
  const [url, setUrl] = useUrlState({ tab: "preferences" });
  return (
    <Page title={t("account.title")} width="narrow">
      <Card>
        <Row gap={16} wrap={false}>
          <Avatar name={me.user.name} size={52} />
          <div style={{ flex: 1 }}>
            <PropertyList
              items={[
                { label: t("account.name"), value: me.user.name },
                { label: t("account.email"), value: me.user.email },
                {
                  label: t("account.roles"),
                  value: me.roles
                    .map(role => t(`roles.${role.code}`, { defaultValue: role.name }))
                    .join(", "),
                },
              ]}
            />
          </div>
        </Row>
      </Card>
      <Tabs
        label={t("account.title")}
        value={url.tab}
        onChange={tab => setUrl({ tab })}
        tabs={[
          { value: "preferences", label: t("account.preferences") },
          { value: "security", label: t("account.security") },
          { value: "notices", label: t("notices.title") },
        ]}
      >
        {url.tab === "notices" ? (
          <Notices />
        ) : url.tab === "security" ? (
          <Stack>
            <Password />
            <Passkeys />
            <SecondFactor />
            {mayKeys && (
              <Card
                title={t("account.keys")}
                actions={
                  <Button size="sm" icon="key" href="/me/keys">
                    {t("account.manageKeys")}
                  </Button>
                }
              >
                <p className="dimmed">{t("account.keysNote")}</p>
              </Card>
            )}
            <Sessions />
          </Stack>
        ) : (
          <Preferences />
        )}
      </Tabs>
    </Page>
  );
}
