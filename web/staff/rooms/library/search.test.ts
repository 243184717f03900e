import { expect, test } from "vitest";

import { chosenOf, isNarrowed, narrowed } from "./search";
import { all, NOTHING, ranged, toggled } from "./selection";

test("a value more of a facet widens it, and the same again takes it away", () => {
  const one = narrowed({ q: "fair" }, "facet_channel", "website:clear");
  const two = narrowed(one, "facet_channel", "press:clear");
  expect(two).toEqual({ q: "fair", channel: "website:clear,press:clear" });
  expect(chosenOf(two, "facet_channel")).toEqual(["website:clear", "press:clear"]);
  const none = narrowed(narrowed(two, "facet_channel", "website:clear"), "facet_channel", "press:clear");
  expect(none).toEqual({ q: "fair" });
  expect([isNarrowed(two), isNarrowed(none)]).toEqual([true, false]);
});

test("there is one window in which something ends", () => {
  const month = narrowed({}, "facet_ends_within", "30d");
  expect(month).toEqual({ ends_within: 30 });
  expect(narrowed(month, "facet_ends_within", "7d")).toEqual({ ends_within: 7 });
  expect(narrowed(month, "facet_ends_within", "30d")).toEqual({});
});

test("a range goes from what was chosen last, either way, beside what was chosen", () => {
  const ids = ["a", "b", "c", "d", "e"];
  const first = toggled(toggled(NOTHING, ids, 0), ids, 3);
  expect([...ranged(first, ids, 2).ids].sort()).toEqual(["a", "c", "d"]);
  expect([...ranged(first, ids, 4).ids].sort()).toEqual(["a", "d", "e"]);
  expect([...toggled(first, ids, 0).ids]).toEqual(["d"]);
  expect(all(ids).ids.size).toBe(5);
  expect(toggled(first, ids, 9)).toBe(first);
});
