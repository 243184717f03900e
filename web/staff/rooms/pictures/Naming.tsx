// Saying who a face is: whoever signed at the session first, then everybody on record,
// and then somebody new. All of it by keyboard: type, arrows, Enter.

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import {
  Button as Pressable,
  ComboBox,
  Header,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
} from "react-aria-components";

import { api, ask } from "../../lib/api";
import { useMay } from "../../lib/me";
import { useWords } from "../../lib/words";
import { Icon } from "../../parts/Icon";
import { toast } from "../../parts/Toasts";
import { useSentence } from "../../parts/States";
import { once, useNames, useSession } from "./asset";
import css from "./pictures.module.css";
import { words } from "./words";

const PAGE = 100;
const PAGES = 40; // as many people as a page looks through by itself
const SHOWN = 40;
const NEW = "new";

interface Someone {
  readonly id: string;
  readonly name: string;
}

/** Everybody on record, fetched page by page for as long as somebody looks. */
function useEverybody(active: boolean): readonly Someone[] {
  const found = useInfiniteQuery({
    queryKey: ["people", "all"],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/v1/people", {
          params: { query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ cursor }, pages) => (pages.length < PAGES ? cursor : null),
    enabled: active,
    staleTime: 60_000,
  });
  const { hasNextPage, isFetching, fetchNextPage } = found;
  useEffect(() => {
    if (active && hasNextPage && !isFetching) void fetchNextPage();
  }, [active, hasNextPage, isFetching, fetchNextPage]);
  return (found.data?.pages ?? []).flatMap(({ items }) =>
    items.flatMap(({ person_id, name }) => (name ? [{ id: person_id, name }] : [])),
  );
}

const plain = (text: string) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();

/** Whether a name answers to what somebody typed: every word begins one of its words. */
export function answers(name: string, typed: string): boolean {
  const parts = plain(name).split(/\s+/);
  return plain(typed)
    .split(/\s+/)
    .every((word) => parts.some((part) => part.startsWith(word)));
}

interface Props {
  readonly label: string;
  readonly sessionId: string | null;
  /** Who cannot be chosen: somebody said that it is not them, or they are chosen. */
  readonly without: readonly string[];
  readonly choose: (personId: string, name: string) => void;
  /** Take the keyboard when shown. */
  readonly eager?: boolean;
  readonly busy?: boolean;
}

export function Naming({ label, sessionId, without, choose, eager, busy }: Props) {
  const say = useWords(words);
  const may = useMay();
  const sentence = useSentence();
  const queries = useQueryClient();
  const [typed, setTyped] = useState("");
  const [looking, setLooking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const session = useSession(sessionId, may("session:read"));
  const roster = session.data?.people ?? [];
  const rosterNames = useNames(roster);
  const everybody = useEverybody(looking && may("person:list"));

  useEffect(() => {
    if (eager) input.current?.focus();
  }, [eager]);

  const fits = ({ id, name }: Someone) => !without.includes(id) && answers(name, typed);
  const there = roster
    .map((id) => ({ id, name: rosterNames.get(id) ?? "" }))
    .filter(({ name }) => name)
    .filter(fits);
  const others = everybody.filter((each) => !roster.includes(each.id)).filter(fits);
  const name = typed.trim();
  const isNew =
    name.length > 1 &&
    may("person:create") &&
    ![...there, ...others].some((each) => plain(each.name) === plain(name));

  const make = async () => {
    try {
      const made = await ask(
        api.POST("/v1/people", { params: { header: once() }, body: { name } }),
      );
      void queries.invalidateQueries({ queryKey: ["people"] });
      choose(made.person_id, made.name);
    } catch (error) {
      toast(sentence(error), { kind: "no" });
    }
  };
  const take = (key: string | number | null) => {
    if (key === null) return;
    if (key === NEW) return void make();
    const found = [...there, ...others].find(({ id }) => id === key);
    if (found) choose(found.id, found.name);
    setTyped("");
  };

  return (
    <ComboBox
      className={css.naming ?? ""}
      inputValue={typed}
      onInputChange={setTyped}
      value={null}
      onChange={take}
      onFocus={() => setLooking(true)}
      menuTrigger="focus"
      allowsEmptyCollection
      isDisabled={busy ?? false}
    >
      <Label>{label}</Label>
      <div className={css.search}>
        <Icon name="search" size={18} />
        <Input ref={input} placeholder={say("search_people")} autoComplete="off" />
        <Pressable aria-label={say("show_people")}>
          <Icon name="down" size={18} />
        </Pressable>
      </div>
      <Popover className={css.people ?? ""}>
        <ListBox renderEmptyState={() => <p className={css.nobody}>{say("nobody_found")}</p>}>
          {there.length > 0 && (
            <ListBoxSection id="there">
              <Header>{say("at_session")}</Header>
              {there.slice(0, SHOWN).map((each) => (
                <ListBoxItem key={each.id} id={each.id} textValue={each.name}>
                  {each.name}
                </ListBoxItem>
              ))}
            </ListBoxSection>
          )}
          {others.length > 0 && (
            <ListBoxSection id="others">
              <Header>{say("everybody")}</Header>
              {others.slice(0, SHOWN).map((each) => (
                <ListBoxItem key={each.id} id={each.id} textValue={each.name}>
                  {each.name}
                </ListBoxItem>
              ))}
            </ListBoxSection>
          )}
          {isNew && (
            <ListBoxItem id={NEW} textValue={name}>
              <span className={css.fresh}>
                <Icon name="plus" size={18} /> {say("new_person", { name })}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
