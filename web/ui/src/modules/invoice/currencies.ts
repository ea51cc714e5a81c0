import type { Option } from "@/ui/fields/Select.tsx";

const usual = [
  "EUR",
  "USD",
  "GBP",
  "CHF",
  "PLN",
  "CZK",
  "SEK",
  "NOK",
  "DKK",
  "JPY",
  "CAD",
  "AUD",
  "INR",
  "KWD",
];

/** The currencies that companies here ask for, and the one that is set. */
export function currencies(set: string): Option[] {
  const all = usual.includes(set) || set === "" ? usual : [set, ...usual];
  return all.map(value => ({ value, label: value }));
}
