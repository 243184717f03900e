// Keys that do something on a page, and the list of them (`?`).

import { useEffect, useRef, useState, useSyncExternalStore } from "react";

import { useWords } from "../lib/words";
import { Dialog } from "./Dialog";
import css from "./Shortcuts.module.css";
import { words } from "./words";

interface Shortcut {
  readonly key: string;
  readonly does: string;
}

let known: readonly Shortcut[] = [];
const watchers = new Set<() => void>();

function set(shortcuts: readonly Shortcut[]): void {
  known = shortcuts;
  for (const watcher of watchers) watcher();
}

const WRITING = "input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog]";

/** A key of this page (`"/"`, `"Delete"`), what it does in words, and doing it.
 *
 * It is not heard while somebody writes, in a dialog, or with a modifier held.
 */
export function useShortcut(key: string, does: string, act: () => void, active = true): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!active) return undefined;
    const shortcut = { key, does };
    set([...known, shortcut]);
    const hear = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(WRITING)) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener("keydown", hear);
    return () => {
      set(known.filter((each) => each !== shortcut));
      removeEventListener("keydown", hear);
    };
  }, [key, does, active]);
}

export function ShortcutHelp() {
  const say = useWords(words);
  const [open, setOpen] = useState(false);
  const shortcuts = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => known,
  );
  useShortcut("?", say("show_shortcuts"), () => setOpen(true));
  return (
    <Dialog title={say("shortcuts")} open={open} close={() => setOpen(false)}>
      <dl className={css.keys}>
        {shortcuts.map(({ key, does }) => (
          <div key={key + does}>
            <dt>
              <kbd>{key === " " ? "␣" : key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
