import { useWords } from "@/lib/i18n.ts";
import { Badge } from "@/ui/Badge.tsx";
import type { Backup } from "../backups.ts";

const tones = { running: "blue", done: "green", failed: "red", passed: "green" } as const;

export function BackupState({ backup }: { backup: Backup }) {
  const t = useWords("platform");
  return <Badge tone={tones[backup.state]}>{t(`backups.states.${backup.state}`)}</Badge>;
}

export function BackupTest({ backup }: { backup: Backup }) {
  const t = useWords("platform");
  if (!backup.test) return <>{t("backups.untested")}</>;
  return <Badge tone={tones[backup.test]}>{t(`backups.tests.${backup.test}`)}</Badge>;
}

/** Bytes in the unit that leaves one to three digits before the point. */
export function sizeOf(bytes: number, number: (value: number, digits?: number) => string): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${number(value, unit === 0 ? 0 : 1)} ${units[unit]}`;
}
