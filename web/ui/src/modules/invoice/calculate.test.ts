import { describe, expect, it } from "vitest";
import { digitsOf } from "@/lib/format.ts";
import vectors from "../../../../../internal/invoice/internal/domain/testdata/calculate.json";
import { type Calculation, calculate } from "./calculate.ts";

interface Wanted {
  lines: { net: string; amount: string }[];
  adjustments?: { amount: string; shares?: string[] }[];
  taxes: { category: string; percent: string; lines: string; taxable: string; tax: string }[];
  totals: Record<string, string>;
}

describe("calculate", () => {
  for (const vector of vectors) {
    it(vector.name, () => {
      const input = vector.in as unknown as Calculation & { currency: string };
      const want = vector.want as unknown as Wanted;
      const got = calculate({ ...input, digits: digitsOf(input.currency) });
      expect(got.totals).toEqual(want.totals);
      expect(got.lines.map(({ net, amount }) => ({ net, amount }))).toEqual(
        want.lines.map(({ net, amount }) => ({ net, amount })),
      );
      expect(
        got.taxes.map(({ category, percent, lines, taxable, tax }) => ({
          category,
          percent,
          lines,
          taxable,
          tax,
        })),
      ).toEqual(
        want.taxes.map(({ category, percent, lines, taxable, tax }) => ({
          category,
          percent,
          lines,
          taxable,
          tax,
        })),
      );
      expect(got.adjustments).toEqual(
        (want.adjustments ?? []).map(one => ({ amount: one.amount, shares: one.shares ?? [] })),
      );
    });
  }
});
