import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { usePermissions, useRoles } from "../api.ts";
import { DeleteRole } from "../components/DeleteRole.tsx";
import { EditRole } from "../components/EditRole.tsx";
import styles from "../components/matrix.module.css";
import { NewRole } from "../components/NewRole.tsx";
import { RoleMatrix } from "../components/RoleMatrix.tsx";
import { RolePeople } from "../components/RolePeople.tsx";
import { SaveChanges } from "../components/SaveChanges.tsx";
import { useGrantChanges } from "../components/useGrantChanges.ts";
import { useNames } from "../components/words.ts";

/** What every role allows, side by side: permissions down, roles across, how far in each cell. */
export default function Roles() {
  const t = useWords("platform");
  const names = useNames();
  const roles = useRoles();
  const permissions = usePermissions();
  const mayManage = useCan("role:manage");
  const [url, setUrl, clear] = useUrlState({ q: "", group: "", role: "" });
  const [dialog, setDialog] = useState<
    { kind: "new" | "edit" | "people" | "delete"; code: string } | undefined
  >();
  const [saving, setSaving] = useState(false);
  const changes = useGrantChanges(roles.data?.items ?? []);

  if (roles.isError) return <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />;
  if (permissions.isError)
    return <ErrorState error={permissions.error} onRetry={() => void permissions.refetch()} />;
  if (!roles.data || !permissions.data) return <SkeletonPage />;

  const all = permissions.data.items;
  const wanted = url.q.toLowerCase();
  const shown = all.filter(
    one =>
      (url.group === "" || one.group === url.group) &&
      (wanted === "" ||
        `${names.permission(one)} ${one.code} ${names.group(one.group)}`.toLowerCase().includes(wanted)),
  );
  const groups = [...new Set(all.map(one => one.group))];
  const chosen = roles.data.items.find(one => one.code === dialog?.code);
  return (
    <Page
      title={t("roles.title")}
      subtitle={t("roles.subtitle")}
      fill
      actions={
        mayManage && (
          <Button variant="primary" icon="plus" onClick={() => setDialog({ kind: "new", code: "" })}>
            {t("roles.new")}
          </Button>
        )
      }
    >
      <FilterBar
        search={{ value: url.q, onChange: q => setUrl({ q }), placeholder: t("roles.search") }}
        active={url.q !== "" || url.group !== ""}
        onClear={clear}
      >
        <FilterSelect
          label={t("roles.group")}
          value={url.group}
          onChange={group => setUrl({ group })}
          options={groups.map(value => ({ value, label: names.group(value) }))}
        />
      </FilterBar>
      <div className={styles.onePicker}>
        <Select
          label={t("user.role")}
          value={url.role || "employee"}
          onChange={role => setUrl({ role })}
          options={roles.data.items.map(one => ({ value: one.code, label: names.role(one.code, one.name) }))}
        />
      </div>
      {changes.count > 0 && (
        <div className={styles.changes} role="status">
          <span>{t("roles.changes", { count: changes.count })}</span>
          <Button onClick={changes.discard}>{t("discard")}</Button>
          <Button variant="primary" onClick={() => setSaving(true)}>
            {t("roles.review")}
          </Button>
        </div>
      )}
      {shown.length === 0 ? (
        <EmptyState
          icon="search"
          title={t("roles.noneFound")}
          actions={<Button onClick={clear}>{t("users.clear")}</Button>}
        />
      ) : (
        <RoleMatrix
          roles={roles.data.items}
          permissions={shown}
          changes={changes}
          editable={mayManage}
          onlyRole={url.role || "employee"}
          onNew={code => setDialog({ kind: "new", code })}
          onEdit={code => setDialog({ kind: "edit", code })}
          onPeople={code => setDialog({ kind: "people", code })}
          onDelete={code => setDialog({ kind: "delete", code })}
        />
      )}
      {saving && <SaveChanges roles={roles.data.items} changes={changes} onClose={() => setSaving(false)} />}
      {dialog?.kind === "new" && (
        <NewRole roles={roles.data.items} copyOf={dialog.code} onClose={() => setDialog(undefined)} />
      )}
      {dialog?.kind === "edit" && chosen && (
        <EditRole role={chosen} roles={roles.data.items} onClose={() => setDialog(undefined)} />
      )}
      {dialog?.kind === "people" && chosen && (
        <RolePeople role={chosen} onClose={() => setDialog(undefined)} />
      )}
      {dialog?.kind === "delete" && chosen && (
        <DeleteRole role={chosen} onClose={() => setDialog(undefined)} />
      )}
    </Page>
  );
}
