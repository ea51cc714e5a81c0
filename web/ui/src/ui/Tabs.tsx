import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { Count } from "./Badge.tsx";
import styles from "./small.module.css";

export interface Tab {
  value: string;
  label: string;
  count?: number | undefined;
}

export interface TabsProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  tabs: Tab[];
  /** What the chosen tab shows. */
  children: ReactNode;
}

/** Parts of one record; keep the chosen one in the address with `useUrlState({ tab: "overview" })`. */
export function Tabs({ label, value, onChange, tabs, children }: TabsProps) {
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  // On a phone the chosen one may lie outside of what is seen.
  useEffect(() => {
    bar.current
      ?.querySelector(`[data-tab="${value}"]`)
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [value]);
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex(tab => tab.value === value);
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (step === 0 || !next) return;
    event.preventDefault();
    onChange(next.value);
    bar.current?.querySelector<HTMLElement>(`[data-tab="${next.value}"]`)?.focus();
  };
  return (
    <div>
      <div className={styles.tabs} role="tablist" aria-label={label} ref={bar} onKeyDown={move}>
        {tabs.map(tab => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            className={styles.tab}
            data-tab={tab.value}
            id={`${id}-${tab.value}`}
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
          >
            {tab.label}
            {tab.count !== undefined && tab.count > 0 && <Count>{tab.count}</Count>}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${value}`}
        style={{ paddingTop: "var(--s4)" }}
      >
        {children}
      </div>
    </div>
  );
}
