// Entries of the log, a group for each day as it is lived in Amsterdam.

import type { Schema } from "../../../lib/api";

export type Entry = Schema["EntryView"];

const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Amsterdam" });

/** The entries in the order in which they came, those of one day together. */
export function byDay(entries: readonly Entry[]): [Entry, Entry[]][] {
  const days = new Map<string, [Entry, Entry[]]>();
  for (const entry of entries) {
    const day = DAY.format(new Date(entry.at));
    const group = days.get(day);
    if (group) group[1].push(entry);
    else days.set(day, [entry, [entry]]);
  }
  return [...days.values()];
}
