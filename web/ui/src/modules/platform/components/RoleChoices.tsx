import { Checkbox } from "@/ui/fields/Checkbox.tsx";
import { Skeleton } from "@/ui/Skeleton.tsx";
import { useRoles } from "../api.ts";
import styles from "./admin.module.css";
import { useNames } from "./words.ts";

/** Every role with what it is for, to be ticked. */
export function RoleChoices({
  value,
  onChange,
  disabled,
}: {
  value: string[];
  onChange: (roles: string[]) => void;
  disabled?: boolean;
}) {
  const names = useNames();
  const roles = useRoles();
  if (!roles.data) return <Skeleton height={180} />;
  return (
    <div className={styles.choices}>
      {roles.data.items.map(role => (
        <Checkbox
          key={role.code}
          label={names.role(role.code, role.name)}
          hint={names.roleNote(role.code, role.description)}
          checked={value.includes(role.code)}
          disabled={disabled ?? false}
          onChange={on => onChange(on ? [...value, role.code] : value.filter(one => one !== role.code))}
        />
      ))}
    </div>
  );
}
