import Big from "big.js";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** Amounts are decimal strings all the way: from Postgres, through the API, to Intl. They never become floats. */
export type Decimal = string;

const region: Record<string, string> = { en: "en-GB", de: "de-DE" };

/** The person's own region where it speaks the chosen language (en-US stays en-US), else a plain one. */
export function localeOf(language: string): string {
  const own =
    typeof navigator === "undefined"
      ? undefined
      : navigator.languages.find(one => one.startsWith(`${language}-`));
  return own ?? region[language] ?? "en-GB";
}

export interface Format {
  locale: string;
  /** "1234.5", "EUR" -> "€1,234.50" */
  money(amount: Decimal, currency: string): string;
  /** The same without the currency, for columns whose head names it. */
  amount(amount: Decimal, currency?: string): string;
  /** Short for axes and tiles: "€84k". */
  compactMoney(amount: Decimal | number, currency: string): string;
  number(value: Decimal | number, digits?: number): string;
  percent(value: Decimal | number, digits?: number): string;
  /** A civil day "2026-11-25" -> "25 Nov 2026". */
  date(day: string): string;
  /** Without the year when it is this one. */
  shortDate(day: string): string;
  month(day: string, style?: "short" | "long"): string;
  /** An instant -> "25 Nov 2026, 14:05". */
  dateTime(instant: string): string;
  /** An instant or day -> "3 hours ago", "in 12 days". */
  relative(when: string): string;
  list(items: string[]): string;
  /** "DE" -> "Germany" */
  country(code: string): string;
  fileSize(bytes: number): string;
}

const caches = new Map<string, Format>();

export function formatFor(language: string): Format {
  const locale = localeOf(language);
  const cached = caches.get(locale);
  if (cached) return cached;
  const made = make(locale);
  caches.set(locale, made);
  return made;
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => formatFor(i18n.language), [i18n.language]);
}

