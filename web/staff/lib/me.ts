// Who is here and what they may do: the API's answer, never a rule of the page.

import { useQuery } from "@tanstack/react-query";

import { api, ask, type Operation, type Schema } from "./api";

export const ME = ["me"] as const;

/** The caller; undefined while it is being asked. */
export function useMe(): Schema["Me"] | undefined {
  const { data } = useMeQuery();
  return data;
}

export const useMeQuery = () =>
  useQuery({ queryKey: ME, queryFn: () => ask(api.GET("/v1/me")), staleTime: 300_000 });

/** Whether the API lets this caller do it on something; no while that is unknown. */
export function useMay(): (operation: Operation) => boolean {
  const me = useMe();
  return (operation) => me?.affordances.includes(operation) ?? false;
}
