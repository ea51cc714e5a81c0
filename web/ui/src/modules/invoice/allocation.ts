import { decimal } from "@/lib/format.ts";
import type { InvoiceRow } from "./api.ts";

/** Sets an amount against invoices in their order, each up to what is due; what is left comes back as rest. */
export function setAgainst(amount: string, rows: Pick<InvoiceRow, "id" | "due">[]) {
  let rest = decimal.valid(amount) && decimal.sign(amount) > 0 ? amount : "0";
  const parts: Record<string, string> = {};
  for (const row of rows) {
    if (decimal.sign(rest) <= 0) break;
    const part = decimal.cmp(row.due, rest) > 0 ? rest : row.due;
    if (decimal.sign(part) <= 0) continue;
    parts[row.id] = part;
    rest = decimal.sub(rest, part);
  }
  return { parts, rest };
}

/** What an amount leaves when parts of it are set against invoices; negative when they are too much. */
export function restOf(amount: string, parts: Record<string, string>): string {
  const valid = Object.values(parts).filter(part => decimal.valid(part));
  return decimal.sub(decimal.valid(amount) ? amount : "0", decimal.add("0", ...valid));
}
