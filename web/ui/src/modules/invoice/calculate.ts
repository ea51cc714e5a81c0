import Big from "big.js";

/**
 * The arithmetic of EN 16931, the same as the server's: live totals while somebody types. Both are tested with the same
 * golden documents. The server's answer is what is kept.
 */
export interface Adjustment {
  charge?: boolean | undefined;
  percent?: string | undefined;
  amount?: string | undefined;
  reason?: string | undefined;
}

export interface CalculationLine {
  quantity: string;
  unitPrice: string;
  baseQuantity?: string | undefined;
  tax: { category: string; percent: string; name?: string | undefined; reason?: string | undefined };
  adjustments?: Adjustment[] | undefined;
}

export interface Calculation {
  digits: number;
  priceMode: string;
  taxRounding: string;
  cashRounding?: string | undefined;
  lines: CalculationLine[];
  adjustments?: Adjustment[] | undefined;
}

export interface Group {
  category: string;
  percent: string;
  name: string;
  reason: string;
  lines: string;
  allowances: string;
  charges: string;
  taxable: string;
  tax: string;
}

export interface Calculated {
  lines: { net: string; amount: string; adjustments: string[] }[];
  adjustments: { amount: string; shares: string[] }[];
  taxes: Group[];
  totals: Record<
    "lines" | "allowances" | "charges" | "net" | "tax" | "gross" | "rounding" | "payable",
    string
  >;
}

const exactPlaces = 24;
const zero = new Big(0);
const hundred = new Big(100);
const dividers = new Map<number, typeof Big>();

/** a / b rounded to places, half away from zero. */
function divide(a: Big, b: Big, places: number): Big {
  let own = dividers.get(places);
  if (!own) {
    own = Big();
    own.DP = places;
    own.RM = Big.roundHalfUp;
    dividers.set(places, own);
  }
  return new Big(new own(a).div(b));
}

const round = (value: Big, digits: number) => value.round(digits, Big.roundHalfUp);
const sum = (values: Big[]) => values.reduce((total, value) => total.plus(value), zero);

interface WorkGroup {
  tax: CalculationLine["tax"];
  lines: Big;
  allowances: Big;
  charges: Big;
  taxable: Big;
  taxAmount: Big;
}

interface Sheet {
  input: Calculation;
  amounts: Big[];
  nets: Big[];
  of: number[];
  groups: WorkGroup[];
  sums: Big[];
  extras: { charge: boolean; amount: Big; shares: Big[] }[];
}

export function calculate(input: Calculation): Calculated {
  const { digits } = input;
  const lineExtras: string[][] = [];
  const amounts = input.lines.map(line => {
    const product = new Big(line.quantity).times(line.unitPrice);
    const base = new Big(line.baseQuantity || "0");
    const exact = base.eq(0) ? product : divide(product, base, exactPlaces);
    const adjusted = (line.adjustments ?? []).map(one => adjustment(one, exact, digits));
    lineExtras.push(adjusted.map(one => one.toFixed(digits)));
    return round(
      sum([exact, ...adjusted.map((one, at) => signed(one, Boolean(line.adjustments?.[at]?.charge)))]),
      digits,
    );
  });
  const sheet: Sheet = { input, amounts, nets: [...amounts], of: [], groups: [], sums: [], extras: [] };
  group(sheet);
  const all = sum(sheet.sums);
  sheet.extras = (input.adjustments ?? []).map(one => {
    const amount = sheet.groups.length > 0 ? adjustment(one, all, digits) : new Big(one.amount || "0");
    return { charge: Boolean(one.charge), amount, shares: spread(amount, sheet.sums, digits) };
  });
  if (input.priceMode === "inclusive") taxFromGross(sheet);
  else taxFromNet(sheet);
  return told(sheet, lineExtras);
}

function adjustment(one: Adjustment, base: Big, digits: number): Big {
  const percent = new Big(one.percent || "0");
  if (percent.eq(0)) return round(new Big(one.amount || "0"), digits);
  return round(divide(base.times(percent), hundred, exactPlaces), digits);
}

const signed = (amount: Big, charge: boolean) => (charge ? amount : zero.minus(amount));

function group(sheet: Sheet): void {
  const index = new Map<string, number>();
  sheet.input.lines.forEach((line, at) => {
    const key = `${line.tax.category}/${new Big(line.tax.percent).toFixed()}`;
    let found = index.get(key);
    if (found === undefined) {
      found = sheet.groups.length;
      index.set(key, found);
      sheet.groups.push({
        tax: line.tax,
        lines: zero,
        allowances: zero,
        charges: zero,
        taxable: zero,
        taxAmount: zero,
      });
      sheet.sums.push(zero);
    }
    sheet.of.push(found);
    sheet.sums[found] = (sheet.sums[found] ?? zero).plus(sheet.amounts[at] ?? zero);
  });
}

function addShare(one: WorkGroup, charge: boolean, share: Big): void {
  if (charge) one.charges = one.charges.plus(share);
  else one.allowances = one.allowances.plus(share);
}

function taxFromNet(sheet: Sheet): void {
  const { digits, taxRounding } = sheet.input;
  const perLine = taxRounding === "line";
  const taxOn = (net: Big, one: WorkGroup) =>
    round(divide(net.times(one.tax.percent), hundred, exactPlaces), digits);
  sheet.nets.forEach((net, at) => {
    const one = sheet.groups[sheet.of[at] ?? 0] as WorkGroup;
    one.lines = one.lines.plus(net);
    if (perLine) one.taxAmount = one.taxAmount.plus(taxOn(net, one));
  });
  for (const extra of sheet.extras) {
    extra.shares.forEach((share, at) => {
      const one = sheet.groups[at];
      if (!one) return;
      addShare(one, extra.charge, share);
      if (perLine) one.taxAmount = one.taxAmount.plus(taxOn(signed(share, extra.charge), one));
    });
  }
  for (const one of sheet.groups) {
    one.taxable = one.lines.minus(one.allowances).plus(one.charges);
    if (!perLine) one.taxAmount = taxOn(one.taxable, one);
  }
}

