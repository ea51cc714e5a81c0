import { useWords } from "@/lib/i18n.ts";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { findCustomers, useCustomer } from "../api.ts";
import styles from "./invoice.module.css";

/** Narrows a list to one customer, found by typing. */
export function CustomerFilter({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const t = useWords("invoice");
  const known = useCustomer(value);
  return (
    <div className={styles.customerFilter}>
      <Combobox
        label={t("field.customer")}
        hideLabel
        placeholder={t("field.customer")}
        value={value}
        onChange={onChange}
        search={findCustomers}
        selected={known.data ? { value, label: known.data.name } : undefined}
      />
    </div>
  );
}
