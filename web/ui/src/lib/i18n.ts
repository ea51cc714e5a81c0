import i18next, { type i18n } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";

export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

/** A few words in every language, for what must be readable before a module's own file is there: its navigation. */
export type Words = Record<Language, string>;

/** One loader per language; the bundler makes a file of each, and only the wanted one travels. */
export type Locales = Record<Language, () => Promise<{ default: object }>>;

const loaded = new Set<string>();

/** The language to begin with: what the person chose last on this machine, else what the browser asks for. */
export function firstLanguage(): Language {
  return document.documentElement.lang.startsWith("de") ? "de" : "en";
}

export async function startLanguage(language: Language, own: Record<string, Locales>): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: [],
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false, bindI18nStore: "added" },
    returnNull: false,
  });
  for (const [name, locales] of Object.entries(own)) known.set(name, locales);
  await Promise.all(Object.keys(own).map(loadWords));
  document.documentElement.lang = language;
  return i18next;
}

const known = new Map<string, Locales>();

/** Tells the application where a module's words are; they are fetched when one of its pages is opened. */
export function knowWords(namespace: string, locales: Locales): void {
  known.set(namespace, locales);
}

/** Fetches a namespace in the current language unless it is there. */
export async function loadWords(namespace: string): Promise<void> {
  const language = currentLanguage();
  const mark = `${language}/${namespace}`;
  const locales = known.get(namespace);
  if (!locales || loaded.has(mark)) return;
  const words = await locales[language]();
  i18next.addResourceBundle(language, namespace, words.default, true, true);
  loaded.add(mark);
}

export function currentLanguage(): Language {
  return i18next.language === "de" ? "de" : "en";
}

/** Switches everything on the page to another language without a reload. */
export async function changeLanguage(language: Language): Promise<void> {
  if (language === currentLanguage()) return;
  const present = [...loaded]
    .map(mark => mark.slice(3))
    .filter((name, index, all) => all.indexOf(name) === index);
  await Promise.all(
    present.map(async name => {
      const words = await known.get(name)?.[language]();
      if (words) i18next.addResourceBundle(language, name, words.default, true, true);
      loaded.add(`${language}/${name}`);
    }),
  );
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** `const t = useWords("asset")`, then `t("list.title", { count: 3 })`. */
export function useWords(namespace: string) {
  return useTranslation(namespace).t;
}

/** Picks the current language out of a module's few shell words. */
export function useSpoken(): (words: Words) => string {
  const { i18n: instance } = useTranslation();
  const language = instance.language === "de" ? "de" : "en";
  return words => words[language];
}
