import { useSpoken, useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { useLocation } from "@/lib/url.ts";
import { Icon } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import { isAt, usePlaces } from "./places.ts";
import styles from "./Shell.module.css";
import type { Overlay } from "./Shell.tsx";
import { UserMenu } from "./UserMenu.tsx";

export function Sidebar({ onOverlay }: { onOverlay: (overlay: Overlay) => void }) {
  const t = useWords("app");
  const { company } = useMe();
  return (
    <aside className={styles.side}>
      <Link href="/" className={styles.brand}>
        <span className={styles.logo} aria-hidden="true">
          {company.name.trim()[0]?.toUpperCase() ?? "E"}
        </span>
        <span className="truncate">{company.name}</span>
      </Link>
      <nav className={styles.nav} aria-label={t("shell.places")}>
        <Places />
      </nav>
      <div className={styles.foot}>
        <UserMenu wide onOverlay={onOverlay} />
      </div>
    </aside>
  );
}

/** The places as a list; beneath the one where the person is, its smaller ones. */
export function Places({ onGo }: { onGo?: () => void }) {
  const spoken = useSpoken();
  const places = usePlaces();
  const { path } = useLocation();
  return (
    <ul>
      {places.map(place => {
        const here = isAt(path, place.to) || place.children?.some(child => isAt(path, child.to));
        const exact = path === place.to || (here && !place.children?.some(child => isAt(path, child.to)));
        return (
          <li key={place.to}>
            <Link
              href={place.to}
              className={styles.entry}
              aria-current={exact ? "page" : undefined}
              {...(onGo ? { onClick: onGo } : {})}
            >
              <Icon name={place.icon} />
              <span className="truncate">{spoken(place.label)}</span>
            </Link>
            {here && place.children && place.children.length > 0 && (
              <ul className={styles.children}>
                {place.children.map(child => (
                  <li key={child.to}>
                    <Link
                      href={child.to}
                      className={styles.child}
                      aria-current={isAt(path, child.to) ? "page" : undefined}
                      {...(onGo ? { onClick: onGo } : {})}
                    >
                      <span className="truncate">{spoken(child.label)}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ul>
  );
}
