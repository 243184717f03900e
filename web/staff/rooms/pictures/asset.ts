// One picture as the API tells it, and doing something with it: whoever changes it says
// which revision they saw.

import { useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, ask, type Schema } from "../../lib/api";
import { newKey } from "../../lib/keys";
import { useMay } from "../../lib/me";
import { useWords } from "../../lib/words";
import { useSentence } from "../../parts/States";
import { toast } from "../../parts/Toasts";
import { words } from "./words";

export type Asset = Schema["AssetView"];
export type Face = Schema["FaceView"];
export type Finding = Schema["FindingView"];
export type Channel = Schema["Channel"];
export type Mark = Schema["FaceMark"];
export type Answer = "confirm" | "reject";

const LOOK_AGAIN = 1_500; // milliseconds, while something is under way

export const assetKey = (id: string) => ["asset", id] as const;

export const useAsset = (id: string) =>
  useQuery({
    queryKey: assetKey(id),
    queryFn: () =>
      ask(api.GET("/v1/assets/{asset_id}", { params: { path: { asset_id: id } } })),
    refetchInterval: ({ state }) => (state.data && !state.data.settled ? LOOK_AGAIN : false),
  });

/** What an If-Match says of the revision that is on the screen. */
export const seen = (asset: Asset): { "If-Match": string } => ({
  "If-Match": `"${asset.revision}"`,
});

/** A key under which a creation counts once, however often it is sent. */
export const once = (): { "Idempotency-Key": string } => ({
  "Idempotency-Key": newKey(),
});

/** Something done to a picture: told when it failed, and the picture asked for anew. */
export function useDeed<Given, Done>(
  id: string,
  deed: (given: Given) => Promise<Done>,
  done?: (result: Done, given: Given) => void,
) {
  const queries = useQueryClient();
  const sentence = useSentence();
  return useMutation({
    mutationFn: deed,
    onSuccess: (result, given) => done?.(result, given),
    onError: (error) => toast(sentence(error), { kind: "no" }),
    onSettled: () =>
      Promise.all(
        [assetKey(id), ["bases", id], ["disclosures", id], ["trail-of", id]].map(
          (queryKey) => queries.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

/** The picture as the library has it now: what is undone is undone in that. */
export const latest = (id: string): Promise<Asset> =>
  ask(api.GET("/v1/assets/{asset_id}", { params: { path: { asset_id: id } } }));

export const answerFace = (asset: Asset, faceId: string, personId: string, answer: Answer) =>
  ask(
    api.PUT("/v1/assets/{asset_id}/faces/{face_id}/people/{person_id}", {
      params: {
        path: { asset_id: asset.asset_id, face_id: faceId, person_id: personId },
        header: seen(asset),
      },
      body: { answer },
    }),
  );

export const markFace = (asset: Asset, faceId: string, mark: Mark) =>
  ask(
    api.PUT("/v1/assets/{asset_id}/faces/{face_id}/mark", {
      params: {
        path: { asset_id: asset.asset_id, face_id: faceId },
        header: seen(asset),
      },
      body: { mark },
    }),
  );

const person = (id: string) => ({
  queryKey: ["people", id] as const,
  queryFn: () =>
    ask(api.GET("/v1/people/{person_id}", { params: { path: { person_id: id } } })),
  staleTime: 60_000,
});

/** What people are called, by their ids; undefined while it is asked for. */
export function useNames(ids: readonly string[]): ReadonlyMap<string, string | undefined> {
  const say = useWords(words);
  const may = useMay()("person:read");
  const known = [...new Set(ids)];
  const found = useQueries({
    queries: known.map((id) => ({ ...person(id), enabled: may })),
  });
  return new Map(
    known.map((id, at) => {
      const { data, error } = found[at] ?? {};
      if (error) return [id, say("name_unknown")];
      return [id, data ? (data.name ?? say("name_erased")) : undefined];
    }),
  );
}

/** Everybody whom a picture names: in its faces, its reasons and its declaration. */
export const peopleOf = (asset: Asset): string[] => [
  ...new Set([
    ...(asset.faces ?? []).flatMap((face) => face.appearances.map((each) => each.person_id)),
    ...asset.decision.findings.flatMap((each) => each.person_id ?? []),
    ...(asset.declaration?.people ?? []),
  ]),
];

/** Who a face is on record as: confirmed, or else suggested. */
export function personOf(face: Face): Schema["AppearanceView"] | undefined {
  const held = (status: string) => face.appearances.find((each) => each.status === status);
  return held("confirmed") ?? held("suggested");
}

/** Where a picture's session says that it was, and who signed there. */
export const useSession = (id: string | null, enabled = true) =>
  useQuery({
    queryKey: ["sessions", id],
    queryFn: () =>
      ask(
        api.GET("/v1/sessions/{session_id}", { params: { path: { session_id: id ?? "" } } }),
      ),
    enabled: id !== null && enabled,
    staleTime: 60_000,
  });
