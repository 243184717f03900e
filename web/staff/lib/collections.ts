// The collections that somebody may put pictures into.

import { useQuery } from "@tanstack/react-query";

import { api, ask, type Schema } from "./api";
import { useMay } from "./me";

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
