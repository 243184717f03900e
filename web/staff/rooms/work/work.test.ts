import { expect, test } from "vitest";

import type { Schema } from "../../lib/api";
import { endingPeople } from "./ending";
import { candidates, openFaces, suggestionOf } from "./open";

type Asset = Schema["AssetView"];
type Face = Schema["FaceView"];

const face = (face_id: string, x: number, appearances: Face["appearances"] = []): Face => ({
  face_id,
  box: { x, y: 0, width: 10, height: 10 },
  mark: "unmarked",
  appearances,
});
const is = (person_id: string, status: "confirmed" | "rejected" | "suggested") => ({
  person_id,
  status,
  band: null,
});
const finding = (id: Schema["FindingId"], more: Partial<Schema["FindingView"]>) => ({
  id,
  words: "",
  channel: null,
  face_id: null,
  person_id: null,
  until: null,
  ...more,
});
const asset = (faces: Face[], findings: Schema["FindingView"][]): Asset =>
  ({ faces, decision: { findings } }) as unknown as Asset;

test("the faces that the decision names wait, from left to right, but for the skipped", () => {
  const shown = asset(
    [face("right", 90), face("left", 5), face("known", 40), face("later", 60)],
    [
      finding("face_unresolved", { face_id: "right" }),
      finding("suggestion_waiting", { face_id: "left" }),
      finding("face_unresolved", { face_id: "later" }),
      finding("no_grant", { face_id: "known", person_id: "p" }),
    ],
  );
  const open = openFaces(shown, new Set(["later"]));
  expect(open.map((each) => each.face_id)).toEqual(["left", "right"]);
});

test("whom the face is not and who is elsewhere in the picture are no candidates", () => {
  const here = face("a", 0, [is("no", "rejected"), is("maybe", "suggested")]);
  const shown = asset([here, face("b", 9, [is("elsewhere", "confirmed")])], []);
  expect(suggestionOf(here)).toBe("maybe");
  expect(candidates(shown, here, ["no", "elsewhere", "who"])).toEqual(["who"]);
});

test("a person whose consent ends is counted once a picture, by the first of its ends", () => {
  const ends = (person_id: string, until: string) =>
    finding("grant_in_force", { person_id, until });
  const pictures = [
    asset([], [ends("p", "2026-12-09T00:00:00Z"), ends("p", "2026-12-01T00:00:00Z")]),
    asset([], [ends("p", "2026-12-05T00:00:00Z"), ends("q", "2027-06-01T00:00:00Z")]),
  ];
  expect(endingPeople(pictures, new Date("2026-12-23T00:00:00Z"))).toEqual([
    { personId: "p", until: "2026-12-01T00:00:00Z", pictures: 2 },
  ]);
});
