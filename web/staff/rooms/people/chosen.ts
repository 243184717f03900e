// Whom somebody chose in the list, for the page that asks them: in memory, in no address.

import { useSyncExternalStore } from "react";

let chosen: ReadonlySet<string> = new Set();
const watchers = new Set<() => void>();

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export function choose(people: Iterable<string>): void {
  chosen = new Set(people);
  for (const watcher of watchers) watcher();
}

export function toggle(personId: string): void {
  const now = new Set(chosen);
  if (!now.delete(personId)) now.add(personId);
  choose(now);
}

export const useChosen = (): ReadonlySet<string> =>
  useSyncExternalStore(watch, () => chosen);
