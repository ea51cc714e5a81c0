import { useEffect, useRef } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Icon } from "@/ui/Icon.tsx";
import type { Cell, Scope } from "../api.ts";
import styles from "./matrix.module.css";

export interface ScopeCellProps {
  /** Permission and role, for screen readers. */
  label: string;
  cell: Cell;
  /** How far the role reaches by what it inherits; none without. */
  inherited: Scope;
  /** How far the permission can reach at all. */
  scopes: Scope[];
  changed: boolean;
  editable: boolean;
  active: boolean;
  onActive: (on: boolean) => void;
  onChange: (cell: Cell) => void;
}

/**
 * What one role says of one permission. With a single scope a click goes on from nothing to granted, denied and nothing;
 * with several it opens a choice.
 */
export function ScopeCell({
  label,
  cell,
  inherited,
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
  const order = ["none", ...scopes];
  const borrowed = cell !== "deny" && order.indexOf(inherited) > order.indexOf(cell);
  const says = borrowed ? inherited : cell;
  const word = scopes.length === 1 && says === "all" ? <Icon name="check" size={15} /> : t(`scope.${says}`);
  const shown = says === "none" ? "–" : word;
  const spoken = `${label}: ${t(`scope.${says}`)}${borrowed ? `, ${t("roles.inherited")}` : ""}`;
  const look = {
    className: styles.cell,
    "data-scope": says,
    "data-inherited": borrowed || undefined,
    "aria-label": spoken,
    ...(borrowed ? { title: t("roles.inherited") } : {}),
  };
  if (!editable) {
    return (
      <span {...look} role="img">
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
        value={cell}
        onBlur={() => onActive(false)}
        onChange={event => {
          onChange(event.target.value as Cell);
          onActive(false);
        }}
      >
        {(["none", ...scopes, "deny"] as Cell[]).map(one => (
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
      {...look}
      data-changed={changed || undefined}
      {...(scopes.length > 1 && { "aria-haspopup": "listbox" as const })}
      onClick={() => {
        const only = scopes[0];
        if (scopes.length === 1 && only) onChange(cell === "none" ? only : cell === "deny" ? "none" : "deny");
        else onActive(true);
      }}
    >
      {shown}
    </button>
  );
}