function make(locale: string): Format {
  const numbers = new Map<string, Intl.NumberFormat>();
  const number = (options: Intl.NumberFormatOptions) => {
    const key = JSON.stringify(options);
    let made = numbers.get(key);
    if (!made) {
      made = new Intl.NumberFormat(locale, options);
      numbers.set(key, made);
    }
    return made;
  };
  const exact = (value: Decimal | number) => value as unknown as number; // Intl reads decimal strings exactly
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const short = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const list = new Intl.ListFormat(locale);
  const regions = new Intl.DisplayNames(locale, { type: "region", fallback: "code" });
  return {
    locale,
    money: (amount, currency) =>
      number({ style: "currency", currency: currency || "EUR" }).format(exact(amount)),
    amount: (amount, currency) => {
      const digits = currency ? digitsOf(currency) : 2;
      return number({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(exact(amount));
    },
    compactMoney: (amount, currency) =>
      number({
        style: "currency",
        currency: currency || "EUR",
        notation: "compact",
        maximumFractionDigits: 1,
      }).format(exact(amount)),
    number: (value, digits) =>
      number(
        digits === undefined
          ? { maximumFractionDigits: 4 }
          : { minimumFractionDigits: digits, maximumFractionDigits: digits },
      ).format(exact(value)),
    percent: (value, digits = 0) =>
      number({ style: "percent", maximumFractionDigits: digits }).format(exact(value)),
    date: value => (value ? day.format(utc(value)) : ""),
    shortDate: value => {
      if (!value) return "";
      return value.slice(0, 4) === today().slice(0, 4) ? short.format(utc(value)) : day.format(utc(value));
    },
    month: (value, style = "short") =>
      new Intl.DateTimeFormat(locale, { month: style, timeZone: "UTC" }).format(utc(value)),
    dateTime: value => (value ? instant.format(new Date(value)) : ""),
    relative: value => relativeTo(relative, value),
    list: items => list.format(items),
    country: code => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code),
    fileSize: bytes => {
      const unit = bytes < 1e6 ? "kilobyte" : "megabyte";
      return number({ style: "unit", unit, maximumFractionDigits: 1 }).format(
        bytes / (bytes < 1e6 ? 1e3 : 1e6),
      );
    },
  };
}

function relativeTo(format: Intl.RelativeTimeFormat, value: string): string {
  if (value.length === 10) {
    const days = Math.round((utc(value).getTime() - utc(today()).getTime()) / 86_400_000);
    if (Math.abs(days) < 45) return format.format(days, "day");
    if (Math.abs(days) < 550) return format.format(Math.round(days / 30.44), "month");
    return format.format(Math.round(days / 365.25), "year");
  }
  const seconds = Math.round((new Date(value).getTime() - Date.now()) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) return format.format(0, "second");
  if (size < 2700) return format.format(Math.round(seconds / 60), "minute");
  if (size < 79_200) return format.format(Math.round(seconds / 3600), "hour");
  const days = Math.round(seconds / 86_400);
  if (Math.abs(days) < 45) return format.format(days, "day");
  if (Math.abs(days) < 550) return format.format(Math.round(days / 30.44), "month");
  return format.format(Math.round(days / 365.25), "year");
}

function utc(day: string): Date {
  return new Date(`${day.slice(0, 10)}T00:00:00Z`);
}

/** Today where the person sits, as a civil day. */
export function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function addDays(day: string, days: number): string {
  const date = utc(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Like the server: the 31st of January plus one month is the last of February. */
export function addMonths(day: string, months: number): string {
  const date = utc(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return date.toISOString().slice(0, 10);
}

const digitsCache = new Map<string, number>();

/** How many decimals a currency has: EUR 2, JPY 0, KWD 3. */
export function digitsOf(currency: string): number {
  const cached = digitsCache.get(currency);
  if (cached !== undefined) return cached;
  let digits = 2;
  try {
    digits =
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
      2;
  } catch {
    // an unknown code is shown with two decimals
  }
  digitsCache.set(currency, digits);
  return digits;
}

/** Calculates with decimal strings, rounding half away from zero as the server does. */
export const decimal = {
  add: (...values: Decimal[]) => values.reduce((sum, value) => sum.plus(value || "0"), new Big(0)).toFixed(),
  sub: (a: Decimal, b: Decimal) => new Big(a || "0").minus(b || "0").toFixed(),
  mul: (a: Decimal, b: Decimal) => new Big(a || "0").times(b || "0").toFixed(),
  round: (value: Decimal, digits: number) =>
    new Big(value || "0").round(digits, Big.roundHalfUp).toFixed(digits),
  cmp: (a: Decimal, b: Decimal) => new Big(a || "0").cmp(b || "0"),
  sign: (value: Decimal) => new Big(value || "0").cmp(0),
  valid: (value: string) => /^-?\d+(\.\d+)?$/.test(value),
};

const commas = new Map<string, boolean>();

/** Whether people there write 1,5; asked at every key, so it is kept. */
export function decimalComma(locale: string): boolean {
  let known = commas.get(locale);
  if (known === undefined) {
    known = new Intl.NumberFormat(locale).format(1.5).includes(",");
    commas.set(locale, known);
  }
  return known;
}

/**
 * Reads what a person typed ("1.234,50", "1,234.50", "1234.5", "€ 12") as a decimal string, or undefined when it is no
 * number. A lone separator with three digits behind it follows the person's locale.
 */
export function parseDecimal(typed: string, locale: string): Decimal | undefined {
  let text = typed.replace(/[\s\u00a0\u202f'’€$£¥]/g, "").replace(/[\u2212–]/g, "-");
  if (text === "") return undefined;
  const comma = decimalComma(locale);
  const lastComma = text.lastIndexOf(",");
  const lastDot = text.lastIndexOf(".");
  let mark = lastComma > lastDot ? "," : ".";
  if (lastComma < 0 || lastDot < 0) {
    const only = lastComma >= 0 ? "," : ".";
    const parts = text.split(only);
    const grouped =
      parts.length > 2 || (parts.length === 2 && /^\d{3}$/.test(parts[1] ?? "") && (only === ",") !== comma);
    mark = grouped ? (only === "," ? "." : ",") : only;
  }
  text = text.replaceAll(mark === "," ? "." : ",", "").replace(mark, ".");
  if (text.startsWith(".")) text = `0${text}`;
  if (text.endsWith(".")) text = text.slice(0, -1);
  return decimal.valid(text) ? new Big(text).toFixed() : undefined;
}

/**
 * Reads a typed day: "2026-11-25", "25.11.2026", "25/11", "11/25/2026" where the locale says so, "today", "+14".
 */
export function parseDay(typed: string, locale: string): string | undefined {
  const text = typed.trim().toLowerCase();
  if (text === "today" || text === "heute" || text === ".") return today();
  const shift = /^([+-]\d{1,4})$/.exec(text);
  if (shift) return addDays(today(), Number(shift[1]));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return civil(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const named = Date.parse(`${text} UTC`);
  const parts = /^(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{2,4}))?\.?$/.exec(text);
  if (!parts)
    return Number.isNaN(named) || !/[a-z]/.test(text)
      ? undefined
      : new Date(named).toISOString().slice(0, 10);
  const monthFirst =
    !text.includes(".") && /^1\D+2/.test(new Intl.DateTimeFormat(locale).format(new Date(2000, 0, 2)));
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  let year = parts[3] ? Number(parts[3]) : Number(today().slice(0, 4));
  if (year < 100) year += 2000;
  return monthFirst ? civil(year, first, second) : civil(year, second, first);
}

function civil(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}
