// What the rooms of the officer and the administrator do alike: do something and say what
// came of it, page through a list, keep a file, name people.

import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";

import { api, ask, type Schema } from "../../lib/api";
import { newKey } from "../../lib/keys";
import { useMay, useMe } from "../../lib/me";
import { keyOfPages } from "../../lib/pages";
import { useTold, useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { toast } from "../../parts/Toasts";
import css from "./desk.module.css";

import { words } from "./words";


interface Deed<Given, Made> {
  readonly run: (given: Given) => Promise<Made>;
  /** What is asked for anew afterwards; all of the room's where it is left out. */
  readonly touches?: readonly string[];
  /** What to say in passing once it is done. */
  readonly said?: string;
  readonly done?: (made: Made) => void;
}

/** Something that is done: `act(given)`, whether it is under way, and why it was not. */
export function useDeed<Given, Made>({ run, touches, said, done }: Deed<Given, Made>) {
  const say = useWords(words);
  const queries = useQueryClient();
  const deed = useMutation({
    mutationFn: run,
    onSuccess: (made) => {
      void queries.invalidateQueries(touches ? { queryKey: touches } : {});
      if (waits(made)) toast(say("waits_for_second"));
      else if (said) toast(said);
      done?.(made);
    },
  });
  return {
    act: (given: Given) => deed.mutate(given),
    busy: deed.isPending,
    problem: deed.error,
    reset: deed.reset,
  };
}

/** Whether an answer says that a second person is waited for. */
export function waits(made: unknown): made is Schema["Waits"] {
  return typeof made === "object" && made !== null && "proposal_id" in made && "expires_at" in made
    && !("answers" in made);
}

interface Listed {
  readonly cursor: string | null;
}

type Pages<Page> = UseInfiniteQueryResult<InfiniteData<Page>>;

/** A list of the API, page by page. */
export function usePages<Page extends Listed>(
  queryKey: readonly unknown[],
  fetchPage: (cursor: string | undefined) => Promise<Page>,
  enabled = true,
): Pages<Page> {
  return useInfiniteQuery({
    queryKey: keyOfPages(queryKey),
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    enabled,
  });
}

/** The way to the next page of a list, while there is one. */
export function More<Page>({ of }: { of: Pages<Page> }) {
  const say = useWords(words);
  if (!of.hasNextPage) return null;
  return (
    <div className={css.more}>
      <Button isDisabled={of.isFetchingNextPage} onPress={() => void of.fetchNextPage()}>
        {say("more")}
      </Button>
    </div>
  );
}

/** The API's sentence for one of its ids, as a label: without its full stop. */
export function useLabel(): (id: string) => string {
  const told = useTold();
  return (id) => label(told(id));
}

export const label = (sentence: string): string => sentence.replace(/\.$/, "");

/** A key with which the same wish, sent twice, is one wish. */
export function useKey(): readonly [string, () => void] {
  const [key, setKey] = useState(newKey);
  return [key, () => setKey(newKey())];
}

/** The first characters of an identifier, all of it for whoever asks. */
export function Id({ of }: { of: string }) {
  return (
    <code className={css.id} title={of}>
      {of.length === 32 ? of.slice(0, 8) : of}
    </code>
  );
}

/** Who did something: you, the system, or somebody by an identifier. */
export function Who({ id }: { id: string | null }) {
  const say = useWords(words);
  const me = useMe();
  if (id === null) return "–";
  if (id === me?.user_id) return say("you");
  if (id === "system") return say("system");
  return <Id of={id} />;
}

/** Somebody's name, with the way to them, for whoever may know it. */
export function Person({ id, bare }: { id: string; bare?: boolean }) {
  const say = useWords(words);
  const may = useMay();
  const { data } = useQuery({
    queryKey: ["people", id],
    queryFn: () =>
      ask(api.GET("/v1/people/{person_id}", { params: { path: { person_id: id } } })),
    enabled: may("person:read"),
    retry: false,
  });
  const name: ReactNode = data ? (data.name ?? say("no_name")) : <Id of={id} />;
  return bare ? name : <Link href={`/people/${id}`}>{name}</Link>;
}

/** What a change has to be based on: the revision of what was read. */
export interface Read<Data> {
  readonly data: Data;
  readonly revision: string;
}

/** Ask, and keep the revision that a change is based on. */
export async function read<Data>(
  asked: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Read<NonNullable<Data>>> {
  const answered = await asked;
  const data = await ask(Promise.resolve(answered));
  return { data, revision: answered.response.headers.get("ETag") ?? "" };
}
