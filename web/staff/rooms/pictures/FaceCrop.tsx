// One face out of the picture: the same preview, of which only the box is seen.

import { useQuery } from "@tanstack/react-query";

import { api, ask } from "../../lib/api";
import type { Asset, Face } from "./asset";
import css from "./pictures.module.css";

const AROUND = 1.5; // how much of the picture is shown, in faces

export function FaceCrop({ asset, face }: { asset: Asset; face: Face }) {
  const { original } = asset;
  const { data } = useQuery({
    queryKey: ["rendition", asset.asset_id, "preview"],
    queryFn: () =>
      ask(
        api.GET("/v1/assets/{asset_id}/renditions/{name}", {
          params: { path: { asset_id: asset.asset_id, name: "preview" } },
        }),
      ),
    enabled: original !== null && asset.renditions.includes("preview"),
    staleTime: Infinity,
    gcTime: 50_000,
  });
  if (!original || !data) return <span className={css.crop} />;
  const { x, y, width, height } = face.box;
  const side = Math.max(width, height) * AROUND;
  const left = x + width / 2 - side / 2;
  const top = y + height / 2 - side / 2;
  const share = (part: number) => `${(-100 * part) / side}%`;
  return (
    <span className={css.crop}>
      <img
        src={data.url}
        alt=""
        draggable={false}
        referrerPolicy="no-referrer"
        style={{
          width: `${(100 * original.width) / side}%`,
          left: share(left),
          top: share(top),
        }}
      />
    </span>
  );
}
