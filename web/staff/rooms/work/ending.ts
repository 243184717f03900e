// Whose consent ends, as the decisions on pictures say.

import type { Schema } from "../../lib/api";

export interface EndingPerson {
  readonly personId: string;
  /** When the first of their grants ends. */
  readonly until: string;
  readonly pictures: number;
}

/** The people of these pictures of whom something ends before then, the first one first. */
export function endingPeople(
  assets: readonly Pick<Schema["AssetView"], "decision">[],
  before: Date,
): readonly EndingPerson[] {
  const found = new Map<string, EndingPerson>();
  for (const { decision } of assets) {
    const here = new Map<string, string>();
    for (const { person_id, until } of decision.findings) {
      if (!person_id || !until || new Date(until) >= before) continue;
      const known = here.get(person_id);
      if (!known || until < known) here.set(person_id, until);
    }
    for (const [personId, until] of here) {
      const known = found.get(personId);
      found.set(personId, {
        personId,
        until: known && known.until < until ? known.until : until,
        pictures: (known?.pictures ?? 0) + 1,
      });
    }
  }
  return [...found.values()].sort((one, other) => one.until.localeCompare(other.until));
}
