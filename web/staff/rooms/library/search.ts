// What is looked for, and what the API finds: nothing is narrowed or counted here.

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";

import { api, ask, type Schema } from "../../lib/api";

export type Asked = Schema["Asked"];
export type Found = Schema["FoundAsset"];
export type Facet = Schema["Facet"];

export const NO_QUESTION: Asked = {};
export const PAGE = 100;

/** Which part of the question a facet narrows. */
export const FIELD = {
  facet_month: "month",
  facet_person: "person",
  facet_session: "session",
  facet_collection: "collection",
  facet_channel: "channel",
  facet_status: "status",
  facet_orientation: "orientation",
  facet_type: "media_type",
  facet_uploader: "uploader",
} as const;
export type Narrowing = keyof typeof FIELD;

/** The values that a facet is narrowed to now. */
export function chosenOf(asked: Asked, facet: Facet): readonly string[] {
  if (facet === "facet_ends_within") return asked.ends_within ? [`${asked.ends_within}d`] : [];
  return asked[FIELD[facet]]?.split(",") ?? [];
}

/** The question with one value of a facet more, or less; a window is one or none. */
export function narrowed(asked: Asked, facet: Facet, value: string): Asked {
  const had = chosenOf(asked, facet);
  if (facet === "facet_ends_within") {
    const { ends_within: _, ...rest } = asked;
    return had.includes(value) ? rest : { ...rest, ends_within: Number.parseInt(value, 10) };
  }
  const values = had.includes(value) ? had.filter((each) => each !== value) : [...had, value];
  const { [FIELD[facet]]: _, ...rest } = asked;
  return values.length ? { ...rest, [FIELD[facet]]: values.join(",") } : rest;
}

/** Whether it narrows anything by other things than words. */
export const isNarrowed = ({ q: _, order: __, ...rest }: Asked): boolean =>
  Object.values(rest).some((value) => value !== null && value !== undefined);

/** The same question once whoever writes has paused: `wait` in milliseconds. */
export function useSettled<Value>(value: Value, wait: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return useDeferredValue(settled);
}

// The API takes its values as text.
function query(asked: Asked) {
  const given = Object.entries(asked).filter(
    ([, value]) => value !== null && value !== undefined && value !== "",
  );
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** What is found, page after page; what was found before stays until the next is there. */
export function useSearch(asked: Asked) {
  return useInfiniteQuery({
    queryKey: ["search", asked],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET("/v1/search", {
          params: {
            query: { ...query(asked), limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor,
    placeholderData: (before) => before,
  });
}

export const SAVED = ["saved-searches"] as const;

export const useSaved = () =>
  useQuery({ queryKey: SAVED, queryFn: () => ask(api.GET("/v1/saved-searches")) });
