import styles from "./small.module.css";

/** The person's initials on a colour that stays theirs. */
export function Avatar({ name, size = 28 }: { name: string; size?: number }) {
  const words = name.trim().split(/\s+/);
  const initials = (
    (words[0]?.[0] ?? "") + (words.length > 1 ? (words.at(-1)?.[0] ?? "") : "")
  ).toUpperCase();
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return (
    <span
      className={styles.avatar}
      data-hue={hash % 6}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.4) }}
      aria-hidden="true"
    >
      {initials || "?"}
    </span>
  );
}

export function Person({ name, size = 24 }: { name: string; size?: number }) {
  return (
    <span className={styles.person}>
      <Avatar name={name} size={size} />
      <span className="truncate">{name}</span>
    </span>
  );
}
