// What was done, told in passing, with the way back where there is one.

import { useSyncExternalStore } from "react";

import { useWords } from "../lib/words";
import { Button, IconButton } from "./Button";
import css from "./Toasts.module.css";
import { words } from "./words";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: "yes" | "no";
  readonly undo: (() => void) | undefined;
}

const STAYS = 8_000; // milliseconds; what can be undone stays twice as long

let shown: readonly Toast[] = [];
let last = 0;
const watchers = new Set<() => void>();

function set(toasts: readonly Toast[]): void {
  shown = toasts;
  for (const watcher of watchers) watcher();
}

const drop = (id: number) => set(shown.filter((each) => each.id !== id));

/** Tell something in passing; `undo` is how it is taken back. */
export function toast(text: string, more: { kind?: "yes" | "no"; undo?: () => void } = {}) {
  const id = ++last;
  set([...shown.slice(-3), { id, text, kind: more.kind ?? "yes", undo: more.undo }]);
  setTimeout(() => drop(id), more.undo ? 2 * STAYS : STAYS);
}

export function Toasts() {
  const say = useWords(words);
  const toasts = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => shown,
  );
  return (
    <div className={css.toasts} role="region" aria-label={say("notices")} aria-live="polite">
      {toasts.map(({ id, text, kind, undo }) => (
        <div key={id} className={`${css.toast} ${css[kind]}`}>
          <p>{text}</p>
          {undo && (
            <Button
              kind="quiet"
              icon="undo"
              onPress={() => {
                drop(id);
                undo();
              }}
            >
              {say("undo")}
            </Button>
          )}
          <IconButton icon="close" label={say("close")} onPress={() => drop(id)} />
        </div>
      ))}
    </div>
  );
}
