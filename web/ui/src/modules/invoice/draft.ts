import { decimal, decimalComma, parseDecimal } from "@/lib/format.ts";
import type { DraftInput, Invoice, Item, TaxRate } from "./api.ts";
import { type Calculated, type CalculationLine, calculate } from "./calculate.ts";

type AdjustmentInput = NonNullable<DraftInput["adjustments"]>[number];

/** A line as it stands in the editor: numbers as the person types them. */
export interface DraftLine {
  key: number;
  itemId: string;
  description: string;
  quantity: string;
  unit: string;
  unitPrice: string;
  discount: string;
  taxRateId: string;
  baseQuantity: string;
  /** Discounts and surcharges that the one field for a percentage cannot show; they stay. */
  kept: AdjustmentInput[];
}

export interface Draft {
  customerId: string;
  currency: string;
  priceMode: "exclusive" | "inclusive";
  taxRounding: "group" | "line";
  cashRounding: string;
  paymentDays: string;
  deliveredOn: string;
  reference: string;
  note: string;
  discount: string;
  discountKind: "percent" | "amount";
  kept: AdjustmentInput[];
  lines: DraftLine[];
}

let nextKey = 1;

export function emptyLine(taxRateId: string): DraftLine {
  return {
    key: nextKey++,
    itemId: "",
    description: "",
    quantity: "1",
    unit: "",
    unitPrice: "",
    discount: "",
    taxRateId,
    baseQuantity: "",
    kept: [],
  };
}

export function emptyDraft(currency: string, taxRateId: string): Draft {
  return {
    customerId: "",
    currency,
    priceMode: "exclusive",
    taxRounding: "group",
    cashRounding: "",
    paymentDays: "",
    deliveredOn: "",
    reference: "",
    note: "",
    discount: "",
    discountKind: "percent",
    kept: [],
    lines: [emptyLine(taxRateId)],
  };
}

/** Whether two drafts differ in their lines only: what stands around the lines need not be drawn again for each key. */
export function sameAround<P extends { draft: Draft }>(before: P, after: P): boolean {
  const one: Draft = { ...after.draft, lines: before.draft.lines };
  const around = (Object.keys(one) as (keyof Draft)[]).every(name => one[name] === before.draft[name]);
  const others = Object.keys(after) as (keyof P)[];
  return around && others.every(name => name === "draft" || before[name] === after[name]);
}

/** Number text for a field: no grouping, the person's decimal mark. */
export function shown(value: string | undefined, locale: string): string {
  if (!value) return "";
  return decimalComma(locale) ? value.replace(".", ",") : value;
}

/** What a document and a recurring invoice say alike. */
export type Content = Pick<Invoice, "lines" | "currency" | "priceMode" | "taxRounding" | "paymentDays"> &
  Partial<
    Pick<Invoice, "customerId" | "cashRounding" | "deliveredOn" | "reference" | "note" | "adjustments">
  >;

export function draftOf(invoice: Content, locale: string): Draft {
  const adjustments = (invoice.adjustments ?? []).map(asInput);
  const only = adjustments.length === 1 && !adjustments[0]?.charge ? adjustments[0] : undefined;
  return {
    customerId: invoice.customerId ?? "",
    currency: invoice.currency,
    priceMode: invoice.priceMode as Draft["priceMode"],
    taxRounding: invoice.taxRounding as Draft["taxRounding"],
    cashRounding: invoice.cashRounding ?? "",
    paymentDays: String(invoice.paymentDays),
    deliveredOn: invoice.deliveredOn ?? "",
    reference: invoice.reference ?? "",
    note: invoice.note ?? "",
    discount: shown(only?.percent ?? only?.amount, locale),
    discountKind: only && !only.percent ? "amount" : "percent",
    kept: only ? [] : adjustments,
    lines: invoice.lines.map(line => lineOf(line, locale)),
  };
}

function lineOf(line: Invoice["lines"][number], locale: string): DraftLine {
  const adjustments = (line.adjustments ?? []).map(asInput);
  const only =
    adjustments.length === 1 && adjustments[0]?.percent && !adjustments[0].charge
      ? adjustments[0]
      : undefined;
  return {
    key: nextKey++,
    itemId: line.itemId ?? "",
    description: line.description,
    quantity: shown(line.quantity, locale),
    unit: line.unit ?? "",
    unitPrice: shown(line.unitPrice, locale),
    discount: shown(only?.percent, locale),
    taxRateId: line.tax.rateId ?? "",
    baseQuantity: line.baseQuantity ?? "",
    kept: only ? [] : adjustments,
  };
}

