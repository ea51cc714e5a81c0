import { type ReactNode, useEffect } from "react";
import styles from "./Card.module.css";
import { Icon } from "./Icon.tsx";
import { Link } from "./Link.tsx";

export interface PageProps {
  /** Also the title of the browser's tab. */
  title: string;
  /** When the h1 should differ from the tab (a greeting). */
  heading?: ReactNode;
  /** Beside the title: a Badge. */
  status?: ReactNode;
  subtitle?: ReactNode;
  back?: { href: string; label: string };
  /** At most three; the primary one last, the rest in a Menu. */
  actions?: ReactNode;
  /** The page takes the window's height and its table scrolls inside (lists). */
  fill?: boolean;
  /** "form": at most 1,280 px. "narrow": 760 px, for settings and reading. */
  width?: "full" | "form" | "narrow";
  children: ReactNode;
}

/** Every page stands in one: title, actions, content. */
export function Page({
  title,
  heading,
  status,
  subtitle,
  back,
  actions,
  fill,
  width = "full",
  children,
}: PageProps) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div
      className={styles.page}
      data-fill={fill || undefined}
      data-form={width === "form" || undefined}
      data-narrow={width === "narrow" || undefined}
    >
      <div className={`${styles.pageHead} no-print`}>
        <div className={styles.titles}>
          {back && (
            <Link href={back.href} className={styles.back}>
              <Icon name="chevron-left" size={14} />
              {back.label}
            </Link>
          )}
          <div className={styles.titleLine}>
            <h1>{heading ?? title}</h1>
            {status}
          </div>
          {subtitle && <div className={styles.subtitle}>{subtitle}</div>}
        </div>
        {actions && <div className={styles.pageActions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** Fields in columns that wrap; wrap one in <Wide> to give it the whole line. */
export function FormGrid({ children }: { children: ReactNode }) {
  return <div className={styles.formGrid}>{children}</div>;
}

export function Wide({ children }: { children: ReactNode }) {
  return <div data-wide>{children}</div>;
}

export function FormFooter({ children }: { children: ReactNode }) {
  return <div className={styles.formFooter}>{children}</div>;
}
