// Lists of which the API gives a page at a time.

import { useInfiniteQuery, type QueryKey } from "@tanstack/react-query";

/** The key of a list: what is known page by page is never taken for what is known whole. */
export const keyOfPages = (queryKey: QueryKey): QueryKey => [...queryKey, "pages"];

interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly cursor?: string | null;
}

/** All that was loaded of a list, and how to load more; `of` is for `<Shown>`. */
export function usePages<Item>(
  queryKey: QueryKey,
  load: (cursor: string | undefined) => Promise<PageOf<Item>>,
) {
  const asked = useInfiniteQuery({
    queryKey: keyOfPages(queryKey),
    queryFn: ({ pageParam }) => load(pageParam || undefined),
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor ?? null,
  });
  const data = asked.data?.pages.flatMap(({ items }) => items);
  return {
    of: { data, error: asked.error, refetch: asked.refetch },
    more: asked.hasNextPage ? () => void asked.fetchNextPage() : undefined,
    loading: asked.isFetchingNextPage,
  };
}
