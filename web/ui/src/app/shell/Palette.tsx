import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import { api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useSpoken, useWords } from "@/lib/i18n.ts";
import { Icon, type IconName } from "@/ui/Icon.tsx";
import { KeyHint } from "@/ui/KeyHint.tsx";
import { useGo } from "@/ui/Link.tsx";
import { Sheet } from "@/ui/Sheet.tsx";
import styles from "./Palette.module.css";
import { useCommands, usePlaces } from "./places.ts";

interface Hit {
  id: string;
  group: string;
  icon: IconName;
  label: string;
  note?: string;
  keys?: string | undefined;
  choose: () => void;
}

/** Finds anything and does anything: `#` numbers and tags, `@` people, `>` commands. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useWords("app");
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const { hits, searching } = useHits(useDeferredValue(typed), onClose);
  const marked = Math.min(at, hits.length - 1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other words begin at the first hit again
  useEffect(() => setAt(0), [typed]);
  const keys = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && hits.length > 0) {
      event.preventDefault();
      const next = (marked + step + hits.length) % hits.length;
      setAt(next);
      list.current?.querySelector(`[data-index="${next}"]`)?.scrollIntoView({ block: "nearest" });
    }
    if (event.key === "Enter") {
      event.preventDefault();
      hits[marked]?.choose();
    }
  };
  return (
    <Sheet label={t("shell.search")} onClose={onClose}>
      <div className={styles.box}>
        <div className={styles.field}>
          <Icon name="search" />
          <input
            data-autofocus
            role="combobox"
            aria-expanded
            aria-controls={id}
            aria-activedescendant={hits[marked] ? `${id}-${marked}` : undefined}
            aria-label={t("shell.search")}
            placeholder={t("palette.placeholder")}
            value={typed}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            onChange={event => setTyped(event.target.value)}
            onKeyDown={keys}
          />
          <KeyHint keys="Escape" />
        </div>
        <div className={styles.list} ref={list} tabIndex={0}>
          <div id={id} role="listbox" aria-label={t("palette.results")} aria-busy={searching}>
            {hits.map((hit, index) => (
              <div key={hit.id}>
                {hit.group !== hits[index - 1]?.group && (
                  <div className={styles.group} role="presentation">
                    {hit.group}
                  </div>
                )}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above moves and chooses */}
                <div
                  className={styles.item}
                  id={`${id}-${index}`}
                  data-index={index}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === marked}
                  onMouseMove={() => setAt(index)}
                  onClick={hit.choose}
                >
                  <Icon name={hit.icon} />
                  <span className={styles.text}>
                    <span className="truncate">{hit.label}</span>
                    {hit.note && <span className={`${styles.note} truncate`}>{hit.note}</span>}
                  </span>
                  {hit.keys && <KeyHint keys={hit.keys} />}
                </div>
              </div>
            ))}
          </div>
          {hits.length === 0 && (
            <div className={styles.empty} role="status">
              {t(searching ? "palette.searching" : "palette.nothing", { typed })}
            </div>
          )}
        </div>
        <div className={styles.foot} aria-hidden="true">
          <span>
            <KeyHint keys="#" /> {t("palette.numbers")}
          </span>
          <span>
            <KeyHint keys="@" /> {t("palette.peopleHint")}
          </span>
          <span>
            <KeyHint keys=">" /> {t("palette.commandsHint")}
          </span>
        </div>
      </div>
    </Sheet>
  );
}

function useHits(typed: string, onClose: () => void): { hits: Hit[]; searching: boolean } {
  const prefix = /^[#@>]/.exec(typed)?.[0] ?? "";
  const text = typed.slice(prefix.length).trim();
  const commands = useCommandHits(text, onClose);
  const found = useFound(prefix === ">" ? "" : text, onClose);
  const people = found.hits.filter(hit => hit.id.startsWith("person"));
  const records = found.hits.filter(hit => !hit.id.startsWith("person"));
  const shown = { ">": commands, "@": people, "#": records, "": [...found.hits, ...commands] }[prefix] ?? [];
  return { hits: shown, searching: found.searching };
}

function useCommandHits(text: string, onClose: () => void): Hit[] {
  const t = useWords("app");
  const spoken = useSpoken();
  const go = useGo();
  const places = usePlaces();
  const commands = useCommands();
  const words = text.toLowerCase().split(/\s+/);
  const fits = (label: string) => words.every(word => label.toLowerCase().includes(word));
  const goto = (to: string) => () => {
    onClose();
    go(to);
  };
  return [
    ...commands.map(command => ({
      id: `command-${command.id}`,
      group: t("palette.commands"),
      icon: command.icon,
      label: spoken(command.label),
      keys: command.keys,
      also: command.also ?? "",
      choose: command.to
        ? goto(command.to)
        : () => {
            onClose();
            command.run?.();
          },
    })),
    ...places.flatMap(place => [
      {
        id: `place-${place.to}`,
        group: t("palette.places"),
        icon: place.icon,
        label: spoken(place.label),
        keys: place.key ? `g ${place.key}` : undefined,
        also: "",
        choose: goto(place.to),
      },
      ...(place.children ?? []).map(child => ({
        id: `place-${child.to}`,
        group: t("palette.places"),
        icon: place.icon,
        label: `${spoken(place.label)} › ${spoken(child.label)}`,
        keys: undefined,
        also: "",
        choose: goto(child.to),
      })),
    ]),
  ].filter(hit => fits(`${hit.label} ${hit.also}`));
}

function useFound(text: string, onClose: () => void): { hits: Hit[]; searching: boolean } {
  const t = useWords("app");
  const go = useGo();
  const format = useFormat();
  const wanted = useSettled(text);
  const query = useQuery({
    queryKey: ["search", wanted],
    queryFn: ({ signal }) => api.get("/api/ui/search", { params: { query: { q: wanted } }, signal }),
    enabled: wanted.length >= 2,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const data = text.length >= 2 ? query.data : undefined;
  const hit = (id: string, group: string, icon: IconName, label: string, note: string, to: string): Hit => ({
    id,
    group: t(`palette.${group}`),
    icon,
    label,
    note,
    choose: () => {
      onClose();
      go(to);
    },
  });
  const hits = [
    ...(data?.assets ?? []).map(one =>
      hit(
        `asset-${one.id}`,
        "assets",
        "laptop",
        one.tag,
        [one.name, one.holderName].filter(Boolean).join(" · "),
        `/assets/${one.id}`,
      ),
    ),
    ...(data?.employees ?? []).map(one =>
      hit(
        `person-${one.id}`,
        "people",
        "person",
        one.displayName,
        [one.position, one.department].filter(Boolean).join(" · "),
        `/employees/${one.id}`,
      ),
    ),
    ...(data?.invoices ?? []).map(one =>
      hit(
        `invoice-${one.id}`,
        "invoices",
        "invoice",
        one.number || t("palette.draft"),
        [one.customer, format.money(one.gross, one.currency)].filter(Boolean).join(" · "),
        `/invoices/${one.id}`,
      ),
    ),
    ...(data?.customers ?? []).map(one =>
      hit(
        `customer-${one.id}`,
        "customers",
        "building",
        one.name,
        one.number ?? "",
        `/invoices/customers/${one.id}`,
      ),
    ),
  ];
  const searching = text.length >= 2 && (query.isFetching || wanted !== text);
  return { hits, searching };
}

/** The text after 120 ms without another letter. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 120);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
