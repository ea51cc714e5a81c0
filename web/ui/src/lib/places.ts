import type { Option } from "@/ui/fields/Select.tsx";

const codes =
  "AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split(
    " ",
  );

const euro = "AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK".split(" ");

const own: Record<string, string> = {
  AE: "AED",
  AU: "AUD",
  BR: "BRL",
  CA: "CAD",
  CH: "CHF",
  CN: "CNY",
  CZ: "CZK",
  DK: "DKK",
  GB: "GBP",
  HK: "HKD",
  HU: "HUF",
  IL: "ILS",
  IN: "INR",
  IS: "ISK",
  JP: "JPY",
  KR: "KRW",
  KW: "KWD",
  LI: "CHF",
  MX: "MXN",
  NO: "NOK",
  NZ: "NZD",
  PL: "PLN",
  RO: "RON",
  RS: "RSD",
  SA: "SAR",
  SE: "SEK",
  SG: "SGD",
  TH: "THB",
  TR: "TRY",
  TW: "TWD",
  UA: "UAH",
  US: "USD",
  ZA: "ZAR",
};

/** Every country in the person's language, by name. */
export function countries(locale: string): Option[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return codes
    .map(code => ({ value: code, label: names.of(code) ?? code }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}

/** What people there usually pay with, if we know. */
export function currencyOf(country: string): string | undefined {
  return euro.includes(country) ? "EUR" : own[country];
}

export function currencies(found: string[], locale: string): Option[] {
  const names = new Intl.DisplayNames(locale, { type: "currency" });
  return found.map(code => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}

/** The country that the browser's languages name, for a first guess. */
export function likelyCountry(): string {
  const named = navigator.languages
    .map(one => one.split("-")[1])
    .find(one => one !== undefined && codes.includes(one));
  return named ?? "DE";
}

/** What the browser knows, and the one that is set. */
export function timeZones(current: string): Option[] {
  const known = new Set([current, "UTC", ...Intl.supportedValuesOf("timeZone")]);
  return [...known].map(value => ({ value, label: value.replaceAll("_", " ") }));
}
