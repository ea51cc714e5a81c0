import { useSpoken, useWords } from "@/lib/i18n.ts";
import { changeLook, useLook } from "@/lib/look.ts";
import { IconButton } from "@/ui/Button.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { KeyHint } from "@/ui/KeyHint.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Bell } from "./Bell.tsx";
import { useCommands } from "./places.ts";
import styles from "./Shell.module.css";
import type { Overlay } from "./Shell.tsx";
import { UserMenu } from "./UserMenu.tsx";

interface TopbarProps {
  onOverlay: (overlay: Overlay) => void;
  onNearSearch: () => void;
}

export function Topbar({ onOverlay, onNearSearch }: TopbarProps) {
  const t = useWords("app");
  return (
    <header className={styles.top}>
      <button
        type="button"
        className={styles.search}
        onPointerEnter={onNearSearch}
        onFocus={onNearSearch}
        onClick={() => onOverlay("palette")}
        aria-keyshortcuts="Control+K"
      >
        <Icon name="search" size={16} />
        <span className="truncate">{t("shell.search")}</span>
        <KeyHint keys="mod+k" />
      </button>
      <div className={styles.topEnd}>
        <CreateMenu />
        <Bell />
        <span className={styles.desktop}>
          <ThemeSwitch />
        </span>
        <span className={styles.desktop}>
          <IconButton icon="help" label={t("shell.help")} onClick={() => onOverlay("help")} />
        </span>
        <span className={styles.phone}>
          <UserMenu onOverlay={onOverlay} />
        </span>
      </div>
    </header>
  );
}

function CreateMenu() {
  const t = useWords("app");
  const spoken = useSpoken();
  const commands = useCommands().filter(command => command.create);
  if (commands.length === 0) return null;
  return (
    <Menu
      width={230}
      trigger={<IconButton icon="plus" label={t("shell.create")} variant="primary" size="sm" />}
      items={commands.map(command => ({
        label: spoken(command.label),
        icon: command.icon,
        keys: command.keys,
        ...(command.to ? { href: command.to } : { onSelect: command.run ?? (() => undefined) }),
      }))}
    />
  );
}

function ThemeSwitch() {
  const t = useWords("app");
  const { theme } = useLook();
  const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  return (
    <IconButton
      icon={dark ? "sun" : "moon"}
      label={t(dark ? "theme.toLight" : "theme.toDark")}
      onClick={() => changeLook({ theme: dark ? "light" : "dark" })}
    />
  );
}
