import { useWords } from "@/lib/i18n.ts";
import { Checkbox } from "@/ui/fields/Checkbox.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { useHookEvents } from "../webhooks.ts";
import styles from "./webhooks.module.css";
import { useNames } from "./words.ts";

interface HookEventsProps {
  value: string[];
  onChange: (events: string[]) => void;
  error?: string | undefined;
}

/** What the address is told of, area by area. What the person may not see is shown and cannot be chosen. */
export function HookEvents({ value, onChange, error }: HookEventsProps) {
  const t = useWords("platform");
  const names = useNames();
  const events = useHookEvents();
  if (events.isError) return <ErrorState error={events.error} onRetry={() => void events.refetch()} />;
  if (!events.data) return <SkeletonText lines={6} />;
  const items = events.data.items;
  const areaOf = (name: string) => name.slice(0, name.indexOf("."));
  return (
    <div className={styles.events} data-field="events" tabIndex={-1}>
      {error && <p className={styles.error}>{error}</p>}
      {[...new Set(items.map(one => areaOf(one.name)))].map(area => (
        <fieldset key={area}>
          <legend>{names.module(area)}</legend>
          {items
            .filter(one => areaOf(one.name) === area)
            .map(one => (
              <Checkbox
                key={one.name}
                label={names.event(one.name)}
                hint={
                  one.may ? (
                    <code>{one.name}</code>
                  ) : (
                    t("webhooks.needs", { permission: names.permissionOf(one.needs) })
                  )
                }
                disabled={!one.may && !value.includes(one.name)}
                checked={value.includes(one.name)}
                onChange={on => onChange(on ? [...value, one.name] : value.filter(name => name !== one.name))}
              />
            ))}
        </fieldset>
      ))}
    </div>
  );
}
