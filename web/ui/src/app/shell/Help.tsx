import { useSpoken, useWords } from "@/lib/i18n.ts";
import { useLook } from "@/lib/look.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { KeyHint } from "@/ui/KeyHint.tsx";
import styles from "./Help.module.css";
import { useCommands, usePlaces } from "./places.ts";

/** Every key, in one place. */
export default function Help({ onClose }: { onClose: () => void }) {
  const t = useWords("app");
  const spoken = useSpoken();
  const places = usePlaces().filter(place => place.key);
  const commands = useCommands().filter(command => command.keys);
  const { singleKeys } = useLook();
  const everywhere = [
    ["mod+k", "help.palette"],
    ["/", "help.filter"],
    ["?", "help.this"],
    ["mod+Enter", "help.primary"],
    ["mod+z", "help.undo"],
  ];
  const lists = [
    ["j", "help.down"],
    ["k", "help.up"],
    ["Enter", "help.open"],
    ["x", "help.select"],
    ["mod+a", "help.selectAll"],
    ["e", "help.edit"],
  ];
  return (
    <Dialog open onClose={onClose} title={t("help.title")} size="lg">
      {!singleKeys && <Callout tone="amber">{t("help.off")}</Callout>}
      <div className={styles.columns} tabIndex={0} role="region" aria-label={t("help.title")}>
        <Keys
          title={t("help.everywhere")}
          rows={everywhere.map(([keys, words]) => [keys ?? "", t(words ?? "")])}
        />
        <Keys title={t("help.lists")} rows={lists.map(([keys, words]) => [keys ?? "", t(words ?? "")])} />
        <Keys title={t("help.go")} rows={places.map(place => [`g ${place.key}`, spoken(place.label)])} />
        {commands.length > 0 && (
          <Keys
            title={t("help.create")}
            rows={commands.map(command => [command.keys ?? "", spoken(command.label)])}
          />
        )}
      </div>
    </Dialog>
  );
}

function Keys({ title, rows }: { title: string; rows: string[][] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className={styles.keys}>
        {rows.map(([keys, words]) => (
          <div key={keys}>
            <dt>
              <KeyHint keys={keys ?? ""} />
              <span className="visually-hidden">{keys}</span>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
