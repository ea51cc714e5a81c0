import { useEffect, useRef } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Icon } from "@/ui/Icon.tsx";
import type { Scope } from "../api.ts";
import styles from "./matrix.module.css";

export interface ScopeCellProps {
  /** Permission and role, for screen readers. */
  label: string;
  scope: Scope;
  /** How far the permission can reach at all. */
  scopes: Scope[];
  changed: boolean;
  editable: boolean;
  active: boolean;
  onActive: (on: boolean) => void;
  onChange: (scope: Scope) => void;
}

/** How far one permission reaches for one role. With a single scope a click switches it; with several it opens a choice. */
export function ScopeCell({
  label,
  scope,
  scopes,
  changed,
  editable,
  active,
  onActive,
  onChange,
}: ScopeCellProps) {
  const t = useWords("platform");
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (!active) return;
    select.current?.focus();
    try {
      select.current?.showPicker();
    } catch {
      // the browser opens it with the next key or click
    }
  }, [active]);
  const word = scopes.length === 1 && scope === "all" ? <Icon name="check" size={15} /> : t(`scope.${scope}`);
  const shown = scope === "none" ? "–" : word;
  const spoken = `${label}: ${t(`scope.${scope}`)}`;
  if (!editable) {
    return (
      <span className={styles.cell} data-scope={scope} role="img" aria-label={spoken}>
        {shown}
      </span>
    );
  }
  if (active) {
    return (
      <select
        ref={select}
        className={styles.select}
        aria-label={label}
        value={scope}
        onBlur={() => onActive(false)}
        onChange={event => {
          onChange(event.target.value as Scope);
          onActive(false);
        }}
      >
        {(["none", ...scopes] as Scope[]).map(one => (
          <option key={one} value={one}>
            {t(`scope.${one}`)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <button
      type="button"
      className={styles.cell}
      data-scope={scope}
      data-changed={changed || undefined}
      aria-label={spoken}
      {...(scopes.length === 1
        ? { "aria-pressed": scope !== "none" }
        : { "aria-haspopup": "listbox" as const })}
      onClick={() => {
        const only = scopes[0];
        if (scopes.length === 1 && only) onChange(scope === "none" ? only : "none");
        else onActive(true);
      }}
    >
      {shown}
    </button>
  );
}
