import { computed, effect, signal } from "../../vendor/signals-core/signals-core.js";
import { read, write } from "./stored.js";

/** The languages of the page by their own names. */
export const LANGUAGES = { en: "English", de: "Deutsch", ar: "العربية" };

const FILES = {
  en: new URL("../../languages/en.json", import.meta.url),
  de: new URL("../../languages/de.json", import.meta.url),
  ar: new URL("../../languages/ar.json", import.meta.url),
};

const preferred = navigator.languages.map(languageOf).find((language) => language in LANGUAGES) ?? "en";
const chosen = signal(read("language", (value) => value in LANGUAGES));
const words = signal({});

/** The language of the page. */
export const language = computed(() => chosen.value ?? preferred);

/** For names of currencies, dates and ages. */
export const wordLocale = computed(() => navigator.languages.find(inLanguage) ?? language.value);

/** For numbers: the reader's own, unless the reader has chosen another language for the page. */
export const numberLocale = computed(() => (chosen.value === undefined ? navigator.language : wordLocale.value));

function inLanguage(locale) {
  return languageOf(locale) === language.value;
}

function languageOf(locale) {
  return locale.split("-")[0];
}

export function chooseLanguage(code) {
  write("language", code);
  chosen.value = code;
}

/** The text of a key with its `{placeholders}` filled. */
export function t(key, values = {}) {
  return (words.value[key] ?? key).replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
}

/** Whether the language has a text for a key. */
export function has(key) {
  return key in words.value;
}

/** Loads the texts of the language, now and whenever another is chosen. */
export function loadLanguage() {
  return new Promise((loaded) => {
    effect(() => {
      const code = language.value;
      fetch(FILES[code]).then((response) => response.json()).then((texts) => {
        if (code === language.peek()) {
          document.documentElement.lang = code;
          document.documentElement.dir = code === "ar" ? "rtl" : "ltr";
          words.value = texts;
          loaded();
        }
      }, () => setTimeout(() => location.reload(), 5_000));
    });
  });
}
