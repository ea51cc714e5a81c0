import { type ReactNode, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Card, Row } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { Link } from "@/ui/Link.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import styles from "./SetupList.module.css";

export interface Entry {
  id: string;
  name: string;
  note?: string | undefined;
  /** How many people have it; not shown when nobody counts. */
  members?: number;
  archived?: boolean | undefined;
  version: number;
  /** How deep it stands in a tree. */
  level?: number;
}

interface Props<T extends Entry> {
  /** "departments", "positions", "locations", "leave", "holidays": where its words stand. */
  words: string;
  /** The list's parameter that shows its people. */
  filter?: string;
  entries: T[] | undefined;
  error: Error | null;
  onRetry: () => void;
  /** Adds one, or changes one. */
  editor: (entry: T | undefined, close: () => void) => ReactNode;
  archive?: (entry: T, archived: boolean) => Promise<unknown>;
  remove?: (entry: T) => Promise<unknown>;
  /** What deleting one means, when it is not as usual. */
  removeText?: string;
}

/** A short list of the set-up: each with its people, to be changed, archived or deleted. */
export function SetupList<T extends Entry>(props: Props<T>) {
  const { words, entries, error, onRetry, editor } = props;
  const t = useWords("employee");
  const may = useCan("employee:setup");
  const [edited, setEdited] = useState<T | "new">();
  if (error) return <ErrorState error={error} onRetry={onRetry} />;
  if (!entries) return <SkeletonText lines={6} />;
  const add = may && (
    <Button variant="primary" size="sm" icon="plus" onClick={() => setEdited("new")}>
      {t(`setup.${words}.add`)}
    </Button>
  );
  return (
    <>
      {entries.length === 0 ? (
        <EmptyState icon="building" title={t(`setup.${words}.none`)} actions={add} />
      ) : (
        <Card flush title={t(`setup.${words}.title`)} actions={add}>
          <ul className={styles.list}>
            {entries.map(entry => (
              <Item key={entry.id} {...props} entry={entry} onEdit={() => setEdited(entry)} />
            ))}
          </ul>
        </Card>
      )}
      {edited && editor(edited === "new" ? undefined : edited, () => setEdited(undefined))}
    </>
  );
}

function Item<T extends Entry>(props: Props<T> & { entry: T; onEdit: () => void }) {
  const { entry, filter, archive, remove, onEdit } = props;
  const t = useWords("employee");
  const may = useCan("employee:setup");
  const [asking, setAsking] = useState(false);
  const attempt = (deed: Promise<unknown>, done: string) =>
    deed.then(
      () => toast(done),
      (problem: Error) => toast(problem.message, { tone: "red" }),
    );
  return (
    <li className={styles.item} style={{ paddingLeft: 16 + (entry.level ?? 0) * 24 }}>
      <span className={styles.words}>
        <span className={styles.name}>
          {entry.name} {entry.archived && <Badge>{t("setup.archived")}</Badge>}
        </span>
        {entry.note && <span className="dimmed">{entry.note}</span>}
      </span>
      <Row wrap={false}>
        {entry.members !== undefined &&
          (filter ? (
            <Link href={`/employees?${filter}=${entry.id}`}>
              {t("setup.members", { count: entry.members })}
            </Link>
          ) : (
            <span className="dimmed">{t("setup.members", { count: entry.members })}</span>
          ))}
        {may && (
          <Menu
            trigger={<IconButton icon="more" size="sm" label={t("setup.actionsFor", { name: entry.name })} />}
            items={[
              { label: t("setup.change"), icon: "edit", onSelect: onEdit },
              archive && {
                label: t(entry.archived ? "setup.restore" : "setup.archive"),
                icon: entry.archived ? "undo" : "box",
                onSelect: () =>
                  void attempt(
                    archive(entry, !entry.archived),
                    t(entry.archived ? "setup.isRestored" : "setup.isArchived", { name: entry.name }),
                  ),
              },
              archive && remove && "divider",
              remove && {
                label: t("setup.remove"),
                icon: "trash",
                danger: true,
                onSelect: () => setAsking(true),
              },
            ]}
          />
        )}
      </Row>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("setup.removeTitle", { name: entry.name })}
        confirm={t("setup.remove")}
        danger
        onConfirm={() => {
          setAsking(false);
          if (remove) void attempt(remove(entry), t("setup.isRemoved", { name: entry.name }));
        }}
      >
        {props.removeText ?? t("setup.removeText")}
      </ConfirmDialog>
    </li>
  );
}
