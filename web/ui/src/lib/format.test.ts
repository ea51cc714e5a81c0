import { describe, expect, it } from "vitest";
import { addDays, addMonths, decimal, digitsOf, formatFor, parseDay, parseDecimal, today } from "./format.ts";

describe("a typed number", () => {
  const cases: [string, string, string | undefined][] = [
    ["1234.5", "en-GB", "1234.5"],
    ["1,234.50", "en-GB", "1234.5"],
    ["1.234,50", "de-DE", "1234.5"],
    ["1.234,50", "en-GB", "1234.5"],
    ["12,5", "de-DE", "12.5"],
    ["12,5", "en-GB", "12.5"],
    ["1,234", "en-GB", "1234"],
    ["1,234", "de-DE", "1.234"],
    ["1.234", "de-DE", "1234"],
    ["1.234", "en-GB", "1.234"],
    ["1.234.567", "de-DE", "1234567"],
    ["€ 99", "en-GB", "99"],
    ["-3", "en-GB", "-3"],
    ["−3,5", "de-DE", "-3.5"],
    [".5", "en-GB", "0.5"],
    ["", "en-GB", undefined],
    ["abc", "en-GB", undefined],
    ["12 345,67", "de-DE", "12345.67"],
  ];
  it.each(cases)("%s in %s is %s", (typed, locale, expected) => {
    expect(parseDecimal(typed, locale)).toBe(expected);
  });
});

describe("a typed day", () => {
  const year = today().slice(0, 4);
  const cases: [string, string, string | undefined][] = [
    ["2026-11-25", "en-GB", "2026-11-25"],
    ["25.11.2026", "de-DE", "2026-11-25"],
    ["25.11.26", "de-DE", "2026-11-25"],
    ["25/11/2026", "en-GB", "2026-11-25"],
    ["11/25/2026", "en-US", "2026-11-25"],
    ["25.11.", "de-DE", `${year}-11-25`],
    ["today", "en-GB", today()],
    ["heute", "de-DE", today()],
    ["+14", "en-GB", addDays(today(), 14)],
    ["31.02.2026", "de-DE", undefined],
    ["nonsense", "en-GB", undefined],
  ];
  it.each(cases)("%s in %s is %s", (typed, locale, expected) => {
    expect(parseDay(typed, locale)).toBe(expected);
  });
});

describe("days", () => {
  it("clamp at the end of a month as the server does", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2024-01-31", 1)).toBe("2024-02-29");
    expect(addMonths("2026-01-15", -2)).toBe("2025-11-15");
  });
});

describe("amounts", () => {
  it("stay exact beyond what a float can hold", () => {
    expect(decimal.add("9007199254740993.01", "0.02")).toBe("9007199254740993.03");
    expect(formatFor("en").money("9007199254740993.03", "EUR")).toContain("9,007,199,254,740,993.03");
  });
  it("round half away from zero", () => {
    expect(decimal.round("2.345", 2)).toBe("2.35");
    expect(decimal.round("-2.345", 2)).toBe("-2.35");
  });
  it("have the digits of their currency", () => {
    expect([digitsOf("EUR"), digitsOf("JPY"), digitsOf("KWD")]).toEqual([2, 0, 3]);
  });
});
