// What several pages about people ask the API for.

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import { api, ask, type Schema } from "../../lib/api";
import { useMay } from "../../lib/me";

export { useDeed } from "../../parts/deed";

export type Person = Schema["ListedPerson"];

export const PEOPLE = ["people"] as const;
const PAGE = 100;

/** Everybody, page by page; `all` asks for the other pages by itself. */
export function usePeople(all: boolean) {
  const may = useMay();
  const asked = useInfiniteQuery({
    queryKey: PEOPLE,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/v1/people", {
          params: { query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor ?? undefined,
    enabled: may("person:list"),
    // Each look at names is on record: they are not looked at again without need.
    staleTime: 120_000,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = asked;
  useEffect(() => {
    if (all && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [all, hasNextPage, isFetching, isError, fetchNextPage]);
  const people = asked.data?.pages.flatMap((page) => page.items);
  return { ...asked, people };
}

/** What somebody is called, as far as the list of people says. */
export function useNames(): (personId: string) => string | undefined {
  const { people } = usePeople(true);
  const names = new Map(people?.map((each) => [each.person_id, each.name]));
  return (personId) => names.get(personId) ?? undefined;
}

/** The people whose name has each of these words, however it is written. */
export function found(people: readonly Person[], text: string): readonly Person[] {
  const wanted = plain(text).split(/\s+/).filter(Boolean);
  return people.filter((person) => {
    const name = plain(person.name ?? "");
    return wanted.every((word) => name.includes(word));
  });
}

const plain = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const useWordings = () => {
  const may = useMay();
  return useQuery({
    queryKey: ["wordings"],
    queryFn: () => ask(api.GET("/v1/wordings", { params: { query: { limit: 100 } } })),
    enabled: may("wording:list"),
  });
};

