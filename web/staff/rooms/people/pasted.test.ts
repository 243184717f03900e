import { expect, test } from "vitest";

import { found } from "./data";
import { pasted } from "./pasted";

test.each([
  "Sanne de Wit; sanne@example.org",
  "Sanne de Wit <sanne@example.org>",
  "sanne@example.org, Sanne de Wit",
  '"Sanne de Wit"\tsanne@example.org',
])("%s is one person with an address", (line) => {
  expect(pasted(line, true)).toEqual({
    people: [{ name: "Sanne de Wit", country: "NL", email: "sanne@example.org" }],
    unread: [],
  });
});

test("who has no address signs on a tablet, and is not written to", () => {
  expect(pasted("Sanne de Wit\n\n", true).unread).toEqual(["Sanne de Wit"]);
  expect(pasted("Sanne de Wit", false).people).toEqual([
    { name: "Sanne de Wit", country: "NL" },
  ]);
  expect(pasted("nobody@example.org", true).unread).toEqual(["nobody@example.org"]);
});

test("somebody is found by parts of a name, without accents, in any order", () => {
  const added_at = "2026-11-01T00:00:00Z";
  const people = [
    { person_id: "a", name: "Zoë van den Berg", added_at },
    { person_id: "b", name: "Bert Zoeller", added_at },
    { person_id: "c", name: null, added_at },
  ];
  expect(found(people, "berg ZOE").map((each) => each.person_id)).toEqual(["a"]);
  expect(found(people, "").length).toBe(3);
});
