import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Card, Grid, Stack } from "@/ui/Card.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { recordSearch, searchUsers, useExplanation, usePermissions, useUser } from "../api.ts";
import { Verdict } from "../components/Verdict.tsx";
import { useNames } from "../components/words.ts";

/** Why somebody may or may not do something: a person, an action, perhaps a record, and one sentence. */
export default function Explain() {
  const t = useWords("platform");
  const names = useNames();
  const me = useMe();
  const [url, setUrl] = useUrlState({ user: "", permission: "", record: "" });
  const mayChoose = me.permissions["user:read"] !== undefined;
  const who = mayChoose ? url.user : me.user.id;
  const user = useUser(who, mayChoose);
  const permissions = usePermissions();
  const kind = url.permission.split(/[:.]/)[0] ?? "";
  const search = recordSearch(kind);
  const answer = useExplanation(who, url.permission, search ? url.record : "");
  const person = mayChoose ? user.data : me.user;
  const record = answer.data?.record;
  if (permissions.isError)
    return <ErrorState error={permissions.error} onRetry={() => void permissions.refetch()} />;
  return (
    <Page title={t("explain.title")} subtitle={t("explain.subtitle")} width="form">
      <Stack>
        <Card>
          <Grid min={240}>
            <Combobox
              key={`user ${person?.id ?? ""}`}
              label={t("explain.person")}
              icon="people"
              placeholder={t("explain.personPlaceholder")}
              disabled={!mayChoose}
              search={searchUsers}
              value={who}
              selected={person && { value: person.id, label: person.name, note: person.email }}
              onChange={id => setUrl({ user: id })}
            />
            <Combobox
              label={t("explain.action")}
              icon="shield"
              placeholder={t("roles.search")}
              options={(permissions.data?.items ?? []).map(one => ({
                value: one.code,
                label: names.permission(one),
                note: names.group(one.group),
              }))}
              value={url.permission}
              onChange={permission => setUrl({ permission, record: "" })}
            />
            {search && (
              <Combobox
                key={`${kind} ${record?.id ?? ""}`}
                label={t(`explain.record.${kind}`)}
                icon="search"
                placeholder={t("explain.anyRecord")}
                search={search}
                value={url.record}
                selected={record && { value: record.id, label: record.label }}
                onChange={id => setUrl({ record: id })}
              />
            )}
          </Grid>
        </Card>
        {(who === "" || url.permission === "") && (
          <EmptyState icon="shield" title={t("explain.empty")}>
            {t("explain.emptyText")}
          </EmptyState>
        )}
        {answer.isLoading && <SkeletonText lines={4} />}
        {answer.isError && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
        {answer.data && <Verdict answer={answer.data} />}
      </Stack>
    </Page>
  );
}