function taxFromGross(sheet: Sheet): void {
  sheet.groups.forEach((one, at) => {
    const members = sheet.of.flatMap((owner, line) => (owner === at ? [line] : []));
    const grosses = [
      ...members.map(line => sheet.amounts[line] ?? zero),
      ...sheet.extras.map(extra => signed(extra.shares[at] ?? zero, extra.charge)),
    ];
    const { nets, tax } = netsOf(grosses, new Big(one.tax.percent), sheet.input);
    one.taxAmount = tax;
    members.forEach((line, position) => {
      sheet.nets[line] = nets[position] ?? zero;
      one.lines = one.lines.plus(nets[position] ?? zero);
    });
    sheet.extras.forEach((extra, position) => {
      const share = signed(nets[members.length + position] ?? zero, extra.charge);
      extra.shares[at] = share;
      addShare(one, extra.charge, share);
    });
    one.taxable = one.lines.minus(one.allowances).plus(one.charges);
  });
}

function netsOf(grosses: Big[], percent: Big, input: Calculation): { nets: Big[]; tax: Big } {
  const { digits } = input;
  const whole = hundred.plus(percent);
  const taxIn = (gross: Big) => round(divide(gross.times(percent), whole, exactPlaces), digits);
  if (input.taxRounding === "line") {
    const taxes = grosses.map(taxIn);
    return { nets: grosses.map((gross, at) => gross.minus(taxes[at] ?? zero)), tax: sum(taxes) };
  }
  const total = sum(grosses);
  const tax = taxIn(total);
  const exact = grosses.map(gross => divide(gross.times(hundred), whole, exactPlaces));
  return { nets: settle(exact, total.minus(tax), digits), tax };
}

/** Rounds exact values so that they sum to total: what is left goes to those that rounding wronged most. */
function settle(exact: Big[], total: Big, digits: number): Big[] {
  const out = exact.map(value => round(value, digits));
  let left = total.minus(sum(out));
  if (left.eq(0)) return out;
  const unit = new Big(`${left.lt(0) ? "-" : ""}1e-${digits}`);
  const wronged = exact.map((value, at) => value.minus(out[at] ?? zero).times(unit));
  const order = exact.map((_, at) => at).sort((a, b) => (wronged[b] ?? zero).cmp(wronged[a] ?? zero));
  for (let at = 0; !left.eq(0); at++) {
    const chosen = order[at % order.length] ?? 0;
    out[chosen] = (out[chosen] ?? zero).plus(unit);
    left = left.minus(unit);
  }
  return out;
}

/** Divides total over weights by largest remainder. */
function spread(total: Big, weights: Big[], digits: number): Big[] {
  const rounded = round(total, digits);
  const whole = sum(weights);
  if (weights.length === 0) return [];
  if (whole.eq(0)) return weights.map((_, at) => (at === 0 ? rounded : zero));
  const rests: Big[] = [];
  const parts = weights.map(weight => {
    const exact = divide(rounded.times(weight), whole, digits + 12);
    const part = exact.round(digits, Big.roundDown);
    rests.push(exact.minus(part).abs());
    return part;
  });
  let left = rounded.minus(sum(parts));
  if (left.eq(0)) return parts;
  const unit = new Big(`${left.lt(0) ? "-" : ""}1e-${digits}`);
  const order = weights.map((_, at) => at).sort((a, b) => (rests[b] ?? zero).cmp(rests[a] ?? zero));
  for (let at = 0; !left.eq(0); at++) {
    const chosen = order[at % order.length] ?? 0;
    parts[chosen] = (parts[chosen] ?? zero).plus(unit);
    left = left.minus(unit);
  }
  return parts;
}

function told(sheet: Sheet, lineExtras: string[][]): Calculated {
  const { digits, cashRounding } = sheet.input;
  const text = (value: Big) => (value.eq(0) ? zero : value).toFixed(digits);
  const total = (pick: (one: WorkGroup) => Big) => sum(sheet.groups.map(pick));
  const net = total(one => one.taxable);
  const tax = total(one => one.taxAmount);
  const gross = net.plus(tax);
  const cash = new Big(cashRounding || "0");
  const payable = cash.gt(0) ? divide(gross, cash, 0).times(cash) : gross;
  return {
    lines: sheet.nets.map((value, at) => ({
      net: text(value),
      amount: text(sheet.amounts[at] ?? zero),
      adjustments: lineExtras[at] ?? [],
    })),
    adjustments: sheet.extras.map(one => ({ amount: text(one.amount), shares: one.shares.map(text) })),
    taxes: sheet.groups.map(one => ({
      category: one.tax.category,
      percent: new Big(one.tax.percent).toFixed(),
      name: one.tax.name ?? "",
      reason: one.tax.reason ?? "",
      lines: text(one.lines),
      allowances: text(one.allowances),
      charges: text(one.charges),
      taxable: text(one.taxable),
      tax: text(one.taxAmount),
    })),
    totals: {
      lines: text(total(one => one.lines)),
      allowances: text(total(one => one.allowances)),
      charges: text(total(one => one.charges)),
      net: text(net),
      tax: text(tax),
      gross: text(gross),
      rounding: text(payable.minus(gross)),
      payable: text(payable),
    },
  };
}
