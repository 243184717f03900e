// Keeping a picture from being used, ending that, and having it looked at again.

import { api, ask, type Schema } from "../../lib/api";
import { useWords } from "../../lib/words";
import { toast } from "../../parts/Toasts";
import { useDeed, type Asset } from "./asset";
import { words } from "./words";

export type Ground = Schema["FreezeGround"];

export interface Freeze {
  readonly begin: (ground: Ground) => void;
  readonly end: () => void;
  readonly retry: () => void;
  readonly busy: boolean;
}

export function useFreeze({ asset_id }: Asset): Freeze {
  const say = useWords(words);
  const params = { path: { asset_id } };
  const end = useDeed(
    asset_id,
    () => ask(api.DELETE("/v1/assets/{asset_id}/restriction", { params })),
    () => toast(say("unfrozen")),
  );
  const begin = useDeed(
    asset_id,
    (ground: Ground) =>
      ask(api.POST("/v1/assets/{asset_id}/restriction", { params, body: { ground } })),
    () => toast(say("frozen"), { undo: () => end.mutate(undefined) }),
  );
  const retry = useDeed(
    asset_id,
    () => ask(api.POST("/v1/assets/{asset_id}/retry", { params })),
    () => toast(say("tried_again")),
  );
  return {
    begin: begin.mutate,
    end: () => end.mutate(undefined),
    retry: () => retry.mutate(undefined),
    busy: begin.isPending || end.isPending,
  };
}
