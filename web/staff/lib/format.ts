// Dates and numbers, as the language of the page writes them.

import { currentLanguage, useLanguage, type Language } from "./words";

const LOCALES = { nl: "nl-NL", en: "en-GB" } as const;

export const localeOf = (language: Language): string => LOCALES[language];

/** `2026-11-23` or an instant, as a day: 23 nov 2026. */
export function day(value: string | Date, language = currentLanguage()): string {
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: "medium" }).format(
    asDate(value),
  );
}

/** An instant, as a day and a time. */
export function moment(value: string | Date, language = currentLanguage()): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(asDate(value));
}

/** `2026-11`, as a month: november 2026. */
export function month(value: string, language = currentLanguage()): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    month: "long",
    year: "numeric",
  }).format(asDate(`${value}-01`));
}

export function number(value: number, language = currentLanguage()): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}

/** Bytes, in the unit that reads best: 3,4 MB. */
export function size(bytes: number, language = currentLanguage()): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(3, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  return new Intl.NumberFormat(LOCALES[language], {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}

/** How long from now, in the largest unit that says it: over 3 dagen, 2 weeks ago. */
export function fromNow(
  value: string | Date,
  now = new Date(),
  language = currentLanguage(),
): string {
  const days = Math.round((asDate(value).getTime() - now.getTime()) / 86_400_000);
  const format = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: "auto" });
  if (Math.abs(days) < 14) return format.format(days, "day");
  if (Math.abs(days) < 60) return format.format(Math.round(days / 7), "week");
  if (Math.abs(days) < 730) return format.format(Math.round(days / 30.4), "month");
  return format.format(Math.round(days / 365.25), "year");
}

/** The formats above, for a component: drawn anew when the language changes. */
export function useFormat() {
  const language = useLanguage();
  return {
    day: (value: string | Date) => day(value, language),
    moment: (value: string | Date) => moment(value, language),
    month: (value: string) => month(value, language),
    number: (value: number) => number(value, language),
    size: (bytes: number) => size(bytes, language),
    fromNow: (value: string | Date) => fromNow(value, new Date(), language),
  };
}

// A day without a time is that day here, not midnight in Greenwich.
function asDate(value: string | Date): Date {
  if (value instanceof Date) return value;
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00` : value);
}
