// The library: what there is, narrowed by words and counts, and what to do with many.

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";

import { roomOf } from "../../app/rooms";
import { leaveTrail } from "../../lib/trail";
import { useWords } from "../../lib/words";
import { Button } from "../../parts/Button";
import { Select } from "../../parts/Fields";
import { Icon } from "../../parts/Icon";
import { Page } from "../../parts/Page";
import { useShortcut } from "../../parts/Shortcuts";
import { Empty, Failed, Loading } from "../../parts/States";
import { Deeds } from "./Deeds";
import { Facets } from "./Facets";
import { Grid } from "./Grid";
import css from "./Library.module.css";
import { Saved } from "./Saved";
import { isNarrowed, NO_QUESTION, useSearch, useSettled, type Asked, type Found } from "./search";
import { NOTHING, type Selection } from "./selection";
import { words } from "./words";

const PAUSE = 180; // milliseconds after the last key before it is asked

// What was asked last stays while somebody looks at a picture and comes back; it is in no
// address, for words that are looked for may be anybody's name.
let lastAsked: Asked = NO_QUESTION;

export default function Library() {
  const say = useWords(words);
  const [, go] = useLocation();
  const [asked, setAsked] = useState(lastAsked);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [narrowing, setNarrowing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const found = useSearch(useSettled(asked, PAUSE));
  const pictures = useMemo(
    () => found.data?.pages.flatMap(({ items }) => items) ?? [],
    [found.data],
  );
  const [first] = found.data?.pages ?? [];

  const change = useCallback((next: Asked) => {
    lastAsked = next;
    setAsked(next);
    setSelection(NOTHING);
  }, []);
  const open = useCallback(
    ({ asset_id }: Found) => {
      leaveTrail(pictures.map((each) => each.asset_id));
      if (roomOf("/pictures/x")) go(`/pictures/${asset_id}`);
    },
    [go, pictures],
  );
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = found;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);

  useShortcut("/", say("search_key"), () => field.current?.focus());
  useShortcut("←↑↓→", say("key_move"), () => undefined);
  useShortcut("␣", say("key_choose"), () => undefined);
  useShortcut("Enter ", say("key_open"), () => undefined);
  useShortcut("A", say("key_all"), () => undefined);
  useShortcut("Escape", say("key_none"), () => setSelection(NOTHING), selection.ids.size > 0);

  const chosen = useMemo(
    () => pictures.filter(({ asset_id }) => selection.ids.has(asset_id)),
    [pictures, selection],
  );
  return (
    <Page title={say("title")} wide>
      <div className={css.library}>
        <div className={css.bar}>
          <div className={css.search} role="search">
            <Icon name="search" />
            <input
              ref={field}
              type="search"
              value={asked.q ?? ""}
              aria-label={say("search")}
              placeholder={say("search_hint")}
              maxLength={200}
              onChange={(event) => change({ ...asked, q: event.target.value })}
            />
          </div>
          <Select
            label={say("order")}
            value={asked.order ?? "order_relevance"}
            options={(["order_relevance", "order_newest", "order_oldest"] as const).map(
              (value) => ({ value, words: say(value) }),
            )}
            change={(value) => change({ ...asked, order: value as NonNullable<Asked["order"]> })}
          />
          <div className={css.narrow}>
            <Button
              icon="filter"
              aria-expanded={narrowing}
              onPress={() => setNarrowing(!narrowing)}
            >
              {say("filters")}
            </Button>
          </div>
        </div>
        <p className={css.total} role="status">
          {first && say("found", { count: first.total ?? pictures.length })}
          {first && first.forgiven.length > 0 && (
            <> {say("forgiven", { words: first.forgiven.join(", ") })}</>
          )}
        </p>
        <aside className={narrowing ? css.asideOpen : css.aside} aria-label={say("filters")}>
          <Saved asked={asked} use={change} />
          {first?.facets && <Facets facets={first.facets} asked={asked} change={change} />}
        </aside>
        <div className={css.results} aria-busy={found.isFetching}>
          <Results
            found={found}
            pictures={pictures}
            any={isNarrowed(asked) || Boolean(asked.q)}
          >
            <Grid
              pictures={pictures}
              selection={selection}
              select={setSelection}
              open={open}
              more={more}
            />
          </Results>
          {isFetchingNextPage && <p className={css.soft}>{say("loading_more")}</p>}
        </div>
      </div>
      {chosen.length > 0 && <Deeds chosen={chosen} clear={() => setSelection(NOTHING)} />}
    </Page>
  );
}

interface ResultsProps {
  readonly found: ReturnType<typeof useSearch>;
  readonly pictures: readonly Found[];
  /** Whether anything at all was asked for. */
  readonly any: boolean;
  readonly children: React.ReactNode;
}

function Results({ found, pictures, any, children }: ResultsProps) {
  const say = useWords(words);
  const { hasNextPage, fetchNextPage } = found;
  const bare = pictures.length === 0 && found.isSuccess;
  // A page of which nothing may be shown any more may be followed by one with something.
  useEffect(() => {
    if (bare && hasNextPage) void fetchNextPage();
  }, [bare, hasNextPage, fetchNextPage]);
  if (found.error) return <Failed error={found.error} again={() => void found.refetch()} />;
  if (found.isPending) return <Loading rows={6} />;
  if (!bare) return children;
  return any ? (
    <Empty icon="search" title={say("nothing")} text={say("nothing_text")} />
  ) : (
    <Empty icon="picture" title={say("empty")} text={say("empty_text")} />
  );
}
