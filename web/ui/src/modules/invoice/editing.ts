import type { Item } from "./api.ts";
import { type Draft, type DraftLine, emptyLine, withItem } from "./draft.ts";

/** One thing that a person does to a draft. */
export type Edit =
  | { set: Partial<Omit<Draft, "lines">> }
  | { at: number; line: Partial<DraftLine> }
  | { at: number; item: Item; locale: string }
  | { addAfter: number; taxRateId: string }
  | { remove: number; taxRateId: string };

export function reduceDraft(draft: Draft, edit: Edit): Draft {
  if ("set" in edit) return { ...draft, ...edit.set };
  if ("line" in edit) return replace(draft, edit.at, line => ({ ...line, ...edit.line }));
  if ("item" in edit) return replace(draft, edit.at, line => withItem(line, edit.item, edit.locale));
  if ("addAfter" in edit) {
    const lines = [...draft.lines];
    lines.splice(edit.addAfter + 1, 0, emptyLine(lines[edit.addAfter]?.taxRateId || edit.taxRateId));
    return { ...draft, lines };
  }
  const lines = draft.lines.filter((_, at) => at !== edit.remove);
  return { ...draft, lines: lines.length > 0 ? lines : [emptyLine(edit.taxRateId)] };
}

function replace(draft: Draft, at: number, change: (line: DraftLine) => DraftLine): Draft {
  return { ...draft, lines: draft.lines.map((line, index) => (index === at ? change(line) : line)) };
}
