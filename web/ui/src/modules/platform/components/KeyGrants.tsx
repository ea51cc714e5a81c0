import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { type KeyScope, useKeyPermissions } from "../keys.ts";
import styles from "./keys.module.css";
import { useNames } from "./words.ts";

interface KeyGrantsProps {
  value: Record<string, KeyScope>;
  onChange: (grants: Record<string, KeyScope>) => void;
}

/** What the key may do: the person's own rights, group by group, each given or not. */
export function KeyGrants({ value, onChange }: KeyGrantsProps) {
  const names = useNames();
  const permissions = useKeyPermissions();
  if (permissions.isError) {
    return <ErrorState error={permissions.error} onRetry={() => void permissions.refetch()} />;
  }
  if (!permissions.data) return <SkeletonText lines={6} />;
  const items = permissions.data.items ?? [];
  const choose = (code: string, scope: KeyScope) => {
    const { [code]: _, ...rest } = value;
    onChange(scope === "none" ? rest : { ...rest, [code]: scope });
  };
  return (
    <div className={styles.grants}>
      {[...new Set(items.map(one => one.group))].map(group => (
        <fieldset key={group}>
          <legend>{names.group(group)}</legend>
          {items
            .filter(one => one.group === group)
            .map(one => (
              <label key={one.code} className={styles.grant}>
                <span>{names.permission(one)}</span>
                <select
                  value={value[one.code] ?? "none"}
                  onChange={event => choose(one.code, event.target.value as KeyScope)}
                >
                  {(["none", ...(one.scopes ?? [])] as KeyScope[]).map(scope => (
                    <option key={scope} value={scope}>
                      {names.scope(scope)}
                    </option>
                  ))}
                </select>
              </label>
            ))}
        </fieldset>
      ))}
    </div>
  );
}
