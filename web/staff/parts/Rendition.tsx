// A picture as the API shows it. Its address holds for a minute, so it is asked for when
// it is shown, and anew where it was too old.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";

import { api, ask, type Schema } from "../lib/api";
import { useWords } from "../lib/words";
import { Icon } from "./Icon";
import css from "./Rendition.module.css";
import { words } from "./words";

interface Props {
  readonly assetId: string;
  readonly name: Schema["RenditionName"];
  /** What it shows, for whoever does not see it: its title; "" beside its own title. */
  readonly alt: string;
  readonly contain?: boolean;
}

export function Rendition({ assetId, name, alt, contain }: Props) {
  const say = useWords(words);
  const queries = useQueryClient();
  const triedAgain = useRef(false);
  const queryKey = ["rendition", assetId, name] as const;
  const { data, error } = useQuery({
    queryKey,
    queryFn: () =>
      ask(
        api.GET("/v1/assets/{asset_id}/renditions/{name}", {
          params: { path: { asset_id: assetId, name } },
        }),
      ),
    staleTime: Infinity,
    gcTime: 50_000,
    retry: 1,
  });
  if (error) {
    return (
      <span className={css.none} role="img" aria-label={alt || say("no_picture")}>
        <Icon name="lock" size={28} />
      </span>
    );
  }
  if (!data) return <span className={css.coming} />;
  return (
    <img
      className={contain ? css.whole : css.image}
      src={data.url}
      alt={alt}
      decoding="async"
      draggable={false}
      referrerPolicy="no-referrer"
      onError={() => {
        if (triedAgain.current) return;
        triedAgain.current = true;
        void queries.invalidateQueries({ queryKey });
      }}
    />
  );
}
