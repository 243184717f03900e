// Which faces wait for an answer: those that the API's decision names, and no rule of ours.

import type { Schema } from "../../lib/api";

type Asset = Schema["AssetView"];
type Face = Schema["FaceView"];

const WAITING: ReadonlySet<string> = new Set(["face_unresolved", "suggestion_waiting"]);

/** The faces of a picture that nobody has answered, from left to right. */
export function openFaces(asset: Asset, skipped: ReadonlySet<string>): readonly Face[] {
  const waiting = new Set(
    asset.decision.findings
      .filter((finding) => WAITING.has(finding.id))
      .map((finding) => finding.face_id),
  );
  return (asset.faces ?? [])
    .filter((face) => waiting.has(face.face_id) && !skipped.has(face.face_id))
    .sort((one, other) => one.box.x - other.box.x);
}

/** Whom the software suggests for a face, if whoever asks may see that. */
export const suggestionOf = (face: Face): string | undefined =>
  face.appearances.find((each) => each.status === "suggested")?.person_id;

/** The roster without whom the face is not, and who is already elsewhere in the picture. */
export function candidates(
  asset: Asset,
  face: Face,
  roster: readonly string[],
): readonly string[] {
  const out = new Set(
    (asset.faces ?? []).flatMap((each) =>
      each.appearances
        .filter(({ status }) =>
          each.face_id === face.face_id ? status === "rejected" : status === "confirmed",
        )
        .map(({ person_id }) => person_id),
    ),
  );
  return roster.filter((personId) => !out.has(personId));
}
