import { expect, test } from "vitest";

import type { Schema } from "../../lib/api";
import { differences } from "./Describe";
import { each } from "./each";

test("what fails with one picture stops none of the others, and is told", async () => {
  let busy = 0;
  let most = 0;
  const { done, problems } = await each([1, 2, 3, 4, 5, 6, 7], async (one) => {
    busy += 1;
    most = Math.max(most, busy);
    await Promise.resolve();
    busy -= 1;
    if (one === 3) throw new Error("no");
    return one * 10;
  });
  expect(done.toSorted((a, b) => a - b)).toEqual([10, 20, 40, 50, 60, 70]);
  expect(problems).toHaveLength(1);
  expect(most).toBe(4);
});

const TOLD: Schema["DescriptionView"] = {
  captured_at: null,
  creator: null,
  title: "Fair",
  caption: null,
  keywords: ["fair"],
  credit: null,
  copyright: null,
  usage_terms: null,
  location: null,
  city: null,
  region: null,
  country: null,
  model_release: null,
  model_release_ids: [],
};

test("a preview says what changes and nothing else", () => {
  const after = { ...TOLD, title: "Summer fair", keywords: ["fair", "summer"] };
  expect(differences(TOLD, after)).toEqual([
    ["title", "Fair", "Summer fair"],
    ["keywords", "fair", "fair, summer"],
  ]);
  expect(differences(TOLD, { ...TOLD })).toEqual([]);
});
