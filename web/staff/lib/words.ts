// What pages say. Each room keeps its own words, in one file per language; what the API
// names (roles, operations, statuses, reasons) comes in its own words from /words.json,
// so that no sentence is kept twice.

import { useSyncExternalStore } from "react";

export const LANGUAGES = { nl: "Nederlands", en: "English" } as const;
export type Language = keyof typeof LANGUAGES;

/** A sentence with `{places}`, or one for a count of one and one for the others. */
export type Phrase = string | { readonly one: string; readonly other: string };
export type Phrases = Readonly<Record<string, Phrase>>;

/** The other language has every key of the first: tsc refuses one that lacks or adds some. */
export type SameKeys<Of extends Phrases> = Readonly<Record<keyof Of, Phrase>>;

export interface Words<Keys extends string> {
  readonly nl: Readonly<Record<Keys, Phrase>>;
  readonly en: Readonly<Record<Keys, Phrase>>;
}

export type Places = Readonly<Record<string, string | number>>;
export type Say<Keys extends string> = (key: Keys, places?: Places) => string;

let language: Language = navigator.languages.some((each) => each.startsWith("nl"))
  ? "nl"
  : "en";
let catalogue: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
const watchers = new Set<() => void>();

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export const currentLanguage = (): Language => language;

export function chooseLanguage(wanted: string): void {
  if (wanted in LANGUAGES) language = wanted as Language;
  document.documentElement.lang = language;
  for (const watcher of watchers) watcher();
}

/** The language that the page speaks now; whoever asks is drawn anew when it changes. */
export const useLanguage = (): Language => useSyncExternalStore(watch, currentLanguage);

/** Say a phrase; `count` decides between one and more, and is said by its language. */
export function fill(phrase: Phrase, places: Places, spoken: Language): string {
  const count = places["count"];
  const chosen =
    typeof phrase === "string"
      ? phrase
      : phrase[
          new Intl.PluralRules(spoken).select(Number(count)) === "one" ? "one" : "other"
        ];
  return chosen.replace(/\{(\w+)\}/g, (place, name: string) => {
    const given = places[name];
    if (given === undefined) return place;
    return typeof given === "number" ? new Intl.NumberFormat(spoken).format(given) : given;
  });
}

/** The words of a room, in the language of now: `say("key", { count: 3 })`. */
export function useWords<Keys extends string>(words: Words<Keys>): Say<Keys> {
  const spoken = useLanguage();
  return (key, places = {}) => fill(words[spoken][key], places, spoken);
}

/** The API's own words for one of its ids, in the language of now. */
export function useTold(): (id: string) => string {
  const spoken = useLanguage();
  return (id) => catalogue[spoken]?.[id] ?? id;
}

/** A sentence as a label: without the full stop at its end. */
export const bare = (sentence: string): string => sentence.replace(/\.$/, "");

/** Fetch the API's words, once. */
export async function loadTold(): Promise<void> {
  const answer = await fetch("/words.json");
  if (answer.ok) catalogue = (await answer.json()) as typeof catalogue;
}

/** For tests: have these be the API's words. */
export function setTold(words: typeof catalogue): void {
  catalogue = words;
}
