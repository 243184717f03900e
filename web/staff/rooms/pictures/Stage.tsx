// The picture, large, with its faces in boxes: by mouse, finger and keyboard.

import { useRef, type KeyboardEvent } from "react";

import { useWords } from "../../lib/words";
import { Empty } from "../../parts/States";
import { Rendition } from "../../parts/Rendition";
import { personOf, type Asset, type Face } from "./asset";
import css from "./pictures.module.css";
import { words } from "./words";

interface Props {
  readonly asset: Asset;
  readonly title: string;
  readonly names: ReadonlyMap<string, string | undefined>;
  readonly chosen: string | null;
  readonly choose: (faceId: string) => void;
  /** Go on with the face that is chosen: to its name. */
  readonly enter: (faceId: string) => void;
}

/** What a face is called on this page: its person, or its number. */
export function useFaceName(
  faces: readonly Face[],
  names: Props["names"],
): (faceId: string) => string {
  const say = useWords(words);
  return (faceId) => {
    const at = faces.findIndex((each) => each.face_id === faceId);
    const held = faces[at] && personOf(faces[at]);
    const number = say("face", { number: at + 1 });
    if (held?.status !== "confirmed") return number;
    return names.get(held.person_id) ?? number;
  };
}

/** How a face stands, in a word that its box and its row are drawn by. */
export function standing(face: Face): "mask" | "not_recognisable" | "named" | "suggested" | "open" {
  if (face.mark !== "unmarked") return face.mark;
  const status = personOf(face)?.status;
  if (status === "confirmed") return "named";
  return status === "suggested" ? "suggested" : "open";
}

export function Stage({ asset, title, names, chosen, choose, enter }: Props) {
  const say = useWords(words);
  const faces = asset.faces ?? [];
  const nameOf = useFaceName(faces, names);
  const boxes = useRef(new Map<string, HTMLButtonElement>());
  const { original } = asset;

  if (!original || !asset.renditions.includes("preview")) {
    return (
      <div className={css.bare}>
        <Empty
          icon="picture"
          title={say(asset.rejection ? "not_taken_in" : "no_preview")}
          text={asset.file_name}
        />
      </div>
    );
  }
  const { width, height } = original;
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  const first = chosen ?? faces[0]?.face_id;

  const move = (event: KeyboardEvent, from: number) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = faces[(from + step + faces.length) % faces.length];
    if (!next) return;
    choose(next.face_id);
    boxes.current.get(next.face_id)?.focus();
  };

  return (
    <div
      className={css.stage}
      style={{
        aspectRatio: `${width} / ${height}`,
        maxWidth: `calc(76vh * ${(width / height).toFixed(4)})`,
      }}
    >
      <Rendition assetId={asset.asset_id} name="preview" alt={title} contain />
      <div role="group" aria-label={say("faces_in_picture")}>
        {faces.map((face, at) => (
          <button
            key={face.face_id}
            type="button"
            ref={(box) => {
              if (box) boxes.current.set(face.face_id, box);
              else boxes.current.delete(face.face_id);
            }}
            className={css.box}
            data-standing={standing(face)}
            aria-pressed={face.face_id === chosen}
            aria-label={say("face_box", {
              name: nameOf(face.face_id),
              state: say(`standing_${standing(face)}`),
            })}
            tabIndex={face.face_id === first ? 0 : -1}
            style={{
              left: percent(face.box.x, width),
              top: percent(face.box.y, height),
              width: percent(face.box.width, width),
              height: percent(face.box.height, height),
            }}
            onFocus={() => choose(face.face_id)}
            onClick={() => enter(face.face_id)}
            onKeyDown={(event) => move(event, at)}
          >
            <span className={css.tag}>{nameOf(face.face_id)}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
