import { useWords } from "@/lib/i18n.ts";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { type Department, useDepartments } from "../api.ts";
import { findPeople } from "../public.ts";
import { useRemoveDepartment, useSaveDepartment } from "../setup.ts";
import { SetupDialog } from "./SetupDialog.tsx";
import { SetupList } from "./SetupList.tsx";

/** Each department below what it is part of, with how deep it stands. */
export function asTree(departments: Department[]): (Department & { level: number })[] {
  const known = new Set(departments.map(one => one.id));
  const below = (parent: string, level: number): (Department & { level: number })[] =>
    departments
      .filter(one => (known.has(one.parentId ?? "") ? one.parentId : "") === parent)
      .flatMap(one => [{ ...one, level }, ...below(one.id, level + 1)]);
  return below("", 0);
}

export function Departments() {
  const t = useWords("employee");
  const departments = useDepartments();
  const save = useSaveDepartment();
  const remove = useRemoveDepartment();
  return (
    <SetupList
      words="departments"
      filter="departmentId"
      entries={
        departments.data &&
        asTree(departments.data).map(one => ({
          ...one,
          note: [one.code, one.lead && t("setup.ledBy", { name: one.lead })].filter(Boolean).join(" · "),
        }))
      }
      error={departments.error}
      onRetry={() => void departments.refetch()}
      editor={(entry, close) => (
        <Editor department={entry} all={departments.data ?? []} onClose={close} key={entry?.id ?? "new"} />
      )}
      archive={(entry, archived) =>
        save.submitAsync({ id: entry.id, version: entry.version, body: { ...bodyOf(entry), archived } })
      }
      remove={entry => remove.submitAsync(entry)}
    />
  );
}

function bodyOf(values: { name: string; code?: string; parentId?: string; leadId?: string }) {
  const { name, code, parentId, leadId } = values;
  return { name, ...(code && { code }), ...(parentId && { parentId }), ...(leadId && { leadId }) };
}

function Editor(props: { department: Department | undefined; all: Department[]; onClose: () => void }) {
  const { department, all, onClose } = props;
  const t = useWords("employee");
  const save = useSaveDepartment();
  const form = useForm({
    initial: {
      name: department?.name ?? "",
      code: department?.code ?? "",
      parentId: department?.parentId ?? "",
      leadId: department?.leadId ?? "",
    },
    check: values => ({ name: values.name.trim() ? undefined : t("form.nameMissing") }),
    submit: async values => {
      const body = { ...bodyOf(values), ...(department?.archived && { archived: true }) };
      await save.submitAsync({ id: department?.id, version: department?.version, body });
      toast(t("edit.done"));
      onClose();
    },
  });
  return (
    <SetupDialog
      title={department ? t("setup.changeOne", { name: department.name }) : t("setup.departments.add")}
      form={form}
      onClose={onClose}
    >
      <TextField label={t("setup.name")} required autoFocus maxLength={100} {...form.field("name")} />
      <TextField label={t("setup.code")} hint={t("setup.codeHint")} maxLength={30} {...form.field("code")} />
      <Combobox
        label={t("setup.partOf")}
        options={all
          .filter(one => one.id !== department?.id && !one.archived)
          .map(one => ({ value: one.id, label: one.name }))}
        {...form.field("parentId")}
      />
      <Combobox
        label={t("setup.lead")}
        icon="person"
        search={findPeople}
        selected={department?.leadId ? { value: department.leadId, label: department.lead ?? "" } : undefined}
        {...form.field("leadId")}
      />
    </SetupDialog>
  );
}
