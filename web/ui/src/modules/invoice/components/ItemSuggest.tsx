import { useEffect, useRef, useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { findItems, type Item } from "../api.ts";
import styles from "./invoice.module.css";

/** Items that match what is typed in the description of the line that has the focus. */
export function useItemOffers(typed: string, open: boolean) {
  const [offers, setOffers] = useState<Item[]>([]);
  const [at, setAt] = useState(-1);
  const asked = useRef<AbortController | undefined>(undefined);
  useEffect(() => {
    asked.current?.abort();
    if (!open) {
      setOffers([]);
      return;
    }
    const abort = new AbortController();
    asked.current = abort;
    const timer = setTimeout(() => {
      findItems(typed.trim(), abort.signal)
        .then(found => {
          setOffers(found);
          setAt(begins(found[0], typed) ? 0 : -1);
        })
        .catch(() => setOffers([])); // a line can be written without an item
    }, 120);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed, open]);
  return { offers, at, setAt };
}

/** Only an item that begins with what was typed is taken by Enter: other words are a line of their own. */
function begins(item: Item | undefined, typed: string): boolean {
  const word = typed.trim().toLowerCase();
  return word !== "" && [item?.name, item?.code].some(one => one?.toLowerCase().startsWith(word));
}

interface OffersProps {
  id: string;
  label: string;
  offers: Item[];
  at: number;
  onPick: (item: Item) => void;
}

export function ItemOffers({ id, label, offers, at, onPick }: OffersProps) {
  const format = useFormat();
  return (
    <div className={styles.offers} role="listbox" id={id} aria-label={label}>
      {offers.map((item, index) => (
        <div
          key={item.id}
          id={`${id}-${index}`}
          className={styles.offer}
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          onMouseDown={event => {
            event.preventDefault();
            onPick(item);
          }}
        >
          <span className="truncate">{item.name}</span>
          <span className={styles.minor}>{format.money(item.unitPrice, item.currency)}</span>
        </div>
      ))}
    </div>
  );
}
