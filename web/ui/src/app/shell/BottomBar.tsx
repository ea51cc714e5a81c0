import { useState } from "react";
import { useSpoken, useWords } from "@/lib/i18n.ts";
import { useLocation } from "@/lib/url.ts";
import { Drawer } from "@/ui/Dialog.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import { isAt, usePlaces } from "./places.ts";
import styles from "./Shell.module.css";
import { Places } from "./Sidebar.tsx";

/** On a phone: the first four places, and all of them behind "More". */
export function BottomBar() {
  const t = useWords("app");
  const spoken = useSpoken();
  const places = usePlaces();
  const { path } = useLocation();
  const [open, setOpen] = useState(false);
  const first = places.slice(0, 4);
  const elsewhere = !first.some(place => isAt(path, place.to));
  return (
    <nav className={`${styles.bottom} no-print`} aria-label={t("shell.places")}>
      {first.map(place => (
        <Link key={place.to} href={place.to} aria-current={isAt(path, place.to) ? "page" : undefined}>
          <Icon name={place.icon} size={20} />
          <span className="truncate">{spoken(place.label)}</span>
        </Link>
      ))}
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-current={elsewhere || undefined}
        aria-expanded={open}
      >
        <Icon name="menu" size={20} />
        {t("shell.more")}
      </button>
      <Drawer open={open} onClose={() => setOpen(false)} title={t("shell.places")} size="sm">
        <nav aria-label={t("shell.allPlaces")}>
          <Places onGo={() => setOpen(false)} />
        </nav>
      </Drawer>
    </nav>
  );
}
