import { expect, test } from "vitest";

import type { Asset, Finding } from "./asset";
import { changes } from "./Details";
import { answers } from "./Naming";
import { bySentence, grouped } from "./Verdicts";

const finding = (id: Finding["id"], more: Partial<Finding> = {}): Finding => ({
  id,
  words: id,
  face_id: null,
  person_id: null,
  channel: null,
  until: null,
  ...more,
});

test("channels with one verdict for the same reasons stand together, what leaves first", () => {
  const asset = {
    decision: {
      per_channel: { website: "restricted", press: "restricted", print: "clear", intranet: "clear" },
      leaves: { intranet: "clear" },
      findings: [
        finding("no_grant", { face_id: "f", channel: "website" }),
        finding("no_grant", { face_id: "f", channel: "press" }),
        finding("not_released", { channel: "print" }),
      ],
    },
  } as unknown as Asset;
  const groups = grouped(asset);
  expect(groups.map(({ channels }) => channels)).toEqual([
    ["intranet"],
    ["print"],
    ["website", "press"],
  ]);
});

test("a reason is said once of a face, and once of all faces that it is about", () => {
  const said = bySentence([
    finding("no_grant", { face_id: "f", channel: "website" }),
    finding("no_grant", { face_id: "f", channel: "press" }),
    finding("no_grant", { face_id: "g" }),
    finding("face_to_mask", { face_id: "h" }),
  ]);
  expect(said.map((same) => same.map(({ face_id }) => face_id))).toEqual([["f", "g"], ["h"]]);
});

test.each([
  ["Zoë de Vries", "zoe", true],
  ["Zoë de Vries", "vri zo", true],
  ["Zoë de Vries", "ries", false],
  ["Zoë de Vries", "", true],
])("%s answers to %s: %s", (name, typed, expected) => {
  expect(answers(name, typed)).toBe(expected);
});

test("only what somebody changed is sent, and what was emptied as null", () => {
  const before = { title: "Fair", caption: "A day", keywords: ["market"] } as never;
  const after = { title: "Fair", caption: " ", city: "Vis", keywords: "market, summer,, " };
  expect(changes(before, after)).toEqual({
    caption: null,
    city: "Vis",
    keywords: ["market", "summer"],
  });
});

test("of what ends on different days for different channels, the first day is told", () => {
  const ends = (channel: "press" | "website", until: string) =>
    finding("grant_in_force", { face_id: "f", channel, until });
  const later = ends("website", "2028-11-23T00:00:00Z");
  const sooner = ends("press", "2027-11-23T00:00:00Z");
  for (const said of [
    [later, sooner],
    [sooner, later],
  ])
    expect(bySentence(said)).toEqual([[sooner]]);
});
