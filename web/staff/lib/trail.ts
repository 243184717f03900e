// The list that somebody came from: a room that shows pictures leaves it behind, and a
// picture's page leads to the one before and the one after. In memory: no address tells it.

interface Trail {
  readonly ids: readonly string[];
  /** Where the list is: the way back. */
  readonly from: string;
}

export interface Steps {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Where it stands in the list, from 1. */
  readonly at: number;
  readonly of: number;
  readonly from: string;
}

let trail: Trail = { ids: [], from: "/library" };

/** Say in what list pictures are shown, in the order of the screen. */
export function leaveTrail(ids: readonly string[], from = location.pathname): void {
  trail = { ids, from };
}

/** What stands beside a picture in the list that somebody came from; null: in none. */
export function stepsOf(id: string): Steps | null {
  const at = trail.ids.indexOf(id);
  if (at < 0) return null;
  return {
    before: trail.ids[at - 1],
    after: trail.ids[at + 1],
    at: at + 1,
    of: trail.ids.length,
    from: trail.from,
  };
}
