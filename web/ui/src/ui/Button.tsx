import { Tooltip } from "@mantine/core";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import styles from "./Button.module.css";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { Link } from "./Link.tsx";

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children">;

export interface ButtonProps extends Native {
  /** One primary a page: the thing most people came to do. */
  variant?: "primary" | "default" | "quiet" | "danger";
  size?: "sm" | "md";
  icon?: IconName;
  iconAfter?: IconName;
  /** Turns the wheel and keeps a second click from doing it twice. */
  loading?: boolean | undefined;
  /** Makes it a link that looks like a button. */
  href?: string | undefined;
  download?: boolean | string | undefined;
  target?: string;
  full?: boolean;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const {
    variant = "default",
    size = "md",
    icon,
    iconAfter,
    loading,
    href,
    full,
    children,
    className,
    ...rest
  } = props;
  const { download, target, ...native } = rest;
  const look = classes(
    styles.button,
    styles[variant],
    size === "sm" && styles.sm,
    full && styles.full,
    className,
  );
  const inside = (
    <>
      {loading ? (
        <span className={styles.spinner} aria-hidden="true" />
      ) : (
        icon && <Icon name={icon} size={16} />
      )}
      <span>{children}</span>
      {iconAfter && <Icon name={iconAfter} size={14} />}
    </>
  );
  if (href !== undefined) {
    const label = native["aria-label"];
    return (
      <Link
        href={href}
        className={look}
        target={target}
        {...(download === undefined ? {} : { download })}
        aria-label={label}
      >
        {inside}
      </Link>
    );
  }
  return (
    <button
      type="button"
      {...native}
      className={look}
      aria-busy={loading || undefined}
      disabled={native.disabled || loading}
    >
      {inside}
    </button>
  );
}

export interface IconButtonProps extends Native {
  icon: IconName;
  /** What it does: read aloud, and shown on hover. */
  label: string;
  variant?: "primary" | "default" | "quiet" | "danger";
  size?: "sm" | "md";
  href?: string;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  icon,
  label,
  variant = "quiet",
  size = "md",
  href,
  className,
  ...native
}: IconButtonProps) {
  const look = classes(styles.button, styles.icon, styles[variant], size === "sm" && styles.sm, className);
  const drawing = <Icon name={icon} size={size === "sm" ? 16 : 18} />;
  return (
    <Tooltip label={label} disabled={native["aria-expanded"] === true}>
      {href === undefined ? (
        <button type="button" {...native} className={look} aria-label={label}>
          {drawing}
        </button>
      ) : (
        <Link href={href} className={look} aria-label={label}>
          {drawing}
        </Link>
      )}
    </Tooltip>
  );
}

/** A button that reads like a link, inside running text. */
export function TextButton({ children, className, ...native }: Native & { children: ReactNode }) {
  return (
    <button type="button" {...native} className={classes(styles.link, className)}>
      {children}
    </button>
  );
}
