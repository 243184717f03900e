import { expect, test } from "vitest";

import { byDay, type Entry } from "./days";
import { nextOf } from "./file";

const entry = (entry_id: string, at: string) => ({ entry_id, at }) as Entry;

test("a day begins at midnight in Amsterdam, wherever the reader is", () => {
  const days = byDay([
    entry("c", "2026-07-02T22:30:00Z"),
    entry("b", "2026-07-02T21:30:00Z"),
    entry("a", "2026-07-01T22:00:00Z"),
  ]);
  expect(days.map(([, group]) => group.map(({ entry_id }) => entry_id))).toEqual([
    ["c"],
    ["b", "a"],
  ]);
});

test("the next piece of a file is where the answer says, and there is not always one", () => {
  const link = '</v1/audit/export?day=2026-07-02&cursor=a%2Fb>; rel="next"';
  expect(nextOf(link)).toBe("a/b");
  expect(nextOf(null)).toBeNull();
  expect(nextOf('</v1/audit>; rel="prev"')).toBeNull();
});
