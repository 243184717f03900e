// The collections that somebody may put pictures into, and putting one there.

import { useQuery } from "@tanstack/react-query";

import { api, ask, type Schema } from "./api";
import { useMay } from "./me";

/** A picture as it was seen. */
type Seen = Pick<Schema["AssetView"], "asset_id" | "revision">;
type Collections = Schema["CollectionPage"];

/** The collections that the caller may see. */
export function useCollections() {
  const may = useMay();
  return useQuery({
    queryKey: ["collections", "names"],
    queryFn: () => ask(api.GET("/v1/collections", { params: { query: { limit: 100 } } })),
    enabled: may("collection:list"),
  });
}

/** Those that the caller may fill, as the API says. */
export const fillableOf = (found: Collections | undefined) =>
  found?.items.filter(({ affordances }) => affordances.includes("collection:fill")) ?? [];

/** Put a picture into a collection, as it was seen; what comes back is what it is now. */
export const placeIn = ({ asset_id, revision }: Seen, collection_id: string) =>
  ask(
    api.PUT("/v1/collections/{collection_id}/assets/{asset_id}", {
      params: { path: { collection_id, asset_id }, header: { "If-Match": `"${revision}"` } },
    }),
  );
