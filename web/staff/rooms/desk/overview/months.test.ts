import { expect, test } from "vitest";

import { monthsOf, scaleOf } from "./months";

const line = (month: string, channel: "website" | "press", pictures: number, collection_id: string | null = null) => ({
  month,
  channel,
  pictures,
  collection_id,
});

test("every month has a column, over the turn of a year, also where nothing goes dark", () => {
  const months = monthsOf(
    [line("2027-01-01", "website", 3)],
    "2026-11-23T10:00:00Z",
    "2027-03-01T00:00:00Z",
    null,
  );
  expect(months.map((each) => [each.first, each.total])).toEqual([
    ["2026-11-01", 0],
    ["2026-12-01", 0],
    ["2027-01-01", 3],
    ["2027-02-01", 0],
  ]);
});

test("what comes in pieces is added up, and a collection is counted by itself", () => {
  const lines = [
    line("2026-12-01", "website", 2),
    line("2026-12-01", "website", 5),
    line("2026-12-01", "press", 1),
    line("2026-12-01", "press", 9, "c".repeat(32)),
  ];
  const [all] = monthsOf(lines, "2026-12-02", "2027-01-01", null);
  expect(all).toEqual({ first: "2026-12-01", per: { website: 7, press: 1 }, total: 8 });
  const [one] = monthsOf(lines, "2026-12-02", "2027-01-01", "c".repeat(32));
  expect(one?.total).toBe(9);
});

test.each([
  [0, 1],
  [3, 3],
  [7, 8],
  [41, 60],
  [1_999, 2_000],
])("a chart of %i reaches to %i, in whole pictures", (most, top) => {
  const scale = scaleOf(most);
  expect(scale.top).toBe(top);
  expect(scale.ticks.every(Number.isInteger)).toBe(true);
  expect(scale.ticks.length).toBeLessThanOrEqual(6);
});
