import { useWords } from "@/lib/i18n.ts";
import type { Permission } from "../api.ts";

/** Names of things that come as codes: roles, permissions, what was done. What has no words here shows its own. */
export function useNames() {
  const t = useWords("platform");
  return {
    role: (code: string, name?: string) => t(`role.${code}`, { defaultValue: name || code }),
    roleNote: (code: string, note?: string) => t(`roleNote.${code}`, { defaultValue: note ?? "" }),
    permission: (one: Permission) =>
      t(`permission.${one.code.replaceAll(":", ".")}`, { defaultValue: one.label }),
    permissionOf: (code: string) => t(`permission.${code.replaceAll(":", ".")}`, { defaultValue: code }),
    /** "grants.asset:read" as what it grants; other fields as they are called. */
    field: (field: string) =>
      field.startsWith("grants.")
        ? t(`permission.${field.slice(7).replaceAll(":", ".")}`, { defaultValue: field.slice(7) })
        : field,
    group: (group: string) => t(`group.${group}`, { defaultValue: group }),
    scope: (scope: string) => t(`scope.${scope}`),
    action: (action: string) => t(`action.${action}`, { defaultValue: action }),
    subject: (subject: string) => t(`subject.${subject}`, { defaultValue: subject }),
    /** "asset.holder-changed.v1" as a sentence. */
    event: (name: string) =>
      t(`event.${name.replace(/\.v\d+$/, "").replaceAll(".", "-")}`, { defaultValue: name }),
    process: (name: string) => t(`process.${name.replaceAll(".", "-")}`, { defaultValue: name }),
    step: (name: string) => t(`step.${name.replaceAll(".", "-")}`, { defaultValue: name }),
    module: (module: string) => t(`module.${module}`, { defaultValue: module }),
  };
}
