// The language that is spoken: only its own words are loaded.

export const LANGUAGES = { nl: "Nederlands", en: "English", de: "Deutsch", fr: "Français" };

let language = "en";
let page = {};

export const current = () => language;

// What this browser asks for first, of what we speak.
export function preferred() {
  const asked = navigator.languages.map((each) => each.slice(0, 2).toLowerCase());
  return asked.find((each) => each in LANGUAGES) ?? "en";
}

// Speak a language; where we have no words in it (a wording may), English.
export async function speak(wanted) {
  const spoken = wanted in LANGUAGES ? wanted : "en";
  page = (await import(`./${spoken}.js`)).default;
  language = wanted;
  document.documentElement.lang = spoken;
}

// A word by the way to it (`sign.done`), with what belongs in its places.
export function say(way, values = {}) {
  const found = find(way) ?? way;
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

const find = (way) => way.split(".").reduce((at, part) => at?.[part], page);

// A short name of ours; else what the API calls it.
export const name = (kind, said) => find(`${kind}.${idOf(said)}`) ?? said?.words ?? idOf(said);

// A sentence of ours where the API has none in this language; else the API's own.
export const told = (said) => find(`told.${said.id}`) ?? said.words;

export const idOf = (said) => said?.id ?? said;

export const languageName = (code) =>
  LANGUAGES[code] ?? new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;

const countries = () => new Intl.DisplayNames([locale()], { type: "region" });

// Every country with its name, in the order of this language.
export function sortedCountries(codes) {
  const names = countries();
  return codes.map((code) => [code, names.of(code) ?? code])
    .sort(([, a], [, b]) => a.localeCompare(b, locale()));
}

// The moment at which a link ends.
export function moment(instant) {
  const shown = new Intl.DateTimeFormat(locale(), {
    dateStyle: "long", timeStyle: "short", timeZone: "Europe/Amsterdam",
  });
  return shown.format(new Date(instant));
}

// Days are those of Amsterdam, wherever the reader is: consent begins and ends there.
export function day(instant) {
  const shown = new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: "Europe/Amsterdam" });
  return shown.format(new Date(instant));
}

// A whole number of months, in years where it is that.
export function term(months) {
  const years = months % 12 === 0;
  return new Intl.NumberFormat(locale(), {
    style: "unit", unit: years ? "year" : "month", unitDisplay: "long",
  }).format(years ? months / 12 : months);
}

export const list = (words) => new Intl.ListFormat(locale(), { type: "conjunction" }).format(words);

// English as it is written in Europe: the day before the month.
const locale = () => (language in LANGUAGES && language !== "en" ? language : "en-GB");

// How large a file is.
export function size(bytes) {
  const step = bytes < 1e6 ? ["kilobyte", 1e3] : bytes < 1e9 ? ["megabyte", 1e6] : ["gigabyte", 1e9];
  const shown = new Intl.NumberFormat(locale(), {
    style: "unit", unit: step[0], maximumFractionDigits: bytes < 1e6 ? 0 : 1,
  });
  return shown.format(Math.max(bytes / step[1], bytes ? 1 : 0));
}
