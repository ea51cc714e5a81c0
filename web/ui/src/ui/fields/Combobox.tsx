import { Combobox as Kit, useCombobox } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Icon, type IconName } from "../Icon.tsx";
import { Field, type FieldProps } from "./Field.tsx";
import styles from "./fields.module.css";
import type { Option } from "./Select.tsx";

export interface ComboboxProps extends FieldProps {
  value: string;
  onChange: (value: string, option: Option | undefined) => void;
  /** Everything there is, filtered while typing; or use `search`. */
  options?: Option[];
  /** Asks the server while the person types; "" asks for what to show first. Aborted when another letter comes. */
  search?: (query: string, signal: AbortSignal) => Promise<Option[]>;
  /** The words for `value` before anything was searched (editing a record). */
  selected?: Option | undefined;
  icon?: IconName;
  clearable?: boolean;
  /** Offers to make what was typed ("Create 'Dell'"). */
  onCreate?: (typed: string) => void;
  className?: string;
}

/** A field to find one of many by typing. */
export function Combobox(props: ComboboxProps) {
  const { value, onChange, options, search, selected, icon, clearable = true, onCreate } = props;
  const t = useWords("ui");
  const store = useCombobox({ onDropdownClose: () => store.resetSelectedOption() });
  const [chosen, setChosen] = useState<Option | undefined>(selected);
  const [typed, setTyped] = useState<string | undefined>();
  const offers = useOffers(typed ?? "", store.dropdownOpened, options, search);
  const current =
    value === "" ? undefined : [chosen, selected, ...(options ?? [])].find(option => option?.value === value);
  const shown = typed ?? current?.label ?? "";

  // biome-ignore lint/correctness/useExhaustiveDependencies: the first offer is marked whenever the offers change
  useEffect(() => {
    if (store.dropdownOpened && typed) store.selectFirstOption();
    else store.updateSelectedOptionIndex();
  }, [offers.found]);

  const choose = (next: string) => {
    if (next === "$create") {
      onCreate?.(typed ?? "");
    } else {
      const option = offers.found.find(one => one.value === next);
      setChosen(option);
      onChange(next, option);
    }
    setTyped(undefined);
    store.closeDropdown();
  };
  const leave = () => {
    store.closeDropdown();
    if (typed === "" && clearable) onChange("", undefined);
    setTyped(undefined);
  };

  return (
    <Field {...props}>
      {wiring => (
        <Kit store={store} onOptionSubmit={choose} withinPortal>
          <Kit.Target>
            <div
              className={styles.box}
              data-invalid={props.error ? true : undefined}
              data-disabled={props.disabled || undefined}
            >
              {icon && (
                <span className={styles.before}>
                  <Icon name={icon} size={16} />
                </span>
              )}
              <Kit.EventsTarget withExpandedAttribute>
                <input
                  {...wiring}
                  className={styles.input}
                  role="combobox"
                  aria-autocomplete="list"
                  autoComplete="off"
                  name={props.name}
                  value={shown}
                  placeholder={props.placeholder ?? t("field.typeToSearch")}
                  disabled={props.disabled}
                  // biome-ignore lint/a11y/noAutofocus: the first field of a dialog that the person just opened
                  autoFocus={props.autoFocus}
                  data-autofocus={props.autoFocus || undefined}
                  onFocus={event => event.target.select()}
                  onClick={() => store.openDropdown()}
                  onBlur={leave}
                  onChange={event => {
                    setTyped(event.target.value);
                    store.openDropdown();
                  }}
                />
              </Kit.EventsTarget>
              {clearable && value !== "" && !props.disabled ? (
                <button
                  type="button"
                  className={styles.clear}
                  aria-label={t("field.clear", { label: props.label })}
                  onMouseDown={event => event.preventDefault()}
                  onClick={() => {
                    setTyped(undefined);
                    onChange("", undefined);
                  }}
                >
                  <Icon name="close" size={14} />
                </button>
              ) : (
                <span className={styles.after}>
                  <Icon name="selector" size={16} />
                </span>
              )}
            </div>
          </Kit.Target>
          <Kit.Dropdown>
            <Kit.Options className={styles.options} aria-label={props.label}>
              {offers.found.map(option => (
                <Kit.Option value={option.value} key={option.value} disabled={option.disabled ?? false}>
                  <OptionText option={option} />
                </Kit.Option>
              ))}
              {onCreate && typed && (
                <Kit.Option value="$create">
                  <Icon name="plus" size={16} />
                  {t("field.create", { typed })}
                </Kit.Option>
              )}
              {offers.found.length === 0 && !(onCreate && typed) && (
                <Kit.Empty className={styles.nothing}>{t(offers.message)}</Kit.Empty>
              )}
            </Kit.Options>
          </Kit.Dropdown>
        </Kit>
      )}
    </Field>
  );
}

function OptionText({ option }: { option: Option }): ReactNode {
  return (
    <span className={styles.option}>
      <span>{option.label}</span>
      {option.note && <span className={styles.optionNote}>{option.note}</span>}
    </span>
  );
}

/** What can be chosen now: filtered here, or found by the server 150 ms after the last letter. */
function useOffers(
  typed: string,
  open: boolean,
  options: Option[] | undefined,
  search: ComboboxProps["search"],
) {
  const [remote, setRemote] = useState<Option[]>([]);
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const latest = useRef(search);
  latest.current = search;
  const remoteSearch = search !== undefined;

  useEffect(() => {
    if (!open || !remoteSearch) return;
    const abort = new AbortController();
    setState("loading");
    const timer = setTimeout(
      () => {
        latest
          .current?.(typed, abort.signal)
          .then(found => {
            setRemote(found);
            setState("idle");
          })
          .catch(() => {
            if (!abort.signal.aborted) setState("failed");
          });
      },
      typed ? 150 : 0,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed, open, remoteSearch]);

  const wanted = typed.toLowerCase();
  const local = options?.filter(option =>
    `${option.label} ${option.note ?? ""}`.toLowerCase().includes(wanted),
  );
  const found = remoteSearch ? remote : (local ?? []);
  const message =
    state === "loading"
      ? "field.searching"
      : state === "failed"
        ? "field.searchFailed"
        : "field.nothingFound";
  return { found: found.slice(0, 100), message };
}