function asInput(one: NonNullable<Invoice["adjustments"]>[number]): AdjustmentInput {
  return {
    ...(one.charge ? { charge: true } : {}),
    ...(one.percent ? { percent: one.percent } : { amount: one.amount ?? "0" }),
    ...(one.reason ? { reason: one.reason } : {}),
  };
}

/** What a line becomes when an item is chosen for it. */
export function withItem(line: DraftLine, item: Item, locale: string): DraftLine {
  return {
    ...line,
    itemId: item.id,
    description: item.name,
    unit: item.unit ?? "",
    unitPrice: shown(item.unitPrice, locale),
    taxRateId: item.taxRateId ?? line.taxRateId,
  };
}

/** A line in which nobody has written anything: it is not sent. */
export function untouched(line: DraftLine): boolean {
  return line.description.trim() === "" && line.unitPrice.trim() === "" && line.itemId === "";
}

const read = (typed: string, locale: string) => parseDecimal(typed, locale) ?? typed.trim();

function discounts(typed: string, kind: "percent" | "amount", kept: AdjustmentInput[], locale: string) {
  const value = read(typed, locale);
  if (value === "" || (decimal.valid(value) && decimal.sign(value) === 0)) return kept;
  return [...kept, kind === "percent" ? { percent: value } : { amount: value }];
}

/** The draft as the API takes it, with the row in the editor of each line that is sent. */
export function inputOf(draft: Draft, locale: string): { body: DraftInput; rows: number[] } {
  const rows: number[] = [];
  const lines = draft.lines.flatMap((line, at) => {
    if (untouched(line)) return [];
    rows.push(at);
    const adjustments = discounts(line.discount, "percent", line.kept, locale);
    return [
      {
        ...(line.itemId ? { itemId: line.itemId } : {}),
        ...(line.taxRateId ? { taxRateId: line.taxRateId } : {}),
        ...(line.baseQuantity ? { baseQuantity: line.baseQuantity } : {}),
        ...(adjustments.length > 0 ? { adjustments } : {}),
        description: line.description,
        quantity: read(line.quantity, locale) || "0",
        unit: line.unit,
        unitPrice: read(line.unitPrice, locale) || "0",
      },
    ];
  });
  const adjustments = discounts(draft.discount, draft.discountKind, draft.kept, locale);
  return {
    rows,
    body: {
      ...(draft.customerId ? { customerId: draft.customerId } : {}),
      ...(draft.cashRounding ? { cashRounding: draft.cashRounding } : {}),
      ...(draft.paymentDays !== "" ? { paymentDays: Number(draft.paymentDays) } : {}),
      ...(draft.deliveredOn ? { deliveredOn: draft.deliveredOn } : {}),
      ...(adjustments.length > 0 ? { adjustments } : {}),
      currency: draft.currency,
      priceMode: draft.priceMode,
      taxRounding: draft.taxRounding,
      reference: draft.reference,
      note: draft.note,
      lines,
    },
  };
}

const number = (typed: string, locale: string) => {
  const value = parseDecimal(typed, locale);
  return value !== undefined ? value : "0";
};

/** Live totals; a field that is no number yet counts as nothing. */
export function totalsOf(draft: Draft, rates: TaxRate[], digits: number, locale: string): Calculated {
  const lines = draft.lines.map((line): CalculationLine => {
    const rate = rates.find(one => one.id === line.taxRateId) ?? rates.find(one => one.default);
    return {
      quantity: number(line.quantity, locale),
      unitPrice: number(line.unitPrice, locale),
      baseQuantity: line.baseQuantity,
      tax: { category: rate?.category ?? "Z", percent: rate?.percent ?? "0", name: rate?.name },
      adjustments: discounts(number(line.discount, locale), "percent", line.kept, locale),
    };
  });
  return calculate({
    digits,
    priceMode: draft.priceMode,
    taxRounding: draft.taxRounding,
    cashRounding: draft.cashRounding,
    lines,
    adjustments: discounts(number(draft.discount, locale), draft.discountKind, draft.kept, locale),
  });
}
