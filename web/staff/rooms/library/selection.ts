// What is chosen of a list, by pointer and by key; nothing of it is kept anywhere.

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a range begins: what was chosen last by itself. */
  readonly anchor: number;
}

export const NOTHING: Selection = { ids: new Set(), anchor: 0 };

/** Choose one more, or one less. */
export function toggled(chosen: Selection, ids: readonly string[], index: number): Selection {
  const next = new Set(chosen.ids);
  const id = ids[index];
  if (id === undefined) return chosen;
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: index };
}

/** Choose everything between where the range began and here, beside what was chosen. */
export function ranged(chosen: Selection, ids: readonly string[], index: number): Selection {
  const [from, to] = [Math.min(chosen.anchor, index), Math.max(chosen.anchor, index)];
  return { ids: new Set([...chosen.ids, ...ids.slice(from, to + 1)]), anchor: chosen.anchor };
}

export const all = (ids: readonly string[]): Selection => ({ ids: new Set(ids), anchor: 0 });
