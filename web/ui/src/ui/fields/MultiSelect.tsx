import { Combobox as Kit, useCombobox } from "@mantine/core";
import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Icon } from "../Icon.tsx";
import { Field, type FieldProps } from "./Field.tsx";
import styles from "./fields.module.css";
import type { Option } from "./Select.tsx";

export interface MultiSelectProps extends FieldProps {
  value: string[];
  onChange: (value: string[]) => void;
  options: Option[];
}

/** Several of a list that is known: what is chosen stands in the field as small tags. */
export function MultiSelect(props: MultiSelectProps) {
  const { value, onChange, options } = props;
  const t = useWords("ui");
  const store = useCombobox({ onDropdownClose: () => store.resetSelectedOption() });
  const [typed, setTyped] = useState("");
  const offers = options.filter(
    option => !value.includes(option.value) && option.label.toLowerCase().includes(typed.toLowerCase()),
  );
  const remove = (gone: string) => onChange(value.filter(one => one !== gone));
  return (
    <Field {...props}>
      {wiring => (
        <Kit
          store={store}
          onOptionSubmit={next => {
            onChange([...value, next]);
            setTyped("");
          }}
        >
          <Kit.Target>
            <div className={styles.box} data-invalid={props.error ? true : undefined}>
              {value.length > 0 && (
                <div className={styles.pills}>
                  {value.map(one => {
                    const label = options.find(option => option.value === one)?.label ?? one;
                    return (
                      <span key={one} className={styles.pill}>
                        {label}
                        <button
                          type="button"
                          onClick={() => remove(one)}
                          aria-label={t("field.remove", { label })}
                        >
                          <Icon name="close" size={12} />
                        </button>
                      </span>
                    );
                  })}
                </div>
              )}
              <Kit.EventsTarget withExpandedAttribute>
                <input
                  {...wiring}
                  className={styles.input}
                  role="combobox"
                  autoComplete="off"
                  value={typed}
                  placeholder={
                    value.length === 0 ? (props.placeholder ?? t("field.typeToSearch")) : undefined
                  }
                  onClick={() => store.openDropdown()}
                  onFocus={() => store.openDropdown()}
                  onBlur={() => {
                    store.closeDropdown();
                    setTyped("");
                  }}
                  onChange={event => {
                    setTyped(event.target.value);
                    store.openDropdown();
                    store.selectFirstOption();
                  }}
                  onKeyDown={event => {
                    const last = value.at(-1);
                    if (event.key === "Backspace" && typed === "" && last) remove(last);
                  }}
                />
              </Kit.EventsTarget>
            </div>
          </Kit.Target>
          <Kit.Dropdown>
            <Kit.Options className={styles.options} aria-label={props.label}>
              {offers.map(option => (
                <Kit.Option value={option.value} key={option.value}>
                  {option.label}
                </Kit.Option>
              ))}
              {offers.length === 0 && (
                <Kit.Empty className={styles.nothing}>{t("field.nothingFound")}</Kit.Empty>
              )}
            </Kit.Options>
          </Kit.Dropdown>
        </Kit>
      )}
    </Field>
  );
}
