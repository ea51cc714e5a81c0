import { useWords } from "@/lib/i18n.ts";
import { can, useMe } from "@/lib/permissions.ts";
import { Icon, type IconName } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import { Page } from "@/ui/Page.tsx";
import styles from "../components/admin.module.css";

const parts: { to: string; key: string; icon: IconName; permission: string }[] = [
  { to: "/admin/users", key: "users", icon: "people", permission: "user:read" },
  { to: "/admin/roles", key: "roles", icon: "shield", permission: "role:read" },
  { to: "/admin/explain", key: "explain", icon: "search", permission: "role:read" },
  { to: "/admin/api-keys", key: "keys", icon: "key", permission: "user:manage" },
  { to: "/admin/company", key: "company", icon: "building", permission: "company:update" },
  { to: "/admin/audit", key: "audit", icon: "history", permission: "audit:read" },
  { to: "/admin/events", key: "events", icon: "inbox", permission: "event:read" },
  { to: "/admin/processes", key: "processes", icon: "tree", permission: "process:read" },
  { to: "/admin/mail", key: "mail", icon: "mail", permission: "mail:read" },
  { to: "/admin/webhooks", key: "webhooks", icon: "external", permission: "webhook:manage" },
  { to: "/admin/backups", key: "backups", icon: "download", permission: "backup:manage" },
  { to: "/admin/system", key: "system", icon: "monitor", permission: "event:read" },
];

/** The parts of the administration that the person may see, and what each is for. */
export default function AdminHome() {
  const t = useWords("platform");
  const me = useMe();
  return (
    <Page title={t("home.title")} subtitle={t("home.subtitle", { company: me.company.name })} width="form">
      <ul className={styles.parts}>
        {parts
          .filter(part => can(me, part.permission))
          .map(part => (
            <li key={part.to}>
              <Link href={part.to} className={styles.part}>
                <span className={styles.partIcon}>
                  <Icon name={part.icon} />
                </span>
                <span>
                  <strong>{t(`${part.key}.title`)}</strong>
                  <span className={styles.partNote}>{t(`home.${part.key}`)}</span>
                </span>
                <Icon name="chevron-right" size={16} />
              </Link>
            </li>
          ))}
      </ul>
    </Page>
  );
}
