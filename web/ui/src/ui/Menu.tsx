import { Menu as Kit } from "@mantine/core";
import { type ReactElement, type ReactNode, useState } from "react";
import { Icon, type IconName } from "./Icon.tsx";
import { KeyHint } from "./KeyHint.tsx";
import { useGo } from "./Link.tsx";

export interface MenuItem {
  label: string;
  icon?: IconName;
  onSelect?: () => void;
  href?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Ticked: the one of several that is on. */
  checked?: boolean;
  keys?: string | undefined;
}

export type MenuEntry = MenuItem | { heading: string } | "divider" | false | undefined;

export interface MenuProps {
  /** A Button or IconButton. */
  trigger: ReactElement;
  items: MenuEntry[];
  /** Something above the entries (who is signed in). */
  top?: ReactNode;
  position?: "bottom-start" | "bottom-end" | "top-start" | "top-end" | "right-end";
  width?: number;
}

export function Menu({ trigger, items, top, position = "bottom-end", width }: MenuProps) {
  const go = useGo();
  const [open, setOpen] = useState(false);
  return (
    <Kit
      opened={open}
      onChange={setOpen}
      withInitialFocusPlaceholder={false}
      position={position}
      {...(width ? { width } : {})}
      withinPortal
    >
      <Kit.Target>{trigger}</Kit.Target>
      <Kit.Dropdown>
        {top}
        {items.map((item, index) => {
          if (!item) return null;
          if (item === "divider") return <Kit.Divider key={`divider-${index}`} />;
          if ("heading" in item) return <Kit.Label key={item.heading}>{item.heading}</Kit.Label>;
          return (
            <Kit.Item
              key={item.label}
              disabled={item.disabled ?? false}
              data-danger={item.danger || undefined}
              {...(item.icon ? { leftSection: <Icon name={item.icon} size={16} /> } : {})}
              {...(item.checked
                ? { rightSection: <Icon name="check" size={16} /> }
                : item.keys
                  ? { rightSection: <KeyHint keys={item.keys} /> }
                  : {})}
              onClick={() => {
                if (item.href?.startsWith("/api/")) window.location.assign(item.href);
                else if (item.href) go(item.href);
                item.onSelect?.();
              }}
            >
              {item.label}
            </Kit.Item>
          );
        })}
      </Kit.Dropdown>
    </Kit>
  );
}
