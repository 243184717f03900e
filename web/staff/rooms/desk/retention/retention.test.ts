import { expect, test } from "vitest";

import { wantedOf } from "./Retention";

const terms = [
  { kind: "kept_assets" as const, days: null },
  { kind: "kept_mails" as const, days: 90 },
  { kind: "kept_shares" as const, days: 365 },
];

test("only what differs from what holds is asked for, an end that is none too", () => {
  expect(wantedOf(terms, {})).toEqual([]);
  expect(wantedOf(terms, { kept_mails: 90, kept_assets: null })).toEqual([]);
  expect(wantedOf(terms, { kept_assets: 3650, kept_shares: null })).toEqual([
    { kind: "kept_assets", days: 3650 },
    { kind: "kept_shares", days: null },
  ]);
});
