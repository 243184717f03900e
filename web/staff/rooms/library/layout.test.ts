import { expect, test } from "vitest";

import { across, justify, ratioOf, rowOf } from "./layout";

const RATIOS = Array.from({ length: 5000 }, (_, each) => [1.5, 0.66, 1, 2.2][(each * 7) % 4] ?? 1);

test("every row but the last is exactly as wide as the page, and every picture stands once", () => {
  const rows = justify(RATIOS, 1200, 220, 6);
  let next = 0;
  for (const row of rows) {
    expect(row.start).toBe(next);
    next = row.end;
    const pictures = RATIOS.slice(row.start, row.end);
    const width = pictures.reduce((sum, ratio) => sum + ratio * row.height, 0);
    if (row !== rows.at(-1)) expect(width + 6 * (pictures.length - 1)).toBeCloseTo(1200, 6);
    expect(row.height).toBeLessThanOrEqual(220);
    expect(row.height).toBeGreaterThan(110);
  }
  expect(next).toBe(RATIOS.length);
});

test("more pictures move none that stood in a full row", () => {
  const few = justify(RATIOS.slice(0, 1000), 1200, 220, 6).slice(0, -1);
  expect(justify(RATIOS, 1200, 220, 6).slice(0, few.length)).toEqual(few);
});

test("a picture is in the row that says so", () => {
  const rows = justify(RATIOS, 900, 200, 6);
  for (const index of [0, 1, 17, 1234, RATIOS.length - 1]) {
    const row = rows[rowOf(rows, index)];
    expect(row && row.start <= index && index < row.end).toBe(true);
  }
});

test("down goes to the next row and up comes back near, and the edges hold", () => {
  const rows = justify(RATIOS, 900, 200, 6);
  const below = across(rows, RATIOS, 1, 1);
  expect(rowOf(rows, below)).toBe(1);
  expect(rowOf(rows, across(rows, RATIOS, below, -1))).toBe(0);
  expect(across(rows, RATIOS, 0, -1)).toBe(0);
  expect(across(rows, RATIOS, RATIOS.length - 1, 1)).toBe(RATIOS.length - 1);
});

test("what is not measured yet takes the place of a usual picture", () => {
  expect(ratioOf({ width: null, height: null })).toBe(1.5);
  expect(ratioOf({ width: 9000, height: 100 })).toBe(2.6);
});
